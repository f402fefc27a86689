import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { logMel } from '../../core/audio/logMel';
import { goldenSignal } from '../../core/audio/testing/goldenSignal';
import { MienError } from '../../core/errors';
import { computePosteriors } from '../../core/speech/posteriors';
import { createOnnxRunner } from './onnxRunner';

const released = fileURLToPath(new URL('../../models', import.meta.url));
const readJson = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
const mel = () => {
  const frames = logMel(goldenSignal(8000));
  return { mel: { data: frames.data, dims: [1, frames.frameCount, 80] } };
};

describe('createOnnxRunner', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mien-models-'));
    await cp(released, folder, { recursive: true });
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('gives what the model gave in training, within the golden tolerance', async () => {
    const golden = readJson(join(released, 'golden/acoustic.json')) as {
      model: string;
      tolerance: number;
      voice: number[];
      firstPhoneLogProbs: number[][];
    };
    const entry = (readJson(join(released, 'manifest.json')) as { models: { name: string; sha256: string }[] }).models[0];
    expect(golden.model).toBe(entry.sha256);
    const runner = await createOnnxRunner({ modelsFolder: released, provider: 'cpu' });
    const { phones, voice } = await runner.run('acoustic', mel());
    golden.voice.forEach((value, k) => expect(Math.abs(voice.data[k] - value)).toBeLessThan(golden.tolerance));
    golden.firstPhoneLogProbs
      .flat()
      .forEach((value, i) => expect(Math.abs(phones.data[i] - value)).toBeLessThan(golden.tolerance * 2));
    await runner.dispose();
  });

  it('chunks of the real model agree with the whole line within 1e-4', async () => {
    const runner = await createOnnxRunner({ modelsFolder: released, provider: 'cpu' });
    const frames = logMel(goldenSignal(16000 * 9));
    const whole = await computePosteriors(frames, runner, { chunkFrames: 10000 });
    const chunked = await computePosteriors(frames, runner, { chunkFrames: 300 });
    const worst = whole.phoneLogProbs.reduce((most, value, i) => Math.max(most, Math.abs(value - chunked.phoneLogProbs[i])), 0);
    expect(worst).toBeLessThan(1e-4);
    await runner.dispose();
  });

  it('gives the same bits twice on cpu', async () => {
    const runner = await createOnnxRunner({ modelsFolder: released, provider: 'cpu' });
    const once = await runner.run('acoustic', mel());
    const twice = await runner.run('acoustic', mel());
    expect(twice.phones.data).toEqual(once.phones.data);
    await runner.dispose();
    await expect(runner.run('acoustic', mel())).rejects.toMatchObject({ code: 'model-unavailable' });
  });

  it('falls back to cpu with a notice when the chosen provider cannot start', async () => {
    const notices: string[] = [];
    // CUDA is never bundled; where somebody has it, this test has nothing to say.
    const runner = await createOnnxRunner({
      modelsFolder: released,
      provider: 'cuda',
      onNotice: (notice) => notices.push(notice),
    });
    const { phones } = await runner.run('acoustic', mel());
    expect(phones.dims).toEqual([1, 51, 40]);
    if (runner.provider === 'cuda') return;
    expect(runner.provider).toBe('cpu');
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatch(/"cuda" cannot be used here, so "cpu" is used/);
    await runner.dispose();
  });

  it('auto starts on cpu and says nothing', async () => {
    const notices: string[] = [];
    const runner = await createOnnxRunner({ modelsFolder: released, onNotice: (notice) => notices.push(notice) });
    await runner.run('acoustic', mel());
    expect(notices).toEqual([]);
    await runner.dispose();
  });

  it('refuses a model that is not the released one, or is missing, or unknown', async () => {
    const wrong = await createOnnxRunner({ modelsFolder: folder });
    await writeFile(join(folder, 'acoustic.onnx'), 'not a model');
    await expect(wrong.run('acoustic', mel())).rejects.toThrow(/sha256/);
    await rm(join(folder, 'acoustic.onnx'));
    await expect(wrong.run('acoustic', mel())).rejects.toThrow(/cannot be read/);
    await expect(wrong.run('mouth_vae', mel())).rejects.toThrow(/no model "mouth_vae"/);
  });

  it('refuses a manifest that is missing, broken or points outside', async () => {
    const bad: (string | null)[] = [
      null,
      '{',
      '[]',
      JSON.stringify({ format: 1, models: [{ name: 'x', file: '../x.onnx', sha256: '0'.repeat(64) }] }),
    ];
    for (const text of bad) {
      if (text === null) await rm(join(folder, 'manifest.json'));
      else await writeFile(join(folder, 'manifest.json'), text);
      await expect(createOnnxRunner({ modelsFolder: folder })).rejects.toBeInstanceOf(MienError);
    }
  });
});

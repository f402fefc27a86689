import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRows } from '../../core/performance/neural/chunks';
import { MOUTH_CONDITION_COUNT, UPPER_CONDITION_COUNT } from '../../core/performance/neural/conditions';
import { neuralEngine } from '../../core/performance/neural/neuralEngine';
import { MOUTH_REGION, NEURAL_MODELS, UPPER_REGION } from '../../core/performance/neural/neuralModels';
import { decodeLatents, encodeCurves, sampleLatents } from '../../core/performance/neural/sampleLatents';
import type { FloatTensor } from '../../core/performance/inferenceRunner';
import { DEFAULT_STYLE } from '../../core/performance/performanceEngine';
import { performTake, previewTake } from '../../core/performance/performTake';
import { worstDifference } from '../../core/performance/testing/worstDifference';
import { HAND_MADE_SCRIPT, heldEmotion, inputOf } from '../../core/performance/testing/handMadeLine';
import { CHANNEL_INDEX } from '../../core/rig/channels';
import { createOnnxRunner, type OnnxRunner } from './onnxRunner';

const released = fileURLToPath(new URL('../../models', import.meta.url));
const golden = JSON.parse(readFileSync(`${released}/golden/performance.json`, 'utf8')) as {
  readonly tolerance: number;
  readonly models: Readonly<
    Record<string, { readonly sha256: string; readonly shape: number[]; readonly firstRows: number[][] }>
  >;
};
const manifest = JSON.parse(readFileSync(`${released}/manifest.json`, 'utf8')) as { models: { name: string; sha256: string }[] };
const GOLDEN_LATENTS = 24;

/** The golden file's input: sin(.37 i + phase) over the row-major index. */
const wave = (channels: number, length: number, phase = 0, shape = (value: number) => value): FloatTensor => ({
  data: Float32Array.from({ length: channels * length }, (_, i) => shape(Math.sin(0.37 * i + phase))),
  dims: [1, channels, length],
});

function goldenFeeds(model: string): Record<string, FloatTensor> {
  const region = model.startsWith('mouth') ? MOUTH_REGION : UPPER_REGION;
  const frames = GOLDEN_LATENTS * region.stride;
  if (model === region.encoder) return { curves: wave(region.channels.length, frames) };
  if (model === region.decoder) return { z: wave(16, GOLDEN_LATENTS) };
  const mouth = region === MOUTH_REGION;
  return {
    z: wave(16, GOLDEN_LATENTS),
    conditions: wave(mouth ? MOUTH_CONDITION_COUNT : UPPER_CONDITION_COUNT, frames, 1),
    level: { data: Float32Array.of(0.5, 0.5), dims: [1, 2, 1] },
    ...(mouth ? {} : { emotions: wave(8, frames, 2, (value) => Math.abs(value) / 8) }),
  };
}

describe('released models of the neural engine', () => {
  let runner: OnnxRunner;
  beforeAll(async () => {
    runner = await createOnnxRunner({ modelsFolder: released, provider: 'cpu' });
  });
  afterAll(() => runner.dispose());

  it.each(NEURAL_MODELS)('%s gives what it gave in training, within the golden tolerance', async (model) => {
    expect(manifest.models.find(({ name }) => name === model)?.sha256).toBe(golden.models[model].sha256);
    const [result] = Object.values(await runner.run(model, goldenFeeds(model)));
    const { shape, firstRows } = golden.models[model];
    expect(result.dims).toEqual(shape);
    const worst = firstRows.flat().reduce((most, value, i) => Math.max(most, Math.abs(value - result.data[i])), 0);
    expect(worst).toBeLessThan(golden.tolerance);
  });

  it('chunks agree with the whole line within 1e-5, latents and curves', async () => {
    const length = 150;
    const conditions = { ...wave(MOUTH_CONDITION_COUNT, length * 2, 1), channels: MOUTH_CONDITION_COUNT, length: length * 2 };
    const request = { runner, region: MOUTH_REGION, conditions: { conditions }, length, seed: 3, guidance: 1 };
    const whole = await sampleLatents({ ...request, chunkLatents: length });
    const chunked = await sampleLatents({ ...request, chunkLatents: 50 });
    const worst = (a: Float32Array, b: Float32Array) => a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);
    const curves = await decodeLatents(runner, MOUTH_REGION, whole, 0, length, length);
    const inChunks = await decodeLatents(runner, MOUTH_REGION, chunked, 0, length, 50);
    expect(worst(curves.data, inChunks.data)).toBeLessThan(1e-5);
  });

  it('the codecs give curves back', async () => {
    const input = inputOf(HAND_MADE_SCRIPT);
    const tracks = await neuralEngine.generate(input, { runner });
    const frames = Math.floor(tracks.frameCount / 4) * 4;
    const rows = createRows(MOUTH_REGION.channels.length, frames);
    MOUTH_REGION.channels.forEach((index, row) => rows.data.set(tracks.channels[index].subarray(0, frames), row * frames));
    const again = await decodeLatents(runner, MOUTH_REGION, await encodeCurves(runner, MOUTH_REGION, rows, 0, frames / 2));
    const jaw = MOUTH_REGION.channels.indexOf(CHANNEL_INDEX.jawOpen);
    let difference = 0;
    for (let frame = 0; frame < frames; frame++)
      difference += Math.abs(again.data[jaw * frames + frame] - rows.data[jaw * frames + frame]);
    expect(difference / frames).toBeLessThan(0.05);
  });

  it('a preview differs from what settles by less than .03, wherever the playhead is and however long the line', async () => {
    for (const { count, emotion, more } of [
      { count: 1, emotion: 'anger' as const, more: {} },
      // Over half a minute: made in stretches, one of which ends in a window.
      { count: 7, emotion: 'joy' as const, more: { preRollSeconds: 1.4, postRollSeconds: 2 } },
      { count: 3, emotion: 'sadness' as const, more: { style: { ...DEFAULT_STYLE, browAmount: 1.7, smoothing: 0.5 } } },
    ]) {
      const script = Array.from({ length: count }, () => HAND_MADE_SCRIPT).join(' | ');
      const input = { ...inputOf(script), emotions: heldEmotion(emotion, 0.8), lipNudgeSeconds: 0.05, ...more };
      const { tracks: whole } = await performTake(neuralEngine, input, { runner });
      for (const share of [0, 0.07, 0.5, 0.8, 1]) {
        const startSeconds = share * input.durationSeconds - 0.5;
        const preview = await previewTake(neuralEngine, input, { runner, only: { startSeconds, endSeconds: startSeconds + 2 } });
        expect(preview.frameCount).toBeGreaterThan(25);
        expect(worstDifference(preview, whole)).toBeLessThan(0.03);
      }
    }
  });

  it('the jaw follows the vowels, and emotion moves the upper face with its intensity', async () => {
    const input = inputOf(HAND_MADE_SCRIPT);
    const tracks = await neuralEngine.generate(input, { runner });
    const jaw = tracks.channels[CHANNEL_INDEX.jawOpen];
    const meanJaw = (wanted: (phoneme: string) => boolean) => {
      const values = input.phonemes
        .filter(({ phoneme }) => wanted(phoneme))
        .map(({ startSeconds, endSeconds }) => jaw[Math.round((startSeconds + endSeconds) * 30)]);
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    };
    expect(meanJaw((phoneme) => ['AA', 'AY', 'AW', 'AE'].includes(phoneme))).toBeGreaterThan(
      1.5 * meanJaw((phoneme) => ['S', 'SH', 'P', 'B', 'M', 'UW'].includes(phoneme)),
    );
    const brow = async (intensity: number) => {
      const sad = await neuralEngine.generate({ ...input, emotions: heldEmotion('sadness', intensity) }, { runner });
      return sad.channels[CHANNEL_INDEX.browInnerUp].reduce((sum, value) => sum + value, 0) / sad.frameCount;
    };
    const [low, high] = [await brow(0.4), await brow(1)];
    expect(high).toBeGreaterThan(low + 0.15);
    expect(low).toBeGreaterThan(0.1);
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toMono } from '../../core/audio/toMono';
import { MienError } from '../../core/errors';
import type { InferenceRunner } from '../../core/performance/inferenceRunner';
import { analyseLine } from '../../core/speech/analyseLine';
import { loadDecoderTables } from '../../core/speech/decoderTables';
import type { LineAnalysis } from '../../core/speech/lineAnalysis';
import { createOnnxRunner, type OnnxRunner } from '../inference/onnxRunner';
import { decodeAudio } from './decodeAudio';
import { buildWav } from './testing/buildWav';
import { longInputs, oddInputs, type OddInput } from './testing/oddInputs';

const LONG = process.env.MIEN_LONG === '1';
const SEED = 2;
const inputs = [...oddInputs(LONG ? 200 : 60, SEED), ...(LONG ? longInputs() : [])];

const modelsFolder = fileURLToPath(new URL('../../models', import.meta.url));
const decoder = loadDecoderTables(JSON.parse(readFileSync(join(modelsFolder, 'acoustic.decoder.json'), 'utf8')));

describe('odd inputs', () => {
  let runner: OnnxRunner;
  let folder: string;
  beforeAll(async () => {
    runner = await createOnnxRunner({ modelsFolder, provider: 'cpu' });
    folder = await mkdtemp(join(tmpdir(), 'mien-odd-'));
  });
  afterAll(async () => {
    await runner.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  it(`${inputs.length} of them each give a line or one clear error, and at least half give a line`, async () => {
    let lines = 0;
    const failures: string[] = [];
    for (const input of inputs) {
      const outcome = await tryInput(input, runner);
      if (outcome === 'line') lines++;
      else if (outcome !== 'error') failures.push(`${input.title}: ${outcome}`);
    }
    console.info(`${lines} lines, ${inputs.length - lines - failures.length} clear errors of ${inputs.length} odd inputs`);
    expect(failures).toEqual([]);
    expect(lines).toBeGreaterThanOrEqual(inputs.length / 2);
    // Not everything is sound: a decoder that makes a line of anything would be wrong too.
    expect(lines).toBeLessThan(inputs.length);
  }, 900_000);

  it('reads from paths with other scripts and from very long ones', async () => {
    const deep = join(folder, ...Array.from({ length: 12 }, (_, i) => `${i}-${'ordner-mit-langem-namen-'.repeat(3)}`));
    await mkdir(deep, { recursive: true });
    const bytes = buildWav({ sampleRateHz: 16000, channels: [new Float32Array(1600).fill(0.1)] });
    for (const name of ['台詞 🎭.wav', 'реплика.wav', `${'x'.repeat(200)}.wav`]) {
      const path = join(deep, name);
      await writeFile(path, bytes);
      expect((await decodeAudio(await readFile(path), path)).channels[0]).toHaveLength(1600);
      expect(existsSync(path)).toBe(true);
    }
  });
});

/** "line", "error" for one MienError with words in it, or what is wrong. */
async function tryInput(input: OddInput, runner: InferenceRunner): Promise<string> {
  try {
    const bytes = input.make();
    const pcm = toMono(await decodeAudio(bytes, input.fileName));
    const analysis = await analyseLine({ pcm, transcript: '', runner, decoder });
    return whatIsWrong(analysis, pcm.samples.length / pcm.sampleRateHz) ?? 'line';
  } catch (thrown) {
    if (!(thrown instanceof MienError)) return `threw ${String(thrown)}`;
    if (!thrown.code.startsWith('audio-')) return `blames something else: ${thrown.code} ${thrown.message}`;
    return thrown.message.length > 10 && thrown.remedy.length > 10 ? 'error' : `says too little: ${thrown.message}`;
  }
}

function whatIsWrong(analysis: LineAnalysis, durationSeconds: number): string | null {
  const { phonemes, prosody } = analysis;
  if (Math.abs(analysis.durationSeconds - durationSeconds) > 1e-9) return 'the duration changed';
  if (phonemes.length === 0 || phonemes[0].startSeconds !== 0) return 'the phonemes do not start at 0';
  if (phonemes[phonemes.length - 1].endSeconds !== durationSeconds) return 'the phonemes do not end with the line';
  for (let i = 0; i < phonemes.length; i++) {
    const { startSeconds, endSeconds, confidence } = phonemes[i];
    if (!(endSeconds > startSeconds)) return `phoneme ${i} has no length`;
    if (i > 0 && startSeconds !== phonemes[i - 1].endSeconds) return `a gap before phoneme ${i}`;
    if (!(confidence >= 0 && confidence <= 1)) return `confidence ${confidence}`;
  }
  for (const track of [
    prosody.f0Hz,
    prosody.voicing,
    prosody.loudnessDb,
    prosody.tiltDbPerOctave,
    prosody.effort,
    prosody.voice,
  ]) {
    if (track.length !== prosody.f0Hz.length || !track.every(Number.isFinite)) return 'a prosody track is not finite';
  }
  return null;
}

/**
 * Performs lines with an engine of Mien, as users get them, and writes the 61 curves for the Python side to measure.
 *
 *   npx tsx training/performance/performLines.ts OUT_FOLDER LIST.json
 *
 * LIST.json: [{ out, source, id, engine, seed?, emotion?, intensity?, closureStrength?, style?: {jaw, lip, rounding}, shiftVoice?, gain?,
 * models? }]; phones, words come from exportLines.ts, sound from ../shared/data. OUT_FOLDER/OUT.f32 holds 61 rows of float32.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { analyseProsody } from '../../core/audio/analyseProsody';
import { ANALYSIS_RATE_HZ, type MonoPcm } from '../../core/audio/pcm';
import type { ProsodyTrack } from '../../core/audio/prosodyTrack';
import { resample } from '../../core/audio/resample';
import { toMono } from '../../core/audio/toMono';
import { NEUTRAL_EMOTIONS, type EmotionCurves } from '../../core/emotion/emotionCurves';
import type { ActiveEmotion } from '../../core/emotion/emotions';
import { engineNamed } from '../../core/performance/engines';
import { DEFAULT_STYLE, type EngineId } from '../../core/performance/performanceEngine';
import type { Phoneme } from '../../core/speech/phonemes';
import { createOnnxRunner } from '../../main/inference/onnxRunner';
import { decodeAudio } from '../../main/media/decodeAudio';

const DATA = fileURLToPath(new URL('../../../shared/data/', import.meta.url));
const MODELS = process.env.MIEN_MODELS ?? fileURLToPath(new URL('../../models/', import.meta.url));

interface Task {
  readonly out: string;
  readonly audio: string;
  /** Sound of another line, for the control that shuffles. */
  readonly phones: readonly [Phoneme, number, number][];
  readonly words: readonly [string, number, number][];
  readonly engine: EngineId;
  readonly seed?: number;
  readonly emotion?: ActiveEmotion;
  readonly intensity?: number;
  readonly closureStrength?: number;
  /** `rounding` is off unless said: figures compare with the captured man, who rounds little. */
  readonly style?: { readonly jaw?: number; readonly lip?: number; readonly rounding?: number };
  /** Effort that much higher throughout (for the response of the brows): +4.7 semitones, +7 dB at 1. */
  readonly raised?: number;
}

const held = (emotion: ActiveEmotion, value: number): EmotionCurves => ({
  ...NEUTRAL_EMOTIONS,
  [emotion]: { keys: [{ id: 'held', timeSeconds: 0, value, interpolation: 'linear', tangentMode: 'auto' }] },
});

const voices = new Map<string, { pcm: MonoPcm; prosody: ProsodyTrack }>();

async function voiceOf(audio: string) {
  const known = voices.get(audio);
  if (known) return known;
  const pcm = resample(toMono(await decodeAudio(readFileSync(DATA + audio), audio)), ANALYSIS_RATE_HZ);
  const voice = { pcm, prosody: analyseProsody(pcm) };
  voices.set(audio, voice);
  return voice;
}

async function main(): Promise<void> {
  const [out, list] = process.argv.slice(2);
  const tasks = JSON.parse(readFileSync(list, 'utf8')) as Task[];
  const runner = await createOnnxRunner({ modelsFolder: MODELS, provider: 'cpu', threads: 1 });
  let [speechSeconds, cpuSeconds] = [0, 0];
  for (const task of tasks) {
    const { pcm, prosody } = await voiceOf(task.audio);
    const durationSeconds = pcm.samples.length / pcm.sampleRateHz;
    const started = process.cpuUsage();
    const tracks = await engineNamed(task.engine).generate(
      {
        durationSeconds,
        phonemes: task.phones.map(([phoneme, startSeconds, endSeconds]) => ({ phoneme, startSeconds, endSeconds, confidence: 1 })),
        words: task.words.map(([text, startSeconds, endSeconds]) => ({ text, startSeconds, endSeconds, confidence: 1 })),
        prosody: task.raised ? raise(prosody, task.raised) : prosody,
        emotions: task.emotion ? held(task.emotion, task.intensity ?? 1) : NEUTRAL_EMOTIONS,
        style: { ...DEFAULT_STYLE, rounding: 0, ...task.style, closureStrength: task.closureStrength ?? 1 },
        seed: task.seed ?? 1,
      },
      { runner },
    );
    const used = process.cpuUsage(started);
    speechSeconds += durationSeconds;
    cpuSeconds += (used.user + used.system) / 1e6;
    const file = path.join(out, `${task.out}.f32`);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, Buffer.concat(tracks.channels.map((c) => Buffer.from(c.buffer, c.byteOffset, c.byteLength))));
  }
  console.log(JSON.stringify({ lines: tasks.length, speechSeconds, cpuSecondsPerSecond: cpuSeconds / speechSeconds }));
  await runner.dispose();
}

/** The same line said with more effort, as an analysis that knows the speaker would see it. */
function raise(prosody: ProsodyTrack, amount: number): ProsodyTrack {
  return {
    ...prosody,
    f0Hz: prosody.f0Hz.map((hz) => hz * 2 ** ((4.7 * amount) / 12)),
    loudnessDb: prosody.loudnessDb.map((db) => db + 7 * amount),
    effort: prosody.effort.map((effort) => (effort > 0 ? Math.min(1, effort + 0.3 * amount) : 0)),
  };
}

await main();

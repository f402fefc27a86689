/**
 * Compares the mouth of the rules engine with captured lips: GRID speaker 1 of ../shared/data (900 clips, 25 fps). Both sides
 * are measured in rest mouth widths: lip aperture, and mouth width against rest.
 *
 *   npx tsx training/compare_rules/compare.ts [--every 9] [--first 4] [--json out.json]
 *
 * The engine's tables were fitted on the training clips of training/splits/performance.json (training/performance/rules_twin.py).
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { NodeIO } from '@gltf-transform/core';
import { ALL_EXTENSIONS } from '@gltf-transform/extensions';
import { analyseProsody } from '../../core/audio/analyseProsody';
import { ANALYSIS_RATE_HZ } from '../../core/audio/pcm';
import { resample } from '../../core/audio/resample';
import { toMono } from '../../core/audio/toMono';
import { NEUTRAL_EMOTIONS } from '../../core/emotion/emotionCurves';
import { DEFAULT_STYLE } from '../../core/performance/performanceEngine';
import { performByRules } from '../../core/performance/pipeline';
import { CHANNEL_INDEX, type ArkitChannel } from '../../core/rig/channels';
import { lipGap, readLipLandmarks } from '../../core/rig/lipGap';
import type { SampledTracks } from '../../core/curves/sampledTracks';
import type { Phoneme } from '../../core/speech/phonemes';
import { decodeAudio } from '../../main/media/decodeAudio';
import { readNpz } from './readNpz';

const DATA = fileURLToPath(new URL('../../../shared/data/', import.meta.url));
const CHARACTER = fileURLToPath(new URL('../../assets/character/', import.meta.url));
const VIDEO_FPS = 25;
/** Median mouth width of the speaker after speech, in distances of the outer eye corners. */
const REST_WIDTH_IN_EYES = 0.611;
const MARGIN_SECONDS = 0.15;

interface Pair {
  readonly captured: number[];
  readonly ours: number[];
}

const option = (name: string, fallback: string) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : process.argv[at + 1];
};

async function main(): Promise<void> {
  if (!existsSync(`${DATA}face/grid_s1`)) return console.log('No ../shared/data/face/grid_s1 here: nothing to compare.');
  const [every, first] = [Number(option('every', '9')), Number(option('first', '4'))];
  const clips = readFileSync(`${DATA}align/grid_s1.jsonl`, 'utf8').trim().split('\n').map((row) => JSON.parse(row) as Clip);
  clips.sort((a, b) => (a.id < b.id ? -1 : 1));
  const there = new Set(readdirSync(`${DATA}face/grid_s1`));
  const chosen = clips.filter((clip) => there.has(`${clip.id}.npz`)).filter((_, index) => index % every === first);
  const measure = await characterMouth();
  const shifts = [-80, -60, -40, -20, 0, 20, 40, 60, 80];
  const pairs = new Map(shifts.map((shift) => [shift, { aperture: emptyPair(), width: emptyPair() }]));
  for (const clip of chosen) await compareClip(clip, measure, pairs);
  const report = summary(pairs, chosen.length);
  console.log(JSON.stringify(report, null, 2));
  const out = option('json', '');
  if (out) writeFileSync(out, `${JSON.stringify(report, null, 2)}\n`);
}

interface Clip {
  readonly id: string;
  readonly phones: readonly [Phoneme, number, number][];
  readonly words: readonly [string, number, number][];
}

type Measure = (tracks: SampledTracks, frame: number) => { aperture: number; width: number };
const emptyPair = (): Pair => ({ captured: [], ours: [] });

/** Lip aperture and width of the default character in rest mouth widths, from its vertices. */
async function characterMouth(): Promise<Measure> {
  const marks = JSON.parse(readFileSync(`${CHARACTER}landmarks.json`, 'utf8'));
  const document = await new NodeIO().registerExtensions(ALL_EXTENSIONS).readBinary(readFileSync(`${CHARACTER}mien.glb`));
  const mesh = document.getRoot().listMeshes().find((entry) => entry.getName() === marks.mesh)!;
  const primitive = mesh.listPrimitives()[0];
  const names = mesh.getExtras().targetNames as string[];
  const targets = primitive.listTargets().map((target, index) => ({ name: names[index], deltas: target.getAttribute('POSITION')!.getArray()! }));
  const middle = [marks.lips.upperContactMid, marks.lips.lowerContactMid] as const;
  const rest = marks.restMouthWidthMetres as number;
  const lips = readLipLandmarks(primitive.getAttribute('POSITION')!.getArray()!, targets, [middle], rest);
  const { cornerLeft, cornerRight } = marks.lips;
  const widening = targets.map(({ name, deltas }) => [CHANNEL_INDEX[name as ArkitChannel], (deltas[3 * cornerLeft] - deltas[3 * cornerRight]) / rest]);
  return (tracks, frame) => ({
    aperture: lipGap(lips, tracks, frame) / rest,
    width: widening.reduce((sum, [channel, share]) => sum + share * tracks.channels[channel][frame], 0),
  });
}

async function compareClip(clip: Clip, measure: Measure, pairs: Map<number, { aperture: Pair; width: Pair }>): Promise<void> {
  const captured = capturedMouth(clip.id);
  const decoded = await decodeAudio(readFileSync(`${DATA}face/grid_s1/${clip.id}.opus`), `${clip.id}.opus`);
  const pcm = resample(toMono(decoded), ANALYSIS_RATE_HZ);
  const tracks = performByRules({
    durationSeconds: pcm.samples.length / pcm.sampleRateHz,
    phonemes: clip.phones.map(([phoneme, startSeconds, endSeconds]) => ({ phoneme, startSeconds, endSeconds, confidence: 1 })),
    words: clip.words.map(([text, startSeconds, endSeconds]) => ({ text, startSeconds, endSeconds, confidence: 1 })),
    prosody: analyseProsody(pcm),
    emotions: NEUTRAL_EMOTIONS,
    style: DEFAULT_STYLE,
    seed: 1,
  });
  const spoken = clip.phones.filter(([phoneme]) => phoneme !== 'SIL');
  const [start, end] = [spoken[0][1] - MARGIN_SECONDS, spoken[spoken.length - 1][2] + MARGIN_SECONDS];
  captured.aperture.forEach((aperture, index) => {
    const seconds = index / VIDEO_FPS;
    if (seconds < start || seconds > end) return;
    for (const [shift, pair] of pairs) {
      const frame = Math.min(tracks.frameCount - 1, Math.max(0, Math.round((seconds + shift / 1000) * 60)));
      const ours = measure(tracks, frame);
      pair.aperture.captured.push(aperture);
      pair.aperture.ours.push(ours.aperture);
      pair.width.captured.push(captured.width[index]);
      pair.width.ours.push(ours.width);
    }
  });
}

/** Inner-lip points 13 and 14, lip corners 61 and 291, outer eye corners 33 and 263 of the tracked face. */
function capturedMouth(id: string): { aperture: number[]; width: number[] } {
  const { landmark_indices: order } = JSON.parse(readFileSync(`${DATA}face/grid_s1/format.json`, 'utf8')) as { landmark_indices: number[] };
  const { shape, values } = readNpz(readFileSync(`${DATA}face/grid_s1/${id}.npz`)).landmarks;
  const [frames, points] = [shape[0], shape[1]];
  const distance = (frame: number, a: number, b: number) => {
    const at = (point: number, axis: number) => values[(frame * points + order.indexOf(point)) * 3 + axis];
    return Math.hypot(at(a, 0) - at(b, 0), at(a, 1) - at(b, 1));
  };
  const eyes = Array.from({ length: frames }, (_, frame) => distance(frame, 33, 263)).sort((a, b) => a - b)[frames >> 1];
  const rest = eyes * REST_WIDTH_IN_EYES;
  return {
    aperture: Array.from({ length: frames }, (_, frame) => distance(frame, 13, 14) / rest),
    width: Array.from({ length: frames }, (_, frame) => distance(frame, 61, 291) / rest - 1),
  };
}

function summary(pairs: Map<number, { aperture: Pair; width: Pair }>, clips: number) {
  const best = (read: (entry: { aperture: Pair; width: Pair }) => Pair) =>
    [...pairs].map(([shift, entry]) => ({ shift, r: correlation(read(entry)) })).sort((a, b) => b.r - a.r)[0];
  const now = pairs.get(0)!;
  const of = (read: (entry: { aperture: Pair; width: Pair }) => Pair) => ({
    correlation: round(correlation(read(now))),
    rangeRatio: round(spread(read(now).ours) / spread(read(now).captured)),
    bestOffsetMilliseconds: best(read).shift,
  });
  return { clips, frames: now.aperture.ours.length, aperture: of((entry) => entry.aperture), width: of((entry) => entry.width) };
}

function correlation({ captured, ours }: Pair): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [a, b] = [mean(captured), mean(ours)];
  let [both, left, right] = [0, 0, 0];
  captured.forEach((value, index) => {
    both += (value - a) * (ours[index] - b);
    left += (value - a) ** 2;
    right += (ours[index] - b) ** 2;
  });
  return both / Math.sqrt(left * right);
}

/** 5th to 95th percentile. */
function spread(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.95)] - sorted[Math.floor(sorted.length * 0.05)];
}

const round = (value: number) => Number(value.toFixed(3));

await main();

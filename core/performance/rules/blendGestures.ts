import { frameToSeconds, secondsToFrame, type FrameGrid } from '../../time/frameRate';
import type { FrameSpan } from '../../time/frameSpan';
import type { MouthGesture, MouthGroup } from './mouthGestures';
import type { MouthShape } from './phoneTargets';

/** Which channels each group blends. */
const GROUP_CHANNELS: Readonly<Record<MouthGroup, readonly (keyof MouthShape)[]>> = {
  jaw: ['jawOpen', 'jawForward'],
  shape: ['mouthFunnel', 'mouthPucker', 'mouthSmile', 'mouthStretch', 'mouthDimple'],
  opening: ['mouthLowerDown', 'mouthUpperUp', 'mouthShrugLower', 'mouthShrugUpper', 'lipApproach'],
  tongue: ['tongueOut'],
};
const GROUPS = Object.keys(GROUP_CHANNELS) as MouthGroup[];

/** Flanks are followed to three and a half sigma; beyond that a gesture weighs under .3 %. */
const REACH_SIGMAS = 3.5;

export type MouthCurves = Readonly<Record<keyof MouthShape, Float32Array>>;

/**
 * Dominance blending: every channel is the mean of the targets around it, weighted by dominance, so that a short or weak
 * phone gives way to its neighbours and equal neighbours merge. After Cohen and Massaro, Modeling coarticulation in
 * synthetic visual speech (1993), with Gaussian flanks and a plateau. Work grows with the line's length only.
 */
export function blendGestures(
  gestures: readonly MouthGesture[],
  frameCount: number,
  rate: FrameGrid,
  span: FrameSpan = { first: 0, end: frameCount },
): MouthCurves {
  const result = {} as Record<keyof MouthShape, Float32Array>;
  for (const group of GROUPS) Object.assign(result, blendGroup(gestures, group, frameCount, rate, span));
  return result;
}

function blendGroup(gestures: readonly MouthGesture[], group: MouthGroup, frameCount: number, rate: FrameGrid, span: FrameSpan) {
  const names = GROUP_CHANNELS[group];
  const sums = names.map(() => new Float64Array(frameCount));
  const total = new Float64Array(frameCount);
  for (const gesture of gestures) {
    const onset = gesture.onsetSeconds[group];
    const release = gesture.releaseSeconds[group];
    const start = gesture.plateauStartSeconds - gesture.leadSeconds[group];
    const end = gesture.plateauEndSeconds - gesture.leadSeconds[group];
    const scale = group === 'jaw' || group === 'tongue' ? 1 : gesture.lipFactor;
    const values = names.map((name) => (gesture.shape[name] ?? 0) * scale);
    const first = Math.max(span.first, Math.ceil(secondsToFrame(start - onset * REACH_SIGMAS, rate)));
    const last = Math.min(span.end - 1, Math.floor(secondsToFrame(end + release * REACH_SIGMAS, rate)));
    for (let frame = first; frame <= last; frame++) {
      const timeSeconds = frameToSeconds(frame, rate);
      const away = timeSeconds < start ? (start - timeSeconds) / onset : timeSeconds > end ? (timeSeconds - end) / release : 0;
      const weight = gesture.strength[group] * gaussian(away);
      total[frame] += weight;
      for (let n = 0; n < names.length; n++) sums[n][frame] += weight * values[n];
    }
  }
  return Object.fromEntries(names.map((name, n) => [name, normalise(sums[n], total, span)]));
}

function gaussian(x: number): number {
  return Math.exp(-0.5 * x * x);
}

function normalise(sum: Float64Array, total: Float64Array, span: FrameSpan): Float32Array {
  const values = new Float32Array(sum.length);
  // The floor lets the mouth sink to rest where no target reaches, instead of dividing by nothing.
  for (let frame = span.first; frame < span.end; frame++) values[frame] = sum[frame] / Math.max(total[frame], 0.02);
  return values;
}

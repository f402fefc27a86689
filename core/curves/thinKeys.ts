import { CURVE_FRAME_RATE, framesPerSecond } from '../time/frameRate';
import { evaluateFrom, findSegment } from './evaluateCurve';
import type { CurveKey } from './keyedCurve';

/**
 * As few of the keys as follow the whole curve within `maxError`: starts from the two ends and the keys that must stay and
 * adds, stretch by stretch, the key nearest to the worst miss. Kept keys keep their id, handles and interpolation. Measured
 * at every 60 fps frame and at every key. Pure.
 * @param ids keys that may go; others stay
 * @param maxError largest allowed difference, in the curve's own unit; must be > 0
 */
export function thinKeys(keys: readonly CurveKey[], ids: ReadonlySet<string>, maxError: number): CurveKey[] {
  if (keys.length <= 2) return [...keys];
  const kept = keys.map((key, index) => index === 0 || index === keys.length - 1 || !ids.has(key.id));
  const times = sampleTimes(keys);
  const wanted = times.map((time) => evaluateFrom(keys, findSegment(keys, time), time));
  for (;;) {
    const indices = kept.flatMap((isKept, index) => (isKept ? [index] : []));
    const current = indices.map((index) => keys[index]);
    const added = worstKeys(keys, kept, indices, current, times, wanted, maxError);
    if (added.length === 0) return current;
    for (const index of added) kept[index] = true;
  }
}

function sampleTimes(keys: readonly CurveKey[]): number[] {
  const fps = framesPerSecond(CURVE_FRAME_RATE);
  const first = Math.ceil(keys[0].timeSeconds * fps);
  const last = Math.floor(keys[keys.length - 1].timeSeconds * fps);
  const frames = Array.from({ length: Math.max(0, last - first + 1) }, (_unused, index) => (first + index) / fps);
  return [...frames, ...keys.map((key) => key.timeSeconds)].sort((a, b) => a - b);
}

/** For every stretch between kept keys that misses: the dropped key nearest to its worst sample. */
function worstKeys(
  keys: readonly CurveKey[],
  kept: readonly boolean[],
  indices: readonly number[],
  current: readonly CurveKey[],
  times: readonly number[],
  wanted: readonly number[],
  maxError: number,
): number[] {
  const worst = new Map<number, { error: number; time: number }>();
  for (let sample = 0; sample < times.length; sample++) {
    const segment = findSegment(current, times[sample]);
    const error = Math.abs(evaluateFrom(current, segment, times[sample]) - wanted[sample]);
    if (error <= maxError || error <= (worst.get(segment)?.error ?? 0)) continue;
    worst.set(segment, { error, time: times[sample] });
  }
  const added: number[] = [];
  for (const [segment, { time }] of worst) {
    const index = nearestDropped(keys, kept, indices, segment, time);
    if (index >= 0) added.push(index);
  }
  return added;
}

/** A dropped key of the stretch, or of the nearest stretch that has one: its absence bends this one's tangents. */
function nearestDropped(
  keys: readonly CurveKey[],
  kept: readonly boolean[],
  indices: readonly number[],
  segment: number,
  time: number,
): number {
  for (let reach = 0; reach < indices.length; reach++) {
    const from = indices[Math.max(0, segment - reach)] + 1;
    const to = indices[Math.min(indices.length - 1, segment + 1 + reach)];
    let best = -1;
    for (let index = from; index < to; index++) {
      if (kept[index]) continue;
      if (best < 0 || Math.abs(keys[index].timeSeconds - time) < Math.abs(keys[best].timeSeconds - time)) best = index;
    }
    if (best >= 0) return best;
  }
  return -1;
}

import type { CurveKey } from '../curves/keyedCurve';
import type { TimeRange } from '../time/timeRange';

/** Keys closer than a quarter of a frame at 60 fps count as one. */
export const SAME_TIME_SECONDS = 1 / 240;

export interface ValueRange {
  readonly min: number;
  readonly max: number;
}

/** Range of weights and of emotion intensities. */
export const WEIGHT_RANGE: ValueRange = { min: 0, max: 1 };

export function clampValue(value: number, range: ValueRange): number {
  return Math.min(range.max, Math.max(range.min, value));
}

export function findKeyAt(keys: readonly CurveKey[], timeSeconds: number): CurveKey | undefined {
  return keys.find((key) => Math.abs(key.timeSeconds - timeSeconds) < SAME_TIME_SECONDS);
}

/** Keys with `key` added; it takes the place of one with its id and of one at its time. Sorted by time. */
export function putKey(keys: readonly CurveKey[], key: CurveKey): CurveKey[] {
  const others = keys.filter(
    (other) => other.id !== key.id && Math.abs(other.timeSeconds - key.timeSeconds) >= SAME_TIME_SECONDS,
  );
  return sortKeys([...others, key]);
}

export interface KeyMove {
  readonly deltaSeconds: number;
  readonly deltaValue: number;
  readonly range: ValueRange;
  /** Keys stay within it: the line with its pre- and post-roll. */
  readonly extent: TimeRange;
}

/**
 * Keys with the named ones moved together: the time shift is cut so that none leaves the line (their spacing stays);
 * each value is clamped alone. A key that stands still gives way to one that lands on it.
 */
export function moveKeys(keys: readonly CurveKey[], ids: ReadonlySet<string>, move: KeyMove): CurveKey[] {
  const moving = keys.filter((key) => ids.has(key.id));
  if (moving.length === 0) return [...keys];
  const shiftSeconds = limitShift(moving, move);
  const moved = moving.map((key) => ({
    ...key,
    timeSeconds: key.timeSeconds + shiftSeconds,
    value: clampValue(key.value + move.deltaValue, move.range),
  }));
  const still = keys.filter(
    (key) => !ids.has(key.id) && !moved.some((other) => Math.abs(other.timeSeconds - key.timeSeconds) < SAME_TIME_SECONDS),
  );
  return sortKeys([...still, ...moved]);
}

export function removeKeys(keys: readonly CurveKey[], ids: ReadonlySet<string>): CurveKey[] {
  return keys.filter((key) => !ids.has(key.id));
}

/** A new key as the studio makes it: smooth, never overshooting. */
export function autoKey(id: string, timeSeconds: number, value: number): CurveKey {
  return { id, timeSeconds, value, interpolation: 'bezier', tangentMode: 'auto' };
}

export function sortKeys(keys: readonly CurveKey[]): CurveKey[] {
  return [...keys].sort((a, b) => a.timeSeconds - b.timeSeconds);
}

function limitShift(moving: readonly CurveKey[], move: KeyMove): number {
  const times = moving.map((key) => key.timeSeconds);
  const lowest = move.extent.startSeconds - Math.min(...times);
  const highest = move.extent.endSeconds - Math.max(...times);
  return Math.min(Math.max(highest, lowest), Math.max(lowest, move.deltaSeconds));
}

import { evaluateCurve } from './evaluateCurve';
import type { CurveKey, KeyedCurve } from './keyedCurve';

/** Two keys nearer than this are the same moment (a tenth of a millisecond: far below any frame). */
export const SAME_MOMENT_SECONDS = 1e-4;

/** Adds a key in order. A key already at that moment is replaced, so that no two keys share a time. Pure. */
export function insertKey(curve: KeyedCurve, key: CurveKey): KeyedCurve {
  const kept = curve.keys.filter(
    (other) => other.id !== key.id && Math.abs(other.timeSeconds - key.timeSeconds) >= SAME_MOMENT_SECONDS,
  );
  return { keys: [...kept, key].sort(byTime) };
}

/** Adds an auto key on the curve's present value at a time, e.g. for a double click on a curve. Pure. */
export function insertKeyOnCurve(curve: KeyedCurve, id: string, timeSeconds: number): KeyedCurve {
  const value = evaluateCurve(curve, timeSeconds);
  return insertKey(curve, { id, timeSeconds, value, interpolation: 'bezier', tangentMode: 'auto' });
}

/**
 * Moves a key to a time and value. It may pass other keys; a key it lands on is replaced. Times below 0 stop at 0.
 * An unknown id leaves the curve as it is. Pure.
 */
export function moveKey(curve: KeyedCurve, id: string, timeSeconds: number, value: number): KeyedCurve {
  const key = curve.keys.find((candidate) => candidate.id === id);
  if (!key) return curve;
  return insertKey(curve, { ...key, timeSeconds: Math.max(0, timeSeconds), value });
}

/** Removes a key; an unknown id leaves the curve as it is. Pure. */
export function removeKey(curve: KeyedCurve, id: string): KeyedCurve {
  const keys = curve.keys.filter((key) => key.id !== id);
  return keys.length === curve.keys.length ? curve : { keys };
}

function byTime(a: CurveKey, b: CurveKey): number {
  return a.timeSeconds - b.timeSeconds;
}

import type { CurveKey, KeyedCurve } from './keyedCurve';
import { segmentHandles, type SegmentHandles } from './tangents';

/**
 * Value of a keyed f-curve at a time in seconds. Before the first and after the last key it holds; an empty curve is 0.
 * Bezier stretches are cubic in time and value; time is monotone, so that there is exactly one value a moment.
 */
export function evaluateCurve(curve: KeyedCurve, timeSeconds: number): number {
  const { keys } = curve;
  if (keys.length === 0) return 0;
  return evaluateFrom(keys, findSegment(keys, timeSeconds), timeSeconds);
}

/** Index of the last key at or before `timeSeconds`; -1 before the first key. */
export function findSegment(keys: readonly CurveKey[], timeSeconds: number): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (keys[middle].timeSeconds <= timeSeconds) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Value at a time whose segment (see `findSegment`) is already known. */
export function evaluateFrom(keys: readonly CurveKey[], segment: number, timeSeconds: number): number {
  if (segment < 0) return keys[0].value;
  const key = keys[segment];
  if (segment >= keys.length - 1 || key.interpolation === 'constant') return key.value;
  const next = keys[segment + 1];
  const length = next.timeSeconds - key.timeSeconds;
  if (!(length > 0)) return next.value;
  if (key.interpolation === 'linear') {
    return key.value + ((next.value - key.value) * (timeSeconds - key.timeSeconds)) / length;
  }
  return evaluateBezier(key, next, segmentHandles(keys, segment), timeSeconds);
}

function evaluateBezier(key: CurveKey, next: CurveKey, handles: SegmentHandles, timeSeconds: number): number {
  const length = next.timeSeconds - key.timeSeconds;
  const x1 = (handles.outTimeSeconds - key.timeSeconds) / length;
  const x2 = (handles.inTimeSeconds - key.timeSeconds) / length;
  const parameter = solveParameter((timeSeconds - key.timeSeconds) / length, x1, x2);
  return bernstein(parameter, key.value, handles.outValue, handles.inValue, next.value);
}

/** The Bezier parameter at which time is `fraction` of the stretch; x1, x2 in 0..1 make time monotone. */
function solveParameter(fraction: number, x1: number, x2: number): number {
  let low = 0;
  let high = 1;
  let parameter = fraction;
  for (let step = 0; step < 40; step++) {
    const error = bernstein(parameter, 0, x1, x2, 1) - fraction;
    if (Math.abs(error) < 1e-12) break;
    if (error > 0) high = parameter;
    else low = parameter;
    const slope = bernsteinSlope(parameter, x1, x2);
    const newton = parameter - error / slope;
    // Newton where it stays inside the bracket, bisection where handles make the slope vanish.
    parameter = slope > 1e-9 && newton > low && newton < high ? newton : (low + high) / 2;
  }
  return parameter;
}

function bernstein(u: number, a: number, b: number, c: number, d: number): number {
  const v = 1 - u;
  return v * v * v * a + 3 * v * v * u * b + 3 * v * u * u * c + u * u * u * d;
}

function bernsteinSlope(u: number, x1: number, x2: number): number {
  const v = 1 - u;
  return 3 * v * v * x1 + 6 * v * u * (x2 - x1) + 3 * u * u * (1 - x2);
}

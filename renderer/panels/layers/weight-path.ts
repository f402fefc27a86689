import { evaluateCurve } from '../../../core/curves/evaluateCurve';
import type { CurveKey } from '../../../core/curves/keyedCurve';
import type { TimeRange } from '../../../core/time/timeRange';

const POINTS = 64;
const PAD_PX = 2;

/** A layer's weight, 0..1 over the whole line, as an SVG path; every key is met. */
export function weightPath(
  keys: readonly CurveKey[],
  { startSeconds, endSeconds }: TimeRange,
  { width, height }: { readonly width: number; readonly height: number },
): string {
  const length = Math.max(1e-6, endSeconds - startSeconds);
  const times = [
    ...Array.from({ length: POINTS + 1 }, (_, index) => startSeconds + (index / POINTS) * length),
    ...keys.map((key) => key.timeSeconds).filter((time) => time > startSeconds && time < endSeconds),
  ].sort((a, b) => a - b);
  const point = (timeSeconds: number) => {
    const weight = Math.min(1, Math.max(0, evaluateCurve({ keys }, timeSeconds)));
    const x = ((timeSeconds - startSeconds) / length) * width;
    return `${x.toFixed(1)} ${(height - PAD_PX - weight * (height - 2 * PAD_PX)).toFixed(1)}`;
  };
  return `M${times.map(point).join('L')}`;
}

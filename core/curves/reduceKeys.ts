import { frameToSeconds, type FrameGrid } from '../time/frameRate';
import type { CurveKey } from './keyedCurve';
import { evaluateFrom } from './evaluateCurve';

/**
 * Few auto Bezier keys that follow sampled values within `maxError` at every frame: starts from the two ends and the
 * local peaks, then adds a key at the worst frame of every stretch that misses. Deterministic; ids are `${idPrefix}${frame}`.
 * @param samples values at frames 0..n-1 of `rate`
 * @param maxError largest allowed difference at any frame, in the curve's own unit; must be > 0
 */
export function reduceKeys(samples: Float32Array, rate: FrameGrid, maxError: number, idPrefix = 'key-'): CurveKey[] {
  if (samples.length === 0) return [];
  let frames = extremeFrames(samples, maxError);
  for (let round = 0; round < samples.length; round++) {
    const added = worstFrames(samples, frames, rate, maxError, idPrefix);
    if (added.length === 0) break;
    frames = [...frames, ...added].sort((a, b) => a - b);
  }
  return toKeys(samples, frames, rate, idPrefix);
}

/** The first and last frame, and the peaks and valleys that stand out by more than `maxError`. */
function extremeFrames(samples: Float32Array, maxError: number): number[] {
  const last = samples.length - 1;
  const frames = [0];
  let candidate = 0;
  let direction = 0;
  for (let frame = 1; frame <= last; frame++) {
    const change = samples[frame] - samples[candidate];
    if (direction === 0 || change * direction > 0) {
      if (direction === 0 && Math.abs(change) <= maxError) continue;
      direction = Math.sign(change);
      candidate = frame;
    } else if (Math.abs(change) > maxError) {
      if (candidate > frames[frames.length - 1]) frames.push(candidate);
      direction = -direction;
      candidate = frame;
    }
  }
  if (last > 0) frames.push(last);
  return [...new Set(frames)].sort((a, b) => a - b);
}

function worstFrames(
  samples: Float32Array,
  frames: readonly number[],
  rate: FrameGrid,
  maxError: number,
  idPrefix: string,
): number[] {
  const keys = toKeys(samples, frames, rate, idPrefix);
  const added: number[] = [];
  for (let segment = 0; segment + 1 < frames.length; segment++) {
    let worst = maxError;
    let worstFrame = -1;
    for (let frame = frames[segment] + 1; frame < frames[segment + 1]; frame++) {
      const error = Math.abs(evaluateFrom(keys, segment, frameToSeconds(frame, rate)) - samples[frame]);
      if (error > worst) {
        worst = error;
        worstFrame = frame;
      }
    }
    if (worstFrame >= 0) added.push(worstFrame);
  }
  return added;
}

function toKeys(samples: Float32Array, frames: readonly number[], rate: FrameGrid, idPrefix: string): CurveKey[] {
  return frames.map((frame) => ({
    id: `${idPrefix}${frame}`,
    timeSeconds: frameToSeconds(frame, rate),
    value: samples[frame],
    interpolation: 'bezier',
    tangentMode: 'auto',
  }));
}

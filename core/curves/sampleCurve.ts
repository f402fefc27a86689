import { CURVE_FRAME_RATE, frameToSeconds, secondsToFrame, type FrameGrid } from '../time/frameRate';
import { evaluateFrom } from './evaluateCurve';
import type { KeyedCurve } from './keyedCurve';

/**
 * A keyed curve sampled at the first `frameCount` frames of a grid; equal to `evaluateCurve` at every frame, in one pass.
 * @param rate 60 frames a second from time 0 by default
 */
export function sampleCurve(curve: KeyedCurve, frameCount: number, rate: FrameGrid = CURVE_FRAME_RATE): Float32Array {
  const samples = new Float32Array(frameCount);
  const { keys } = curve;
  if (keys.length === 0) return samples;
  let segment = -1;
  for (let frame = 0; frame < frameCount; frame++) {
    const timeSeconds = frameToSeconds(frame, rate);
    while (segment + 1 < keys.length && keys[segment + 1].timeSeconds <= timeSeconds) segment++;
    samples[frame] = evaluateFrom(keys, segment, timeSeconds);
  }
  return samples;
}

/** Frames from the one nearest above `startSeconds` to the one nearest below `endSeconds`, both inclusive, inside 0..frameCount-1. */
export function framesInside(
  startSeconds: number,
  endSeconds: number,
  frameCount: number,
  rate: FrameGrid = CURVE_FRAME_RATE,
): { first: number; last: number } {
  // The bias keeps a key that sits exactly on a frame inside, whatever the division rounded to.
  const first = Math.max(0, Math.ceil(secondsToFrame(startSeconds, rate) - 1e-6));
  const last = Math.min(frameCount - 1, Math.floor(secondsToFrame(endSeconds, rate) + 1e-6));
  return { first, last };
}

import { secondsToFrame, type FrameGrid } from './frameRate';
import type { TimeRange } from './timeRange';

/** Frames first <= frame < end. */
export interface FrameSpan {
  readonly first: number;
  readonly end: number;
}

/** The frames that lie in a range, widened by `marginFrames`, inside 0..frameCount. */
export function frameSpanOf(range: TimeRange, frameCount: number, grid: FrameGrid, marginFrames = 0): FrameSpan {
  const first = Math.max(0, Math.ceil(secondsToFrame(range.startSeconds, grid) - 1e-6) - marginFrames);
  const end = Math.min(frameCount, Math.ceil(secondsToFrame(range.endSeconds, grid) - 1e-6) + marginFrames);
  return { first: Math.min(first, frameCount), end: Math.max(Math.min(first, frameCount), end) };
}

/** A span with `frames` more on both sides, inside 0..frameCount. */
export function widened(span: FrameSpan, frames: number, frameCount: number): FrameSpan {
  return { first: Math.max(0, span.first - frames), end: Math.min(frameCount, span.end + frames) };
}

import { patchTracks } from '../../core/curves/patchTracks';
import type { SampledTracks } from '../../core/curves/sampledTracks';
import { firstFrameOf } from '../../core/performance/lineCut';
import { gridFrom, type FrameGrid } from '../../core/time/frameRate';
import { tracksOf } from './tracksOf';
import type { TimeRange } from '../../core/time/timeRange';
import type { PreviewResult } from '../../main/ipc/api';

/** What is made first around the playhead: enough to play on from it while the rest comes. */
const WINDOW_SECONDS = { before: 0.5, after: 1.5 };

export function windowAround(playheadSeconds: number): TimeRange {
  return { startSeconds: playheadSeconds - WINDOW_SECONDS.before, endSeconds: playheadSeconds + WINDOW_SECONDS.after };
}

/** The window of a preview as tracks, over the result's own memory. */
export function windowTracks({ firstFrame, frameCount, samples }: PreviewResult, grid: FrameGrid): SampledTracks {
  return tracksOf({ frameCount, samples }, gridFrom(grid, firstFrame));
}

/**
 * Tracks with a window of new frames put in; null when the window does not lie in them. What was changed is noted, so that
 * nobody downstream has to look for it along the line (`patchOf`).
 */
export function withWindow(tracks: SampledTracks, window: SampledTracks): SampledTracks | null {
  const firstFrame = firstFrameOf(window, tracks.frameRate);
  if (firstFrame < 0 || firstFrame + window.frameCount > tracks.frameCount) return null;
  return patchTracks(tracks, firstFrame, window.channels);
}

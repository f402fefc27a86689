import type { SampledTracks } from '../../core/curves/sampledTracks';
import type { TimeRange } from '../../core/time/timeRange';
import type { PerformResult } from '../../main/ipc/api';

/** What is made first around the playhead: enough to play on from it while the rest comes. */
const WINDOW_SECONDS = { before: 0.5, after: 1.5 };

export function windowAround(playheadSeconds: number): TimeRange {
  return { startSeconds: playheadSeconds - WINDOW_SECONDS.before, endSeconds: playheadSeconds + WINDOW_SECONDS.after };
}

/** Tracks with a window of new frames put in; null when the window does not lie in them. */
export function withWindow(
  tracks: SampledTracks,
  { firstFrame = 0, frameCount, samples }: Pick<PerformResult, 'firstFrame' | 'frameCount' | 'samples'>,
): SampledTracks | null {
  if (firstFrame + frameCount > tracks.frameCount) return null;
  const channels = tracks.channels.map((before, channel) => {
    const fresh = samples.subarray(channel * frameCount, (channel + 1) * frameCount);
    // A channel that the drag does not move keeps its array, so that nothing downstream works on it.
    if (fresh.every((value, frame) => value === before[firstFrame + frame])) return before;
    const changed = before.slice();
    changed.set(fresh, firstFrame);
    return changed;
  });
  return { ...tracks, channels };
}

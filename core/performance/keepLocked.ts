import { leastJerkStep } from '../curves/smooth';
import type { SampledTracks } from '../curves/sampledTracks';
import { PERFORMANCE_CHANNELS, regionOf, type ChannelRegion, type PerformanceChannel } from '../rig/channels';
import { frameToSeconds, isSameGrid } from '../time/frameRate';
import { frameSpanOf } from '../time/frameSpan';
import type { TimeRange } from '../time/timeRange';
import { SPLICE_BLEND_SECONDS } from './spliceTracks';

/** A stretch that making curves anew must leave byte-equal; without regions and channels for all of them. */
export interface CurveLock extends TimeRange {
  readonly regions: readonly ChannelRegion[];
  readonly channels: readonly PerformanceChannel[];
}

export function isLockFor(lock: CurveLock, channel: PerformanceChannel): boolean {
  if (lock.regions.length === 0 && lock.channels.length === 0) return true;
  return lock.regions.includes(regionOf(channel)) || lock.channels.includes(channel);
}

/**
 * Puts what is locked of `previous` back into `fresh`: byte-equal inside the lock, blended outside it over >= 100 ms.
 * Curves of other frames hold nothing that could be kept and leave `fresh` as it is.
 */
export function keepLocked(previous: SampledTracks | null, fresh: SampledTracks, locks: readonly CurveLock[]): SampledTracks {
  if (!previous || locks.length === 0 || previous.frameCount !== fresh.frameCount) return fresh;
  if (!isSameGrid(previous.frameRate, fresh.frameRate)) return fresh;
  const channels = fresh.channels.map((samples, index) => {
    const mine = locks.filter((lock) => isLockFor(lock, PERFORMANCE_CHANNELS[index]));
    return mine.length === 0 ? samples : withLocks(previous.channels[index], samples, mine, fresh);
  });
  return { ...fresh, channels };
}

function withLocks(
  before: Float32Array,
  after: Float32Array,
  locks: readonly CurveLock[],
  { frameCount, frameRate }: SampledTracks,
): Float32Array {
  const result = after.slice();
  for (const { startSeconds, endSeconds } of locks) {
    const reach = { startSeconds: startSeconds - SPLICE_BLEND_SECONDS, endSeconds: endSeconds + SPLICE_BLEND_SECONDS };
    const { first, end } = frameSpanOf(reach, frameCount, frameRate, 1);
    for (let frame = first; frame < end; frame++) {
      const timeSeconds = frameToSeconds(frame, frameRate);
      const kept =
        timeSeconds < startSeconds
          ? leastJerkStep(reach.startSeconds, startSeconds, timeSeconds)
          : 1 - leastJerkStep(endSeconds, reach.endSeconds, timeSeconds);
      if (kept > 0) result[frame] += (before[frame] - result[frame]) * kept;
    }
  }
  // Last, so that the blend of one lock never touches the inside of another.
  for (const { startSeconds, endSeconds } of locks) {
    const inside = frameSpanOf({ startSeconds, endSeconds }, frameCount, frameRate);
    for (let frame = inside.first; frame < inside.end; frame++) result[frame] = before[frame];
  }
  return result;
}

import { CURVE_FRAME_RATE, type FrameRate } from '../time/frameRate';
import { CHANNEL_INDEX, PERFORMANCE_CHANNEL_COUNT, type PerformanceChannel } from '../rig/channels';

/**
 * All 61 channels sampled at a fixed rate: channel-major, one Float32Array of `frameCount` values a channel
 * in the order of PERFORMANCE_CHANNELS. Weights 0..1, rotations in radians. Frame k is at k / frameRate seconds.
 */
export interface SampledTracks {
  readonly frameRate: FrameRate;
  readonly frameCount: number;
  readonly channels: readonly Float32Array[];
}

/** New tracks, all zero. */
export function createTracks(frameCount: number, frameRate: FrameRate = CURVE_FRAME_RATE): SampledTracks {
  const channels = Array.from({ length: PERFORMANCE_CHANNEL_COUNT }, () => new Float32Array(frameCount));
  return { frameRate, frameCount, channels };
}

/** The samples of one channel (live, not a copy). */
export function trackOf(tracks: SampledTracks, channel: PerformanceChannel): Float32Array {
  return tracks.channels[CHANNEL_INDEX[channel]];
}

import { CURVE_FRAME_RATE, secondsToNearestFrame, type FrameGrid } from '../time/frameRate';
import { CHANNEL_INDEX, PERFORMANCE_CHANNEL_COUNT, type PerformanceChannel } from '../rig/channels';

/**
 * All 61 channels sampled at a fixed rate: channel-major, one Float32Array of `frameCount` values a channel
 * in the order of PERFORMANCE_CHANNELS. Weights 0..1, rotations in radians. Frame k is at
 * `frameToSeconds(k, frameRate)`: with a pre-roll the first ones lie before time 0, where the sound begins.
 */
export interface SampledTracks {
  readonly frameRate: FrameGrid;
  readonly frameCount: number;
  readonly channels: readonly Float32Array[];
}

/** New tracks, all zero. */
export function createTracks(frameCount: number, frameRate: FrameGrid = CURVE_FRAME_RATE): SampledTracks {
  const channels = Array.from({ length: PERFORMANCE_CHANNEL_COUNT }, () => new Float32Array(frameCount));
  return { frameRate, frameCount, channels };
}

/** The value of a channel at the frame nearest to a time; held at the ends. */
export function valueAtTime(tracks: SampledTracks, channel: PerformanceChannel, timeSeconds: number): number {
  const frame = secondsToNearestFrame(timeSeconds, tracks.frameRate);
  return trackOf(tracks, channel)[Math.min(tracks.frameCount - 1, Math.max(0, frame))] ?? 0;
}

/** The samples of one channel (live, not a copy). */
export function trackOf(tracks: SampledTracks, channel: PerformanceChannel): Float32Array {
  return tracks.channels[CHANNEL_INDEX[channel]];
}

import type { SampledTracks } from '../../curves/sampledTracks';
import { CHANNEL_INDEX, isPoseChannel, PERFORMANCE_CHANNELS } from '../../rig/channels';

/** No head or eye turns further than this; a larger value is a fault, not a performance. */
export const POSE_LIMIT_RADIANS = Math.PI / 2;

/**
 * The last stage before display and export: weights to 0..1, mouthClose to at most jawOpen, rotations to +-90 degrees,
 * anything that is not a number to 0. Returns new tracks; channels that were already in range are shared.
 */
export function limitTracks(tracks: SampledTracks): SampledTracks {
  const channels = tracks.channels.map((samples, index) =>
    isPoseChannel(PERFORMANCE_CHANNELS[index])
      ? limitChannel(samples, -POSE_LIMIT_RADIANS, POSE_LIMIT_RADIANS)
      : limitChannel(samples, 0, 1),
  );
  const jawOpen = channels[CHANNEL_INDEX.jawOpen];
  const closing = channels[CHANNEL_INDEX.mouthClose];
  if (closing.some((value, frame) => value > jawOpen[frame])) {
    channels[CHANNEL_INDEX.mouthClose] = closing.map((value, frame) => Math.min(value, jawOpen[frame]));
  }
  return { ...tracks, channels };
}

function limitChannel(samples: Float32Array, low: number, high: number): Float32Array {
  if (samples.every((value) => value >= low && value <= high)) return samples;
  return samples.map((value) => (Number.isFinite(value) ? Math.min(high, Math.max(low, value)) : 0));
}

import type { SampledTracks } from '../../curves/sampledTracks';
import { ARKIT_CHANNELS, CHANNEL_INDEX } from '../../rig/channels';

/** No head or eye turns further than this; a larger value is a fault, not a performance. */
export const POSE_LIMIT_RADIANS = Math.PI / 2;

/**
 * The last stage before display and export: weights to 0..1, mouthClose to at most jawOpen, rotations to +-90 degrees,
 * anything that is not a number to 0. Returns new tracks; channels that were already in range are shared.
 */
export function limitTracks(tracks: SampledTracks): SampledTracks {
  const channels = tracks.channels.map((samples, index) =>
    samples.some((value) => limitSample(value, index) !== value) ? samples.map((value) => limitSample(value, index)) : samples,
  );
  const jawOpen = channels[CHANNEL_INDEX.jawOpen];
  const closing = channels[CHANNEL_INDEX.mouthClose];
  if (closing.some((value, frame) => value > jawOpen[frame])) {
    channels[CHANNEL_INDEX.mouthClose] = closing.map((value, frame) => (value > jawOpen[frame] ? jawOpen[frame] : value));
  }
  return { ...tracks, channels };
}

/** One sample within what its channel (by index) can do; no number becomes 0. */
export function limitSample(value: number, channelIndex: number): number {
  const high = channelIndex < ARKIT_CHANNELS.length ? 1 : POSE_LIMIT_RADIANS;
  const low = channelIndex < ARKIT_CHANNELS.length ? 0 : -POSE_LIMIT_RADIANS;
  if (value >= low && value <= high) return value;
  return Number.isFinite(value) ? (value < low ? low : high) : 0;
}

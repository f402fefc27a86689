import type { SampledTracks } from '../../curves/sampledTracks';
import { ARKIT_CHANNELS, CHANNEL_INDEX } from '../../rig/channels';
import type { FrameSpan } from '../../time/frameSpan';

/** No head or eye turns further than this; a larger value is a fault, not a performance. */
export const POSE_LIMIT_RADIANS = Math.PI / 2;

/**
 * The last stage before display and export: weights to 0..1, mouthClose to at most jawOpen, rotations to +-90 degrees,
 * anything that is not a number to 0. Returns new tracks; channels that were already in range are shared.
 * @param span limits only these frames; default all
 */
export function limitTracks(tracks: SampledTracks, span: FrameSpan = { first: 0, end: tracks.frameCount }): SampledTracks {
  const channels = tracks.channels.map((samples, index) => {
    let limited: Float32Array | null = null;
    for (let frame = span.first; frame < span.end; frame++) {
      const value = limitSample(samples[frame], index);
      if (value === samples[frame]) continue;
      limited ??= samples.slice();
      limited[frame] = value;
    }
    return limited ?? samples;
  });
  const jawOpen = channels[CHANNEL_INDEX.jawOpen];
  let closing = channels[CHANNEL_INDEX.mouthClose];
  for (let frame = span.first; frame < span.end; frame++) {
    if (!(closing[frame] > jawOpen[frame])) continue;
    if (closing === tracks.channels[CHANNEL_INDEX.mouthClose]) closing = closing.slice();
    closing[frame] = jawOpen[frame];
  }
  channels[CHANNEL_INDEX.mouthClose] = closing;
  return { ...tracks, channels };
}

/** One sample within what its channel (by index) can do; no number becomes 0. */
export function limitSample(value: number, channelIndex: number): number {
  const high = channelIndex < ARKIT_CHANNELS.length ? 1 : POSE_LIMIT_RADIANS;
  const low = channelIndex < ARKIT_CHANNELS.length ? 0 : -POSE_LIMIT_RADIANS;
  if (value >= low && value <= high) return value;
  return Number.isFinite(value) ? (value < low ? low : high) : 0;
}

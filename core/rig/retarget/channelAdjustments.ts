import type { SampledTracks } from '../../curves/sampledTracks';
import type { CharacterRecord } from '../../document/libraryRecords';
import { isPoseChannel, PERFORMANCE_CHANNELS, type PerformanceChannel } from '../channels';

/** What a character changes of every channel before it is shown: weights 0..1, rotations in radians. */
export type ChannelAdjustments = Pick<CharacterRecord, 'gains' | 'limits' | 'neutralOffset'>;

/** Which channels of a pose: the weights go through the mapping of a character that has one, rotations never do. */
export type AdjustedChannels = 'all' | 'rotations';

/** A channel's value with its gain, then its offset, then between its limits. */
export function adjustedValue(adjustments: ChannelAdjustments, channel: PerformanceChannel, value: number): number {
  const adjusted = value * (adjustments.gains[channel] ?? 1) + (adjustments.neutralOffset[channel] ?? 0);
  const limits = adjustments.limits[channel];
  return limits ? Math.min(limits.max, Math.max(limits.min, adjusted)) : adjusted;
}

/**
 * A pose as a character shows it. Weights without limits of their own stay in 0..1: the bundled shapes are made for no other.
 * @param pose value of a channel
 */
export function adjustPose(
  pose: (channel: PerformanceChannel) => number,
  adjustments: ChannelAdjustments | null,
  which: AdjustedChannels,
): (channel: PerformanceChannel) => number {
  if (!adjustments || !adjustsAnything(adjustments)) return pose;
  return (channel) => (isAdjusted(adjustments, channel, which) ? valueShown(adjustments, channel, pose(channel)) : pose(channel));
}

/** Curves as a character shows them; channels that nothing changes are the very arrays of before. */
export function adjustTracks(
  tracks: SampledTracks,
  adjustments: ChannelAdjustments | null,
  which: AdjustedChannels,
): SampledTracks {
  if (!adjustments || !adjustsAnything(adjustments)) return tracks;
  const channels = tracks.channels.map((samples, index) => {
    const channel = PERFORMANCE_CHANNELS[index];
    if (!isAdjusted(adjustments, channel, which)) return samples;
    return samples.map((value) => valueShown(adjustments, channel, value));
  });
  return { ...tracks, channels };
}

export function adjustsAnything({ gains, limits, neutralOffset }: ChannelAdjustments): boolean {
  return [gains, limits, neutralOffset].some((byChannel) => Object.keys(byChannel).length > 0);
}

/** Channels that are changed, in the order of all channels. */
export function adjustedChannels(adjustments: ChannelAdjustments, which: AdjustedChannels): PerformanceChannel[] {
  return PERFORMANCE_CHANNELS.filter((channel) => isAdjusted(adjustments, channel, which));
}

function isAdjusted(adjustments: ChannelAdjustments, channel: PerformanceChannel, which: AdjustedChannels): boolean {
  if (which === 'rotations' && !isPoseChannel(channel)) return false;
  return channel in adjustments.gains || channel in adjustments.limits || channel in adjustments.neutralOffset;
}

function valueShown(adjustments: ChannelAdjustments, channel: PerformanceChannel, value: number): number {
  const adjusted = adjustedValue(adjustments, channel, value);
  if (isPoseChannel(channel) || adjustments.limits[channel]) return adjusted;
  return Math.min(1, Math.max(0, adjusted));
}

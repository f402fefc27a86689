import { regionOf, type ChannelRegion, type PerformanceChannel } from '../rig/channels';

/** Which channels something acts on: those of a region in the list and those named. */
export interface ChannelMask {
  readonly regions: readonly ChannelRegion[];
  readonly channels: readonly PerformanceChannel[];
}

/** True when the mask lets a channel through; no mask lets all through, an empty one none. */
export function maskAllows(mask: ChannelMask | undefined, channel: PerformanceChannel): boolean {
  return !mask || mask.channels.includes(channel) || mask.regions.includes(regionOf(channel));
}

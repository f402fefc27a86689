import type { SampledTracks } from '../curves/sampledTracks';
import { CHANNEL_INDEX, PERFORMANCE_CHANNELS, type PerformanceChannel } from '../rig/channels';

/** What an animator set for one channel of a line; absent fields are the defaults. */
export interface ChannelSettings {
  /** At rest in view and export, whatever the curves say. */
  readonly muted?: boolean;
  /** With any channel of the line soloed, the viewport shows only those. Never exported. */
  readonly solo?: boolean;
  /** No key of it may be changed by hand. */
  readonly locked?: boolean;
  /** Stays on top of the channel list. */
  readonly pinned?: boolean;
  /** On the generated curve, under the hand edits (a hand key is met exactly); -4..4, 1 as generated. */
  readonly gain?: number;
  /** Added after the gain; -1..1 for weights, radians for rotations. */
  readonly offset?: number;
}

export type SettingsByChannel = Readonly<Partial<Record<PerformanceChannel, ChannelSettings>>>;

/** True when two settings give the same curves (solo, lock and pin only concern the studio). */
export function givesSameCurve(a: ChannelSettings | undefined, b: ChannelSettings | undefined): boolean {
  return (
    (a?.muted ?? false) === (b?.muted ?? false) && (a?.gain ?? 1) === (b?.gain ?? 1) && (a?.offset ?? 0) === (b?.offset ?? 0)
  );
}

/** A generated sample with gain and offset; the very same number at the defaults. */
export function adjustSample(sample: number, settings: ChannelSettings | undefined): number {
  if (!settings || ((settings.gain ?? 1) === 1 && (settings.offset ?? 0) === 0)) return sample;
  return sample * (settings.gain ?? 1) + (settings.offset ?? 0);
}

/**
 * What the viewport shows while channels are soloed: every other channel at rest. Without a solo the tracks themselves.
 * Never used for export.
 */
export function soloTracks(tracks: SampledTracks, settings: SettingsByChannel): SampledTracks {
  const soloed = new Set(PERFORMANCE_CHANNELS.filter((channel) => settings[channel]?.solo));
  if (soloed.size === 0) return tracks;
  const rest = new Float32Array(tracks.frameCount);
  const channels = PERFORMANCE_CHANNELS.map((channel) => (soloed.has(channel) ? tracks.channels[CHANNEL_INDEX[channel]] : rest));
  return { ...tracks, channels };
}

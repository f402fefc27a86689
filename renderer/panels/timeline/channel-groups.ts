import { PERFORMANCE_CHANNELS, regionOf, type ChannelRegion, type PerformanceChannel } from '../../../core/rig/channels';
import type { EditLayer } from '../../../core/layers/editLayer';

export const REGION_ORDER: readonly ChannelRegion[] = ['jaw', 'mouth', 'cheek', 'eyes', 'brows', 'head'];

export const REGION_NAMES: Readonly<Record<ChannelRegion, string>> = {
  jaw: 'Jaw, tongue',
  mouth: 'Mouth',
  cheek: 'Cheeks, nose',
  eyes: 'Eyes',
  brows: 'Brows',
  head: 'Head',
};

/** Channels of each region: what a face does most comes first (jawOpen before jawForward), pairs stay together. */
const FIRST: readonly PerformanceChannel[] = [
  'jawOpen',
  'mouthClose',
  'mouthFunnel',
  'mouthPucker',
  'eyeBlinkLeft',
  'eyeBlinkRight',
  'browInnerUp',
  'headPitch',
];

export const CHANNELS_BY_REGION: Readonly<Record<ChannelRegion, readonly PerformanceChannel[]>> = Object.fromEntries(
  REGION_ORDER.map((region) => {
    const channels = PERFORMANCE_CHANNELS.filter((channel) => regionOf(channel) === region);
    return [region, [...channels].sort((a, b) => rank(a) - rank(b))];
  }),
) as Record<ChannelRegion, PerformanceChannel[]>;

function rank(channel: PerformanceChannel): number {
  const first = FIRST.indexOf(channel);
  return first >= 0 ? first : FIRST.length + PERFORMANCE_CHANNELS.indexOf(channel);
}

/** Dashes that tell the channels of one region apart: hue says the region, dash the channel. */
const DASHES: readonly (readonly number[])[] = [[], [5, 3], [2, 2], [8, 3, 2, 3]];

export function channelDash(channel: PerformanceChannel): readonly number[] {
  const index = CHANNELS_BY_REGION[regionOf(channel)].indexOf(channel);
  return DASHES[index % DASHES.length];
}

/** Layers never change in place; several panels ask for the same counts. */
const counted = new WeakMap<readonly EditLayer[], ReadonlyMap<PerformanceChannel, number>>();
let lastCounts: ReadonlyMap<PerformanceChannel, number> = new Map();

/** Hand-made keys of each channel over all layers; the very map of before where a drag moved keys and made none. */
export function keyCounts(layers: readonly EditLayer[]): ReadonlyMap<PerformanceChannel, number> {
  const known = counted.get(layers);
  if (known) return known;
  const counts = countKeys(layers);
  const isSame = counts.size === lastCounts.size && [...counts].every(([channel, count]) => lastCounts.get(channel) === count);
  if (!isSame) lastCounts = counts;
  counted.set(layers, lastCounts);
  return lastCounts;
}

function countKeys(layers: readonly EditLayer[]): ReadonlyMap<PerformanceChannel, number> {
  const counts = new Map<PerformanceChannel, number>();
  for (const layer of layers) {
    for (const { channel, spans } of layer.curves) {
      const keys = spans.reduce((sum, span) => sum + span.keys.length, 0);
      if (keys > 0) counts.set(channel, (counts.get(channel) ?? 0) + keys);
    }
  }
  return counts;
}

/** A value as the panels write it: weights with two digits, rotations in degrees. */
export function valueLabel(channel: PerformanceChannel, value: number): string {
  const isPose = /(Yaw|Pitch|Roll)$/.test(channel);
  return isPose ? `${((value * 180) / Math.PI).toFixed(1)}°` : Math.abs(value).toFixed(2);
}

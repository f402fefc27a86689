import type { SampledTracks } from '../curves/sampledTracks';
import { CHANNEL_INDEX, type ArkitChannel } from './channels';

/**
 * How far each channel parts the lips at the middle, as a share of what jawOpen does at the same weight: measured on the
 * default character (lip contact landmarks of assets/character; jawOpen 1 parts them by 25.1 mm, 56 % of the mouth's rest
 * width). Used where no mesh is at hand; another character's own figures come from `lipGap`. Lips that roll in do not part.
 */
export const LIP_OPENING: Readonly<Partial<Record<ArkitChannel, number>>> = {
  mouthFunnel: 0.3,
  mouthLowerDownLeft: 0.125,
  mouthLowerDownRight: 0.125,
  mouthUpperUpLeft: 0.102,
  mouthUpperUpRight: 0.102,
  tongueOut: 0.4,
};

const SHARES = Object.entries(LIP_OPENING) as readonly (readonly [ArkitChannel, number])[];

/** Every channel the opening is read from. */
export const LIP_OPENING_CHANNELS: readonly ArkitChannel[] = ['jawOpen', 'mouthClose', ...SHARES.map(([channel]) => channel)];

/** Lip opening of one frame in units of jawOpen: 0 closed, 1 as open as jawOpen alone at 1. */
export function lipOpening(tracks: SampledTracks, frame: number): number {
  const read = (channel: ArkitChannel) => tracks.channels[CHANNEL_INDEX[channel]][frame];
  let opening = read('jawOpen') - read('mouthClose');
  for (const [channel, share] of SHARES) opening += share * read(channel);
  return Math.max(0, opening);
}

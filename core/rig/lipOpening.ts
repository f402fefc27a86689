import type { SampledTracks } from '../curves/sampledTracks';
import { CHANNEL_INDEX, type ArkitChannel } from './channels';

/**
 * How far each channel parts the lips at the middle, as a share of what jawOpen does at the same weight. Used where no
 * character is at hand; a character's own figures come from `lipGap`. jawOpen and mouthClose are exact by definition.
 */
export const LIP_OPENING: Readonly<Partial<Record<ArkitChannel, number>>> = {
  mouthLowerDownLeft: 0.12,
  mouthLowerDownRight: 0.12,
  mouthUpperUpLeft: 0.08,
  mouthUpperUpRight: 0.08,
  mouthFunnel: 0.2,
  mouthShrugUpper: 0.06,
  noseSneerLeft: 0.03,
  noseSneerRight: 0.03,
  tongueOut: 0.2,
};

/** Lip opening of one frame in units of jawOpen: 0 closed, 1 as open as jawOpen alone at 1. */
export function lipOpening(tracks: SampledTracks, frame: number): number {
  const read = (channel: ArkitChannel) => tracks.channels[CHANNEL_INDEX[channel]][frame];
  let opening = read('jawOpen') - read('mouthClose');
  for (const [channel, share] of Object.entries(LIP_OPENING)) opening += share * read(channel as ArkitChannel);
  return Math.max(0, opening);
}

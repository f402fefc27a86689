import { PERFORMANCE_CHANNELS, regionOf, type PerformanceChannel } from './channels';

/**
 * Parts of a face that can be made again on their own: the mouth (jaw 4, mouth 23, cheekPuff, tongueOut), the upper face
 * (eyes, lids, brows, cheekSquint, noseSneer, eye rotations) and the head's three rotations.
 */
export const FACE_REGIONS = ['mouth', 'upper', 'head'] as const;
export type FaceRegion = (typeof FACE_REGIONS)[number];

/** The part of the face a channel belongs to (speech-to-face.md, section 3). */
export function faceRegionOf(channel: PerformanceChannel): FaceRegion {
  const region = regionOf(channel);
  if (region === 'head') return 'head';
  return region === 'jaw' || region === 'mouth' || channel === 'cheekPuff' ? 'mouth' : 'upper';
}

/** Indices into PERFORMANCE_CHANNELS of the channels of some regions, in order. */
export function channelIndicesOf(regions: readonly FaceRegion[]): number[] {
  const indices: number[] = [];
  PERFORMANCE_CHANNELS.forEach((channel, index) => {
    if (regions.includes(faceRegionOf(channel))) indices.push(index);
  });
  return indices;
}

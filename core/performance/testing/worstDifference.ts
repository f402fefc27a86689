import type { SampledTracks } from '../../curves/sampledTracks';
import { firstFrameOf } from '../lineCut';

/** Largest difference of a stretch to the line it belongs to, over all channels. For tests only. */
export function worstDifference(stretch: SampledTracks, whole: SampledTracks): number {
  const first = firstFrameOf(stretch, whole.frameRate);
  let worst = 0;
  stretch.channels.forEach((samples, channel) =>
    samples.forEach((value, frame) => {
      worst = Math.max(worst, Math.abs(value - whole.channels[channel][first + frame]));
    }),
  );
  return worst;
}

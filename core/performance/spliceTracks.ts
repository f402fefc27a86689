import { leastJerkStep } from '../curves/smooth';
import type { SampledTracks } from '../curves/sampledTracks';
import { MienError } from '../errors';
import { channelIndicesOf, FACE_REGIONS, type FaceRegion } from '../rig/faceRegions';
import { frameToSeconds, isSameGrid } from '../time/frameRate';
import { frameSpanOf } from '../time/frameSpan';
import type { TimeRange } from '../time/timeRange';

/** New curves take over from the old ones, and give way to them again, over this long inside the range. */
export const SPLICE_BLEND_SECONDS = 0.12;

export interface SplicePart {
  /** Default: the whole line. */
  readonly range?: TimeRange;
  /** Default: all. */
  readonly regions?: readonly FaceRegion[];
}

/**
 * Puts a stretch of `fresh` curves into `previous` ones. Outside the range, and in other regions, the result is
 * byte-equal to `previous` (whole channels are even shared); the blend lies inside the range only, at least 100 ms at
 * each end that is not an end of the line. Both being constrained, so is every mean of them.
 * @throws MienError 'invalid-input' when the two are not curves of one line
 */
export function spliceTracks(previous: SampledTracks, fresh: SampledTracks, part: SplicePart): SampledTracks {
  if (
    previous.frameCount !== fresh.frameCount ||
    previous.channels.length !== fresh.channels.length ||
    !isSameGrid(previous.frameRate, fresh.frameRate)
  ) {
    throw new MienError(
      'invalid-input',
      `Curves of ${fresh.frameCount} frames do not fit into curves of ${previous.frameCount}.`,
      'Generate the whole line again (Ctrl G).',
    );
  }
  const channels = [...previous.channels];
  const weights = part.range ? spliceWeights(part.range, fresh) : null;
  for (const index of channelIndicesOf(part.regions ?? FACE_REGIONS)) {
    channels[index] = weights ? blend(previous.channels[index], fresh.channels[index], weights) : fresh.channels[index];
  }
  return { ...fresh, channels };
}

interface Weights {
  readonly firstFrame: number;
  /** Share of the new curves, from `firstFrame` on. */
  readonly shares: Float64Array;
}

/** Share of the new curves on the frames of the range: 0 at its ends, 1 inside; 1 up to an end of the line. */
function spliceWeights({ startSeconds, endSeconds }: TimeRange, { frameCount, frameRate }: SampledTracks): Weights {
  const lastSeconds = frameToSeconds(frameCount - 1, frameRate);
  const { first: firstFrame, end } = frameSpanOf({ startSeconds, endSeconds }, frameCount, frameRate);
  const shares = new Float64Array(end - firstFrame);
  for (let k = 0; k < shares.length; k++) {
    const timeSeconds = frameToSeconds(firstFrame + k, frameRate);
    const rise =
      startSeconds <= frameToSeconds(0, frameRate)
        ? 1
        : leastJerkStep(startSeconds, startSeconds + SPLICE_BLEND_SECONDS, timeSeconds);
    const fall = endSeconds > lastSeconds ? 1 : 1 - leastJerkStep(endSeconds - SPLICE_BLEND_SECONDS, endSeconds, timeSeconds);
    shares[k] = rise * fall;
  }
  return { firstFrame, shares };
}

function blend(before: Float32Array, after: Float32Array, { firstFrame, shares }: Weights): Float32Array {
  const result = before.slice();
  for (let k = 0; k < shares.length; k++) {
    const frame = firstFrame + k;
    result[frame] = before[frame] + (after[frame] - before[frame]) * shares[k];
  }
  return result;
}

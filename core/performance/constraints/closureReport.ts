import type { SampledTracks } from '../../curves/sampledTracks';
import { lipOpening } from '../../rig/lipOpening';
import { isBilabial } from '../../speech/phonemes';
import type { PhonemeSegment } from '../../speech/segments';
import { framesInside } from '../../curves/sampleCurve';

/** Closures of a line: how many P B M there are and on how many the lips meet. */
export interface ClosureReport {
  readonly closed: number;
  readonly total: number;
  /** closed / total; null when the line has no P, B or M. */
  readonly rate: number | null;
  /** The P B M on which the lips do not meet. */
  readonly missed: readonly PhonemeSegment[];
}

/** Lips count as shut below this opening (units of jawOpen): 1 % of the rest mouth width where jawOpen opens 60 % of it. */
export const SHUT_OPENING = 0.0166;
/** A phone's edges are known to about a frame: a closure may lie this far outside. */
export const CLOSURE_EDGE_SECONDS = 1 / 60;

/**
 * Share of P B M with closed lips inside the phone (widened by a frame on each side).
 * @param openingAt opening of the lips at a frame, 0 = shut; by default from the curves alone. Pass a character's measured
 * gap over its own threshold, times SHUT_OPENING, to ask the mesh instead.
 */
export function closureReport(
  tracks: SampledTracks,
  phonemes: readonly PhonemeSegment[],
  openingAt: (frame: number) => number = (frame) => lipOpening(tracks, frame),
): ClosureReport {
  const labials = phonemes.filter((segment) => isBilabial(segment.phoneme));
  const missed = labials.filter((segment) => {
    const { first, last } = framesInside(
      segment.startSeconds - CLOSURE_EDGE_SECONDS,
      segment.endSeconds + CLOSURE_EDGE_SECONDS,
      tracks.frameCount,
      tracks.frameRate,
    );
    for (let frame = first; frame <= last; frame++) if (openingAt(frame) <= SHUT_OPENING) return false;
    return true;
  });
  const closed = labials.length - missed.length;
  return { closed, total: labials.length, rate: labials.length > 0 ? closed / labials.length : null, missed };
}

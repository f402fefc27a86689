import type { SampledTracks } from '../curves/sampledTracks';
import { gridFrom, type FrameGrid } from '../time/frameRate';
import { frameSpanOf, widened, type FrameSpan } from '../time/frameSpan';
import type { TimeRange } from '../time/timeRange';
import type { CurveGrid } from './curveGrid';

/**
 * The part of a line on which curves are worked out. It is a grid of its own, so that every array is as long as the cut
 * and not as the line; a whole line is a cut too. Times stay those of the line.
 */
export interface LineCut extends CurveGrid {
  /** Frame of the line that is the cut's first. */
  readonly first: number;
  /** The frames of the cut that are asked for; those around them are what smoothing and nets look at. */
  readonly span: FrameSpan;
}

/**
 * The frames of a stretch with `haloFrames` more on both sides, as far as the line goes.
 * @param only default the whole line
 * @param multiple the cut begins and ends on multiples of this many frames
 */
export function lineCut(line: CurveGrid, only: TimeRange | undefined, haloFrames: number, multiple = 1): LineCut {
  const { frameRate, frameCount } = line;
  if (!only) return { frameRate, frameCount, first: 0, span: { first: 0, end: frameCount } };
  const asked = frameSpanOf(only, frameCount, frameRate);
  const wide = widened(asked, haloFrames, frameCount);
  const first = Math.floor(wide.first / multiple) * multiple;
  const end = Math.min(frameCount, Math.ceil(wide.end / multiple) * multiple);
  return {
    frameRate: gridFrom(frameRate, first),
    frameCount: end - first,
    first,
    span: { first: asked.first - first, end: asked.end - first },
  };
}

/** Tracks over some of their frames, on the same memory; the same tracks where the span is all of them. */
export function tracksOver(tracks: SampledTracks, { first, end }: FrameSpan): SampledTracks {
  if (first === 0 && end === tracks.frameCount) return tracks;
  const channels = tracks.channels.map((samples) => samples.subarray(first, end));
  return { frameRate: gridFrom(tracks.frameRate, first), frameCount: end - first, channels };
}

/** Where the first frame of a cut lies among the frames of its line. */
export function firstFrameOf(cut: Pick<SampledTracks, 'frameRate'>, line: FrameGrid): number {
  return (cut.frameRate.startFrame ?? 0) - (line.startFrame ?? 0);
}

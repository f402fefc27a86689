import { createTracks, trackOf, type SampledTracks } from '../curves/sampledTracks';
import { MienError } from '../errors';
import type { CurveGrid } from './curveGrid';
import { spliceTracks } from './spliceTracks';
import type { PerformanceChannel } from '../rig/channels';
import { frameToSeconds, secondsToFrame } from '../time/frameRate';

/** What a line needs of a capture; tracks at the rate of generated curves. */
export interface PlacedCapture {
  readonly tracks: SampledTracks;
  readonly channels: readonly PerformanceChannel[];
  /** Where it begins on the line; below 0 cuts its beginning off. */
  readonly offsetSeconds: number;
}

/** Frames of a line that a capture covers: first..end-1. @throws MienError 'invalid-input' when there are none */
export function coveredFrames(
  { tracks, offsetSeconds }: PlacedCapture,
  { frameRate, frameCount }: CurveGrid,
): { first: number; end: number } {
  const shift = secondsToFrame(offsetSeconds, frameRate);
  const first = Math.max(0, Math.ceil(shift - 1e-6));
  const end = Math.min(frameCount, Math.floor(shift + tracks.frameCount - 1 + 1e-6) + 1);
  if (first >= end)
    throw new MienError(
      'invalid-input',
      'At this offset the captured face lies outside the line.',
      'Choose another offset; 0 puts its first frame on the start of the sound.',
    );
  return { first, end };
}

/** Captured samples on the line's frames first..end-1, linear between two captured frames. */
export function capturedSamples(
  capture: PlacedCapture,
  channel: PerformanceChannel,
  { first, end }: { first: number; end: number },
  { frameRate }: Pick<CurveGrid, 'frameRate'>,
): Float32Array {
  const samples = trackOf(capture.tracks, channel);
  const shift = secondsToFrame(capture.offsetSeconds, frameRate);
  const placed = new Float32Array(end - first);
  for (let index = 0; index < placed.length; index += 1) {
    const position = Math.min(samples.length - 1, Math.max(0, first + index - shift));
    const whole = Math.floor(position);
    const from = samples[whole];
    placed[index] = from + ((samples[whole + 1] ?? from) - from) * (position - whole);
  }
  return placed;
}

/**
 * A capture as the base of a line: it takes over where it lies, on the channels it has, with the blend of every other
 * splice; the rest stays byte-equal to `previous` (or at rest without one).
 * @throws MienError 'invalid-input' when it lies outside the line
 */
export function captureAsBase(capture: PlacedCapture, grid: CurveGrid, previous: SampledTracks | null): SampledTracks {
  const below = previous ?? createTracks(grid.frameCount, grid.frameRate);
  const covered = coveredFrames(capture, below);
  const fresh = { ...below, channels: below.channels.map((samples) => samples.slice()) };
  for (const channel of capture.channels)
    trackOf(fresh, channel).set(capturedSamples(capture, channel, covered, below), covered.first);
  const range = {
    startSeconds: frameToSeconds(covered.first, below.frameRate),
    endSeconds: frameToSeconds(covered.end, below.frameRate),
  };
  return previous ? spliceTracks(below, fresh, { range }) : fresh;
}

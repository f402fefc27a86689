import { createTracks, type SampledTracks } from '../curves/sampledTracks';
import { nextTurn } from '../speech/nextTurn';
import { frameToSeconds } from '../time/frameRate';
import type { TimeRange } from '../time/timeRange';
import type { CurveGrid } from './curveGrid';
import { firstFrameOf } from './lineCut';
import type { GenerateOptions } from './performanceEngine';
import { throwIfAborted } from './throwIfAborted';

/** Half a minute of curves is some ten milliseconds of work. */
const STRETCH_FRAMES = 30 * 60;

/**
 * The curves of a line, made stretch by stretch: between two of them a cancel, or a preview that is more urgent, comes in.
 * @param make the frames of a range alone, equal to what the whole line has there; called without a range for a short line
 * @throws MienError 'cancelled'
 */
export async function inStretches(
  line: CurveGrid,
  { signal, onProgress }: Pick<GenerateOptions, 'signal' | 'onProgress'>,
  make: (only?: TimeRange) => SampledTracks,
): Promise<SampledTracks> {
  const { frameCount, frameRate } = line;
  if (frameCount <= STRETCH_FRAMES) return make();
  const tracks = createTracks(frameCount, frameRate);
  for (let first = 0; first < frameCount; first += STRETCH_FRAMES) {
    throwIfAborted(signal);
    const end = Math.min(frameCount, first + STRETCH_FRAMES);
    const part = make({ startSeconds: frameToSeconds(first, frameRate), endSeconds: frameToSeconds(end, frameRate) });
    const at = firstFrameOf(part, frameRate);
    part.channels.forEach((samples, channel) => tracks.channels[channel].set(samples, at));
    onProgress?.(end / frameCount);
    await nextTurn();
  }
  return tracks;
}

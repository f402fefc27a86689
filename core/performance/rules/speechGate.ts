import { frameToSeconds, type FrameGrid } from '../../time/frameRate';
import type { PhonemeSegment } from '../../speech/segments';
import type { TimeRange } from '../../time/timeRange';
import { smoothStep } from '../../curves/smooth';
import { keptByIdentity } from '../keptByIdentity';

/** Speech contribution of the mouth is exactly 0 from this long after speech until this long before the next. */
export const STILLNESS_MARGIN_SECONDS = 0.2;

/** Stretches of speech: runs of phonemes without SIL; runs parted by less than `mergeSeconds` are one. */
export const speechRanges = keptByIdentity((phonemes: readonly PhonemeSegment[], mergeSeconds: number): readonly TimeRange[] => {
  const ranges: { startSeconds: number; endSeconds: number }[] = [];
  for (const segment of phonemes) {
    if (segment.phoneme === 'SIL' || !(segment.endSeconds > segment.startSeconds)) continue;
    const last = ranges[ranges.length - 1];
    if (last && segment.startSeconds - last.endSeconds <= mergeSeconds) last.endSeconds = segment.endSeconds;
    else ranges.push({ startSeconds: segment.startSeconds, endSeconds: segment.endSeconds });
  }
  return ranges;
});

/**
 * 1 in speech, exactly 0 from STILLNESS_MARGIN_SECONDS after speech to as long before the next, smooth between.
 * The gate stays open for half the margin, so that releases and anticipation play out before it closes.
 */
export function speechGate(phonemes: readonly PhonemeSegment[], frameCount: number, rate: FrameGrid): Float32Array {
  return rangesEnvelope(speechRanges(phonemes, 2 * STILLNESS_MARGIN_SECONDS), frameCount, rate, 0.07, STILLNESS_MARGIN_SECONDS);
}

/**
 * 1 inside ranges widened by `holdSeconds`, falling smoothly to 0 at `reachSeconds` outside them.
 * @param ranges sorted, not overlapping
 */
export function rangesEnvelope(
  ranges: readonly TimeRange[],
  frameCount: number,
  rate: FrameGrid,
  holdSeconds: number,
  reachSeconds: number,
): Float32Array {
  const envelope = new Float32Array(frameCount);
  let current = 0;
  for (let frame = 0; frame < frameCount; frame++) {
    const timeSeconds = frameToSeconds(frame, rate);
    while (current + 1 < ranges.length && timeSeconds > ranges[current].endSeconds) {
      if (timeSeconds - ranges[current].endSeconds < ranges[current + 1].startSeconds - timeSeconds) break;
      current++;
    }
    const range = ranges[current];
    if (!range) break;
    const outside = Math.max(0, range.startSeconds - timeSeconds, timeSeconds - range.endSeconds);
    envelope[frame] = 1 - smoothStep(holdSeconds, reachSeconds - 1e-6, outside);
  }
  return envelope;
}

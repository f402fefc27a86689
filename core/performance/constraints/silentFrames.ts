import type { PhonemeSegment } from '../../speech/segments';
import { frameToSeconds, type FrameGrid } from '../../time/frameRate';
import { speechRanges, STILLNESS_MARGIN_SECONDS } from '../rules/speechGate';

/** 1 on frames from 200 ms after speech to 200 ms before the next, where the speech part of the mouth must be still; else 0. */
export function silentFrames(phonemes: readonly PhonemeSegment[], frameCount: number, rate: FrameGrid): Uint8Array {
  const silent = new Uint8Array(frameCount).fill(1);
  const ranges = speechRanges(phonemes, 0);
  let current = 0;
  for (let frame = 0; frame < frameCount; frame++) {
    const timeSeconds = frameToSeconds(frame, rate);
    while (current < ranges.length && timeSeconds >= ranges[current].endSeconds + STILLNESS_MARGIN_SECONDS) current++;
    const range = ranges[current];
    if (range && timeSeconds > range.startSeconds - STILLNESS_MARGIN_SECONDS) silent[frame] = 0;
  }
  return silent;
}

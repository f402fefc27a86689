import type { TimeRange } from '../time/timeRange';
import type { PhonemeSegment } from './segments';

/** A silence this long ends a phrase; shorter ones are stops and hesitations inside it. */
export const PHRASE_PAUSE_SECONDS = 0.25;

/** The stretch of speech around a time, from pause to pause; null where nothing is said. */
export function phraseAt(phonemes: readonly PhonemeSegment[], timeSeconds: number): TimeRange | null {
  let current: { startSeconds: number; endSeconds: number } | null = null;
  for (const { phoneme, startSeconds, endSeconds } of phonemes) {
    const isPause = phoneme === 'SIL' && endSeconds - startSeconds >= PHRASE_PAUSE_SECONDS;
    if (isPause) {
      if (current && timeSeconds >= current.startSeconds && timeSeconds <= current.endSeconds) return current;
      current = null;
    } else if (current) current.endSeconds = endSeconds;
    else if (phoneme !== 'SIL') current = { startSeconds, endSeconds };
  }
  return current && timeSeconds >= current.startSeconds && timeSeconds <= current.endSeconds ? current : null;
}

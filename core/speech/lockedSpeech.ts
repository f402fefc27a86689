import { isMiddleIn, laidOver } from '../time/timeRange';
import type { PreviousSpeech } from './keptBlocks';
import type { PhonemeSegment, WordSegment } from './segments';

/** What of a line no other speech may replace: its locked words, and its phonemes that are locked or lie in one of those. */
export function lockedSpeech({ phonemes, words }: PreviousSpeech): { phonemes: PhonemeSegment[]; words: WordSegment[] } {
  const locked = words.filter((word) => word.locked);
  const held = phonemes.filter((phoneme) => phoneme.locked || locked.some((word) => isMiddleIn(phoneme, word)));
  return { phonemes: held, words: locked };
}

/**
 * Words with locked ones laid over them: a word that lies half under a locked one is that word, the others give way to it.
 * @param leastSeconds a word of which less is left is gone
 */
export function wordsAroundLocked(
  words: readonly WordSegment[],
  locked: readonly WordSegment[],
  leastSeconds: number,
): readonly WordSegment[] {
  if (locked.length === 0) return words;
  const isUnder = (word: WordSegment) => locked.some((lock) => isMiddleIn(word, lock) || isMiddleIn(lock, word));
  return laidOver(
    words.filter((word) => !isUnder(word)),
    locked,
    leastSeconds,
  );
}

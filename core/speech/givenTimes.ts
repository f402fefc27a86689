import type { PreviousSpeech } from './keptBlocks';
import { lockedSpeech, wordsAroundLocked } from './lockedSpeech';
import { stampPinned } from './pinnedPhonemes';
import { silence } from './segments';
import type { TranscriptSource } from './transcriptSource';

/** A file's times may end this far from the line's without a word about it. */
const TOLERATED_SECONDS = 0.25;
/** A word of which less is left beside a locked one is gone. */
const LEAST_WORD_SECONDS = 0.02;

export interface GivenTimes extends PreviousSpeech {
  readonly notices: readonly string[];
}

/**
 * Times from a file, fitted to the line: its silence at the end gives way, or fills what the file leaves open.
 * @param previous what stood there: its locked words (with their phonemes) and locked phonemes stay, those of the file give way
 */
export function givenTimes(
  timed: NonNullable<TranscriptSource['timed']>,
  durationSeconds: number,
  previous?: PreviousSpeech,
): GivenTimes {
  const given = fitted(timed, durationSeconds);
  const locked = lockedSpeech(previous ?? { phonemes: [], words: [] });
  const pins = locked.phonemes;
  if (pins.length === 0) return given;
  const stayed = `${pins.length} locked ${pins.length === 1 ? 'phoneme' : 'phonemes'} stayed; all others have the times of the file.`;
  return {
    phonemes: stampPinned(given.phonemes, pins),
    words: wordsAroundLocked(given.words, locked.words, LEAST_WORD_SECONDS),
    notices: [...given.notices, stayed],
  };
}

function fitted(timed: NonNullable<TranscriptSource['timed']>, durationSeconds: number): GivenTimes {
  const phonemes = timed.phonemes.filter(({ startSeconds }) => startSeconds < durationSeconds).map((segment) => ({ ...segment }));
  const words = timed.words
    .filter(({ startSeconds, endSeconds }) => endSeconds <= durationSeconds + TOLERATED_SECONDS && startSeconds < durationSeconds)
    .map((word) => (word.endSeconds > durationSeconds ? { ...word, endSeconds: durationSeconds } : word));
  const last = phonemes[phonemes.length - 1];
  const notices: string[] = [];
  const end = timed.phonemes[timed.phonemes.length - 1]?.endSeconds ?? 0;
  if (Math.abs(end - durationSeconds) > TOLERATED_SECONDS)
    notices.push(
      `The times in the file run to ${end.toFixed(2)} s, the line to ${durationSeconds.toFixed(2)} s. Is it the right file?`,
    );
  if (last === undefined) phonemes.push(silence(0, durationSeconds));
  else if (last.endSeconds > durationSeconds || last.phoneme === 'SIL')
    phonemes[phonemes.length - 1] = { ...last, endSeconds: durationSeconds };
  else if (last.endSeconds < durationSeconds) phonemes.push(silence(last.endSeconds, durationSeconds));
  return { phonemes, words, notices };
}

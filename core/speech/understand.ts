import { alignTranscript, type TranscriptAlignment } from './alignTranscript';
import { decodePhones } from './decodePhones';
import type { DecoderTables } from './decoderTables';
import type { Heard } from './listen';
import type { PhonemeSegment, WordSegment } from './segments';
import { spansToSegments } from './spansToSegments';
import { loadLexicon } from './text/lexicon';
import { readTranscript, sourceOf, type Transcript, type TranscriptSource } from './transcriptSource';

export interface Understood {
  readonly phonemes: readonly PhonemeSegment[];
  /** Empty without a transcript. */
  readonly words: readonly WordSegment[];
  readonly notices: readonly string[];
}

/** A word whose phones are this unlikely was probably not said like that: 3 % of right words of unseen speakers, 35 % of wrong ones. */
const LOW_WORD_CONFIDENCE = 0.08;
/**
 * Above this mismatch a transcript belongs to another line. On clips of validation speakers (speechocean762) right
 * transcripts reached at most 1.56 with the first model and 1.05 with the second; those of another clip had medians of
 * 2.43 and 2.57 (lowest tenth: below 1.62 and 1.69).
 */
const HOPELESS_MISMATCH = 1.7;
const WORDS_NAMED = 5;
/** A file's times may end this far from the line's without a word about it. */
const TOLERATED_SECONDS = 0.25;

/**
 * Phones (and words) of a line that was heard. With a transcript they come from forced alignment; without one, or when the
 * transcript clearly belongs to another line, from sound alone. Runs no inference.
 * @param transcript empty for none; a TextGrid's times are taken as they are
 * @throws MienError 'text-unusable' for a transcript longer than any line
 */
export async function understand(heard: Heard, transcript: Transcript, decoder: DecoderTables): Promise<Understood> {
  const source = sourceOf(transcript);
  if (source.timed !== undefined) return asGiven(source.timed, heard.durationSeconds);
  const { words: written, unreadable } = readTranscript(source);
  const isText = (source.notation ?? 'text') === 'text';
  const notices = unreadable.length === 0 ? [] : [unreadableNotice(unreadable, isText)];
  if (written.length === 0) return { phonemes: fromSound(heard, decoder), words: [], notices };
  const alignment = alignTranscript(heard.posteriors, written, await loadLexicon(source.userWords), decoder);
  if (alignment === null) {
    notices.push('The transcript is longer than the line can hold, so it was not used; the mouth follows the sound alone.');
    return { phonemes: fromSound(heard, decoder), words: [], notices };
  }
  if (isHopeless(alignment)) {
    notices.push('The transcript does not seem to belong to this line; the mouth follows the sound alone. Check the text.');
    return { phonemes: fromSound(heard, decoder), words: alignment.words, notices };
  }
  notices.push(...wordNotices(alignment.words));
  return { phonemes: spansToSegments(alignment.spans, heard.posteriors, heard.durationSeconds), words: alignment.words, notices };
}

function fromSound(heard: Heard, decoder: DecoderTables): PhonemeSegment[] {
  return spansToSegments(decodePhones(heard.posteriors, decoder), heard.posteriors, heard.durationSeconds);
}

function isHopeless(alignment: TranscriptAlignment): boolean {
  return alignment.mismatch > HOPELESS_MISMATCH;
}

function wordNotices(words: readonly WordSegment[]): string[] {
  const doubtful = words.filter((word) => word.confidence < LOW_WORD_CONFIDENCE);
  const named = doubtful
    .slice(0, WORDS_NAMED)
    .map(
      (word) =>
        `"${word.text}" at ${word.startSeconds.toFixed(2)} s does not fit the sound well (confidence ${word.confidence.toFixed(2)}).`,
    );
  const more = doubtful.length - named.length;
  return more > 0 ? [...named, `${more} more words do not fit the sound well.`] : named;
}

/** Times from a file, fitted to the line: its silence at the end gives way, or fills what the file leaves open. */
function asGiven(timed: NonNullable<TranscriptSource['timed']>, durationSeconds: number): Understood {
  const phonemes = timed.phonemes.filter(({ startSeconds }) => startSeconds < durationSeconds).map((segment) => ({ ...segment }));
  const words = timed.words.filter(({ endSeconds }) => endSeconds <= durationSeconds + TOLERATED_SECONDS);
  const last = phonemes[phonemes.length - 1];
  const notices: string[] = [];
  const given = timed.phonemes[timed.phonemes.length - 1]?.endSeconds ?? 0;
  if (Math.abs(given - durationSeconds) > TOLERATED_SECONDS)
    notices.push(
      `The times in the file run to ${given.toFixed(2)} s, the line to ${durationSeconds.toFixed(2)} s. Is it the right file?`,
    );
  if (last === undefined) phonemes.push({ phoneme: 'SIL', startSeconds: 0, endSeconds: durationSeconds, confidence: 1 });
  else if (last.endSeconds > durationSeconds || last.phoneme === 'SIL')
    phonemes[phonemes.length - 1] = { ...last, endSeconds: durationSeconds };
  else if (last.endSeconds < durationSeconds)
    phonemes.push({ phoneme: 'SIL', startSeconds: last.endSeconds, endSeconds: durationSeconds, confidence: 1 });
  return { phonemes, words, notices };
}

function unreadableNotice(unreadable: readonly string[], isText: boolean): string {
  const shown = unreadable.slice(0, WORDS_NAMED).join(', ');
  const more = unreadable.length > WORDS_NAMED ? ` and ${unreadable.length - WORDS_NAMED} more` : '';
  return isText
    ? `Not in Latin letters, so left out of the alignment: ${shown}${more}. Give such words as IPA.`
    : `No known phonemes, so left out of the alignment: ${shown}${more}.`;
}

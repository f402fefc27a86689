import { alignTranscript } from './alignTranscript';
import { decodePhones } from './decodePhones';
import type { DecoderTables } from './decoderTables';
import { givenTimes } from './givenTimes';
import type { Heard } from './listen';
import { findNonspeech } from './nonspeech/findNonspeech';
import type { NonspeechEvent } from './nonspeech/nonspeechEvent';
import type { PreviousSpeech } from './keptBlocks';
import { murmurFrames } from './murmur';
import { realign, type RealignOptions } from './realign';
import type { PhonemeSegment, WordSegment } from './segments';
import { spansToSegments } from './spansToSegments';
import { subtitleWindows } from './subtitleWindows';
import { loadLexicon } from './text/lexicon';
import type { NormalisedText } from './text/normaliseText';
import { readTranscript, sourceOf, type Transcript, type TranscriptSource } from './transcriptSource';

export interface Understood {
  readonly phonemes: readonly PhonemeSegment[];
  /** Empty without a transcript. */
  readonly words: readonly WordSegment[];
  readonly notices: readonly string[];
  /** Laughs, breaths and the like, from stage directions and from the sound. */
  readonly events: readonly NonspeechEvent[];
}

/** What to keep when a line is understood again. */
export interface KeepSpeech extends RealignOptions {
  /** What stood there: locked words and phonemes stay as they are. */
  readonly previous: PreviousSpeech;
}

/** A word whose phones are this unlikely was probably not said like that: 2 % of right words of unseen speakers, 45 % of wrong ones. */
const LOW_WORD_CONFIDENCE = 0.08;
/**
 * Above this mismatch a transcript belongs to another line. On the 192 clips of validation speakers (speechocean762) right
 * transcripts reached at most 1.61 (one in a hundred above 1.20); those of another clip had a median of 3.56, lowest tenth below 2.30.
 */
const HOPELESS_MISMATCH = 1.7;
/**
 * The same for phonemes of any language, which fit an English recogniser worse: espeak-ng in six languages gave .97 to 2.01 with
 * its own phonemes and 3.6 to 4.8 with those of another language (cli/otherLanguages.test.ts).
 */
const HOPELESS_PHONEME_MISMATCH = 2.8;
const WORDS_NAMED = 5;

/**
 * Phones, words and non-speech events of a line that was heard. With a transcript they come from forced alignment; without one,
 * or when the transcript clearly belongs to another line, from sound alone. Runs no inference.
 * @param transcript empty for none; a TextGrid's times are taken as they are
 * @param keep locked words and phonemes, and all that is away from a change, stay as they are
 * @throws MienError 'text-unusable' for a transcript longer than any line
 */
export async function understand(
  heard: Heard,
  transcript: Transcript,
  decoder: DecoderTables,
  keep?: KeepSpeech,
): Promise<Understood> {
  const source = sourceOf(transcript);
  const written = readTranscript(source);
  const speech =
    source.timed === undefined
      ? await spoken(heard, source, written, decoder, keep)
      : givenTimes(source.timed, heard.durationSeconds, keep?.previous);
  const murmur = murmurFrames(heard.posteriors, decoder.murmur);
  const events = findNonspeech(heard, speech.phonemes, speech.words, written.directions, murmur);
  return { ...speech, notices: [...(source.notices ?? []), ...speech.notices], events };
}

type Spoken = Omit<Understood, 'events'>;

async function spoken(
  heard: Heard,
  source: TranscriptSource,
  { words: written, unreadable }: NormalisedText,
  decoder: DecoderTables,
  keep: KeepSpeech | undefined,
): Promise<Spoken> {
  const isText = (source.notation ?? 'text') === 'text';
  const notices = unreadable.length === 0 ? [] : [unreadableNotice(unreadable, isText)];
  const isKept = keep !== undefined && (keep.changed !== undefined || hasLocks(keep.previous));
  if (isKept) {
    const again = realign(heard, written, keep.previous, await loadLexicon(source.userWords), decoder, keep);
    return {
      ...again,
      notices: [...notices, ...again.notices, ...wordNotices(again.words.filter((word) => !keep.previous.words.includes(word)))],
    };
  }
  if (written.length === 0) return { phonemes: fromSound(heard, decoder), words: [], notices };
  const windows = source.cues && subtitleWindows(source.cues, written, heard.durationSeconds);
  if (windows === null) notices.push('The times of the subtitles do not belong to this line, so only their words were used.');
  const alignment = alignTranscript(heard.posteriors, written, await loadLexicon(source.userWords), decoder, {
    ...(windows && { windows }),
  });
  if (alignment === null) {
    notices.push('The transcript is longer than the line can hold, so it was not used; the mouth follows the sound alone.');
    return { phonemes: fromSound(heard, decoder), words: [], notices };
  }
  if (alignment.mismatch > (isText ? HOPELESS_MISMATCH : HOPELESS_PHONEME_MISMATCH)) {
    notices.push('The transcript does not seem to belong to this line; the mouth follows the sound alone. Check the text.');
    const words = alignment.words.filter(({ flag }) => flag === undefined || flag === 'missing');
    return { phonemes: fromSound(heard, decoder), words, notices };
  }
  notices.push(...wordNotices(alignment.words));
  return { phonemes: spansToSegments(alignment.spans, heard.posteriors, heard.durationSeconds), words: alignment.words, notices };
}

function hasLocks({ phonemes, words }: PreviousSpeech): boolean {
  return phonemes.some(({ locked }) => locked) || words.some(({ locked }) => locked);
}

function fromSound(heard: Heard, decoder: DecoderTables): PhonemeSegment[] {
  return spansToSegments(decodePhones(heard.posteriors, decoder), heard.posteriors, heard.durationSeconds);
}

function wordNotices(words: readonly WordSegment[]): string[] {
  const added = words.filter(({ flag }) => flag === 'repeated' || flag === 'unwritten');
  const doubtful = words.filter((word) => word.confidence < LOW_WORD_CONFIDENCE && !added.includes(word));
  const named = doubtful
    .slice(0, WORDS_NAMED)
    .map(
      (word) =>
        `"${word.text}" at ${word.startSeconds.toFixed(2)} s does not fit the sound well (confidence ${word.confidence.toFixed(2)}).`,
    );
  const more = doubtful.length - named.length;
  if (more > 0) named.push(`${more} more words do not fit the sound well.`);
  for (const { text, flag, startSeconds } of added.slice(0, WORDS_NAMED))
    named.push(
      flag === 'repeated'
        ? `"${text}" is said twice at ${startSeconds.toFixed(2)} s; the text has it once.`
        : `At ${startSeconds.toFixed(2)} s something is said that the text does not hold.`,
    );
  return named;
}

function unreadableNotice(unreadable: readonly string[], isText: boolean): string {
  const shown = unreadable.slice(0, WORDS_NAMED).join(', ');
  const more = unreadable.length > WORDS_NAMED ? ` and ${unreadable.length - WORDS_NAMED} more` : '';
  return isText
    ? `Not in Latin letters, so left out of the alignment: ${shown}${more}. Give such words as IPA.`
    : `No known phonemes, so left out of the alignment: ${shown}${more}.`;
}

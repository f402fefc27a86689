import type { SubtitleCue } from './transcriptFiles/readSubtitles';
import type { PhonemeNotation } from './text/ipa';
import type { UserWord } from './text/lexicon';
import { normaliseText, type NormalisedText } from './text/normaliseText';
import { phonemeTranscript } from './text/phonemeTranscript';
import type { PhonemeSegment, WordSegment } from './segments';

/** How a transcript is written: as words, or as phonemes of any language. */
export type TranscriptNotation = 'text' | PhonemeNotation;
export const TRANSCRIPT_NOTATIONS = ['text', 'ipa', 'espeak', 'arpabet'] as const satisfies readonly TranscriptNotation[];

/** What is said in a line, and how to read it. */
export interface TranscriptSource {
  /** Empty for none. */
  readonly text: string;
  /** Absent: words of English text. */
  readonly notation?: TranscriptNotation;
  /** How the user wants words said. */
  readonly userWords?: readonly UserWord[];
  /** Subtitles the text came from: their times hold its words roughly in place. */
  readonly cues?: readonly SubtitleCue[];
  /** Phones and words with times (a TextGrid): taken as they are, nothing is aligned. */
  readonly timed?: { readonly words: readonly WordSegment[]; readonly phonemes: readonly PhonemeSegment[] };
  /** What of its file could not be used, in sentences for the user. */
  readonly notices?: readonly string[];
}

/** A plain string is words of text. */
export type Transcript = string | TranscriptSource;

export function sourceOf(transcript: Transcript): TranscriptSource {
  return typeof transcript === 'string' ? { text: transcript } : transcript;
}

/**
 * Words of a transcript with the ways to say them, in whatever notation it is.
 * @throws MienError 'text-unusable' when it is longer than any line
 */
export function readTranscript({ text, notation = 'text' }: TranscriptSource): NormalisedText {
  return notation === 'text' ? normaliseText(text) : phonemeTranscript(text, notation);
}

import type { PhonemeSegment, WordSegment } from '../segments';
import type { SubtitleCue } from './readSubtitles';

/** What a transcript file says. */
export interface TranscriptFile {
  readonly kind: 'text' | 'subtitles' | 'textgrid';
  /** The words, stage directions included. */
  readonly text: string;
  /** What is said from when to when: subtitles, or the words of a TextGrid without usable phones. */
  readonly cues?: readonly SubtitleCue[];
  /** Times of a TextGrid whose phones are ARPAbet or IPA: taken as they are instead of aligning. */
  readonly timed?: { readonly words: readonly WordSegment[]; readonly phonemes: readonly PhonemeSegment[] };
  /** What of the file could not be used, in sentences for the user. */
  readonly notices?: readonly string[];
}

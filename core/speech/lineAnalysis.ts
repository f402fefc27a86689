import type { ProsodyTrack } from '../audio/prosodyTrack';
import type { NonspeechEvent } from './nonspeech/nonspeechEvent';
import type { PhonemeSegment, WordSegment } from './segments';

/** What the ears know about one line. */
export interface LineAnalysis {
  readonly durationSeconds: number;
  readonly phonemes: readonly PhonemeSegment[];
  /** Empty without a transcript. */
  readonly words: readonly WordSegment[];
  readonly prosody: ProsodyTrack;
  /** Plain sentences for the user, e.g. a transcript word that does not fit the sound. */
  readonly notices: readonly string[];
  /** Laughs, breaths and the like; absent: none were looked for. */
  readonly events?: readonly NonspeechEvent[];
}

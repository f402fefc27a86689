import type { Phoneme } from './phonemes';

/** One phoneme in time. A line's segments are sorted, touch each other and cover 0..duration (SIL fills the gaps). */
export interface PhonemeSegment {
  readonly phoneme: Phoneme;
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** 0..1; mean posterior of this phone over its frames. */
  readonly confidence: number;
  /** ARPAbet stress of a vowel when it came from a dictionary: 0 none, 1 primary, 2 secondary. */
  readonly stress?: 0 | 1 | 2;
  /** Set by hand and to stay: aligning again must not move it. */
  readonly locked?: boolean;
}

/** A stretch in which nobody speaks. */
export function silence(startSeconds: number, endSeconds: number): PhonemeSegment {
  return { phoneme: 'SIL', startSeconds, endSeconds, confidence: 1 };
}

/** One word in time. Words do not overlap; gaps are silence. */
export interface WordSegment {
  readonly text: string;
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly confidence: number;
  /** Set by hand and to stay: aligning again must not move it. */
  readonly locked?: boolean;
  /** What does not fit between transcript and sound: not said, said twice, said but not written. */
  readonly flag?: 'missing' | 'repeated' | 'unwritten';
}

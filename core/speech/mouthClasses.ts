import type { PhonemeSegment } from './segments';
import { isVowel, type Phoneme } from './phonemes';

/**
 * The nine mouth shapes of Rhubarb Lip Sync: A closed, B slightly open with teeth, C open, D wide open, E slightly rounded,
 * F puckered, G teeth on lip, H tongue up, X idle.
 */
export type MouthClass = 'A' | 'B' | 'C' | 'D' | 'E' | 'F' | 'G' | 'H' | 'X';

/** A stretch of one mouth shape. */
export interface MouthCue {
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly mouth: MouthClass;
}

/** One class a phone; what is not listed is B (the convention by which Mien's hearing is measured, training/visemes.py). */
const CLASS_OF: Readonly<Partial<Record<Phoneme, MouthClass>>> = {
  P: 'A',
  B: 'A',
  M: 'A',
  F: 'G',
  V: 'G',
  L: 'H',
  UW: 'F',
  UH: 'F',
  W: 'F',
  AO: 'E',
  ER: 'E',
  AA: 'D',
  EH: 'C',
  AE: 'C',
  AH: 'C',
};

/** Diphthongs change their class at 60 %. */
export const DIPHTHONGS: Readonly<Partial<Record<Phoneme, readonly [MouthClass, MouthClass]>>> = {
  OW: ['E', 'F'],
  AY: ['D', 'B'],
  AW: ['D', 'E'],
  EY: ['C', 'B'],
  OY: ['E', 'B'],
};
export const DIPHTHONG_TURN = 0.6;
/** Shorter silences inside speech keep the shape before them: the mouth does not fall to rest. */
const IDLE_SECONDS = 0.25;

/**
 * The mouth shapes of a line, touching each other from its first to its last phoneme; equal neighbours are merged.
 * Silence of 0.25 s and more is X; a shorter one holds the shape before it. HH takes the shape of the vowel after it.
 */
export function mouthCues(phonemes: readonly PhonemeSegment[]): MouthCue[] {
  const cues: MouthCue[] = [];
  const put = (startSeconds: number, endSeconds: number, mouth: MouthClass) => {
    if (endSeconds <= startSeconds) return;
    const last = cues.at(-1);
    if (last?.mouth === mouth) cues[cues.length - 1] = { ...last, endSeconds };
    else cues.push({ startSeconds, endSeconds, mouth });
  };
  phonemes.forEach(({ phoneme, startSeconds, endSeconds }, index) => {
    const pair = DIPHTHONGS[phoneme];
    if (pair) {
      const turn = startSeconds + DIPHTHONG_TURN * (endSeconds - startSeconds);
      put(startSeconds, turn, pair[0]);
      put(turn, endSeconds, pair[1]);
    } else if (phoneme === 'SIL') {
      const isIdle = endSeconds - startSeconds >= IDLE_SECONDS || cues.length === 0 || index === phonemes.length - 1;
      put(startSeconds, endSeconds, isIdle ? 'X' : cues[cues.length - 1].mouth);
    } else put(startSeconds, endSeconds, startClassOf(phoneme, phonemes[index + 1]?.phoneme));
  });
  return cues;
}

/** The class of a phone that keeps one shape; of a diphthong, the class it starts with. HH takes that of the vowel after it. */
export function startClassOf(phoneme: Phoneme, next: Phoneme | undefined): MouthClass {
  if (phoneme === 'SIL') return 'X';
  const shown = phoneme === 'HH' && next && isVowel(next) ? next : phoneme;
  return DIPHTHONGS[shown]?.[0] ?? CLASS_OF[shown] ?? 'B';
}

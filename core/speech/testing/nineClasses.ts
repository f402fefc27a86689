import { isVowel, type Phoneme } from '../phonemes';

/**
 * The nine mouth classes by which Mien is measured against Rhubarb Lip Sync (design: face facts): X silence, A P B M, G F V,
 * H L, F UW UH W, E AO ER, D AA, C EH AE AH, B all others. Diphthongs change class at 60 %; HH takes the next vowel's class.
 */
const SINGLE: Readonly<Record<string, string>> = {
  SIL: 'X',
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
const DIPHTHONG: Readonly<Record<string, string>> = { OW: 'EF', AY: 'DB', AW: 'DE', EY: 'CB', OY: 'EB' };

export interface PhoneTime {
  readonly phoneme: Phoneme;
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** Class and phone of each frame of 10 ms. */
export function frameLabels(segments: readonly PhoneTime[]): { readonly classes: string[]; readonly phones: Phoneme[] } {
  const classes: string[] = [];
  const phones: Phoneme[] = [];
  segments.forEach((segment, i) => {
    const from = Math.round(segment.startSeconds * 100);
    const to = Math.round(segment.endSeconds * 100);
    const next = segments[i + 1];
    const shown = segment.phoneme === 'HH' && next !== undefined && isVowel(next.phoneme) ? next.phoneme : segment.phoneme;
    const pair = DIPHTHONG[shown];
    const middle = from + Math.round((to - from) * 0.6);
    for (let k = from; k < to; k++) {
      phones[k] = segment.phoneme;
      if (pair === undefined) classes[k] = SINGLE[shown] ?? 'B';
      else classes[k] = shown !== segment.phoneme || k < middle ? pair[0] : pair[1];
    }
  });
  return { classes, phones };
}

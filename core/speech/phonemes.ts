/**
 * ARPAbet-39 plus SIL, in the order of the acoustic model's output (SIL first, then alphabetical).
 * Source: CMU Pronouncing Dictionary phone set, stress marks removed.
 */
export const PHONEMES = [
  'SIL',
  'AA',
  'AE',
  'AH',
  'AO',
  'AW',
  'AY',
  'B',
  'CH',
  'D',
  'DH',
  'EH',
  'ER',
  'EY',
  'F',
  'G',
  'HH',
  'IH',
  'IY',
  'JH',
  'K',
  'L',
  'M',
  'N',
  'NG',
  'OW',
  'OY',
  'P',
  'R',
  'S',
  'SH',
  'T',
  'TH',
  'UH',
  'UW',
  'V',
  'W',
  'Y',
  'Z',
  'ZH',
] as const;

export type Phoneme = (typeof PHONEMES)[number];

/** Index of each phoneme in the acoustic model's output. */
export const PHONEME_INDEX: Readonly<Record<Phoneme, number>> = Object.fromEntries(
  PHONEMES.map((phoneme, index) => [phoneme, index]),
) as Record<Phoneme, number>;

const VOWEL_SET: ReadonlySet<string> = new Set([
  'AA',
  'AE',
  'AH',
  'AO',
  'AW',
  'AY',
  'EH',
  'ER',
  'EY',
  'IH',
  'IY',
  'OW',
  'OY',
  'UH',
  'UW',
]);

export function isVowel(phoneme: Phoneme): boolean {
  return VOWEL_SET.has(phoneme);
}

/** P, B, M: the lips must close. */
export function isBilabial(phoneme: Phoneme): boolean {
  return phoneme === 'P' || phoneme === 'B' || phoneme === 'M';
}

/** F, V: the lower lip must touch the upper teeth. */
export function isLabiodental(phoneme: Phoneme): boolean {
  return phoneme === 'F' || phoneme === 'V';
}

/** True when the string names one of the 40 phonemes. */
export function isPhoneme(name: string): name is Phoneme {
  return Object.prototype.hasOwnProperty.call(PHONEME_INDEX, name);
}

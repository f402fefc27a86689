import { isPhoneme, isVowel, PHONEME_INDEX } from '../phonemes';

/** One way to say a word. */
export interface Pronunciation {
  /** Indices into `PHONEMES`. */
  readonly phones: readonly number[];
  /** ARPAbet stress of each phone; undefined for consonants. */
  readonly stress: readonly (0 | 1 | 2 | undefined)[];
}

/** "HH AH0 L OW1" (any case, stress optional) as symbols; null when one of them is no phone of ARPAbet-39. */
export function parseArpabet(text: string): string[] | null {
  const symbols = text.trim().toUpperCase().split(/\s+/);
  const isGood = symbols.every((symbol) => {
    const name = symbol.replace(/[012]$/, '');
    return isPhoneme(name) && name !== 'SIL' && (name === symbol || isVowel(name));
  });
  return isGood && symbols.length > 0 && symbols[0] !== '' ? symbols : null;
}

/** ARPAbet text of a trusted source as indices and stress; symbols that are no phones are left out. */
export function toPronunciation(form: string): Pronunciation {
  const phones: number[] = [];
  const stress: (0 | 1 | 2 | undefined)[] = [];
  for (const symbol of form.split(' ')) {
    const name = symbol.replace(/[012]$/, '');
    if (!isPhoneme(name)) continue;
    phones.push(PHONEME_INDEX[name]);
    stress.push(symbol === name ? undefined : (Number(symbol.slice(-1)) as 0 | 1 | 2));
  }
  return { phones, stress };
}

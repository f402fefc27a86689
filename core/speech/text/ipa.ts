import { AFFRICATES, CONSONANTS, DIPHTHONGS, ESPEAK_SIGNS, LONG_VOWELS, NASAL_VOWELS, VOWELS } from './ipaTables';
import { parseArpabet } from './pronunciation';

export interface MappedPhones {
  /** ARPAbet; vowels carry a stress digit. */
  readonly phones: readonly string[];
  /** Signs that stand for no sound we know; they were left out. */
  readonly unknown: readonly string[];
}

/** How phonemes are written. */
export type PhonemeNotation = 'ipa' | 'espeak' | 'arpabet';

const LONGEST = 3;
const TIE = /[\u0361\u035c]/g;
/** Marks of tongue, voice and tone that change nothing a mouth shows. */
const SILENT_MARKS =
  /[\u0300\u0301\u0302\u0304\u0306\u030b\u030c\u030f\u0308\u031a\u031c-\u0328\u032a-\u032d\u0330-\u0334\u0339-\u033d\u0318\u0319ʰʱʲˠˤⁿˡᵝʼ˞˥-˩ꜛꜜ‿↗↘.·'’"()[\]{}/\\,;!?-]/u;
const NASAL = '\u0303';
const SYLLABIC = /[\u0329\u030d]/;
const LABIAL = 'ʷ';
const LENGTH = /[ːˑ:]/;
const NON_SYLLABIC = '\u032f';

/**
 * IPA (also the output of `espeak-ng --ipa`) of any language to the phones of Mien. Stress marks stand before their syllable, as
 * in the IPA; the next vowel gets the digit.
 */
export function ipaToPhonemes(text: string): MappedPhones {
  // Decomposed, so that "ɛ̃" is a letter and a mark; "ç" is a letter of its own.
  const letters = [...text.normalize('NFD').replaceAll('c\u0327', 'ç').replace(TIE, '')];
  const phones: string[] = [];
  const unknown: string[] = [];
  let stress = '0';
  for (let i = 0; i < letters.length;) {
    const letter = letters[i];
    if (letter === 'ˈ' || letter === 'ˌ') {
      stress = letter === 'ˈ' ? '1' : '2';
      i++;
      continue;
    }
    const two = tableEntry(letters, i);
    if (two !== null) {
      for (const phone of two.phones) phones.push(phone + (two.isVowel ? stress : ''));
      if (two.isVowel) stress = '0';
      i = two.next;
      continue;
    }
    if (LENGTH.test(letter) || SILENT_MARKS.test(letter) || /[\s|‖_]|\p{M}/u.test(letter)) i++;
    else {
      if (letter === LABIAL) phones.push('W');
      else unknown.push(letter);
      i++;
    }
  }
  return { phones, unknown };
}

interface Entry {
  readonly phones: readonly string[];
  readonly isVowel: boolean;
  readonly next: number;
}

/** The longest sign of the tables at a place, with the marks behind it. */
function tableEntry(letters: readonly string[], at: number): Entry | null {
  for (let length = LONGEST; length > 1; length--) {
    const sign = letters.slice(at, at + length).join('');
    if (at + length > letters.length) continue;
    // A nasal or long second half is a vowel of its own.
    const after = letters[at + length];
    if (Object.hasOwn(DIPHTHONGS, sign) && after !== NASAL)
      return { phones: [DIPHTHONGS[sign]], isVowel: true, next: at + length };
    if (Object.hasOwn(AFFRICATES, sign)) return { phones: [AFFRICATES[sign]], isVowel: false, next: at + length };
  }
  const sign = letters[at];
  if (Object.hasOwn(VOWELS, sign)) return vowelEntry(letters, at);
  if (Object.hasOwn(AFFRICATES, sign)) return { phones: AFFRICATES[sign].split(' '), isVowel: false, next: at + 1 };
  if (!Object.hasOwn(CONSONANTS, sign)) return null;
  const phones = CONSONANTS[sign] === '' ? [] : CONSONANTS[sign].split(' ');
  // "n̩", "l̩": the consonant is a syllable.
  let next = at + 1;
  while (next < letters.length && SILENT_MARKS.test(letters[next]) && /\p{M}|[ʰʱʲˠˤ]/u.test(letters[next])) next++;
  if (SYLLABIC.test(letters[next] ?? ''))
    return { phones: phones[0] === 'R' ? ['ER0'] : ['AH0', ...phones], isVowel: false, next: next + 1 };
  return { phones, isVowel: false, next };
}

function vowelEntry(letters: readonly string[], at: number): Entry {
  const sign = letters[at];
  let next = at + 1;
  let isNasal = false;
  let isLong = false;
  let isGlide = false;
  let isRhotic = false;
  for (; next < letters.length; next++) {
    const mark = letters[next];
    if (mark === NASAL) isNasal = true;
    else if (LENGTH.test(mark)) isLong = true;
    else if (mark === NON_SYLLABIC) isGlide = true;
    else if (mark === '˞') isRhotic = true;
    else if (!/\p{M}|[ˠˤᵝ]/u.test(mark)) break;
  }
  if (isRhotic) return { phones: ['ER'], isVowel: true, next };
  if (isGlide) return { phones: [/[iɪyʏe]/.test(sign) ? 'Y' : 'W'], isVowel: false, next };
  const phone = isNasal ? (NASAL_VOWELS[sign] ?? VOWELS[sign]) : isLong ? (LONG_VOWELS[sign] ?? VOWELS[sign]) : VOWELS[sign];
  return { phones: [phone], isVowel: true, next };
}

/** espeak-ng's own signs to IPA: longest sign first; what is no sign is an IPA letter already ("p", "a"). */
export function espeakToIpa(text: string): string {
  const signs = Object.keys(ESPEAK_SIGNS).sort((a, b) => b.length - a.length);
  // Pauses and joins: "_:", "_|", "_!", "||".
  const clean = text.replace(/_[:|!]|\|\||[|%=#]+(?![a-z])/gi, '_');
  let ipa = '';
  for (let i = 0; i < clean.length;) {
    const sign = signs.find((candidate) => clean.startsWith(candidate, i));
    if (sign !== undefined) {
      ipa += ESPEAK_SIGNS[sign];
      i += sign.length;
      continue;
    }
    const letter = clean[i++];
    ipa += { "'": 'ˈ', ',': 'ˌ', ':': 'ː', '~': '\u0303', ';': 'ʲ', _: ' ', '-': '' }[letter] ?? letter;
  }
  return ipa;
}

/** A short "a" by itself: of many languages nearer AA, as English is written ("back" as b'ak) AE. */
const SHORT_A = /a(?![ɪʊiueoɛɔːˑ:\p{M}])/gu;

/** The ways to read phonemes in any notation as ARPAbet; more than one where its signs stand for more than one phone. */
export function readingsOf(text: string, notation: PhonemeNotation): readonly MappedPhones[] {
  if (notation === 'arpabet') return [arpabetOf(text)];
  const ipa = notation === 'espeak' ? espeakToIpa(text) : text;
  const open = ipa.replace(SHORT_A, 'æ');
  return open === ipa ? [ipaToPhonemes(ipa)] : [ipaToPhonemes(ipa), ipaToPhonemes(open)];
}

function arpabetOf(text: string): MappedPhones {
  const symbols = text.trim().split(/\s+/);
  const phones = symbols.flatMap((symbol) => parseArpabet(symbol) ?? []);
  return { phones, unknown: symbols.filter((symbol) => symbol !== '' && parseArpabet(symbol) === null) };
}

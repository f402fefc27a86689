import { isPhoneme, PHONEME_INDEX, type Phoneme } from '../phonemes';
import { letterToSound } from './letterToSound';
import { lettersOf } from './spokenForms';

/** One way to say a word. */
export interface Pronunciation {
  /** Indices into `PHONEMES`. */
  readonly phones: readonly number[];
  /** ARPAbet stress of each phone; undefined for consonants. */
  readonly stress: readonly (0 | 1 | 2 | undefined)[];
}

export interface LexiconEntry {
  readonly pronunciations: readonly Pronunciation[];
  /** How it was found: in the dictionary, from parts that are in it, or by letter-to-sound rules. */
  readonly source: 'dictionary' | 'parts' | 'rules';
}

/** Looks words up; see `loadLexicon`. */
export type Lexicon = (word: string) => LexiconEntry;

/**
 * Fluent speech wears down the commonest words beyond what the dictionary lists (weak forms: Gimson's Pronunciation of
 * English, ch. 11). Added as alternatives; the sound decides.
 */
const WEAK_FORMS: Readonly<Record<string, string>> = {
  and: 'AH0 N|AH0 N D|N',
  of: 'AH0 V|AH0',
  to: 'T AH0',
  the: 'DH AH0|DH IY0',
  a: 'AH0|EY1',
  an: 'AH0 N|AE1 N',
  him: 'IH0 M',
  her: 'ER0',
  his: 'IH0 Z',
  he: 'IY0',
  you: 'Y AH0',
  your: 'Y ER0',
  for: 'F ER0',
  or: 'ER0',
  are: 'ER0',
  our: 'AA1 R',
  them: 'DH AH0 M|AH0 M',
  that: 'DH AH0 T',
  than: 'DH AH0 N',
  can: 'K AH0 N',
  have: 'HH AH0 V|AH0 V',
  has: 'HH AH0 Z|AH0 Z',
  had: 'HH AH0 D|AH0 D',
  was: 'W AH0 Z',
  were: 'W ER0',
  from: 'F R AH0 M',
  but: 'B AH0 T',
  at: 'AH0 T',
  as: 'AH0 Z',
  is: 'IH0 Z|Z',
  am: 'AH0 M|M',
  some: 'S AH0 M',
  must: 'M AH0 S T|M AH0 S',
  just: 'JH AH0 S T|JH AH0 S|JH IH0 S T',
  do: 'D AH0',
  does: 'D AH0 Z',
  us: 'AH0 S',
  because: 'K AH0 Z|B IH0 K AH0 Z',
  miz: 'M IH1 Z',
};
/** More alternatives than this only slow the search. */
const MAX_ALTERNATIVES = 6;

let dictionaryPromise: Promise<Readonly<Record<string, string>>> | null = null;

/**
 * The CMU Pronouncing Dictionary (135 000 words, BSD-like licence) with weak forms, inflections and compounds of what it
 * holds, and letter-to-sound rules for the rest: every word has a pronunciation. Loaded once, on first use.
 */
export async function loadLexicon(): Promise<Lexicon> {
  dictionaryPromise ??= import('cmu-pronouncing-dictionary').then((module) => module.dictionary as Record<string, string>);
  const dictionary = await dictionaryPromise;
  const cache = new Map<string, LexiconEntry>();
  return (word) => {
    let entry = cache.get(word);
    if (entry === undefined) {
      entry = lookUp(word, dictionary);
      cache.set(word, entry);
    }
    return entry;
  };
}

function lookUp(word: string, dictionary: Readonly<Record<string, string>>): LexiconEntry {
  const acronym = /^[A-Z]{2,5}('?s)?$/.test(word);
  const lower = word.toLowerCase();
  const listed = listedForms(lower, dictionary);
  if (listed.length > 0) return { pronunciations: unique(listed), source: 'dictionary' };
  if (acronym) {
    const letters = spell(lower.replace(/'?s$/, ''), dictionary);
    const form = /'?s$/.test(word) ? withS(letters) : letters;
    return { pronunciations: unique([form, fromRules(lower)]), source: 'parts' };
  }
  const built = inflected(lower, dictionary) ?? compound(lower, dictionary);
  if (built !== null) return { pronunciations: unique(built), source: 'parts' };
  // No vowel letter at all ("hmm", "tv", "pst"): letter names are as likely as a sound.
  if (!/[aeiouy]/.test(lower) && lower.length <= 4) {
    return { pronunciations: unique([fromRules(lower), spell(lower, dictionary)]), source: 'rules' };
  }
  return { pronunciations: [parse(fromRules(lower))], source: 'rules' };
}

/** Dictionary forms "word", "word(2)", ... and weak forms, as ARPAbet text. */
function listedForms(word: string, dictionary: Readonly<Record<string, string>>): string[] {
  const forms: string[] = [];
  if (Object.prototype.hasOwnProperty.call(dictionary, word)) forms.push(dictionary[word]);
  for (let n = 2; dictionary[`${word}(${n})`] !== undefined; n++) forms.push(dictionary[`${word}(${n})`]);
  if (Object.prototype.hasOwnProperty.call(WEAK_FORMS, word)) forms.push(...WEAK_FORMS[word].split('|'));
  return forms;
}

/** Endings on a word of the dictionary; spelling changes (doubling, dropped e, y to i) are undone. */
function inflected(word: string, dictionary: Readonly<Record<string, string>>): string[] | null {
  const stems = (ending: string) => {
    const stem = word.slice(0, -ending.length);
    const options = [stem, `${stem}e`];
    if (/(.)\1$/.test(stem)) options.push(stem.slice(0, -1));
    if (stem.endsWith('i')) options.push(`${stem.slice(0, -1)}y`);
    return options.filter((option) => option.length >= 2).flatMap((option) => listedForms(option, dictionary));
  };
  const rules: readonly (readonly [ending: string, add: (form: string) => string])[] = [
    ["'s", withS],
    ["s'", withS],
    ["'ll", (form) => `${form} AH0 L`],
    ["'ve", (form) => `${form} AH0 V`],
    ["'d", withD],
    ["'re", (form) => `${form} ER0`],
    ["in'", (form) => `${form} IH0 N`],
    ['ing', (form) => `${form} IH0 NG`],
    ['ed', withD],
    ['es', withS],
    ['s', withS],
    ['er', (form) => `${form} ER0`],
    ['est', (form) => `${form} AH0 S T`],
    ['ly', (form) => `${form} L IY0`],
    ['ness', (form) => `${form} N AH0 S`],
    ['less', (form) => `${form} L AH0 S`],
    ['ful', (form) => `${form} F AH0 L`],
    ['able', (form) => `${form} AH0 B AH0 L`],
    ['ish', (form) => `${form} IH0 SH`],
    ['y', (form) => `${form} IY0`],
  ];
  for (const [ending, add] of rules) {
    if (!word.endsWith(ending) || word.length <= ending.length + 1) continue;
    const forms = stems(ending);
    if (forms.length > 0) return forms.map(add);
  }
  const bare = word.replaceAll("'", '');
  return bare !== word && listedForms(bare, dictionary).length > 0 ? listedForms(bare, dictionary) : null;
}

/** Two words of the dictionary written as one; the split with the longest shorter part wins. */
function compound(word: string, dictionary: Readonly<Record<string, string>>): string[] | null {
  let best: [string, string] | null = null;
  for (let cut = 3; cut <= word.length - 3; cut++) {
    const parts: [string, string] = [word.slice(0, cut), word.slice(cut)];
    if (!parts.every((part) => Object.prototype.hasOwnProperty.call(dictionary, part))) continue;
    if (best === null || Math.min(cut, word.length - cut) > Math.min(best[0].length, best[1].length)) best = parts;
  }
  return best === null ? null : [`${dictionary[best[0]]} ${dictionary[best[1]]}`];
}

/** Names of the letters; "a" as a letter is EY. */
function spell(word: string, dictionary: Readonly<Record<string, string>>): string {
  return lettersOf(word)
    .map((letter) => (letter === 'a' ? 'EY1' : (dictionary[`${letter}.`] ?? dictionary[letter])))
    .join(' ');
}

/** English plural and possessive: IH Z after sibilants, S after voiceless sounds, Z elsewhere. */
function withS(form: string): string {
  const last = form.split(' ').pop() ?? '';
  if (/^(S|Z|SH|ZH|CH|JH)$/.test(last)) return `${form} IH0 Z`;
  return `${form} ${/^(P|T|K|F|TH)$/.test(last) ? 'S' : 'Z'}`;
}

/** English past: IH D after T and D, T after voiceless sounds, D elsewhere. */
function withD(form: string): string {
  const last = form.split(' ').pop() ?? '';
  if (/^(T|D)$/.test(last)) return `${form} IH0 D`;
  return `${form} ${/^(P|K|F|TH|S|SH|CH)$/.test(last) ? 'T' : 'D'}`;
}

/** Rules give no stress: the first vowel gets it, as in most English words. */
function fromRules(word: string): string {
  let stressed = false;
  return letterToSound(word)
    .map((phone) => {
      if (!/^[AEIOU]/.test(phone)) return phone;
      const mark = stressed ? '0' : '1';
      stressed = true;
      return phone + mark;
    })
    .join(' ');
}

function unique(forms: readonly string[]): Pronunciation[] {
  const seen = new Map<string, Pronunciation>();
  for (const form of forms) {
    const parsed = parse(form);
    const key = parsed.phones.join(' ');
    if (parsed.phones.length > 0 && !seen.has(key) && seen.size < MAX_ALTERNATIVES) seen.set(key, parsed);
  }
  return [...seen.values()];
}

function parse(form: string): Pronunciation {
  const phones: number[] = [];
  const stress: (0 | 1 | 2 | undefined)[] = [];
  for (const symbol of form.split(' ')) {
    const name: Phoneme | string = symbol.replace(/[012]$/, '');
    if (!isPhoneme(name)) continue;
    phones.push(PHONEME_INDEX[name]);
    stress.push(symbol === name ? undefined : (Number(symbol.slice(-1)) as 0 | 1 | 2));
  }
  return { phones, stress };
}

import { PHONEMES } from '../phonemes';
import { letterToSound, loadLetterToSound, type LetterToSoundModel } from './letterToSound';
import { parseArpabet, toPronunciation, type Pronunciation } from './pronunciation';
import { lettersOf } from './wordForms';

export type { Pronunciation } from './pronunciation';

export interface LexiconEntry {
  readonly pronunciations: readonly Pronunciation[];
  /** How it was found: in the user's dictionary, given in the text, in CMUdict, from parts that are in it, or by its letters. */
  readonly source: 'user' | 'given' | 'dictionary' | 'parts' | 'letters';
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

/** Ways to read a word that no dictionary holds; the sound decides. */
const READINGS = 3;

/** A word the user says how to say. */
export interface UserWord {
  /** Compared without case. */
  readonly word: string;
  /** ARPAbet with or without stress digits; the first is tried first. */
  readonly pronunciations: readonly string[];
}

interface Sources {
  readonly dictionary: Readonly<Record<string, string>>;
  readonly letters: LetterToSoundModel;
}
let sourcesPromise: Promise<Sources> | null = null;

/**
 * The CMU Pronouncing Dictionary (135 000 words, BSD-like licence) with weak forms, inflections and compounds of what it
 * holds, and a letter-to-sound model learnt from it for the rest: every word has a pronunciation. Loaded once, on first use.
 * @param userWords win over everything else; entries that are no ARPAbet are passed over (see `checkUserWord`)
 */
export async function loadLexicon(userWords: readonly UserWord[] = []): Promise<Lexicon> {
  sourcesPromise ??= Promise.all([
    import('cmu-pronouncing-dictionary').then((module) => module.dictionary as Record<string, string>),
    loadLetterToSound(),
  ]).then(([dictionary, letters]) => ({ dictionary, letters }));
  const sources = await sourcesPromise;
  const own = new Map(userWords.map(({ word, pronunciations }) => [word.toLowerCase(), pronunciations]));
  const cache = new Map<string, LexiconEntry>();
  return (word) => {
    let entry = cache.get(word);
    if (entry === undefined) {
      entry = ownEntry(word, own) ?? lookUp(word, sources);
      cache.set(word, entry);
    }
    return entry;
  };
}

/** The user's own entry of a word or of its plural and possessive; given phones ("/K EY1 L/") are taken as they are. */
function ownEntry(word: string, own: ReadonlyMap<string, readonly string[]>): LexiconEntry | null {
  const given = /^\/(.+)\/$/.exec(word);
  if (given !== null) {
    const phones = parseArpabet(given[1]);
    return { pronunciations: [toPronunciation((phones ?? ['AH0']).join(' '))], source: 'given' };
  }
  if (own.size === 0) return null;
  const lower = word.toLowerCase();
  const forms = own.get(lower) ?? (lower.endsWith("'s") ? own.get(lower.slice(0, -2))?.map(withS) : undefined);
  const good = unique((forms ?? []).flatMap((form) => parseArpabet(form)?.join(' ') ?? []));
  return good.length > 0 ? { pronunciations: good, source: 'user' } : null;
}

function lookUp(word: string, { dictionary, letters }: Sources): LexiconEntry {
  const acronym = /^[A-Z]{2,5}('?s)?$/.test(word);
  const lower = word.toLowerCase();
  const listed = listedForms(lower, dictionary);
  if (listed.length > 0) return { pronunciations: unique(listed), source: 'dictionary' };
  if (acronym) {
    const spelled = spell(lower.replace(/'?s$/, ''), dictionary);
    const form = /'?s$/.test(word) ? withS(spelled) : spelled;
    return { pronunciations: unique([form, ...letterToSound(letters, lower, 1)]), source: 'parts' };
  }
  const drawn = drawnOut(lower, dictionary);
  if (drawn !== null) return { pronunciations: unique(drawn), source: 'parts' };
  const built = inflected(lower, dictionary) ?? compound(lower, dictionary);
  if (built !== null) return { pronunciations: unique(built), source: 'parts' };
  // No vowel letter at all ("tv", "pst"): letter names are as likely as a sound.
  const names = !/[aeiouy]/.test(lower) && lower.length <= 4 ? [spell(lower, dictionary)] : [];
  return { pronunciations: unique([...letterToSound(letters, lower, READINGS), ...names]), source: 'letters' };
}

/** Sounds people make and write, by their shape; no dictionary lists "hmmmm". */
const NOISES: readonly (readonly [RegExp, string])[] = [
  [/^h+m+$/, 'HH AH0 M|HH M|M'],
  [/^m+h*m+$|^m+$/, 'M|AH0 M|M HH M'],
  [/^sh+$|^sh+h$/, 'SH'],
  [/^ps+t+$/, 'P S T'],
  [/^pf+t*$/, 'P F T|P F'],
  [/^b+r{2,}$/, 'B R|B ER0'],
  [/^t+s+k+$/, 'T IH1 S K|T AH0'],
  [/^g+r{2,}$/, 'G R|G ER0'],
  [/^u+h+$/, 'AH1'],
  [/^u+g+h+$/, 'AH1 G|AH1|Y UH1'],
  [/^a+r+g+h*$/, 'AA1 R G|AA1 R'],
  [/^a+h{2,}$|^a{3,}h*$/, 'AA1|AH1'],
  [/^e+w{2,}$|^e{2,}w+$/, 'IY1 W|Y UW1'],
  [/^o+h{2,}$|^o{3,}h*$/, 'OW1|UW1'],
  [/^(ha){2,}h?$/, 'HH AA1 HH AA1|HH AH1 HH AH1|HH AA1 HH AA1 HH AA1'],
  [/^(he){2,}h?$/, 'HH EH1 HH EH1|HH IY1 HH IY1'],
  [/^z{3,}$/, 'Z'],
];

/** "nooooo", "yesss", "hmmm": letters written several times over. */
function drawnOut(word: string, dictionary: Readonly<Record<string, string>>): string[] | null {
  const noise = NOISES.find(([shape]) => shape.test(word));
  if (noise !== undefined) return noise[1].split('|');
  if (!/([a-z])\1\1/.test(word)) return null;
  for (const keep of ['$1$1', '$1']) {
    const shorter = word.replace(/([a-z])\1{2,}/g, keep);
    const forms = listedForms(shorter, dictionary);
    if (forms.length > 0) return forms;
  }
  const shorter = word.replace(/([a-z])\1+/g, '$1');
  const forms = listedForms(shorter, dictionary);
  return forms.length > 0 ? forms : null;
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

function unique(forms: readonly string[]): Pronunciation[] {
  const seen = new Map<string, Pronunciation>();
  for (const form of forms) {
    const parsed = toPronunciation(form);
    const key = parsed.phones.join(' ');
    if (parsed.phones.length > 0 && !seen.has(key) && seen.size < MAX_ALTERNATIVES) seen.set(key, parsed);
  }
  return [...seen.values()];
}

/** What is wrong with a user's entry, as a sentence; null when it can be used. */
export function checkUserWord({ word, pronunciations }: UserWord): string | null {
  if (!/\p{L}/u.test(word) || /\s/.test(word.trim())) return `"${word}" is not one word.`;
  if (pronunciations.length === 0) return `"${word}" has no pronunciation.`;
  const bad = pronunciations.find((form) => parseArpabet(form) === null);
  if (bad === undefined) return null;
  const symbol = bad
    .trim()
    .split(/\s+/)
    .find((one) => parseArpabet(one) === null);
  return `"${word}": "${symbol ?? bad}" is no ARPAbet phone (${PHONEMES.slice(1).join(' ')}).`;
}

import { cardinalWords, digitWords, ordinalWords, yearWords } from './numberWords';

/** What one written token (or a few) may be said as, and how many tokens that took. */
export interface SpokenForms {
  readonly spoken: string[][];
  readonly used: number;
}

/** Written with a full stop. "no." is left out: it is an answer far more often than "number". */
const ABBREVIATIONS: Readonly<Record<string, string[][]>> = {
  mr: [['mister']],
  mrs: [['missus']],
  ms: [['miz']],
  dr: [['doctor'], ['drive']],
  st: [['saint'], ['street']],
  jr: [['junior']],
  sr: [['senior']],
  prof: [['professor']],
  lt: [['lieutenant']],
  sgt: [['sergeant']],
  capt: [['captain']],
  cpt: [['captain']],
  col: [['colonel']],
  gen: [['general']],
  maj: [['major']],
  gov: [['governor']],
  sen: [['senator']],
  rev: [['reverend']],
  hon: [['honorable']],
  ave: [['avenue']],
  blvd: [['boulevard']],
  rd: [['road']],
  mt: [['mount']],
  ft: [['fort'], ['feet']],
  vs: [['versus']],
  etc: [['et', 'cetera']],
  approx: [['approximately']],
  dept: [['department']],
  est: [['established'], ['estimated']],
  inc: [['incorporated'], ['inc']],
  ltd: [['limited']],
  corp: [['corporation']],
  'e.g': [
    ['for', 'example'],
    ['e', 'g'],
  ],
  'i.e': [
    ['that', 'is'],
    ['i', 'e'],
  ],
};
/** Units after a number: singular and plural. */
const UNITS: Readonly<Record<string, readonly [string[], string[]]>> = {
  '%': [['percent'], ['percent']],
  km: [['kilometer'], ['kilometers']],
  m: [['meter'], ['meters']],
  cm: [['centimeter'], ['centimeters']],
  mm: [['millimeter'], ['millimeters']],
  kg: [['kilogram'], ['kilograms']],
  g: [['gram'], ['grams']],
  lb: [['pound'], ['pounds']],
  lbs: [['pound'], ['pounds']],
  oz: [['ounce'], ['ounces']],
  ft: [['foot'], ['feet']],
  mph: [
    ['mile', 'per', 'hour'],
    ['miles', 'per', 'hour'],
  ],
  '°': [['degree'], ['degrees']],
  k: [['thousand'], ['thousand']],
  x: [['times'], ['times']],
  am: [
    ['a', 'm'],
    ['a', 'm'],
  ],
  pm: [
    ['p', 'm'],
    ['p', 'm'],
  ],
};
const MONEY: Readonly<Record<string, readonly [string, string, string, string]>> = {
  $: ['dollar', 'dollars', 'cent', 'cents'],
  '£': ['pound', 'pounds', 'penny', 'pence'],
  '€': ['euro', 'euros', 'cent', 'cents'],
};
const SYMBOLS: Readonly<Record<string, string>> = { '&': 'and', '@': 'at', '+': 'plus', '=': 'equals', '%': 'percent' };
const MONTHS = 'january february march april may june july august september october november december'.split(' ');
const SCALE_WORD = /^(hundred|thousand|million|billion|trillion)\b/i;

/** Forms of the token at `index`; looks one token ahead for "$3 million". Empty when nothing in it can be said. */
export function spokenForms(tokens: readonly string[], index: number): SpokenForms {
  const raw = tokens[index];
  const core = raw.replace(/^["'([{<]+|[")\]}>,;:!?]+$/g, '');
  const one = (spoken: string[][]): SpokenForms => ({ spoken: spoken.filter((form) => form.length > 0), used: 1 });
  const abbreviation = ABBREVIATIONS[core.toLowerCase().replace(/\.$/, '')];
  if (abbreviation !== undefined && core.endsWith('.')) return one(abbreviation);
  if (SYMBOLS[core] !== undefined) return one([[SYMBOLS[core]]]);
  if (/^(\p{L}\.){2,}\p{L}?\.?$/u.test(core)) return one([lettersOf(core)]);
  if (/\d/.test(core)) {
    const money = moneyForms(core, tokens[index + 1]);
    if (money !== null) return money;
    return one(numberForms(core.replace(/\.$/, '')));
  }
  return one([wordParts(core)]);
}

/** Letters apart, for initials and acronyms. */
export function lettersOf(text: string): string[] {
  return [...foldAccents(text).toLowerCase()].filter((letter) => letter >= 'a' && letter <= 'z');
}

/** "well-known" to well, known; accents folded; what is no Latin letter or apostrophe is dropped. */
function wordParts(token: string): string[] {
  return foldAccents(token)
    .split(/[-_/.,&+]+/)
    .flatMap((part) => {
      const word = part.replace(/[^A-Za-z']/g, '').replace(/^'+(?!(?:em|tis|twas|til|cause|bout|round|n|s)$)|'+$/gi, '');
      return /[A-Za-z]/.test(word) ? [spelledOut(word)] : [];
    })
    .flat();
}

/** A word keeps its case only as long as it tells an acronym: the lexicon sees capitals as a mark in front. */
function spelledOut(word: string): string[] {
  const acronym = /^[A-Z]{2,5}('?s)?$/.test(word) && !/[a-z]{2}/.test(word);
  return [acronym ? word : word.toLowerCase()];
}

const FOLDED: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  Æ: 'Ae',
  œ: 'oe',
  Œ: 'Oe',
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  ð: 'th',
  þ: 'th',
};

function foldAccents(text: string): string {
  return [...text.normalize('NFD').replace(/\p{M}/gu, '')].map((letter) => FOLDED[letter] ?? letter).join('');
}

function moneyForms(core: string, next: string | undefined): SpokenForms | null {
  const match = /^([$£€])(\d[\d,]*)(?:\.(\d{1,2}))?([kmb])?$/i.exec(core.replace(/[.]$/, ''));
  if (match === null) return null;
  const [one, many, minorOne, minorMany] = MONEY[match[1]];
  const whole = match[2].replaceAll(',', '');
  const major = cardinalWords(whole);
  const name = whole === '1' ? one : many;
  const scale = next === undefined ? null : SCALE_WORD.exec(next);
  const suffix = { k: 'thousand', m: 'million', b: 'billion' }[(match[4] ?? '').toLowerCase()];
  if (scale !== null || suffix !== undefined) {
    const amount = match[3] === undefined ? major : [...major, 'point', ...digitWords(match[3])];
    return { spoken: [[...amount, suffix ?? scale![1].toLowerCase(), many]], used: suffix === undefined ? 2 : 1 };
  }
  const cents = match[3] === undefined ? 0 : Number(match[3].padEnd(2, '0'));
  if (cents === 0) return { spoken: [[...major, name]], used: 1 };
  const minor = cardinalWords(String(cents));
  const minorName = cents === 1 ? minorOne : minorMany;
  return {
    spoken: [
      [...major, name, 'and', ...minor, minorName],
      [...major, name, ...minor],
      [...major, ...minor],
    ],
    used: 1,
  };
}

function numberForms(token: string): string[][] {
  const clean = token.replace(/^[#+~]/, '').replace(/^[-\u2212](?=\d)/, 'minus ');
  const lead = token.startsWith('#') ? ['number'] : clean.startsWith('minus ') ? ['minus'] : [];
  const body = clean.replace(/^minus /, '');
  return bodyForms(body).map((form) => [...lead, ...form]);
}

function bodyForms(body: string): string[][] {
  let match = /^(\d[\d,]*)(st|nd|rd|th)$/i.exec(body);
  if (match !== null) return [ordinalWords(match[1].replaceAll(',', ''))];
  match = /^(\d{1,2}):(\d{2})(am|pm)?$/i.exec(body);
  if (match !== null) return timeForms(match[1], match[2], match[3]);
  match = /^(\d{1,2})[/-](\d{1,2})[/-](\d{2,4})$/.exec(body);
  if (match !== null) return dateForms(Number(match[1]), Number(match[2]), match[3]);
  match = /^(\d+)\/(\d+)$/.exec(body);
  if (match !== null) return fractionForms(match[1], match[2]);
  match = /^(\d{2,4})'?s$/i.exec(body);
  if (match !== null) return decadeForms(match[1]);
  match = /^(\d[\d,]*)(?:\.(\d+))?([a-z%°]+)?$/i.exec(body);
  if (match !== null) return plainForms(match[1], match[2], match[3]);
  // Something like "A4", "R2-D2" or "555-0123": digits one by one, letters as words.
  return [body.split(/(\d+)/).flatMap((part) => (/^\d+$/.test(part) ? digitsOrNumber(part) : wordParts(part)))];
}

function plainForms(digits: string, decimals: string | undefined, unit: string | undefined): string[][] {
  const whole = digits.replaceAll(',', '');
  const forms = wholeForms(whole, digits.includes(',') || decimals !== undefined).map((form) =>
    decimals === undefined ? form : [...form, 'point', ...digitWords(decimals)],
  );
  if (unit === undefined) return forms;
  const named = UNITS[unit.toLowerCase()];
  const tail = named === undefined ? wordParts(unit) : named[whole === '1' && decimals === undefined ? 0 : 1];
  return forms.map((form) => [...form, ...tail]);
}

function wholeForms(whole: string, counted: boolean): string[][] {
  if (counted) return [cardinalWords(whole)];
  if (whole.length > 1 && whole.startsWith('0')) {
    const doubled = whole.startsWith('00') ? [['double', 'oh', ...digitWords(whole.slice(2), 'oh')]] : [];
    return [digitWords(whole, 'oh'), digitWords(whole), ...doubled];
  }
  const year = yearWords(whole);
  const forms = [cardinalWords(whole)];
  if (year !== null) forms.unshift(year);
  if (whole.length >= 3 && whole.length <= 4 && year === null) forms.push(digitWords(whole, 'oh'));
  if (whole.length >= 7) forms.unshift(digitWords(whole));
  return forms;
}

function digitsOrNumber(digits: string): string[] {
  return digits.length <= 2 && !digits.startsWith('0') ? cardinalWords(digits) : digitWords(digits, 'oh');
}

function timeForms(hours: string, minutes: string, half: string | undefined): string[][] {
  const hour = cardinalWords(String(Number(hours)));
  const tail = half === undefined ? [] : [...half.toLowerCase()];
  if (minutes === '00') return half === undefined ? [[...hour, "o'clock"], hour, [...hour, 'hundred']] : [[...hour, ...tail]];
  const minute = minutes.startsWith('0') ? ['oh', ...cardinalWords(minutes.slice(1))] : cardinalWords(minutes);
  return [[...hour, ...minute, ...tail]];
}

/** Month first and, where that can be, day first. */
function dateForms(first: number, second: number, year: string): string[][] {
  const full = year.length === 2 ? `20${year}` : year;
  const yearSaid = yearWords(full) ?? cardinalWords(full);
  const forms: string[][] = [];
  if (first >= 1 && first <= 12) forms.push([MONTHS[first - 1], ...ordinalWords(String(second)), ...yearSaid]);
  if (second >= 1 && second <= 12) forms.push(['the', ...ordinalWords(String(first)), 'of', MONTHS[second - 1], ...yearSaid]);
  return forms.length > 0 ? forms : [[...cardinalWords(String(first)), ...cardinalWords(String(second)), ...yearSaid]];
}

function fractionForms(top: string, bottom: string): string[][] {
  const count = cardinalWords(top);
  const plain = [
    [...count, 'over', ...cardinalWords(bottom)],
    [...count, ...cardinalWords(bottom)],
  ];
  if (bottom === '2') return [top === '1' ? ['one', 'half'] : [...count, 'halves'], ...plain];
  if (bottom === '4') return [[...count, top === '1' ? 'quarter' : 'quarters'], ...plain];
  const part = ordinalWords(bottom);
  if (top !== '1') part[part.length - 1] += 's';
  return [[...count, ...part], ...plain];
}

/** "1980s", "80s". */
function decadeForms(digits: string): string[][] {
  const words = yearWords(digits) ?? cardinalWords(digits);
  const last = words[words.length - 1];
  const plural = last.endsWith('y') ? `${last.slice(0, -1)}ies` : `${last}s`;
  return [[...words.slice(0, -1), plural]];
}

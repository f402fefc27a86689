import { GLUED_ONLY, MONTHS, SHORT_MONTHS, UNITS } from './abbreviations';
import { dateForms, dayOfMonthForms, timeForms } from './dateForms';
import { cardinalWords, digitWords, ordinalWords, yearWords } from './numberWords';
import { wordParts } from './wordForms';

/** The tokens beside a number, without punctuation; they decide between its readings. */
export interface Neighbours {
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** Ways to say a token with digits in it (no money), and how many tokens they take: "5 km" is two. */
export function numberForms(token: string, { before, after }: Neighbours): { spoken: string[][]; used: number } {
  const body = token
    .replace(/^[#~]/, '')
    .replace(/^[-\u2212](?=[\d.])/, 'minus ')
    .replace(/^\+(?=[\d.])/, 'plus ');
  const sign = /^(minus|plus) /.exec(body);
  const lead = token.startsWith('#') ? ['number'] : sign ? [sign[1]] : [];
  const bare = sign ? body.slice(sign[0].length) : body;
  const withLead = (forms: string[][]) => forms.map((form) => [...lead, ...form]);
  if (/^\d{1,2}$/.test(bare) && Number(bare) >= 1 && Number(bare) <= 31 && lead.length === 0) {
    if (isMonth(before)) return { spoken: dayOfMonthForms(bare, true), used: 1 };
    if (isMonth(after)) return { spoken: dayOfMonthForms(bare, false), used: 1 };
  }
  const unit = after === undefined ? undefined : UNITS[after.toLowerCase()];
  if (unit !== undefined && !GLUED_ONLY.has(after!.toLowerCase()) && /^\d[\d,]*(\.\d+)?$/.test(bare)) {
    const glued = plainForms(...splitNumber(bare), after);
    return { spoken: withLead(glued), used: 2 };
  }
  return { spoken: withLead(bodyForms(bare)), used: 1 };
}

function isMonth(word: string | undefined): boolean {
  if (word === undefined) return false;
  const lower = word.toLowerCase().replace(/\.$/, '');
  return (
    (MONTHS.includes(lower) && word !== 'may' && word !== 'march') || (SHORT_MONTHS[lower] !== undefined && /^[A-Z]/.test(word))
  );
}

function splitNumber(text: string): [digits: string, decimals: string | undefined] {
  const [digits, decimals] = text.split('.');
  return [digits, decimals];
}

function bodyForms(body: string): string[][] {
  let match = /^(\d[\d,]*)(st|nd|rd|th)$/i.exec(body);
  if (match !== null) return [ordinalWords(match[1].replaceAll(',', ''))];
  const special = timeForms(body) ?? dateForms(body);
  if (special !== null) return special;
  if (body === '24/7') return [['twenty', 'four', 'seven']];
  match = /^(\d+)[/\u2044](\d+)$/.exec(body);
  if (match !== null) return fractionForms(match[1], match[2]);
  match = /^(\d{2,4})'?s$/i.exec(body);
  if (match !== null) return decadeForms(match[1]);
  match = /^(\d[\d,]*|\d[\d,]*\.\d+)[-\u2013](\d[\d,]*|\d[\d,]*\.\d+)([a-z%°/]+)?$/i.exec(body);
  if (
    match !== null &&
    (!match[1].startsWith('0') || match[1].length === 1) &&
    match[1].length <= 4 &&
    match[2].length <= 4 &&
    !/^\d{3}$/.test(match[1])
  )
    return rangeForms(match[1], match[2], match[3]);
  match = /^(\d[\d,]*)?(?:\.(\d+))?([a-z%°/]+)?$/i.exec(body);
  if (match !== null && (match[1] !== undefined || match[2] !== undefined)) return plainForms(match[1] ?? '', match[2], match[3]);
  match = /^(\d+(?:\.\d+)?)x(\d+(?:\.\d+)?)$/i.exec(body);
  if (match !== null) return [[...bodyForms(match[1])[0], 'by', ...bodyForms(match[2])[0]]];
  match = /^(\d+)\^(\d+)$/.exec(body);
  if (match !== null) return [[...cardinalWords(match[1]), 'to', 'the', ...cardinalWords(match[2])]];
  return codeForms(body);
}

/** Something like "A4", "R2-D2", "F-16" or "555-0123": digits one by one or as a number, letters as words. */
function codeForms(body: string): string[][] {
  const pieces = body.split(/(\d+)/).filter((part) => part !== '');
  const read = (digits: (part: string) => string[]) =>
    pieces.flatMap((part) => (/^\d+$/.test(part) ? digits(part) : wordParts(part)));
  const forms = [read(digitsOrNumber), read((part) => digitWords(part, 'oh'))];
  if (pieces.some((part) => /^[1-9]\d{2,3}$/.test(part)))
    forms.push(read((part) => yearWords(part) ?? (/^[1-9]\d{2,3}$/.test(part) ? pairWords(part) : digitsOrNumber(part))));
  return forms;
}

function digitsOrNumber(digits: string): string[] {
  return digits.length <= 2 && !digits.startsWith('0') ? cardinalWords(digits) : digitWords(digits, 'oh');
}

/** "747" seven forty seven, "1080" ten eighty. */
function pairWords(digits: string): string[] {
  const head = digits.slice(0, -2);
  const tail = digits.slice(-2);
  if (tail === '00') return [...cardinalWords(head), 'hundred'];
  return [...cardinalWords(head), ...(tail.startsWith('0') ? ['oh', ...cardinalWords(tail[1])] : cardinalWords(tail))];
}

function plainForms(digits: string, decimals: string | undefined, unit: string | undefined): string[][] {
  const whole = digits.replaceAll(',', '');
  const after = decimals === undefined ? [] : ['point', ...digitWords(decimals)];
  const counted = digits.includes(',') || decimals !== undefined || unit !== undefined;
  const forms = whole === '' ? [after, ['zero', ...after]] : wholeForms(whole, counted).map((form) => [...form, ...after]);
  if (decimals !== undefined && /0/.test(decimals))
    forms.push([...(whole === '' ? [] : cardinalWords(whole)), 'point', ...digitWords(decimals, 'oh')]);
  if (unit === undefined) return forms;
  const named = UNITS[unit.toLowerCase()];
  if (named !== undefined) {
    const tail = named[whole === '1' && decimals === undefined ? 0 : 1].split(' ');
    const said = forms.map((form) => [...form, ...tail]);
    // "10x", "4K" and "5G" are also said letter by letter.
    return unit.length === 1 && /[a-z]/i.test(unit) ? [...said, ...forms.map((form) => [...form, unit.toLowerCase()])] : said;
  }
  const tail = wordParts(unit);
  const alternatives = forms.map((form) => [...form, ...tail]);
  if (/^\d{3,4}$/.test(whole)) alternatives.unshift([...pairWords(whole), ...tail]);
  return alternatives;
}

function wholeForms(whole: string, counted: boolean): string[][] {
  if (counted) return [cardinalWords(whole), ...withAnd(whole)];
  if (whole.length > 1 && whole.startsWith('0')) {
    const doubled = whole.startsWith('00') ? [['double', 'oh', ...digitWords(whole.slice(2), 'oh')]] : [];
    return [digitWords(whole, 'oh'), digitWords(whole), ...doubled];
  }
  const year = yearWords(whole);
  const forms = [cardinalWords(whole), ...withAnd(whole)];
  if (year !== null) forms.unshift(year);
  if (whole.length === 3 || (whole.length === 4 && year === null)) forms.push(digitWords(whole, 'oh'), pairWords(whole));
  if (whole === '0') forms.push(['oh']);
  if (whole.length >= 7) forms.unshift(digitWords(whole));
  return forms;
}

/** British: "one hundred and five". Only where the American reading has no "and". */
function withAnd(whole: string): string[][] {
  const words = cardinalWords(whole);
  const at = words.lastIndexOf('hundred');
  return whole.length <= 15 && at >= 0 && at < words.length - 1
    ? [[...words.slice(0, at + 1), 'and', ...words.slice(at + 1)]]
    : [];
}

function rangeForms(from: string, to: string, unit: string | undefined): string[][] {
  const first = bodyForms(from)[0];
  const second = bodyForms(to)[0];
  const tail = unit === undefined ? [] : (UNITS[unit.toLowerCase()]?.[1].split(' ') ?? wordParts(unit));
  return [
    [...first, 'to', ...second, ...tail],
    [...first, ...second, ...tail],
  ];
}

function fractionForms(top: string, bottom: string): string[][] {
  const count = cardinalWords(top);
  const plain = [
    [...count, 'over', ...cardinalWords(bottom)],
    [...count, ...cardinalWords(bottom)],
    [...count, 'slash', ...cardinalWords(bottom)],
  ];
  // "50/50", "20/20" and the like are no parts of anything.
  if (Number(top) >= Number(bottom)) return [plain[1], plain[0], [...count, 'out', 'of', ...cardinalWords(bottom)]];
  if (bottom === '2') return [top === '1' ? ['one', 'half'] : [...count, 'halves'], ['a', 'half'], ...plain];
  if (bottom === '4') return [[...count, top === '1' ? 'quarter' : 'quarters'], ...plain];
  const part = ordinalWords(bottom);
  if (top !== '1') part[part.length - 1] += 's';
  return [[...count, ...part], ...plain, [...count, 'out', 'of', ...cardinalWords(bottom)]];
}

/** "1980s", "80s"; the latter may be seconds. */
function decadeForms(digits: string): string[][] {
  const words = yearWords(digits) ?? cardinalWords(digits);
  const last = words[words.length - 1];
  const plural = last.endsWith('y') ? `${last.slice(0, -1)}ies` : `${last}s`;
  const decade = [...words.slice(0, -1), plural];
  return digits.length === 2 ? [decade, [...words, 'seconds']] : [decade];
}

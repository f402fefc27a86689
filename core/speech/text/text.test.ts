import { beforeAll, describe, expect, it } from 'vitest';
import { PHONEMES } from '../phonemes';
import { checkUserWord, loadLexicon, type Lexicon } from './lexicon';
import { normaliseText } from './normaliseText';
import { cardinalWords, ordinalWords, yearWords } from './numberWords';

const first = (text: string) => normaliseText(text).words.map((word) => word.spoken[0].join(' '));
const shown = (text: string) => normaliseText(text).words.map((word) => word.text);
const forms = (text: string) => normaliseText(text).words[0].spoken.map((form) => form.join(' '));

describe('numberWords', () => {
  it.each([
    ['0', 'zero'],
    ['13', 'thirteen'],
    ['90', 'ninety'],
    ['101', 'one hundred one'],
    ['1234567', 'one million two hundred thirty four thousand five hundred sixty seven'],
    ['1000000', 'one million'],
    ['0042', 'zero zero four two'],
  ])('%s is %s', (digits, words) => expect(cardinalWords(digits).join(' ')).toBe(words));

  it('ordinals and years', () => {
    expect(['1', '2', '3', '12', '20', '21', '100'].map((n) => ordinalWords(n).join(' '))).toEqual([
      'first',
      'second',
      'third',
      'twelfth',
      'twentieth',
      'twenty first',
      'one hundredth',
    ]);
    expect(['1984', '1906', '1900', '2000', '2005', '2024', '999'].map((n) => yearWords(n)?.join(' '))).toEqual([
      'nineteen eighty four',
      'nineteen oh six',
      'nineteen hundred',
      'two thousand',
      'two thousand five',
      'twenty twenty four',
      undefined,
    ]);
  });
});

describe('normaliseText', () => {
  it('keeps words as written and says them in lower case', () => {
    expect(shown('“Hello,” she said—quietly… don’t!')).toEqual(['Hello', 'she', 'said', 'quietly', "don't"]);
    expect(first("Well-known café, isn't it?")).toEqual(['well known', 'cafe', "isn't", 'it']);
  });

  it('leaves stage directions out', () => {
    expect(first('[laughs] Oh (quietly, to himself) no. {beat} *sighs* <cough> Stop!')).toEqual(['oh', 'no', 'stop']);
    expect(first('An open [bracket never ends')).toEqual(['an', 'open', 'bracket', 'never', 'ends']);
  });

  it('writes out money, dates, times, percent and units', () => {
    expect(forms('$3.50')).toEqual(['three dollars and fifty cents', 'three dollars fifty', 'three fifty']);
    expect(first('$1 £20 €1.01 $3 million $5k')).toEqual([
      'one dollar',
      'twenty pounds',
      'one euro and one cent',
      'three million dollars',
      'five thousand dollars',
    ]);
    expect(shown('$3 million')).toEqual(['$3 million']);
    expect(forms('12/25/2024')[0]).toBe('december twenty fifth twenty twenty four');
    expect(forms('25/12/2024')[0]).toBe('the twenty fifth of december twenty twenty four');
    expect(first('3:30pm 7:05 50% 5km 1kg 98.6° 1/2 3/4 21st -5 #7')).toEqual([
      'three thirty p m',
      'seven oh five',
      'fifty percent',
      'five kilometers',
      'one kilogram',
      'ninety eight point six degrees',
      'one half',
      'three quarters',
      'twenty first',
      'minus five',
      'number seven',
    ]);
    expect(forms('3:00')).toContain("three o'clock");
    expect(forms('1984')).toContain('one thousand nine hundred eighty four');
    expect(first("the 1980s and the '90s")).toEqual(['the', 'nineteen eighties', 'and', 'the', 'nineties']);
  });

  it('knows abbreviations, initials and codes', () => {
    expect(first('Mr. and Mrs. Smith vs. Dr. No.')).toEqual(['mister', 'and', 'missus', 'smith', 'versus', 'doctor', 'no']);
    expect(forms('St.')).toEqual(['saint', 'street']);
    expect(first('J.R.R. Tolkien, U.S.A. R2-D2 007 555-0123 & co')).toEqual([
      'j r r',
      'tolkien',
      'u s a',
      'r two d two',
      'oh oh seven',
      'five five five oh one two three',
      'and',
      'co',
    ]);
  });

  it('tells which words it cannot read, and takes an empty text', () => {
    const { words, unreadable } = normaliseText('hello 你好 Привет 👍 friend');
    expect(words.map((word) => word.text)).toEqual(['hello', 'friend']);
    expect(unreadable).toEqual(['你好', 'Привет']);
    expect(normaliseText(' \n [laughs] ... ').words).toEqual([]);
    expect(() => normaliseText('a'.repeat(200_001))).toThrow(/200001 characters/);
  });

  it('never throws and never gives an empty word, whatever the text', () => {
    let seed = 3;
    const next = (below: number) => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) % below;
    const alphabet = 'aZ9 .,\'-$%/:&()[]*#@é你\n\t"0xI<>_~^½²€¢+=|{}VIbwm';
    for (let round = 0; round < 3000; round++) {
      const text = Array.from({ length: next(24) }, () => alphabet[next(alphabet.length)]).join('');
      for (const word of normaliseText(text).words) {
        expect(word.spoken.length).toBeGreaterThan(0);
        expect(
          word.spoken.every((form) => form.length > 0 && form.every((part) => /^([A-Za-z']+|\/[A-Z0-9 ]+\/)$/.test(part))),
        ).toBe(true);
      }
    }
  });
});

describe('lexicon', () => {
  let lexicon: Lexicon;
  beforeAll(async () => {
    lexicon = await loadLexicon();
  });
  const said = (word: string) => lexicon(word).pronunciations.map((p) => p.phones.map((phone) => PHONEMES[phone]).join(' '));

  it('gives dictionary forms, weak forms and stress', () => {
    expect(said('hello')).toEqual(['HH AH L OW', 'HH EH L OW']);
    expect(said('and')).toContain('N');
    expect(lexicon('hello').pronunciations[0].stress).toEqual([undefined, 0, undefined, 1]);
  });

  it('builds inflections, possessives, compounds and acronyms', () => {
    expect(said("kael's")).toEqual(['K EY L Z']);
    expect(said('gameplay')).toEqual(['G EY M P L EY']);
    expect(said('XKCD')[0]).toBe('EH K S K EY S IY D IY');
    expect(lexicon('zorblax')).toMatchObject({ source: 'letters' });
  });

  it('is not fooled by names of object properties', () => {
    for (const word of ['constructor', 'tostring', 'hasownproperty', '__proto__', "'"]) {
      expect(lexicon(word).pronunciations.length).toBeGreaterThan(0);
      expect(lexicon(word).pronunciations.every((p) => p.phones.length > 0)).toBe(true);
    }
  });

  it('offers several readings of an unknown word', () => {
    const { pronunciations, source } = lexicon('thrandelor');
    expect(source).toBe('letters');
    expect(pronunciations.length).toBeGreaterThan(1);
    expect(said('thrandelor')[0]).toMatch(/^TH R AE N D/);
  });

  it('knows drawn-out words and sounds people write', () => {
    expect(said('nooooo')).toContain('N OW');
    expect(said('yesss')).toEqual(['Y EH S']);
    expect(said('hmmm')).toContain('HH M');
    expect(said('shhh')).toEqual(['SH']);
    expect(said('hahaha')[0]).toMatch(/^HH AA HH AA/);
  });

  it("takes the user's words first, with their possessives, and given phones as they are", async () => {
    const own = await loadLexicon([
      { word: 'Kael', pronunciations: ['K EY1 L', 'k ae l'] },
      { word: 'hello', pronunciations: ['Y OW1'] },
      { word: 'broken', pronunciations: ['Q Q'] },
    ]);
    const phones = (word: string) => own(word).pronunciations.map((p) => p.phones.map((phone) => PHONEMES[phone]).join(' '));
    expect(own('kael').source).toBe('user');
    expect(phones('KAEL')).toEqual(['K EY L', 'K AE L']);
    expect(phones("Kael's")).toEqual(['K EY L Z', 'K AE L Z']);
    expect(phones('hello')).toEqual(['Y OW']);
    expect(own('broken').source).toBe('dictionary');
    expect(phones('/F UW1/')).toEqual(['F UW']);
    expect(said('hello')).toHaveLength(2);
  });

  it('says what is wrong with an entry of the user', () => {
    expect(checkUserWord({ word: 'Kael', pronunciations: ['K EY1 L'] })).toBeNull();
    expect(checkUserWord({ word: 'Kael', pronunciations: ['K QQ L'] })).toMatch(/"QQ" is no ARPAbet phone/);
    expect(checkUserWord({ word: 'two words', pronunciations: ['T'] })).toMatch(/not one word/);
    expect(checkUserWord({ word: 'Kael', pronunciations: [] })).toMatch(/no pronunciation/);
  });
});

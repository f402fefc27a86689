import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MienError } from '../errors';
import { loadDecoderTables } from './decoderTables';
import { PHONEME_INDEX, type Phoneme } from './phonemes';

const released = () => JSON.parse(readFileSync(new URL('../../models/acoustic.decoder.json', import.meta.url), 'utf8'));

describe('loadDecoderTables', () => {
  it('takes the released file; what follows a context is a distribution, and leads to the longest context that is there', () => {
    const { grammar } = loadDecoderTables(released());
    expect(grammar.contextCount).toBeGreaterThan(10_000);
    for (let context = 0; context < grammar.contextCount; context += 7) {
      let sum = 0;
      const wrong: number[] = [];
      for (let k = 0; k < 40; k++) {
        sum += Math.exp(grammar.logProb(context, k));
        if (grammar.lastPhone[grammar.next(context, k)] !== k) wrong.push(k);
      }
      expect(wrong).toEqual([]);
      // Stored in steps of .04: each of a row is off by 2 % at most, and what is rarer than e^-10 counts as that.
      expect(Math.abs(sum - 1)).toBeLessThan(0.022);
    }
    const after = (...phones: Phoneme[]) => phones.reduce((context, phone) => grammar.next(context, PHONEME_INDEX[phone]), 0);
    const likely = (context: number, phone: Phoneme) => Math.exp(grammar.logProb(context, PHONEME_INDEX[phone]));
    // "nothing" and "I am going": four phones say more than one.
    expect(likely(after('N', 'AH', 'TH', 'IH'), 'NG')).toBeGreaterThan(0.8);
    expect(likely(after('IH'), 'NG')).toBeLessThan(0.3);
    expect(after('N', 'AH', 'TH', 'IH')).not.toBe(after('AH', 'TH', 'IH'));
    expect(after('ZH', 'OY', 'ZH', 'OY')).toBe(PHONEME_INDEX.OY);
  });

  it('knows words: which are likely after which, and none where the file has none', () => {
    const words = loadDecoderTables(released()).words!;
    const wordOf = (phones: string) => {
      let node = 0;
      for (const name of phones.split(' ')) {
        const wanted = PHONEME_INDEX[name as Phoneme];
        let to = words.child[node];
        while (to < words.child[node + 1] && words.phone[to] !== wanted) to++;
        expect(to, `${name} of ${phones}`).toBeLessThan(words.child[node + 1]);
        node = to;
      }
      return words.words[words.end[node]];
    };
    const [going, home, shadow] = [wordOf('G OW IH NG'), wordOf('HH OW M'), wordOf('SH AE D OW')];
    expect(words.logProb(going, home)).toBeGreaterThan(words.logProb(going, shadow) + 2);
    expect(words.logProb(words.unknown, home)).toBeLessThan(0);
    // Every pair that is listed and every other: a distribution over the words and the end of the sentence.
    for (const history of [going, shadow, words.sentence]) {
      let sum = 0;
      for (let word = 0; word <= words.sentence; word++) sum += Math.exp(words.logProb(history, word));
      expect(Math.abs(sum - 1)).toBeLessThan(0.05);
    }
    const { words: _, ...rest } = released();
    expect(loadDecoderTables(rest).words).toBeNull();
  });

  it('refuses anything else and says why', () => {
    const broken: [string, (json: Record<string, unknown>) => unknown][] = [
      ['not an object', () => null],
      ['order', (json) => ({ ...json, phones: [...(json.phones as string[])].reverse() })],
      ['"grammar" is missing', (json) => ({ ...json, grammar: undefined })],
      ['40 numbers a context', (json) => ({ ...json, grammar: { ...(json.grammar as object), costs: 'AAAA' } })],
      ['base64', (json) => ({ ...json, grammar: { ...(json.grammar as object), contexts: '*' } })],
      [
        'single phones',
        (json) => ({ ...json, grammar: { order: 2, step: 0.04, contexts: btoa('\x05'), costs: btoa('\0'.repeat(40)) } }),
      ],
      ['"QQ"', (json) => ({ ...json, search: { ...(json.search as object), bonus: { QQ: 1 } } })],
      ['words.single', (json) => ({ ...json, words: { ...(json.words as object), single: 5 } })],
      ['do not belong together', (json) => ({ ...json, words: { ...(json.words as object), single: 'AAAA' } })],
      ['do not belong together', (json) => ({ ...json, words: { ...(json.words as object), ways: btoa('\x30') } })],
      ['wordScale', (json) => ({ ...json, search: { ...(json.search as object), wordScale: undefined } })],
      ['logPrior', (json) => ({ ...json, logPrior: [1, 2] })],
      ['minFrames', (json) => ({ ...json, search: { ...(json.search as object), minFrames: 0 } })],
      [
        'durationLogMean[3]',
        (json) => ({ ...json, durationLogMean: (json.durationLogMean as number[]).map((v, i) => (i === 3 ? 'x' : v)) }),
      ],
    ];
    const json = released();
    for (const [why, spoil] of broken) {
      const load = () => loadDecoderTables(spoil(json));
      expect(load).toThrow(MienError);
      expect(load).toThrow(why);
    }
  });
});

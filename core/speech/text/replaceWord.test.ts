import { describe, expect, it } from 'vitest';
import { normaliseText } from './normaliseText';
import { replaceWord } from './replaceWord';

describe('replaceWord', () => {
  it.each([
    ['Oh, you came back!', 2, 'went', 'Oh, you went back!'],
    ['[you laugh] you did', 0, 'they', '[you laugh] they did'],
    ['a cat, a dog', 2, 'the', 'a cat, the dog'],
    ['It’s 1984 now', 1, '2084', 'It’s 2084 now'],
    ['one two three', 1, '', 'one three'],
    ['one two, three', 1, '', 'one three'],
    ['one two', 1, 'big two', 'one big two'],
    ['I paid $3 million', 2, 'nothing', 'I paid nothing'],
  ])('%s, word %i', (text, index, word, wanted) => expect(replaceWord(text, index, word)).toBe(wanted));

  it('finds nothing behind the last word', () => expect(replaceWord('one', 1, 'two')).toBeNull());

  it('changes that word and no other, whatever the text', () => {
    let seed = 23;
    const next = (below: number) => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) % below;
    const pieces = ['you', 'a', "don't", '[you]', '*sighs*', '(a)', 'well-known', '5', 'Dr.', ',', '!', '…', 'aa'];
    let changed = 0;
    for (let round = 0; round < 1500; round++) {
      const text = Array.from({ length: next(9) }, () => pieces[next(pieces.length)]).join(' ');
      const before = normaliseText(text).words.map((word) => word.text);
      if (before.length === 0) continue;
      const index = next(before.length);
      const after = replaceWord(text, index, 'zebra');
      if (after === null) continue;
      changed++;
      expect(normaliseText(after).words.map((word) => word.text)).toEqual(
        before.map((word, i) => (i === index ? 'zebra' : word)),
      );
    }
    expect(changed).toBeGreaterThan(1000);
  });
});

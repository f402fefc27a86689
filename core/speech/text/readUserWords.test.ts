import { describe, expect, it } from 'vitest';
import { MienError } from '../../errors';
import { readPronunciation, readUserWords, writeUserWords } from './readUserWords';

describe('a dictionary of the user', () => {
  it('reads ARPAbet, IPA, alternatives and comments', () => {
    const text = '# names\nKael  K EY1 L | K AE1 L\nMien = /miːn/\nkael\tK AA1 L\n; more\nzorb(2): Z AO1 R B\n\n';
    expect(readUserWords(text, 'names.txt')).toEqual([
      { word: 'Kael', pronunciations: ['K EY1 L', 'K AE1 L', 'K AA1 L'] },
      { word: 'Mien', pronunciations: ['M IY0 N'] },
      { word: 'zorb', pronunciations: ['Z AO1 R B'] },
    ]);
  });

  it('comes back from what it writes', () => {
    const words = readUserWords('Kael K EY1 L|K AE1 L\nVoss V AO1 S', 'a');
    expect(readUserWords(writeUserWords(words), 'b')).toEqual(words);
  });

  it('names the line that is wrong', () => {
    expect(() => readUserWords('Kael K EY1 L\nVoss V QQ S', 'names.txt')).toThrow(/line 2: "V QQ S" is neither/);
    expect(() => readUserWords('Kael', 'names.txt')).toThrow(/line 1 has a word without/);
    expect(readPronunciation('/你/')).toBeNull();
    expect(readPronunciation('[keɪl]')).toBe('K EY0 L');
  });

  it('reads or refuses, whatever the text', () => {
    let seed = 17;
    const next = (below: number) => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) % below;
    const alphabet = 'KaelK EY1 L\t|=:/[]#;\n你é ,';
    let good = 0;
    for (let round = 0; round < 2000; round++) {
      const text = Array.from({ length: next(24) }, () => alphabet[next(alphabet.length)]).join('');
      try {
        for (const { pronunciations } of readUserWords(text, 'a'))
          expect(pronunciations.every((form) => readPronunciation(form) === form)).toBe(true);
        good++;
      } catch (error) {
        expect(error).toBeInstanceOf(MienError);
      }
    }
    expect(good).toBeGreaterThan(50);
  });
});

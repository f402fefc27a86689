import { describe, expect, it } from 'vitest';
import { givenTimes } from './givenTimes';
import type { PhonemeSegment, WordSegment } from './segments';

const phones = (edges: readonly (readonly [PhonemeSegment['phoneme'], number])[]): PhonemeSegment[] =>
  edges.map(([phoneme, endSeconds], i) => ({ phoneme, startSeconds: i === 0 ? 0 : edges[i - 1][1], endSeconds, confidence: 1 }));
const word = (text: string, startSeconds: number, endSeconds: number): WordSegment => ({
  text,
  startSeconds,
  endSeconds,
  confidence: 1,
});
const timed = {
  phonemes: phones([
    ['SIL', 0.2],
    ['HH', 0.3],
    ['AY', 0.5],
    ['Y', 0.6],
    ['UW', 0.9],
    ['SIL', 1],
  ]),
  words: [word('hi', 0.2, 0.5), word('you', 0.5, 0.9)],
};
const isCovered = (phonemes: readonly PhonemeSegment[], end: number) => {
  expect(phonemes[0].startSeconds).toBe(0);
  expect(phonemes.at(-1)!.endSeconds).toBe(end);
  phonemes.slice(1).forEach((phone, i) => expect(phone.startSeconds).toBe(phonemes[i].endSeconds));
};

describe('times from a file', () => {
  it('are taken as they are; the end is that of the line', () => {
    expect(givenTimes(timed, 1)).toEqual({ ...timed, notices: [] });
    const longer = givenTimes(timed, 2);
    isCovered(longer.phonemes, 2);
    expect(longer.notices).toEqual([expect.stringContaining('run to 1.00 s, the line to 2.00 s')]);
    const shorter = givenTimes(timed, 0.8);
    isCovered(shorter.phonemes, 0.8);
    expect(shorter.words.at(-1)).toEqual(word('you', 0.5, 0.8));
  });

  it('give way to locked phonemes', () => {
    const locked: PhonemeSegment = { phoneme: 'AA', startSeconds: 0.27, endSeconds: 0.41, confidence: 0.5, locked: true };
    const before = phones([
      ['SIL', 0.27],
      ['AA', 0.41],
      ['SIL', 1],
    ]).map((phone, i) => (i === 1 ? locked : phone));
    const { phonemes, words, notices } = givenTimes(timed, 1, { phonemes: before, words: [word('ah', 0.27, 0.41)] });
    expect(phonemes).toContain(locked);
    isCovered(phonemes, 1);
    expect(phonemes.map(({ phoneme }) => phoneme)).toEqual(['SIL', 'HH', 'AA', 'AY', 'Y', 'UW', 'SIL']);
    expect(words).toEqual(timed.words);
    expect(notices).toEqual([expect.stringContaining('1 locked phoneme stayed')]);
  });

  it('give way to locked words and their phonemes', () => {
    const hello = { ...word('hello', 0.1, 0.55), locked: true };
    const before = phones([
      ['SIL', 0.1],
      ['HH', 0.2],
      ['EH', 0.3],
      ['L', 0.4],
      ['OW', 0.55],
      ['SIL', 1],
    ]);
    const { phonemes, words } = givenTimes(timed, 1, { phonemes: before, words: [hello] });
    isCovered(phonemes, 1);
    for (const phone of before.slice(1, 5)) expect(phonemes).toContainEqual(phone);
    expect(words).toEqual([hello, word('you', 0.55, 0.9)]);
  });
});

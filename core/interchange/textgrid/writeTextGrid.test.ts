import { expect, test } from 'vitest';
import { writeAlignmentJson } from './writeAlignmentJson';
import { writeTextGrid } from './writeTextGrid';

const alignment = {
  durationSeconds: 1.5,
  phonemes: [
    { phoneme: 'SIL', startSeconds: 0, endSeconds: 0.2, confidence: 0.9 },
    { phoneme: 'HH', startSeconds: 0.2, endSeconds: 0.3, confidence: 0.8 },
    { phoneme: 'AY', startSeconds: 0.3, endSeconds: 0.7000000001, confidence: 0.7, stress: 1 },
    { phoneme: 'SIL', startSeconds: 0.7, endSeconds: 1.5, confidence: 1 },
  ],
  words: [{ text: 'say "hi"', startSeconds: 0.2, endSeconds: 0.7, confidence: 0.75, flag: 'repeated', locked: true }],
} as const;

/** A small reader of its own: intervals of each tier. */
function parse(text: string): Record<string, [number, number, string][]> {
  const tiers: Record<string, [number, number, string][]> = {};
  for (const tier of text.split(/item \[\d+\]:/).slice(1)) {
    const name = /name = "(.*)"/.exec(tier)?.[1] ?? '';
    const intervals = [...tier.matchAll(/intervals \[\d+\]:\s+xmin = (.*)\s+xmax = (.*)\s+text = "(.*)"/g)];
    expect(Number(/intervals: size = (\d+)/.exec(tier)?.[1])).toBe(intervals.length);
    tiers[name] = intervals.map((match) => [Number(match[1]), Number(match[2]), match[3].replace(/""/g, '"')]);
  }
  return tiers;
}

test('tiers cover the whole line without holes, gaps are empty, quotes are doubled', () => {
  const tiers = parse(writeTextGrid(alignment));
  expect(tiers.words).toEqual([
    [0, 0.2, ''],
    [0.2, 0.7, 'say "hi"'],
    [0.7, 1.5, ''],
  ]);
  expect(tiers.phones.map((interval) => interval[2])).toEqual(['SIL', 'HH', 'AY', 'SIL']);
  expect(tiers['word confidence'][1]).toEqual([0.2, 0.7, '0.75']);
  expect(tiers['phone confidence'].map((interval) => interval[2])).toEqual(['0.90', '0.80', '0.70', '1.00']);
  expect(tiers.flags.map((interval) => interval[2])).toEqual(['', 'repeated locked', '']);
  expect(tiers['phone flags'].map((interval) => interval[2])).toEqual(['', '', 'stress1', '']);
  for (const intervals of Object.values(tiers)) {
    expect([intervals[0][0], intervals.at(-1)?.[1]]).toEqual([0, 1.5]);
    intervals.slice(1).forEach((interval, index) => expect(interval[0]).toBe(intervals[index][1]));
  }
});

test('without words there is one empty interval', () => {
  expect(parse(writeTextGrid({ ...alignment, words: [] })).words).toEqual([[0, 1.5, '']]);
});

test('the JSON carries words, phonemes, stress and confidence', () => {
  const json = JSON.parse(writeAlignmentJson(alignment)) as Record<string, unknown>;
  expect(json).toMatchObject({ schemaVersion: 1, durationSeconds: 1.5, words: [{ text: 'say "hi"' }] });
  expect((json.phonemes as unknown[])[2]).toEqual({
    phoneme: 'AY',
    startSeconds: 0.3,
    endSeconds: 0.7,
    confidence: 0.7,
    stress: 1,
  });
});

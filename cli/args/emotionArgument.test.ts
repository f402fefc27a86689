import { describe, expect, it } from 'vitest';
import { evaluateCurve } from '../../core/curves/evaluateCurve';
import { UsageError } from '../usageError';
import { emotionCurvesFrom, parseEmotions } from './emotionArgument';

describe('parseEmotions', () => {
  it('reads stretches with and without a range', () => {
    expect(parseEmotions('joy=0.7@0-2.5, anger=1@3.1-4,fear=.2')).toEqual([
      { emotion: 'joy', intensity: 0.7, startSeconds: 0, endSeconds: 2.5 },
      { emotion: 'anger', intensity: 1, startSeconds: 3.1, endSeconds: 4 },
      { emotion: 'fear', intensity: 0.2, startSeconds: 0, endSeconds: Infinity },
    ]);
    expect(parseEmotions('Sadness=1@2-')).toEqual([{ emotion: 'sadness', intensity: 1, startSeconds: 2, endSeconds: Infinity }]);
    expect(parseEmotions('')).toEqual([]);
  });

  it.each([
    'joy',
    'joy=',
    'joy=2',
    'joy=-1',
    'joy=0.5@3-1',
    'joy=0.5@2-2',
    'bliss=1',
    'neutral=1',
    'joy=1@a-b',
    'joy=1..2',
    'joy=1@0-2,joy=.5@1-3',
    '__proto__=1',
  ])('refuses "%s" as wrong usage', (text) => {
    expect(() => parseEmotions(text)).toThrow(UsageError);
  });

  it('names the part that is wrong and what to write', () => {
    try {
      parseEmotions('joy=0.5,hapy=1');
      expect.unreachable();
    } catch (error) {
      expect((error as UsageError).message).toContain('hapy');
      expect((error as UsageError).remedy).toContain('anger');
    }
  });
});

describe('emotionCurvesFrom', () => {
  const at = (text: string, timeSeconds: number) => evaluateCurve(emotionCurvesFrom(parseEmotions(text), 5).joy, timeSeconds);

  it('holds the intensity inside the range and is at rest outside', () => {
    expect(at('joy=0.7@1-3', 2)).toBeCloseTo(0.7, 5);
    expect(at('joy=0.7@1-3', 0.9)).toBe(0);
    expect(at('joy=0.7@1-3', 3.1)).toBe(0);
    expect(at('joy=0.7@1-3', 1.15)).toBeGreaterThan(0.05);
    expect(at('joy=0.7@1-3', 1.15)).toBeLessThan(0.65);
  });

  it('needs no ramp where nothing comes before or after', () => {
    for (const timeSeconds of [0, 2, 5]) expect(at('joy=0.5', timeSeconds)).toBeCloseTo(0.5, 5);
    expect(at('joy=0.5@2-9', 5)).toBeCloseTo(0.5, 5);
  });

  it('keeps keys in order of time, one a time, also where stretches touch', () => {
    const { joy } = emotionCurvesFrom(parseEmotions('joy=0.2@0.5-1,joy=0.9@1-1.5,joy=.4@1.5-1.6'), 5);
    for (let k = 1; k < joy.keys.length; k++) expect(joy.keys[k].timeSeconds).toBeGreaterThan(joy.keys[k - 1].timeSeconds);
    expect(new Set(joy.keys.map(({ id }) => id)).size).toBe(joy.keys.length);
  });

  it('leaves out what starts after the line ends', () => {
    expect(emotionCurvesFrom(parseEmotions('joy=1@7-9'), 5).joy.keys).toEqual([]);
  });
});

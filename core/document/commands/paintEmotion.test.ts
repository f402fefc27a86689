import { describe, expect, it } from 'vitest';
import { evaluateCurve } from '../../curves/evaluateCurve';
import { FIXTURE_LINE, fixtureRecords } from '../documentFixture';
import { DocumentStore } from '../documentStore';
import type { EmotionCurveRecord } from '../records';
import { setEmotionKey } from './emotionKeys';
import { paintEmotion, type StrokePoint } from './paintEmotion';

const lineId = FIXTURE_LINE;

function painted(stroke: readonly StrokePoint[], before: readonly (readonly [number, number])[] = []) {
  const store = new DocumentStore(fixtureRecords());
  store.transact('before', (draft) => {
    for (const [timeSeconds, value] of before)
      setEmotionKey(draft, { lineId, emotion: 'joy', timeSeconds, value, newKeyId: `k${timeSeconds}` });
  });
  store.transact('Paint', (draft) => paintEmotion(draft, { lineId, emotion: 'joy', stroke, idPrefix: 'p' }));
  return (store.records[`emotion:${lineId}:joy`] as EmotionCurveRecord | undefined)?.keys ?? [];
}

describe('paintEmotion', () => {
  it('follows the stroke within the bound, with far fewer keys than frames', () => {
    const stroke = Array.from({ length: 50 }, (_unused, index) => {
      return { timeSeconds: 0.4 + index * 0.02, value: 0.5 + 0.4 * Math.sin(index / 8) };
    });
    const keys = painted(stroke);
    expect(keys.length).toBeGreaterThan(3);
    expect(keys.length).toBeLessThan(20);
    for (const point of stroke)
      expect(Math.abs(evaluateCurve({ keys }, Math.round(point.timeSeconds * 60) / 60) - point.value)).toBeLessThan(0.06);
  });

  it('replaces keys under the stroke and leaves those outside', () => {
    const stroke = [
      { timeSeconds: 0.5, value: 0.2 },
      { timeSeconds: 1, value: 0.2 },
    ];
    const keys = painted(stroke, [
      [0.2, 1],
      [0.7, 1],
      [1.5, 1],
    ]);
    expect(keys.map((key) => key.id).filter((id) => id.startsWith('k'))).toEqual(['k0.2', 'k1.5']);
    expect(evaluateCurve({ keys }, 0.7)).toBeCloseTo(0.2, 5);
  });

  it('is cut to the sound and to 0..1, and a click paints nothing', () => {
    const keys = painted([
      { timeSeconds: -1, value: -2 },
      { timeSeconds: 9, value: 4 },
    ]);
    expect(keys[0].timeSeconds).toBe(0);
    expect(keys.at(-1)!.timeSeconds).toBeCloseTo(2, 6);
    for (const { value } of keys) expect(value >= 0 && value <= 1).toBe(true);
    expect(painted([{ timeSeconds: 1, value: 0.5 }])).toEqual([]);
    expect(painted([])).toEqual([]);
  });

  it('lets the later part of a stroke that goes back win', () => {
    const keys = painted([
      { timeSeconds: 0.5, value: 0.9 },
      { timeSeconds: 1, value: 0.9 },
      { timeSeconds: 0.5, value: 0.1 },
    ]);
    expect(evaluateCurve({ keys }, 0.5)).toBeCloseTo(0.1, 2);
  });
});

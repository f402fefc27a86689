import { describe, expect, it } from 'vitest';
import type { CurveKey } from '../../../core/curves/keyedCurve';
import {
  curvePolyline,
  isOnCurve,
  keyPoints,
  keysInBox,
  laneAxis,
  segmentAround,
  valueAt,
  valueDelta,
  yOf,
} from './lane-geometry';

const key = (id: string, timeSeconds: number, value: number): CurveKey => ({
  id,
  timeSeconds,
  value,
  interpolation: 'linear',
  tangentMode: 'auto',
});
const keys = [key('a', 1, 0), key('b', 2, 1)];
const scale = { startSeconds: 0, pixelsPerSecond: 100, width: 400 };
const axis = laneAxis(42);

describe('lane', () => {
  it('has 0 at the bottom and 1 at the top, inside the lane', () => {
    expect(yOf(axis, 0)).toBe(34);
    expect(yOf(axis, 1)).toBe(8);
    for (const value of [0, 0.3, 1]) expect(valueAt(axis, yOf(axis, value))).toBeCloseTo(value);
    expect(valueDelta(axis, -26)).toBeCloseTo(1);
  });

  it('draws the line within the sound only, through every key', () => {
    const line = curvePolyline({ keys }, scale, axis, { startSeconds: 0, endSeconds: 3 });
    expect(line[0].x).toBe(0);
    expect(line[line.length - 1].x).toBe(300);
    for (const point of keyPoints(keys, scale, axis))
      expect(line.some(({ x, y }) => x === point.x && Math.abs(y - point.y) < 1e-6)).toBe(true);
    line.forEach((point, index) => index > 0 && expect(point.x).toBeGreaterThanOrEqual(line[index - 1].x));
  });

  it('tells the keys around a time, none before the first and after the last', () => {
    expect(segmentAround(keys, 1.5)).toEqual([0, 1]);
    expect(segmentAround(keys, 0.5)).toBeNull();
    expect(segmentAround(keys, 2.5)).toBeNull();
  });

  it('knows when the pointer is on the curve', () => {
    expect(isOnCurve({ keys }, scale, axis, 150, yOf(axis, 0.5) + 4)).toBe(true);
    expect(isOnCurve({ keys }, scale, axis, 150, yOf(axis, 0.5) + 9)).toBe(false);
  });
});

describe('keysInBox', () => {
  it('catches what lies in it, edges included', () => {
    const points = [
      { x: 10, y: 5 },
      { x: 20, y: 30 },
      { x: 30, y: 5 },
    ];
    expect(keysInBox(points, { left: 10, top: 0, width: 20, height: 10 })).toEqual([0, 2]);
    expect(keysInBox(points, { left: 11, top: 0, width: 10, height: 40 })).toEqual([1]);
    expect(keysInBox([], { left: 0, top: 0, width: 1, height: 1 })).toEqual([]);
  });
});

import { describe, expect, test } from 'vitest';
import { captureOffsetSeconds } from './captureOffset';

const at = (hours: number, minutes = 0, seconds = 0): number => (hours * 60 + minutes) * 60 + seconds;

describe('where a capture begins on a line', () => {
  test('by the difference of the timecodes, either way', () => {
    expect(captureOffsetSeconds(at(10, 0, 2) + 0.5, { text: '10:00:00:00', rate: '25' })).toBeCloseTo(2.5, 9);
    expect(captureOffsetSeconds(at(9, 59, 58), { text: '10:00:00:12', rate: '24' })).toBeCloseTo(-2.5, 9);
  });

  test('the shorter way around midnight', () => {
    expect(captureOffsetSeconds(1, { text: '23:59:59:00', rate: '30' })).toBeCloseTo(2, 9);
    expect(captureOffsetSeconds(at(23, 59, 59), { text: '00:00:01:00', rate: '30' })).toBeCloseTo(-2, 9);
  });

  test('29.97 without drops counts slower than the clock, with drops it does not', () => {
    expect(captureOffsetSeconds(at(1, 1, 40), { text: '01:00:00:00', rate: '29.97' })).toBeCloseTo(100.1, 9);
    expect(captureOffsetSeconds(at(1, 1, 40), { text: '01:00:00;00', rate: '29.97' })).toBeCloseTo(100, 9);
  });

  test('nothing without a timecode that can be read', () => {
    expect(captureOffsetSeconds(5, undefined)).toBeNull();
    expect(captureOffsetSeconds(5, { text: 'ten', rate: '30' })).toBeNull();
    expect(captureOffsetSeconds(5, { text: '10:00:00:00', rate: '31' })).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { frameOf, parseTime, timecodeOf, timeLabel } from './timecode';

describe('timecode', () => {
  it('counts frames of the rate', () => {
    expect(timecodeOf(3.866667, '30')).toBe('00:00:03:26');
    expect(timecodeOf(3661.5, '24')).toBe('01:01:01:12');
    expect(timecodeOf(1001 / 1000, '29.97')).toBe('00:00:01:00');
    expect(timecodeOf(-1, '60')).toBe('-00:00:01:00');
    expect(timeLabel(-0.5, 'timecode', '24')).toBe('-00:00:12');
  });

  it('labels in the unit in use', () => {
    expect(timeLabel(1.5, 'frames', '60')).toBe('90');
    expect(timeLabel(1.5, 'seconds', '60')).toBe('1.50');
    expect(timeLabel(61.5, 'timecode', '60')).toBe('01:01:30');
  });

  it('reads what people type', () => {
    expect(parseTime('116', 'frames', '60')).toBeCloseTo(116 / 60);
    expect(parseTime('2.5s', 'frames', '60')).toBe(2.5);
    expect(parseTime('2.5', 'seconds', '60')).toBe(2.5);
    expect(parseTime('150f', 'seconds', '30')).toBe(5);
    expect(parseTime('1:03:12', 'frames', '24')).toBeCloseTo(63.5);
    expect(parseTime('-12f', 'seconds', '24')).toBe(-0.5);
    for (const bad of ['', 'abc', '1:2:3:4:5', '-', '1,5']) expect(parseTime(bad, 'frames', '60')).toBeNull();
  });

  it('writes what it reads', () => {
    for (const seconds of [0, 0.5, 12.25, 3599.5])
      expect(parseTime(timecodeOf(seconds, '60'), 'timecode', '60')).toBeCloseTo(seconds);
  });

  it('finds the frame', () => expect(frameOf(1.2, '25')).toBe(30));
});

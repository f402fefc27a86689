import { describe, expect, it } from 'vitest';
import { MienError } from '../errors';
import { toMono } from './toMono';

const decoded = {
  sampleRateHz: 48000,
  format: 'test',
  channels: [Float32Array.of(0.1, -0.1), Float32Array.of(0.5, -0.5), Float32Array.of(0, 0)],
};

describe('toMono', () => {
  it('takes the loudest channel by default', () => {
    expect(toMono(decoded).samples).toBe(decoded.channels[1]);
  });

  it('takes the first of equal channels', () => {
    const twin = Float32Array.of(0.5, -0.5);
    expect(toMono({ ...decoded, channels: [twin, twin.slice()] }).samples).toBe(twin);
  });

  it('mixes by the mean and picks by number', () => {
    expect(toMono(decoded, { channel: 'mix' }).samples[0]).toBeCloseTo(0.2, 6);
    expect(toMono(decoded, { channel: 2 }).samples).toBe(decoded.channels[2]);
  });

  it('says which channels there are', () => {
    expect(() => toMono(decoded, { channel: 7 })).toThrow(/Channel 8 .* has 3/);
    expect(() => toMono({ ...decoded, channels: [] })).toThrow(MienError);
  });
});

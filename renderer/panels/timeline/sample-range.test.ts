import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../core/testing/seededRandom';
import { rangeOf } from './sample-range';

describe('range of samples', () => {
  it('is what looking at every sample gives, for any stretch', () => {
    const random = seededRandom(7);
    const samples = Float32Array.from({ length: 1003 }, () => random() * 2 - 1);
    for (let turn = 0; turn < 300; turn += 1) {
      const [from, to] = [Math.floor(random() * 1003), Math.floor(random() * 1004)].sort((a, b) => a - b);
      const stretch = samples.subarray(from, to);
      expect(rangeOf(samples, from, to)).toEqual({ low: Math.min(...stretch), high: Math.max(...stretch) });
    }
  });

  it('keeps to the samples there are', () => {
    const samples = new Float32Array(200).fill(0.5);
    expect(rangeOf(samples, -10, 900)).toEqual({ low: 0.5, high: 0.5 });
    expect(rangeOf(samples, 50, 50)).toEqual({ low: Infinity, high: -Infinity });
  });
});

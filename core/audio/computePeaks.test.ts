import { describe, expect, it } from 'vitest';
import { computePeaks } from './computePeaks';

describe('computePeaks', () => {
  it('gives the extremes of each slice, the last one short', () => {
    const samples = Float32Array.of(0.1, -0.2, 0.3, 0.4, -0.5, 0.25, 0.75);
    expect([...computePeaks({ sampleRateHz: 10, samples }, 5)]).toEqual(
      [-0.2, 0.1, 0.3, 0.4, -0.5, 0.25, 0.75, 0.75].map(Math.fround),
    );
  });

  it('draws more pairs than samples and no samples', () => {
    const peaks = computePeaks({ sampleRateHz: 10, samples: Float32Array.of(1, -1) }, 20);
    expect([...peaks]).toEqual([1, 1, 1, 1, -1, -1, -1, -1]);
    expect(computePeaks({ sampleRateHz: 10, samples: new Float32Array() }, 20)).toHaveLength(0);
    expect(() => computePeaks({ sampleRateHz: 10, samples: new Float32Array(1) }, 0)).toThrow(RangeError);
  });
});

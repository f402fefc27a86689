import { describe, expect, it } from 'vitest';
import { resample } from './resample';

function tone(sampleRateHz: number, seconds: number, hz: number): { sampleRateHz: number; samples: Float32Array } {
  const samples = Float32Array.from({ length: Math.round(sampleRateHz * seconds) }, (_, i) =>
    Math.sin((2 * Math.PI * hz * i) / sampleRateHz),
  );
  return { sampleRateHz, samples };
}

describe('resample', () => {
  it.each([8000, 11025, 22050, 44100, 48000, 96000, 192000, 7919, 44101])(
    'keeps a 1 kHz tone in place, %i Hz to 16 kHz',
    (rate) => {
      const input = tone(rate, 0.5, 1000);
      const result = resample(input, 16000);
      expect(Math.abs(result.samples.length - (input.samples.length * 16000) / rate)).toBeLessThanOrEqual(1);
      let worst = 0;
      for (let n = 400; n < 7600; n++) {
        worst = Math.max(worst, Math.abs(result.samples[n] - Math.sin((2 * Math.PI * 1000 * n) / 16000)));
      }
      // A shift of one tenth of a sample would give .04.
      expect(worst).toBeLessThan(1e-3);
    },
  );

  it('removes what the new rate cannot carry', () => {
    const result = resample(tone(48000, 0.5, 9000), 16000);
    let loudest = 0;
    for (let n = 400; n < 7600; n++) loudest = Math.max(loudest, Math.abs(result.samples[n]));
    expect(loudest).toBeLessThan(1e-3);
  });

  it('passes the band of the acoustic model', () => {
    const result = resample(tone(48000, 0.5, 7000), 16000);
    let loudest = 0;
    for (let n = 400; n < 7600; n++) loudest = Math.max(loudest, Math.abs(result.samples[n]));
    expect(loudest).toBeGreaterThan(0.85); // within 1.4 dB
  });

  it('puts a click where it was, within one sample, after any length', () => {
    for (const rate of [44100, 48000, 11025]) {
      const samples = new Float32Array(rate * 20);
      samples[Math.round(rate * 19.5)] = 1;
      const result = resample({ sampleRateHz: rate, samples }, 16000);
      let best = 0;
      for (let n = 1; n < result.samples.length; n++) if (Math.abs(result.samples[n]) > Math.abs(result.samples[best])) best = n;
      expect(Math.abs(best - 19.5 * 16000)).toBeLessThanOrEqual(1);
    }
  });

  it('takes one sample, no sample and its own rate', () => {
    expect(resample({ sampleRateHz: 48000, samples: Float32Array.of(0.5) }, 16000).samples).toHaveLength(1);
    expect(resample({ sampleRateHz: 48000, samples: new Float32Array() }, 16000).samples).toHaveLength(0);
    const same = tone(16000, 0.1, 440);
    expect(resample(same, 16000).samples).toBe(same.samples);
    expect(() => resample(same, 0)).toThrow(RangeError);
  });
});

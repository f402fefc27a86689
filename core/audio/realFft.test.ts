import { describe, expect, it } from 'vitest';
import { RealFft } from './realFft';

describe('RealFft', () => {
  it('equals the discrete Fourier transform by its definition', () => {
    for (const size of [4, 8, 64, 512]) {
      const frame = Float64Array.from({ length: size }, (_, i) => Math.sin(i * 1.7) + 0.3 * Math.cos(i * i));
      const power = new Float64Array(size / 2 + 1);
      new RealFft(size).powerSpectrum(frame, power);
      for (let k = 0; k <= size / 2; k++) {
        let real = 0;
        let imaginary = 0;
        frame.forEach((value, i) => {
          real += value * Math.cos((2 * Math.PI * k * i) / size);
          imaginary -= value * Math.sin((2 * Math.PI * k * i) / size);
        });
        expect(power[k]).toBeCloseTo(real * real + imaginary * imaginary, 6);
      }
    }
  });

  it('refuses sizes that are no power of two', () => {
    expect(() => new RealFft(500)).toThrow(RangeError);
  });
});

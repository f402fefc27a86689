/**
 * Power spectra of real frames: a radix-2 Cooley-Tukey transform of half the length with the usual untangling step
 * (Press et al., Numerical Recipes, "FFT of single real function"). Own code because every library we looked at
 * allocates per call, and this runs a few hundred thousand times a line.
 */
export class RealFft {
  /** Frame length; a power of two, at least 4. */
  readonly size: number;
  private readonly half: number;
  private readonly cosine: Float64Array;
  private readonly sine: Float64Array;
  private readonly reversed: Uint32Array;
  private readonly real: Float64Array;
  private readonly imaginary: Float64Array;

  constructor(size: number) {
    if (size < 4 || (size & (size - 1)) !== 0) throw new RangeError(`FFT size must be a power of two of at least 4, not ${size}`);
    this.size = size;
    this.half = size / 2;
    this.cosine = new Float64Array(this.half);
    this.sine = new Float64Array(this.half);
    for (let k = 0; k < this.half; k++) {
      this.cosine[k] = Math.cos((-2 * Math.PI * k) / size);
      this.sine[k] = Math.sin((-2 * Math.PI * k) / size);
    }
    this.reversed = bitReversal(this.half);
    this.real = new Float64Array(this.half);
    this.imaginary = new Float64Array(this.half);
  }

  /**
   * Squared magnitudes of bins 0..size/2.
   * @param frame `size` samples; not changed
   * @param power receives size/2 + 1 values; may be `frame`'s own buffer only if long enough (it is written last)
   */
  powerSpectrum(frame: Float64Array, power: Float64Array): void {
    const { half, real, imaginary, cosine, sine, reversed } = this;
    for (let i = 0; i < half; i++) {
      const at = reversed[i];
      real[i] = frame[2 * at];
      imaginary[i] = frame[2 * at + 1];
    }
    this.butterflies();
    power[0] = (real[0] + imaginary[0]) ** 2;
    power[half] = (real[0] - imaginary[0]) ** 2;
    for (let k = 1; k <= half / 2; k++) {
      const mirror = half - k;
      const evenReal = 0.5 * (real[k] + real[mirror]);
      const evenImaginary = 0.5 * (imaginary[k] - imaginary[mirror]);
      const oddReal = 0.5 * (imaginary[k] + imaginary[mirror]);
      const oddImaginary = -0.5 * (real[k] - real[mirror]);
      const turnedReal = oddReal * cosine[k] - oddImaginary * sine[k];
      const turnedImaginary = oddReal * sine[k] + oddImaginary * cosine[k];
      power[k] = (evenReal + turnedReal) ** 2 + (evenImaginary + turnedImaginary) ** 2;
      power[mirror] = (evenReal - turnedReal) ** 2 + (evenImaginary - turnedImaginary) ** 2;
    }
  }

  /**
   * Turns a power spectrum back into the (circular) autocorrelation, unscaled: the spectrum is real and even, so that the
   * cosine part of one more forward transform is all there is.
   * @param power size/2 + 1 values
   * @param result receives lags 0..size/2 (longer arrays keep their tail)
   */
  cosineTransform(power: Float64Array, result: Float64Array): void {
    const { half, size, real, imaginary, cosine, sine, reversed } = this;
    for (let i = 0; i < half; i++) {
      const at = 2 * reversed[i];
      real[i] = power[at <= half ? at : size - at];
      imaginary[i] = power[at + 1 <= half ? at + 1 : size - at - 1];
    }
    this.butterflies();
    result[0] = real[0] + imaginary[0];
    result[half] = real[0] - imaginary[0];
    for (let k = 1; k <= half / 2; k++) {
      const mirror = half - k;
      const even = 0.5 * (real[k] + real[mirror]);
      const oddReal = 0.5 * (imaginary[k] + imaginary[mirror]);
      const oddImaginary = -0.5 * (real[k] - real[mirror]);
      const turned = oddReal * cosine[k] - oddImaginary * sine[k];
      result[k] = even + turned;
      result[mirror] = even - turned;
    }
  }

  private butterflies(): void {
    const { half, size, real, imaginary, cosine, sine } = this;
    for (let span = 1; span < half; span *= 2) {
      const tableStep = size / (2 * span);
      for (let offset = 0; offset < span; offset++) {
        const c = cosine[offset * tableStep];
        const s = sine[offset * tableStep];
        for (let a = offset; a < half; a += 2 * span) {
          const b = a + span;
          const turnedReal = real[b] * c - imaginary[b] * s;
          const turnedImaginary = real[b] * s + imaginary[b] * c;
          real[b] = real[a] - turnedReal;
          imaginary[b] = imaginary[a] - turnedImaginary;
          real[a] += turnedReal;
          imaginary[a] += turnedImaginary;
        }
      }
    }
  }
}

function bitReversal(count: number): Uint32Array {
  const reversed = new Uint32Array(count);
  const bits = Math.log2(count);
  for (let i = 0; i < count; i++) {
    let mirrored = 0;
    for (let bit = 0; bit < bits; bit++) if (i & (1 << bit)) mirrored |= 1 << (bits - 1 - bit);
    reversed[i] = mirrored;
  }
  return reversed;
}

import type { MonoPcm } from './pcm';

/**
 * Half the length of the low-pass in zero crossings of its sinc, and the Kaiser window's shape. 16 crossings with beta 8
 * stop aliases below about -80 dB with a transition band of about .16 of the lower Nyquist frequency
 * (Smith, "Digital Audio Resampling", CCRMA; Kaiser & Schafer 1980 for the window's figures).
 */
const ZERO_CROSSINGS = 16;
const KAISER_BETA = 8;
/** The -6 dB point as a fraction of the lower of the two Nyquist frequencies: half the transition band below it. */
const CUTOFF_FRACTION = 0.94;
/** Ratios with at most so many phases get an exact filter each; stranger ones interpolate between this many. */
const PHASE_LIMIT = 1024;

/**
 * Band-limited change of sample rate by windowed sinc. No delay: output sample n lies at n / rateHz seconds, and the
 * length is kept to within one sample. Cost and memory grow with the length only.
 * @param rateHz target rate in Hz; the input itself is returned when it already has it
 * @throws RangeError for a rate that is not a positive whole number
 */
export function resample(pcm: MonoPcm, rateHz: number): MonoPcm {
  const from = pcm.sampleRateHz;
  if (!Number.isInteger(rateHz) || rateHz <= 0 || !Number.isInteger(from) || from <= 0) {
    throw new RangeError(`Cannot change the sample rate from ${from} to ${rateHz} Hz`);
  }
  if (from === rateHz || pcm.samples.length === 0) return { sampleRateHz: rateHz, samples: pcm.samples };
  const divisor = greatestCommonDivisor(from, rateHz);
  const phases = rateHz / divisor;
  const step = from / divisor;
  const samples = new Float32Array(Math.max(1, Math.ceil((pcm.samples.length * phases) / step)));
  if (phases <= PHASE_LIMIT) convolveExact(pcm.samples, samples, phases, step, filterBank(from, rateHz, phases));
  else convolveInterpolated(pcm.samples, samples, phases, step, filterBank(from, rateHz, PHASE_LIMIT));
  return { sampleRateHz: rateHz, samples };
}

interface FilterBank {
  readonly taps: number;
  /** Taps before the sample at or left of the output's position. */
  readonly reach: number;
  /** Phase-major, one phase more than asked (the last is the first, a sample later), each of `taps` values. */
  readonly weights: Float64Array;
}

function filterBank(fromHz: number, toHz: number, phaseCount: number): FilterBank {
  const cutoff = CUTOFF_FRACTION * Math.min(1, toHz / fromHz);
  const halfWidth = ZERO_CROSSINGS / cutoff;
  const reach = Math.ceil(halfWidth);
  const taps = Math.ceil((2 * reach + 2) / 4) * 4;
  const weights = new Float64Array((phaseCount + 1) * taps);
  for (let phase = 0; phase <= phaseCount; phase++) {
    let sum = 0;
    for (let tap = 0; tap < taps; tap++) {
      const distance = tap - reach - phase / phaseCount;
      const weight = Math.abs(distance) >= halfWidth ? 0 : sinc(distance * cutoff) * kaiser(distance / halfWidth);
      weights[phase * taps + tap] = weight;
      sum += weight;
    }
    // Every phase passes a constant unchanged: no ripple at the phase rate.
    for (let tap = 0; tap < taps; tap++) weights[phase * taps + tap] /= sum;
  }
  return { taps, reach, weights };
}

function convolveExact(input: Float32Array, output: Float32Array, phases: number, step: number, bank: FilterBank): void {
  const { taps, reach, weights } = bank;
  const wholeStep = Math.floor(step / phases);
  const phaseStep = step - wholeStep * phases;
  let base = 0;
  let phase = 0;
  for (let n = 0; n < output.length; n++) {
    output[n] = dot(input, base - reach, weights, phase * taps, taps);
    base += wholeStep;
    phase += phaseStep;
    if (phase >= phases) {
      phase -= phases;
      base++;
    }
  }
}

function convolveInterpolated(input: Float32Array, output: Float32Array, phases: number, step: number, bank: FilterBank): void {
  const { taps, reach, weights } = bank;
  for (let n = 0; n < output.length; n++) {
    // n x step stays below 2^53 for any length and rate we accept, so the position never drifts.
    const base = Math.floor((n * step) / phases);
    const fine = (((n * step) % phases) / phases) * PHASE_LIMIT;
    const phase = Math.floor(fine);
    const left = dot(input, base - reach, weights, phase * taps, taps);
    const right = dot(input, base - reach, weights, (phase + 1) * taps, taps);
    output[n] = left + (fine - phase) * (right - left);
  }
}

/**
 * Sum of weights times samples; samples outside the line are silence. `taps` is a multiple of four: four running sums
 * hide the latency of the additions and halve the time.
 */
function dot(input: Float32Array, start: number, weights: Float64Array, offset: number, taps: number): number {
  if (start >= 0 && start + taps <= input.length) {
    let sumA = 0;
    let sumB = 0;
    let sumC = 0;
    let sumD = 0;
    for (let tap = 0; tap < taps; tap += 4) {
      sumA += input[start + tap] * weights[offset + tap];
      sumB += input[start + tap + 1] * weights[offset + tap + 1];
      sumC += input[start + tap + 2] * weights[offset + tap + 2];
      sumD += input[start + tap + 3] * weights[offset + tap + 3];
    }
    return sumA + sumB + (sumC + sumD);
  }
  const first = Math.max(0, -start);
  const last = Math.min(taps, input.length - start);
  let sum = 0;
  for (let tap = first; tap < last; tap++) sum += input[start + tap] * weights[offset + tap];
  return sum;
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

function kaiser(x: number): number {
  return besselI0(KAISER_BETA * Math.sqrt(Math.max(0, 1 - x * x))) / besselI0(KAISER_BETA);
}

/** Modified Bessel function of the first kind, order 0, by its power series. */
function besselI0(x: number): number {
  let sum = 1;
  let term = 1;
  for (let k = 1; term > sum * 1e-12; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

function greatestCommonDivisor(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}

import { RealFft } from './realFft';

/**
 * The front end of the acoustic model; training/frontend.py is its twin and core/audio/golden/logmel.json pins the two to
 * each other within 1e-3. 16 kHz mono, 25 ms periodic Hann, 10 ms hop, n_fft 512, power, HTK mel, 80 bins 20-7600 Hz,
 * ln(x + 1e-6), frame k centred at k x 10 ms with reflected edges (design: speech-to-face, section 1).
 */
export const MEL_BINS = 80;
const SAMPLE_RATE_HZ = 16000;
const HOP_SAMPLES = 160;
const WINDOW_SAMPLES = 400;
const FFT_SIZE = 512;
const LOWEST_HZ = 20;
const HIGHEST_HZ = 7600;
const POWER_FLOOR = 1e-6;
/** Which frames count as "above the noise floor" when the per-line mean is taken; same numbers as training/frontend.py. */
const FLOOR_PERCENTILE = 0.1;
const PEAK_PERCENTILE = 0.95;
const ABOVE_FRACTION = 0.35;

/** Log-mel frames, frame-major: `data[frame * 80 + bin]`. */
export interface MelFrames {
  readonly frameCount: number;
  readonly data: Float32Array;
}

/** Frames that `logMel` gives for a number of 16 kHz samples: floor(n / 160) + 1, none for an empty line. */
export function melFrameCount(sampleCount: number): number {
  return sampleCount === 0 ? 0 : Math.floor(sampleCount / HOP_SAMPLES) + 1;
}

/** Raw log-mel followed by the per-line normalisation: what the acoustic model eats. */
export function logMel(samples16k: Float32Array): MelFrames {
  const mel = rawLogMel(samples16k);
  normaliseMel(mel);
  return mel;
}

/**
 * Log-mel before normalisation.
 * @param samples16k mono, 16 kHz, about -1..1, finite
 */
export function rawLogMel(samples16k: Float32Array): MelFrames {
  const frameCount = melFrameCount(samples16k.length);
  const data = new Float32Array(frameCount * MEL_BINS);
  const fft = new RealFft(FFT_SIZE);
  const window = periodicHann(WINDOW_SAMPLES);
  const bank = melFilters();
  const frame = new Float64Array(FFT_SIZE);
  const power = new Float64Array(FFT_SIZE / 2 + 1);
  for (let k = 0; k < frameCount; k++) {
    readReflected(samples16k, k * HOP_SAMPLES - WINDOW_SAMPLES / 2, frame, WINDOW_SAMPLES);
    for (let i = 0; i < WINDOW_SAMPLES; i++) frame[i] *= window[i];
    fft.powerSpectrum(frame, power);
    for (let bin = 0; bin < MEL_BINS; bin++) {
      const filter = bank[bin];
      let energy = 0;
      for (let i = 0; i < filter.weights.length; i++) energy += filter.weights[i] * power[filter.firstBin + i];
      data[k * MEL_BINS + bin] = Math.log(energy + POWER_FLOOR);
    }
  }
  return { frameCount, data };
}

/** Subtracts, in place, the per-bin mean of the frames above the noise floor of this line. */
export function normaliseMel(mel: MelFrames): void {
  const { frameCount, data } = mel;
  if (frameCount === 0) return;
  const energy = new Float64Array(frameCount);
  for (let k = 0; k < frameCount; k++) {
    let sum = 0;
    for (let bin = 0; bin < MEL_BINS; bin++) sum += data[k * MEL_BINS + bin];
    energy[k] = sum / MEL_BINS;
  }
  const sorted = energy.slice().sort();
  const floor = percentileOfSorted(sorted, FLOOR_PERCENTILE);
  const threshold = floor + ABOVE_FRACTION * (percentileOfSorted(sorted, PEAK_PERCENTILE) - floor);
  const everyFrame = sorted[frameCount - 1] <= threshold;
  const mean = new Float64Array(MEL_BINS);
  let count = 0;
  for (let k = 0; k < frameCount; k++) {
    if (!everyFrame && energy[k] <= threshold) continue;
    count++;
    for (let bin = 0; bin < MEL_BINS; bin++) mean[bin] += data[k * MEL_BINS + bin];
  }
  for (let bin = 0; bin < MEL_BINS; bin++) mean[bin] /= count;
  for (let k = 0; k < frameCount; k++) for (let bin = 0; bin < MEL_BINS; bin++) data[k * MEL_BINS + bin] -= mean[bin];
}

/** Value at fraction `p` (0..1) of ascending values, linearly interpolated (numpy's "linear"). */
export function percentileOfSorted(sorted: ArrayLike<number>, p: number): number {
  const at = p * (sorted.length - 1);
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
}

/** Periodic Hann window: w[i] = .5 - .5 cos(2 pi i / n). */
export function periodicHann(length: number): Float64Array {
  return Float64Array.from({ length }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / length));
}

/**
 * Copies `count` samples from `start` on; outside the line samples are reflected without repeating the edge
 * (x[-1] = x[1]), as often as it takes; a line of one sample is constant.
 */
export function readReflected(samples: Float32Array, start: number, into: Float64Array, count: number): void {
  const length = samples.length;
  if (start >= 0 && start + count <= length) {
    for (let i = 0; i < count; i++) into[i] = samples[start + i];
    return;
  }
  const period = 2 * (length - 1);
  for (let i = 0; i < count; i++) {
    if (period === 0) {
      into[i] = samples[0];
      continue;
    }
    let at = (start + i) % period;
    if (at < 0) at += period;
    into[i] = samples[at >= length ? period - at : at];
  }
}

interface MelFilter {
  readonly firstBin: number;
  readonly weights: Float64Array;
}

/** HTK mel triangles with peak 1, read at the bin centres. The lowest are narrower than a bin and some catch none. */
function melFilters(): MelFilter[] {
  const toMel = (hz: number) => 2595 * Math.log10(1 + hz / 700);
  const toHz = (mel: number) => 700 * (10 ** (mel / 2595) - 1);
  const low = toMel(LOWEST_HZ);
  const step = (toMel(HIGHEST_HZ) - low) / (MEL_BINS + 1);
  const edges = Array.from({ length: MEL_BINS + 2 }, (_, i) => toHz(low + i * step));
  return Array.from({ length: MEL_BINS }, (_, m) => {
    const weights: number[] = [];
    let firstBin = 0;
    for (let bin = 0; bin <= FFT_SIZE / 2; bin++) {
      const hz = (bin * SAMPLE_RATE_HZ) / FFT_SIZE;
      const rise = (hz - edges[m]) / (edges[m + 1] - edges[m]);
      const fall = (edges[m + 2] - hz) / (edges[m + 2] - edges[m + 1]);
      const weight = Math.min(rise, fall);
      if (weight <= 0) continue;
      if (weights.length === 0) firstBin = bin;
      weights.push(weight);
    }
    return { firstBin, weights: Float64Array.from(weights) };
  });
}

import { percentileOfSorted, periodicHann } from './logMel';
import type { MonoPcm } from './pcm';
import { RealFft } from './realFft';
import { resample } from './resample';

/** Fundamental frequency at 100 Hz; entry k is the sound at k x 10 ms. */
export interface PitchTrack {
  /** Hz; 0 where unvoiced. */
  readonly f0Hz: Float32Array;
  /** Height of the normalised autocorrelation at the chosen lag, 0..1; where unvoiced, of the best candidate, at most `VOICING_THRESHOLD`. */
  readonly voicing: Float32Array;
}

/**
 * Autocorrelation pitch tracker with a path search: P. Boersma, "Accurate short-term analysis of the fundamental
 * frequency and the harmonics-to-noise ratio of a sampled sound", Proc. Inst. Phonetic Sciences Amsterdam 17 (1993). Constants are that
 * paper's, except the range (design: 60-600 Hz), the rate (8 kHz: harmonics above 4 kHz do not help) and that silence is
 * judged by RMS against the 99th percentile of the line's frames instead of by peaks: one click must not silence a line.
 */
const RATE_HZ = 8000;
const HOP_SAMPLES = 80;
const LOWEST_HZ = 60;
const HIGHEST_HZ = 600;
/** Three periods of the lowest pitch. */
const WINDOW_SAMPLES = 400;
const FFT_SIZE = 1024;
const SILENCE_THRESHOLD = 0.03;
const VOICING_THRESHOLD = 0.45;
const OCTAVE_COST = 0.01;
const OCTAVE_JUMP_COST = 0.35;
const VOICED_UNVOICED_COST = 0.14;
const MAX_CANDIDATES = 8;
/**
 * "Unvoiced" stronger than this wins whatever the candidates are: 1 + the whole octave bonus + two changes of voicing. Such quiet
 * frames need no transform.
 */
const HOPELESS_UNVOICED = 1 + OCTAVE_COST * Math.log2(HIGHEST_HZ / LOWEST_HZ) + 2 * VOICED_UNVOICED_COST;
const LOUD_PERCENTILE = 0.99;

/** Candidate slots of a frame: slot 0 is "unvoiced" (0 Hz), then at most seven lags, unused ones at -1 Hz. */
interface Candidates {
  readonly hz: Float32Array;
  readonly strength: Float32Array;
  readonly level: Float32Array;
}

/**
 * @param samples16k mono 16 kHz
 * @param frameCount frames to give: floor(n / 160) + 1
 */
export function trackPitch(samples16k: Float32Array, frameCount: number): PitchTrack {
  const half: MonoPcm = resample({ sampleRateHz: 16000, samples: samples16k }, RATE_HZ);
  const candidates = findCandidates(half.samples, frameCount);
  const path = bestPath(candidates, frameCount);
  const f0Hz = new Float32Array(frameCount);
  const voicing = new Float32Array(frameCount);
  for (let k = 0; k < frameCount; k++) {
    const at = k * MAX_CANDIDATES + path[k];
    f0Hz[k] = Math.max(0, candidates.hz[at]);
    let best = 0;
    for (let c = 1; c < MAX_CANDIDATES; c++) {
      if (candidates.hz[k * MAX_CANDIDATES + c] > 0) best = Math.max(best, candidates.strength[k * MAX_CANDIDATES + c]);
    }
    voicing[k] =
      path[k] === 0 ? Math.min(best, VOICING_THRESHOLD) * silenceGate(candidates.level[k]) : Math.min(1, candidates.strength[at]);
  }
  return { f0Hz, voicing };
}

/** Digital silence and room tone have no voicing strength, whatever their autocorrelation. */
function silenceGate(relativeLevel: number): number {
  return Math.min(1, relativeLevel / SILENCE_THRESHOLD);
}

function findCandidates(samples: Float32Array, frameCount: number): Candidates {
  const hz = new Float32Array(frameCount * MAX_CANDIDATES).fill(-1);
  const strength = new Float32Array(frameCount * MAX_CANDIDATES);
  const level = new Float32Array(frameCount);
  const fft = new RealFft(FFT_SIZE);
  const window = periodicHann(WINDOW_SAMPLES);
  const windowCorrelation = autocorrelationOf(fft, window);
  const frame = new Float64Array(FFT_SIZE);
  const correlation = new Float64Array(FFT_SIZE);
  const longest = Math.ceil(RATE_HZ / LOWEST_HZ);
  const startOf = (k: number) => k * HOP_SAMPLES - WINDOW_SAMPLES / 2;
  for (let k = 0; k < frameCount; k++) level[k] = readFrame(samples, startOf(k), window, frame);
  scoreUnvoiced(level, strength);
  for (let k = 0; k < frameCount; k++) {
    const row = k * MAX_CANDIDATES;
    hz[row] = 0;
    if (strength[row] > HOPELESS_UNVOICED) continue;
    readFrame(samples, startOf(k), window, frame);
    correlate(fft, frame, correlation);
    if (!(correlation[0] > 0)) continue;
    for (let lag = 1; lag <= longest + 1; lag++) correlation[lag] = correlation[lag] / correlation[0] / windowCorrelation[lag];
    collectPeaks(correlation, longest, hz, strength, row);
  }
  return { hz, strength, level };
}

/** Windowed frame without its mean, zero-padded; returns its RMS before the window. */
function readFrame(samples: Float32Array, start: number, window: Float64Array, frame: Float64Array): number {
  let mean = 0;
  for (let i = 0; i < WINDOW_SAMPLES; i++) {
    const at = start + i;
    const value = at >= 0 && at < samples.length ? samples[at] : 0;
    frame[i] = value;
    mean += value;
  }
  mean /= WINDOW_SAMPLES;
  let energy = 0;
  for (let i = 0; i < WINDOW_SAMPLES; i++) {
    const value = frame[i] - mean;
    energy += value * value;
    frame[i] = value * window[i];
  }
  frame.fill(0, WINDOW_SAMPLES);
  return Math.sqrt(energy / WINDOW_SAMPLES);
}

/** Autocorrelation by Wiener-Khinchin; the power spectrum is real and even, so that one more transform turns it back. */
function correlate(fft: RealFft, frame: Float64Array, correlation: Float64Array): void {
  fft.powerSpectrum(frame, correlation);
  fft.cosineTransform(correlation, correlation);
}

function autocorrelationOf(fft: RealFft, window: Float64Array): Float64Array {
  const frame = new Float64Array(FFT_SIZE);
  frame.set(window);
  const result = new Float64Array(FFT_SIZE);
  correlate(fft, frame, result);
  const zero = result[0];
  return result.map((value) => value / zero);
}

/** The strongest local maxima, parabolically interpolated; the lag window favours high pitch by the octave cost. */
function collectPeaks(r: Float64Array, longest: number, hz: Float32Array, strength: Float32Array, row: number): void {
  const shortest = Math.floor(RATE_HZ / HIGHEST_HZ);
  for (let lag = shortest; lag <= longest; lag++) {
    if (!(r[lag] > 0.5 * VOICING_THRESHOLD && r[lag] >= r[lag - 1] && r[lag] > r[lag + 1])) continue;
    const curve = r[lag - 1] - 2 * r[lag] + r[lag + 1];
    const shift = curve < 0 ? (0.5 * (r[lag - 1] - r[lag + 1])) / curve : 0;
    const height = Math.min(1, r[lag] - 0.25 * (r[lag - 1] - r[lag + 1]) * shift);
    const pitch = RATE_HZ / (lag + shift);
    if (pitch < LOWEST_HZ || pitch > HIGHEST_HZ) continue;
    insertCandidate(pitch, height - OCTAVE_COST * Math.log2(LOWEST_HZ / pitch), hz, strength, row);
  }
}

function insertCandidate(pitch: number, score: number, hz: Float32Array, strength: Float32Array, row: number): void {
  let weakest = 1;
  for (let c = 1; c < MAX_CANDIDATES; c++) {
    if (hz[row + c] < 0) {
      weakest = c;
      break;
    }
    if (strength[row + c] < strength[row + weakest]) weakest = c;
  }
  if (hz[row + weakest] > 0 && strength[row + weakest] >= score) return;
  hz[row + weakest] = pitch;
  strength[row + weakest] = score;
}

/** Strength of "unvoiced": high in quiet frames. Makes `level` relative to the loud frames of the line. */
function scoreUnvoiced(level: Float32Array, strength: Float32Array): void {
  if (level.length === 0) return;
  const loud = percentileOfSorted(level.slice().sort(), LOUD_PERCENTILE) || 1;
  for (let k = 0; k < level.length; k++) {
    level[k] = Math.min(1, level[k] / loud);
    const quiet = 2 - level[k] / (SILENCE_THRESHOLD / (1 + VOICING_THRESHOLD));
    strength[k * MAX_CANDIDATES] = VOICING_THRESHOLD + Math.max(0, quiet);
  }
}

/** Viterbi over the candidates: few octave jumps, few changes between voiced and unvoiced. */
function bestPath(candidates: Candidates, frameCount: number): Uint8Array {
  const { hz, strength } = candidates;
  const from = new Uint8Array(frameCount * MAX_CANDIDATES);
  let score = new Float64Array(MAX_CANDIDATES);
  let next = new Float64Array(MAX_CANDIDATES);
  for (let k = 0; k < frameCount; k++) {
    const row = k * MAX_CANDIDATES;
    for (let c = 0; c < MAX_CANDIDATES; c++) {
      next[c] = -Infinity;
      if (hz[row + c] < 0) continue;
      for (let p = 0; p < MAX_CANDIDATES; p++) {
        const before = k === 0 ? 0 : hz[row - MAX_CANDIDATES + p];
        if (before < 0 || (k === 0 && p > 0)) continue;
        const cost = k === 0 ? 0 : transitionCost(before, hz[row + c]);
        const total = score[p] + strength[row + c] - cost;
        if (total > next[c]) {
          next[c] = total;
          from[row + c] = p;
        }
      }
    }
    [score, next] = [next, score];
  }
  const path = new Uint8Array(frameCount);
  let best = 0;
  for (let c = 1; c < MAX_CANDIDATES; c++) if (score[c] > score[best]) best = c;
  for (let k = frameCount - 1; k >= 0; k--) {
    path[k] = best;
    best = from[k * MAX_CANDIDATES + best];
  }
  return path;
}

function transitionCost(beforeHz: number, afterHz: number): number {
  if (beforeHz === 0 && afterHz === 0) return 0;
  if (beforeHz === 0 || afterHz === 0) return VOICED_UNVOICED_COST;
  return OCTAVE_JUMP_COST * Math.abs(Math.log2(beforeHz / afterHz));
}

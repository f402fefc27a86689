import { melFrameCount, periodicHann, readReflected } from './logMel';
import { measureEffort } from './measureEffort';
import { ANALYSIS_HOP_SECONDS, ANALYSIS_RATE_HZ, type MonoPcm } from './pcm';
import type { ProsodyTrack } from './prosodyTrack';
import { RealFft } from './realFft';
import { trackPitch } from './trackPitch';
import type { VoiceProfile } from './voiceProfile';

const HOP_SAMPLES = 160;
const WINDOW_SAMPLES = 400;
const FFT_SIZE = 512;
const QUIETEST_DB = -100;
/** Tilt is read from 100 Hz to 5 kHz (ProsodyTrack). */
const TILT_LOW_HZ = 100;
const TILT_HIGH_HZ = 5000;

export interface ProsodyOptions {
  /** Voice activity 0..1 a frame, of the acoustic model. Without it all 1. */
  readonly voice?: Float32Array;
  /** What is usual for this speaker; without it the line is its own measure. */
  readonly profile?: VoiceProfile;
}

/**
 * Pitch, voicing, loudness, spectral tilt and effort of a line at 100 Hz.
 * Time and memory grow with the length only.
 * @param pcm mono at 16 kHz
 * @throws RangeError for another rate
 */
export function analyseProsody(pcm: MonoPcm, options: ProsodyOptions = {}): ProsodyTrack {
  if (pcm.sampleRateHz !== ANALYSIS_RATE_HZ)
    throw new RangeError(`Prosody is read at ${ANALYSIS_RATE_HZ} Hz, not ${pcm.sampleRateHz}`);
  const frameCount = melFrameCount(pcm.samples.length);
  const { loudnessDb, tiltDbPerOctave } = loudnessAndTilt(pcm.samples, frameCount);
  const { f0Hz, voicing } = trackPitch(pcm.samples, frameCount);
  const effort = measureEffort({ f0Hz, loudnessDb, tiltDbPerOctave }, options.profile);
  const voice = options.voice ?? new Float32Array(frameCount).fill(1);
  return { hopSeconds: ANALYSIS_HOP_SECONDS, f0Hz, voicing, loudnessDb, tiltDbPerOctave, effort, voice };
}

function loudnessAndTilt(samples: Float32Array, frameCount: number) {
  const loudnessDb = new Float32Array(frameCount);
  const tiltDbPerOctave = new Float32Array(frameCount);
  const fft = new RealFft(FFT_SIZE);
  const window = periodicHann(WINDOW_SAMPLES);
  const line = tiltWeights();
  const frame = new Float64Array(FFT_SIZE);
  const power = new Float64Array(FFT_SIZE / 2 + 1);
  for (let k = 0; k < frameCount; k++) {
    readReflected(samples, k * HOP_SAMPLES - WINDOW_SAMPLES / 2, frame, WINDOW_SAMPLES);
    let energy = 0;
    for (let i = 0; i < WINDOW_SAMPLES; i++) energy += frame[i] * frame[i];
    loudnessDb[k] = Math.max(QUIETEST_DB, 10 * Math.log10(energy / WINDOW_SAMPLES + 1e-12));
    for (let i = 0; i < WINDOW_SAMPLES; i++) frame[i] *= window[i];
    fft.powerSpectrum(frame, power);
    let tilt = 0;
    for (let i = 0; i < line.weights.length; i++) tilt += line.weights[i] * Math.log10(power[line.firstBin + i] + 1e-12);
    tiltDbPerOctave[k] = 10 * tilt;
  }
  return { loudnessDb, tiltDbPerOctave };
}

/**
 * Slope of a least-squares line of dB over log2(Hz) is linear in the dB values: these are its weights. Each bin counts
 * 1/Hz, so that every octave counts the same.
 */
function tiltWeights(): { readonly firstBin: number; readonly weights: Float64Array } {
  const binHz = ANALYSIS_RATE_HZ / FFT_SIZE;
  const firstBin = Math.ceil(TILT_LOW_HZ / binHz);
  const count = Math.floor(TILT_HIGH_HZ / binHz) - firstBin + 1;
  const octave = Float64Array.from({ length: count }, (_, i) => Math.log2((firstBin + i) * binHz));
  const share = Float64Array.from({ length: count }, (_, i) => 1 / (firstBin + i));
  let shareSum = 0;
  let mean = 0;
  for (let i = 0; i < count; i++) {
    shareSum += share[i];
    mean += share[i] * octave[i];
  }
  mean /= shareSum;
  let spread = 0;
  for (let i = 0; i < count; i++) spread += share[i] * (octave[i] - mean) ** 2;
  return { firstBin, weights: Float64Array.from({ length: count }, (_, i) => (share[i] * (octave[i] - mean)) / spread) };
}

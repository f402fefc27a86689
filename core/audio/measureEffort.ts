import { percentileOfSorted } from './logMel';
import type { VoiceProfile } from './voiceProfile';

/** The tracks effort is read from; all of one length, 100 Hz. */
export interface EffortInput {
  readonly f0Hz: Float32Array;
  readonly loudnessDb: Float32Array;
  readonly tiltDbPerOctave: Float32Array;
}

/**
 * Shares of the three signs of vocal effort. Loudness is the definition of effort (Traunmueller & Eriksson 2000), pitch rises
 * with it by about half a semitone a dB (Lienard & Di Benedetto 1999), the spectrum flattens least reliably in
 * recordings (microphones, rooms). Our choice within that order.
 */
const LOUDNESS_SHARE = 0.45;
const PITCH_SHARE = 0.35;
const TILT_SHARE = 0.2;
/** Smallest spreads: in a monotone line tiny changes must not count as large ones. About a quarter of usual speech's. */
const LEAST_LOUDNESS_SPREAD_DB = 3;
const LEAST_PITCH_SPREAD_SEMITONES = 1.5;
const LEAST_TILT_SPREAD = 1.5;
/** MAD of a normal distribution is .6745 of its standard deviation. */
const MAD_TO_SD = 1.4826;
/** Each sign is clipped here, so that a pause or an octave error cannot run away with the sum. */
const LARGEST_Z = 3;
/** Steepness of the logistic: z = +1 gives .77, +2 gives .92. */
const LOGISTIC_SLOPE = 1.2;
/** Effort changes with syllables: a moving average of 11 frames. */
const SMOOTH_FRAMES = 11;

/**
 * Vocal effort 0..1 at 100 Hz. Loudness is always relative to the line itself (a gain change is no effort); pitch and
 * tilt to the voice profile where there is one, else to the line. .5 is the speaker's middle; silence goes to 0.
 */
export function measureEffort(input: EffortInput, profile?: VoiceProfile): Float32Array {
  const { f0Hz, loudnessDb, tiltDbPerOctave } = input;
  const frameCount = f0Hz.length;
  const voiced = voicedFrames(input);
  if (voiced.length === 0) return new Float32Array(frameCount);
  const own = profileOf(input, voiced);
  const base = profile ?? own;
  const loudness = spread(voiced.map((k) => loudnessDb[k]));
  const loudnessSd = Math.max(LEAST_LOUDNESS_SPREAD_DB, loudness.mad * MAD_TO_SD);
  const pitchSd = Math.max(LEAST_PITCH_SPREAD_SEMITONES, base.f0SpreadSemitones * MAD_TO_SD);
  const tiltSd = Math.max(LEAST_TILT_SPREAD, base.tiltSpreadDbPerOctave * MAD_TO_SD);
  const raw = new Float32Array(frameCount);
  for (let k = 0; k < frameCount; k++) {
    let z = LOUDNESS_SHARE * clipped((loudnessDb[k] - loudness.median) / loudnessSd);
    if (f0Hz[k] > 0) {
      z += PITCH_SHARE * clipped((12 * Math.log2(f0Hz[k] / base.f0MedianHz)) / pitchSd);
      z += TILT_SHARE * clipped((tiltDbPerOctave[k] - base.tiltMedianDbPerOctave) / tiltSd);
    } else {
      // Without voice only loudness speaks: it stands for all three, so that silence falls to 0 and not to a middle.
      z += (PITCH_SHARE + TILT_SHARE) * Math.min(0, clipped((loudnessDb[k] - loudness.median) / loudnessSd));
    }
    raw[k] = 1 / (1 + Math.exp(-LOGISTIC_SLOPE * z));
  }
  return smoothed(raw);
}

/** The profile of one line (or of lines joined), null when nothing in it is voiced. */
export function measureVoiceProfile(input: EffortInput): VoiceProfile | null {
  const voiced = voicedFrames(input);
  return voiced.length === 0 ? null : profileOf(input, voiced);
}

function voicedFrames(input: EffortInput): number[] {
  const frames: number[] = [];
  for (let k = 0; k < input.f0Hz.length; k++) if (input.f0Hz[k] > 0) frames.push(k);
  return frames;
}

function profileOf(input: EffortInput, voiced: readonly number[]): VoiceProfile {
  const pitch = spread(voiced.map((k) => 12 * Math.log2(input.f0Hz[k])));
  const tilt = spread(voiced.map((k) => input.tiltDbPerOctave[k]));
  return {
    f0MedianHz: 2 ** (pitch.median / 12),
    f0SpreadSemitones: pitch.mad,
    tiltMedianDbPerOctave: tilt.median,
    tiltSpreadDbPerOctave: tilt.mad,
  };
}

function spread(values: number[]): { readonly median: number; readonly mad: number } {
  const sorted = Float64Array.from(values).sort();
  const median = percentileOfSorted(sorted, 0.5);
  const deviations = sorted.map((value) => Math.abs(value - median)).sort();
  return { median, mad: percentileOfSorted(deviations, 0.5) };
}

function clipped(z: number): number {
  return Math.max(-LARGEST_Z, Math.min(LARGEST_Z, z));
}

function smoothed(values: Float32Array): Float32Array {
  const result = new Float32Array(values.length);
  const reach = (SMOOTH_FRAMES - 1) / 2;
  let sum = 0;
  let count = 0;
  for (let k = -reach; k < values.length; k++) {
    const entering = k + reach;
    const leaving = k - reach - 1;
    if (entering < values.length) {
      sum += values[entering];
      count++;
    }
    if (leaving >= 0) {
      sum -= values[leaving];
      count--;
    }
    if (k >= 0) result[k] = Math.max(0, Math.min(1, sum / count));
  }
  return result;
}

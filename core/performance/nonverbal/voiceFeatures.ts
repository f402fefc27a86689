import type { ProsodyTrack } from '../../audio/prosodyTrack';
import { gaussianSmooth } from '../../curves/smooth';
import { framesPerSecond, frameToSeconds, type FrameGrid } from '../../time/frameRate';
import { keptByIdentity } from '../keptByIdentity';
import { median } from '../rules/phoneEnergy';

/** The part of the voice that no setting changes. */
export interface VoiceTone {
  /** Semitones above the line's median F0, -8..8. */
  readonly pitchSemitones: Float32Array;
  /** dB above the line's median loudness while voiced, -12..12. */
  readonly loudnessDb: Float32Array;
}

/** Slow voice curves at the frame rate of the face; all 0 in silence. */
export interface VoiceFeatures extends VoiceTone {
  /** Effort minus the speaker's middle, -.5...5. */
  readonly effort: Float32Array;
}

const PITCH_SMOOTH_SECONDS = 0.07;
/** Beyond this an F0 reading is an octave error more often than a voice. */
const MAX_SEMITONES = 8;
/** Weight of "nothing heard": lets the curves sink to 0 in unvoiced stretches longer than a syllable. */
const SILENCE_WEIGHT = 0.12;

/** Pitch and loudness as in `voiceFeatures`: the same object for the same sound, whatever is made of its effort. Read only. */
export function voiceTone({ f0Hz, loudnessDb, hopSeconds }: ProsodyTrack, frameCount: number, rate: FrameGrid): VoiceTone {
  return keptTone(f0Hz, loudnessDb, hopSeconds, frameCount, rate).curves;
}

/** Pitch, loudness and effort around the line's middle, smoothed over voiced frames and faded out in silence. Read only. */
export function voiceFeatures(prosody: ProsodyTrack, frameCount: number, rate: FrameGrid): VoiceFeatures {
  return keptFeatures(prosody, frameCount, rate);
}

const keptFeatures = keptByIdentity((prosody: ProsodyTrack, frameCount: number, rate: FrameGrid): VoiceFeatures => {
  const { f0Hz, loudnessDb, effort, hopSeconds } = prosody;
  const tone = keptTone(f0Hz, loudnessDb, hopSeconds, frameCount, rate);
  const deviation = voicedMean((k) => clamp((effort[k] ?? 0.5) - 0.5, 0.5), tone.voiced);
  return { ...tone.curves, effort: atFrames(deviation, hopSeconds, frameCount, rate) };
});

const keptTone = keptByIdentity(
  (f0Hz: Float32Array, loudnessDb: Float32Array, hopSeconds: number, frameCount: number, rate: FrameGrid) => {
    const voiced = voicedFrames(f0Hz, PITCH_SMOOTH_SECONDS / hopSeconds);
    const voicedIndices = Array.from(f0Hz.keys()).filter((k) => voiced.isVoiced[k] > 0);
    const medianHz = median(voicedIndices.map((k) => f0Hz[k]));
    const medianDb = median(voicedIndices.map((k) => loudnessDb[k] ?? -100));
    const deviation = (read: (k: number) => number, limit: number) =>
      atFrames(
        voicedMean((k) => clamp(read(k), limit), voiced),
        hopSeconds,
        frameCount,
        rate,
      );
    const curves = {
      pitchSemitones: deviation((k) => 12 * Math.log2(f0Hz[k] / medianHz), MAX_SEMITONES),
      loudnessDb: deviation((k) => (loudnessDb[k] ?? medianDb) - medianDb, 12),
    };
    return { voiced, curves };
  },
);

interface VoicedFrames {
  /** 1 where there is a pitch, else 0. */
  readonly isVoiced: Float32Array;
  /** The same smoothed, with the width of the mean. */
  readonly weight: Float32Array;
  /** Frames. */
  readonly sigma: number;
}

function voicedFrames(f0Hz: Float32Array, sigma: number): VoicedFrames {
  const isVoiced = f0Hz.map((hz) => (hz > 0 && Number.isFinite(hz) ? 1 : 0));
  return { isVoiced, weight: gaussianSmooth(isVoiced, sigma), sigma };
}

/** Mean over voiced frames around each frame, sinking to 0 where none is near. */
function voicedMean(read: (k: number) => number, { isVoiced, weight, sigma }: VoicedFrames): Float32Array {
  const sum = gaussianSmooth(
    isVoiced.map((voiced, k) => (voiced > 0 ? read(k) : 0)),
    sigma,
  );
  for (let k = 0; k < sum.length; k++) sum[k] /= weight[k] + SILENCE_WEIGHT;
  return sum;
}

function atFrames(values: Float32Array, hopSeconds: number, frameCount: number, rate: FrameGrid): Float32Array {
  const result = new Float32Array(frameCount);
  for (let frame = 0; frame < frameCount; frame++) {
    const position = frameToSeconds(frame, rate) / hopSeconds;
    const index = Math.floor(position);
    const from = values[index] ?? 0;
    const to = values[index + 1] ?? from;
    result[frame] = from + (to - from) * (position - index);
  }
  // 100 Hz to 60 Hz reads between samples; a little smoothing takes the corners off.
  return gaussianSmooth(result, 0.012 * framesPerSecond(rate));
}

function clamp(value: number, limit: number): number {
  return Number.isFinite(value) ? Math.min(limit, Math.max(-limit, value)) : 0;
}

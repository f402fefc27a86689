import type { ProsodyTrack } from '../../audio/prosodyTrack';
import { gaussianSmooth } from '../../curves/smooth';
import { framesPerSecond, frameToSeconds, type FrameGrid } from '../../time/frameRate';
import { keptByIdentity } from '../keptByIdentity';
import { median } from '../rules/phoneEnergy';

/** Slow voice curves at the frame rate of the face; all 0 in silence. */
export interface VoiceFeatures {
  /** Semitones above the line's median F0, -8..8. */
  readonly pitchSemitones: Float32Array;
  /** dB above the line's median loudness while voiced, -12..12. */
  readonly loudnessDb: Float32Array;
  /** Effort minus the speaker's middle, -.5...5. */
  readonly effort: Float32Array;
}

const PITCH_SMOOTH_SECONDS = 0.07;
/** Beyond this an F0 reading is an octave error more often than a voice. */
const MAX_SEMITONES = 8;
/** Weight of "nothing heard": lets the curves sink to 0 in unvoiced stretches longer than a syllable. */
const SILENCE_WEIGHT = 0.12;

/** Pitch, loudness and effort around the line's middle, smoothed over voiced frames and faded out in silence. Read only. */
export function voiceFeatures(prosody: ProsodyTrack, frameCount: number, rate: FrameGrid): VoiceFeatures {
  return keptFeatures(prosody, frameCount, rate.numerator, rate.denominator, rate.startFrame);
}

const keptFeatures = keptByIdentity(
  (prosody: ProsodyTrack, frameCount: number, numerator: number, denominator: number, startFrame: number | undefined) =>
    measureVoice(prosody, frameCount, { numerator, denominator, startFrame }),
);

function measureVoice(prosody: ProsodyTrack, frameCount: number, rate: FrameGrid): VoiceFeatures {
  const count = prosody.f0Hz.length;
  const voiced = new Float32Array(count);
  for (let k = 0; k < count; k++) voiced[k] = prosody.f0Hz[k] > 0 && Number.isFinite(prosody.f0Hz[k]) ? 1 : 0;
  const voicedIndices = Array.from(voiced.keys()).filter((k) => voiced[k] > 0);
  const medianHz = median(voicedIndices.map((k) => prosody.f0Hz[k]));
  const medianDb = median(voicedIndices.map((k) => prosody.loudnessDb[k] ?? -100));
  const hop = prosody.hopSeconds;
  const deviation = (read: (k: number) => number, limit: number) =>
    atFrames(
      voicedMean((k) => clamp(read(k), limit), voiced, PITCH_SMOOTH_SECONDS / hop),
      hop,
      frameCount,
      rate,
    );
  return {
    pitchSemitones: deviation((k) => 12 * Math.log2(prosody.f0Hz[k] / medianHz), MAX_SEMITONES),
    loudnessDb: deviation((k) => (prosody.loudnessDb[k] ?? medianDb) - medianDb, 12),
    effort: deviation((k) => (prosody.effort[k] ?? 0.5) - 0.5, 0.5),
  };
}

/** Mean over voiced frames around each frame, sinking to 0 where none is near. */
function voicedMean(read: (k: number) => number, voiced: Float32Array, sigma: number): Float32Array {
  const values = new Float32Array(voiced.length);
  for (let k = 0; k < voiced.length; k++) values[k] = voiced[k] > 0 ? read(k) : 0;
  const sum = gaussianSmooth(values, sigma);
  const weight = gaussianSmooth(voiced, sigma);
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

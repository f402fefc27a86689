import { gaussianSmooth, smoothReach } from '../../curves/smooth';
import type { SampledTracks } from '../../curves/sampledTracks';
import { trackOf } from '../../curves/sampledTracks';
import { EMOTION_POSES } from '../../emotion/emotionPoses';
import type { MixedEmotion } from '../../emotion/mixEmotions';
import type { PhonemeSegment } from '../../speech/segments';
import { framesPerSecond, frameToSeconds } from '../../time/frameRate';
import { widened, type FrameSpan } from '../../time/frameSpan';
import { rangesEnvelope, speechRanges } from '../rules/speechGate';
import type { GazeShift } from './gaze';
import { NOISE_REGION, smoothNoise } from './hashNoise';
import type { VoiceFeatures } from './voiceFeatures';

const DEGREE = Math.PI / 180;
/** Slow sway while talking (range of conversation: a few degrees; Busso 2007), and how much of it stays while listening. */
const SWAY_DEGREES = { yaw: 3, pitch: 1.4, roll: 1.6 };
const LISTENING_SHARE = 0.35;
/**
 * Head height follows F0 (Munhall 2004): degrees up per semitone above the middle. With nods and sway on top this gives a
 * correlation of about .3 for head pitch alone; the .8 of Busso 2007 is canonical, over all head axes.
 */
const PITCH_DEGREES_PER_SEMITONE = 0.55;
/** Share of a look away that the head takes, and how slowly it follows the eyes. */
const GAZE_SHARE = 0.22;
const GAZE_FOLLOW_SECONDS = 0.18;
/** Resting breath: 15 a minute, barely visible. */
const BREATH_PERIOD_SECONDS = 4;
const BREATH_DEGREES = 0.22;

/** Inputs of the head's slow movement, as the pipeline has them. */
export interface HeadInput {
  readonly phonemes: readonly PhonemeSegment[];
  readonly features: VoiceFeatures;
  readonly shifts: readonly GazeShift[];
  readonly emotions: readonly MixedEmotion[];
  readonly headAmount: number;
  /** Sway, breath and drift while nobody speaks; 0 off. */
  readonly idleAmount: number;
  readonly seed: number;
}

/** Adds to head yaw, pitch and roll: sway, F0, a share of the gaze, the emotion's posture, breath. */
export function headMotion(tracks: SampledTracks, input: HeadInput, span: FrameSpan): void {
  const { phonemes, features, emotions, headAmount, idleAmount, seed } = input;
  const { frameCount, frameRate } = tracks;
  const fps = framesPerSecond(frameRate);
  const talking = rangesEnvelope(speechRanges(phonemes, 0.6), frameCount, frameRate, 0.1, 0.9);
  const slowPitch = gaussianSmooth(features.pitchSemitones, 0.08 * fps, span);
  const follow = gazeFollow(input.shifts, headAmount, tracks, span);
  const yaw = trackOf(tracks, 'headYaw');
  const pitch = trackOf(tracks, 'headPitch');
  const roll = trackOf(tracks, 'headRoll');
  for (let frame = span.first; frame < span.end; frame++) {
    const timeSeconds = frameToSeconds(frame, frameRate);
    const idle = idleAmount * (1 - talking[frame]);
    const life = (LISTENING_SHARE * idle + talking[frame]) * (1 + 0.8 * features.effort[frame]);
    const breath =
      Math.sin((2 * Math.PI * timeSeconds) / BREATH_PERIOD_SECONDS) * BREATH_DEGREES * Math.min(1, idle + talking[frame]);
    const sway = (axis: 'yaw' | 'pitch' | 'roll') => SWAY_DEGREES[axis] * life * swayNoise(seed, axis, timeSeconds);
    yaw[frame] += headAmount * sway('yaw') * DEGREE + follow.yaw[frame];
    pitch[frame] +=
      headAmount * (sway('pitch') + breath - PITCH_DEGREES_PER_SEMITONE * slowPitch[frame]) * DEGREE + follow.pitch[frame];
    roll[frame] += headAmount * sway('roll') * DEGREE;
    for (const { emotion, intensity } of emotions) {
      const pose = EMOTION_POSES[emotion];
      yaw[frame] += headAmount * intensity[frame] * pose.headYawRadians;
      pitch[frame] += headAmount * intensity[frame] * pose.headPitchRadians;
      roll[frame] += headAmount * intensity[frame] * pose.headRollRadians;
    }
  }
}

/** Two octaves of smooth noise, about a turn every two seconds with smaller movement on top. */
function swayNoise(seed: number, axis: 'yaw' | 'pitch' | 'roll', timeSeconds: number): number {
  const region = { yaw: NOISE_REGION.headYaw, pitch: NOISE_REGION.headPitch, roll: NOISE_REGION.headRoll }[axis];
  return 0.75 * smoothNoise(seed, region, timeSeconds, 1.7) + 0.25 * smoothNoise(seed + 1, region, timeSeconds, 0.63);
}

/** The head's slow share of looks away; small shifts on the listener's face do not move it. */
export function gazeFollow(
  shifts: readonly GazeShift[],
  headAmount: number,
  { frameCount, frameRate }: Pick<SampledTracks, 'frameCount' | 'frameRate'>,
  span: FrameSpan,
): { yaw: Float32Array; pitch: Float32Array } {
  const yaw = new Float32Array(frameCount);
  const pitch = new Float32Array(frameCount);
  const sigma = GAZE_FOLLOW_SECONDS * framesPerSecond(frameRate);
  const { first, end } = widened(span, smoothReach(sigma), frameCount);
  let next = 0;
  let target = { yaw: 0, pitch: 0 };
  for (let frame = first; frame < end; frame++) {
    while (next < shifts.length && shifts[next].timeSeconds <= frameToSeconds(frame, frameRate)) {
      const shift = shifts[next++];
      if (shift.isSmall) continue;
      const isLarge = Math.hypot(shift.yawRadians, shift.pitchRadians) > 4 * DEGREE;
      const share = shift.headShare ?? (isLarge ? GAZE_SHARE * Math.min(1, headAmount) : 0);
      target = { yaw: shift.yawRadians * share, pitch: shift.pitchRadians * share };
    }
    yaw[frame] = target.yaw;
    pitch[frame] = target.pitch;
  }
  return { yaw: gaussianSmooth(yaw, sigma, span), pitch: gaussianSmooth(pitch, sigma, span) };
}

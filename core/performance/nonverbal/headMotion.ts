import { gaussianSmooth, smoothStep } from '../../curves/smooth';
import type { SampledTracks } from '../../curves/sampledTracks';
import { trackOf } from '../../curves/sampledTracks';
import { EMOTION_POSES } from '../../emotion/emotionPoses';
import type { MixedEmotion } from '../../emotion/mixEmotions';
import type { PhonemeSegment } from '../../speech/segments';
import { framesPerSecond, frameToSeconds } from '../../time/frameRate';
import { rangesEnvelope, speechRanges } from '../rules/speechGate';
import type { GazeShift } from './gaze';
import { hashUniform, NOISE_REGION, smoothNoise } from './hashNoise';
import type { SpeechAccent } from './speechAccents';
import type { VoiceFeatures } from './voiceFeatures';

const DEGREE = Math.PI / 180;
/** Slow sway while talking (range of conversation: a few degrees; Busso 2007), and how much of it stays while listening. */
const SWAY_DEGREES = { yaw: 3, pitch: 1.4, roll: 1.6 };
const LISTENING_SHARE = 0.35;
/** Head height follows F0 (Munhall 2004): degrees up per semitone above the middle. */
const PITCH_DEGREES_PER_SEMITONE = 0.28;
/** Nod of a full accent; half of the accents carry one. */
const NOD_DEGREES = 2.8;
const NOD_CHANCE = 0.65;
/** Nods start before or at the stressed word and are lowest just after the vowel's middle. */
const NOD_FALL_SECONDS = 0.2;
const NOD_RETURN_SECONDS = 0.4;
/** Share of a look away that the head takes, and how slowly it follows the eyes. */
const GAZE_SHARE = 0.22;
const GAZE_FOLLOW_SECONDS = 0.18;
/** Resting breath: 15 a minute, barely visible. */
const BREATH_PERIOD_SECONDS = 4;
const BREATH_DEGREES = 0.22;

/** Writes head yaw, pitch and roll: sway, F0, nods on accents, a share of the gaze, the emotion's posture, breath. */
export function headMotion(
  tracks: SampledTracks,
  phonemes: readonly PhonemeSegment[],
  features: VoiceFeatures,
  accents: readonly SpeechAccent[],
  gaze: readonly GazeShift[],
  emotions: readonly MixedEmotion[],
  amounts: { readonly head: number; readonly gaze: number },
  seed: number,
): void {
  if (!(amounts.head > 0)) return;
  const { frameCount, frameRate } = tracks;
  const fps = framesPerSecond(frameRate);
  const talking = rangesEnvelope(speechRanges(phonemes, 0.6), frameCount, frameRate, 0.1, 0.9);
  const nods = renderNods(accents, features, frameCount, fps, seed);
  const slowPitch = gaussianSmooth(features.pitchSemitones, 0.08 * fps);
  const follow = gazeFollow(gaze, frameCount, fps);
  const yaw = trackOf(tracks, 'headYaw');
  const pitch = trackOf(tracks, 'headPitch');
  const roll = trackOf(tracks, 'headRoll');
  for (let frame = 0; frame < frameCount; frame++) {
    const timeSeconds = frameToSeconds(frame, frameRate);
    const life = (LISTENING_SHARE + (1 - LISTENING_SHARE) * talking[frame]) * (1 + 0.8 * features.effort[frame]);
    const breath = Math.sin((2 * Math.PI * timeSeconds) / BREATH_PERIOD_SECONDS) * BREATH_DEGREES;
    const sway = (axis: 'yaw' | 'pitch' | 'roll') => SWAY_DEGREES[axis] * life * swayNoise(seed, axis, timeSeconds);
    yaw[frame] = amounts.head * (sway('yaw') * DEGREE + follow.yaw[frame] * amounts.gaze);
    pitch[frame] =
      amounts.head *
      ((sway('pitch') + breath + nods[frame] - PITCH_DEGREES_PER_SEMITONE * slowPitch[frame]) * DEGREE +
        follow.pitch[frame] * amounts.gaze);
    roll[frame] = amounts.head * sway('roll') * DEGREE;
    for (const { emotion, intensity } of emotions) {
      const pose = EMOTION_POSES[emotion];
      yaw[frame] += amounts.head * intensity[frame] * pose.headYawRadians;
      pitch[frame] += amounts.head * intensity[frame] * pose.headPitchRadians;
      roll[frame] += amounts.head * intensity[frame] * pose.headRollRadians;
    }
  }
}

/** Two octaves of smooth noise, about a turn every two seconds with smaller movement on top. */
function swayNoise(seed: number, axis: 'yaw' | 'pitch' | 'roll', timeSeconds: number): number {
  const region = { yaw: NOISE_REGION.headYaw, pitch: NOISE_REGION.headPitch, roll: NOISE_REGION.headRoll }[axis];
  return 0.75 * smoothNoise(seed, region, timeSeconds, 1.7) + 0.25 * smoothNoise(seed + 1, region, timeSeconds, 0.63);
}

function renderNods(
  accents: readonly SpeechAccent[],
  features: VoiceFeatures,
  frameCount: number,
  fps: number,
  seed: number,
): Float32Array {
  const degrees = new Float32Array(frameCount);
  accents.forEach((accent, index) => {
    if (hashUniform(seed, NOISE_REGION.nod, index) > NOD_CHANCE * (0.5 + accent.strength)) return;
    const depth = NOD_DEGREES * accent.strength * (0.6 + 0.8 * hashUniform(seed, NOISE_REGION.nod, index, 1));
    const lowest = accent.timeSeconds + 0.04;
    const first = Math.max(0, Math.ceil((lowest - NOD_FALL_SECONDS) * fps));
    const last = Math.min(frameCount - 1, Math.floor((lowest + NOD_RETURN_SECONDS) * fps));
    for (let frame = first; frame <= last; frame++) {
      const away = frame / fps - lowest;
      const shape = away < 0 ? smoothStep(-NOD_FALL_SECONDS, 0, away) : 1 - smoothStep(0, NOD_RETURN_SECONDS, away);
      degrees[frame] += depth * shape * (1 + features.effort[frame]);
    }
  });
  return degrees;
}

/** The head's slow share of looks away; small shifts on the listener's face do not move it. */
export function gazeFollow(
  gaze: readonly GazeShift[],
  frameCount: number,
  fps: number,
): { yaw: Float32Array; pitch: Float32Array } {
  const yaw = new Float32Array(frameCount);
  const pitch = new Float32Array(frameCount);
  let next = 0;
  let target = { yaw: 0, pitch: 0 };
  for (let frame = 0; frame < frameCount; frame++) {
    while (next < gaze.length && gaze[next].timeSeconds <= frame / fps) {
      const shift = gaze[next++];
      const large = Math.hypot(shift.yawRadians, shift.pitchRadians) > 4 * DEGREE;
      target = large ? { yaw: shift.yawRadians * GAZE_SHARE, pitch: shift.pitchRadians * GAZE_SHARE } : { yaw: 0, pitch: 0 };
    }
    yaw[frame] = target.yaw;
    pitch[frame] = target.pitch;
  }
  return { yaw: gaussianSmooth(yaw, GAZE_FOLLOW_SECONDS * fps), pitch: gaussianSmooth(pitch, GAZE_FOLLOW_SECONDS * fps) };
}

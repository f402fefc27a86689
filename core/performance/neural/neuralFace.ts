import { createTracks, type SampledTracks } from '../../curves/sampledTracks';
import { gaussianSmooth } from '../../curves/smooth';
import type { MixedEmotion } from '../../emotion/mixEmotions';
import { ARKIT_CHANNELS, CHANNEL_INDEX, isPoseChannel, PERFORMANCE_CHANNELS, type ArkitChannel } from '../../rig/channels';
import { framesPerSecond } from '../../time/frameRate';
import { closeLips, lipContacts, touchTeeth } from '../constraints/lipClosures';
import { limitTracks } from '../constraints/limitTracks';
import { coupleSquint, planBlinks, renderBlinks } from '../nonverbal/blinks';
import { planGaze, renderGaze } from '../nonverbal/gaze';
import { gazeFollow } from '../nonverbal/headMotion';
import type { VoiceFeatures } from '../nonverbal/voiceFeatures';
import type { PerformanceInput } from '../performanceEngine';
import { emotionFace } from '../rules/emotionFace';
import { speakMouth, STYLE_SMOOTH_SECONDS } from '../rules/speakMouth';
import { speechGate } from '../rules/speechGate';
import type { Rows } from './chunks';
import { MOUTH_REGION, UPPER_REGION, type NeuralRegion } from './neuralModels';

/** What the nets gave; null where a part was not asked for. */
export interface NeuralCurves {
  readonly mouth: Rows | null;
  readonly upper: Rows | null;
}

const HEAD = ['headYaw', 'headPitch', 'headRoll'] as const;
const BROWS = ARKIT_CHANNELS.filter((channel) => channel.startsWith('brow'));
/** Brow movement faster than this is accent and not posture: `browAmount` scales it. */
const BROW_POSTURE_SECONDS = 0.6;

const OWNED_BY_NETS: ReadonlySet<ArkitChannel> = new Set(
  UPPER_REGION.channels
    .map((index) => PERFORMANCE_CHANNELS[index])
    .filter((channel): channel is ArkitChannel => !isPoseChannel(channel)),
);

/**
 * Puts a face together from the nets' curves: the speech gate, tongue, the mouth's share of the emotions and the nonverbal
 * events come from the rules; the constraints come last, so that nothing can open a closure.
 */
export function assembleFace(
  input: PerformanceInput,
  curves: NeuralCurves,
  emotions: readonly MixedEmotion[],
  features: VoiceFeatures,
  frameCount: number,
): SampledTracks {
  const tracks = createTracks(frameCount);
  const { style, phonemes, seed } = input;
  if (curves.mouth) writeMouth(tracks, input, curves.mouth);
  if (curves.upper) copyRows(tracks, UPPER_REGION, curves.upper);
  // The nets' upper face carries its own emotion; lips and lids take theirs from the action units of the rules.
  emotionFace(tracks, emotions, phonemes, features, seed, (channel) => !OWNED_BY_NETS.has(channel));
  const gaze = planGaze(phonemes, input.durationSeconds, seed);
  const gazeAmount = Math.min(1, style.gazeAmount);
  if (curves.upper) {
    scaleBrows(tracks, style.browAmount);
    const follow = gazeFollow(gaze, frameCount, framesPerSecond(tracks.frameRate));
    const [yaw, pitch, roll] = HEAD.map((channel) => tracks.channels[CHANNEL_INDEX[channel]]);
    for (let frame = 0; frame < frameCount; frame++) {
      yaw[frame] = style.headAmount * (yaw[frame] + follow.yaw[frame] * gazeAmount);
      pitch[frame] = style.headAmount * (pitch[frame] + follow.pitch[frame] * gazeAmount);
      roll[frame] *= style.headAmount;
    }
  }
  coupleSquint(tracks);
  renderGaze(tracks, gaze, style.gazeAmount);
  renderBlinks(tracks, planBlinks(phonemes, input.durationSeconds, style.blinkAmount, seed));
  const contacts = lipContacts(phonemes);
  touchTeeth(tracks, contacts, style.closureStrength);
  closeLips(tracks, contacts, style.closureStrength);
  return limitTracks(tracks);
}

function writeMouth(tracks: SampledTracks, input: PerformanceInput, mouth: Rows): void {
  copyRows(tracks, MOUTH_REGION, mouth);
  const gate = speechGate(input.phonemes, tracks.frameCount, tracks.frameRate);
  const sigmaFrames = input.style.smoothing * STYLE_SMOOTH_SECONDS * framesPerSecond(tracks.frameRate);
  for (const index of MOUTH_REGION.channels) {
    const smooth = gaussianSmooth(tracks.channels[index], sigmaFrames);
    for (let frame = 0; frame < tracks.frameCount; frame++) {
      tracks.channels[index][frame] = Math.min(1, Math.max(0, smooth[frame])) * gate[frame];
    }
  }
  const rules = createTracks(tracks.frameCount, tracks.frameRate);
  speakMouth(rules, input);
  tracks.channels[CHANNEL_INDEX.tongueOut].set(rules.channels[CHANNEL_INDEX.tongueOut]);
}

function copyRows(tracks: SampledTracks, region: NeuralRegion, rows: Rows): void {
  region.channels.forEach((index, row) => {
    const start = row * rows.length;
    const values = rows.data.subarray(start, start + tracks.frameCount);
    const pose = isPoseChannel(PERFORMANCE_CHANNELS[index]);
    tracks.channels[index].set(pose ? values : values.map((value) => Math.min(1, Math.max(0, value))));
  });
}

function scaleBrows(tracks: SampledTracks, amount: number): void {
  if (amount === 1) return;
  for (const channel of BROWS) {
    const values = tracks.channels[CHANNEL_INDEX[channel]];
    const posture = gaussianSmooth(values, BROW_POSTURE_SECONDS * framesPerSecond(tracks.frameRate));
    for (let frame = 0; frame < values.length; frame++) {
      values[frame] = Math.max(0, posture[frame] + amount * (values[frame] - posture[frame]));
    }
  }
}

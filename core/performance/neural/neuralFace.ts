import { createTracks, type SampledTracks } from '../../curves/sampledTracks';
import { gaussianSmooth } from '../../curves/smooth';
import type { MixedEmotion } from '../../emotion/mixEmotions';
import { ARKIT_CHANNELS, CHANNEL_INDEX, isPoseChannel, PERFORMANCE_CHANNELS, type ArkitChannel } from '../../rig/channels';
import { framesPerSecond } from '../../time/frameRate';
import type { FrameSpan } from '../../time/frameSpan';
import { closeLips, contactEnvelope, LIP_PARTING, lipContacts, touchTeeth, type LipContact } from '../constraints/lipClosures';
import { limitTracks } from '../constraints/limitTracks';
import { isKept } from '../events/performanceEvent';
import { coupleSquint, renderBlinks } from '../nonverbal/blinks';
import { renderBreaths } from '../nonverbal/breaths';
import { renderGaze } from '../nonverbal/gaze';
import { renderHeadGestures } from '../nonverbal/headGestures';
import { gazeFollow } from '../nonverbal/headMotion';
import type { LineCut } from '../lineCut';
import type { PerformanceInput } from '../performanceEngine';
import { planOver, planPerformance } from '../pipeline';
import { roundAsPhones, roundLips } from '../roundLips';
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

/**
 * Nets trained on little data move less than what they learned from: the jaw gets its range back, and what rounds and spreads
 * the lips a little more. Chosen on words held out in turn (training/performance/compare.py).
 */
const JAW_GAIN = 1.15;
const WIDTH_GAIN = 1.3;

function rangeGain(channel: ArkitChannel): number {
  if (channel === 'jawOpen' || channel === 'mouthClose') return JAW_GAIN;
  return /^mouth(Pucker|Funnel|Smile|Stretch|Dimple)/.test(channel) ? WIDTH_GAIN : 1;
}

/** The nets' upper face flutters a little faster than faces do (measured against the performer); one sigma. */
const UPPER_SMOOTH_SECONDS = 0.05;

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
  cut: LineCut,
): SampledTracks {
  const { frameCount, frameRate, span } = cut;
  const tracks = createTracks(frameCount, frameRate);
  const { style, phonemes, seed } = input;
  const { features, events: planned, shifts } = planOver(planPerformance(input), cut);
  if (curves.mouth) writeMouth(tracks, input, curves.mouth, span);
  if (curves.upper) writeUpper(tracks, curves.upper, style.browAmount);
  // The nets' upper face carries its own emotion; lips and lids take theirs from the action units of the rules.
  const contacts = lipContacts(phonemes);
  besideClosures(tracks, contacts, span, () =>
    emotionFace(tracks, emotions, phonemes, features, seed, span, (channel) => !OWNED_BY_NETS.has(channel)),
  );
  // Nods on accents are the net's own; those of the animator come on top.
  const events = planned.filter((event) => event.type !== 'nod' || isKept(event));
  if (curves.upper) turnHead(tracks, style.headAmount, gazeFollow(shifts, style.headAmount, tracks, span), span);
  renderHeadGestures(tracks, events, features, style.headAmount, span);
  renderBreaths(tracks, events, span);
  coupleSquint(tracks, span);
  renderGaze(tracks, shifts, style.gazeAmount, span);
  renderBlinks(tracks, events, span);
  touchTeeth(tracks, contacts, style.closureStrength, span);
  closeLips(tracks, contacts, style.closureStrength, span);
  return limitTracks(tracks, span);
}

/** What `add` does to channels that part the lips gives way where lips meet: the nets close them by themselves. */
function besideClosures(tracks: SampledTracks, contacts: readonly LipContact[], span: FrameSpan, add: () => void): void {
  const spoken = LIP_PARTING.map((channel) => tracks.channels[CHANNEL_INDEX[channel]].slice());
  add();
  const closed = contactEnvelope(contacts, 'bilabial', tracks, span);
  LIP_PARTING.forEach((channel, index) => {
    const samples = tracks.channels[CHANNEL_INDEX[channel]];
    for (let frame = span.first; frame < span.end; frame++) {
      samples[frame] -= closed[frame] * (samples[frame] - spoken[index][frame]);
    }
  });
}

function writeMouth(tracks: SampledTracks, input: PerformanceInput, mouth: Rows, span: FrameSpan): void {
  copyRows(tracks, MOUTH_REGION, mouth);
  const { frameCount, frameRate } = tracks;
  const gate = speechGate(input.phonemes, frameCount, frameRate);
  const sigmaFrames = input.style.smoothing * STYLE_SMOOTH_SECONDS * framesPerSecond(frameRate);
  for (const index of MOUTH_REGION.channels) {
    const channel = PERFORMANCE_CHANNELS[index] as ArkitChannel;
    const own = gaussianSmooth(tracks.channels[index], sigmaFrames, span);
    const gain = rangeGain(channel);
    for (let frame = span.first; frame < span.end; frame++) {
      tracks.channels[index][frame] = Math.min(1, Math.max(0, gain * own[frame])) * gate[frame];
    }
  }
  const rules = createTracks(frameCount, frameRate);
  speakMouth(rules, input, span);
  tracks.channels[CHANNEL_INDEX.tongueOut].set(rules.channels[CHANNEL_INDEX.tongueOut]);
  roundAsPhones(tracks, rules, input.style, span);
  roundLips(tracks, input.style, span);
}

/** Over all of the cut: the brows' posture looks further than its halo. */
function writeUpper(tracks: SampledTracks, upper: Rows, browAmount: number): void {
  copyRows(tracks, UPPER_REGION, upper);
  const sigmaFrames = UPPER_SMOOTH_SECONDS * framesPerSecond(tracks.frameRate);
  for (const index of UPPER_REGION.channels) tracks.channels[index].set(gaussianSmooth(tracks.channels[index], sigmaFrames));
  scaleBrows(tracks, browAmount);
}

/** The nets' head by its amount, and its share of the looks. */
function turnHead(tracks: SampledTracks, headAmount: number, follow: ReturnType<typeof gazeFollow>, span: FrameSpan): void {
  const [yaw, pitch, roll] = HEAD.map((channel) => tracks.channels[CHANNEL_INDEX[channel]]);
  for (let frame = span.first; frame < span.end; frame++) {
    yaw[frame] = headAmount * yaw[frame] + follow.yaw[frame];
    pitch[frame] = headAmount * pitch[frame] + follow.pitch[frame];
    roll[frame] *= headAmount;
  }
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

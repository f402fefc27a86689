import type { SampledTracks } from '../../curves/sampledTracks';
import { EMOTION_POSES } from '../../emotion/emotionPoses';
import type { MixedEmotion } from '../../emotion/mixEmotions';
import { CHANNEL_INDEX, regionOf, type ArkitChannel } from '../../rig/channels';
import type { PhonemeSegment } from '../../speech/segments';
import { frameToSeconds, type FrameGrid } from '../../time/frameRate';
import type { FrameSpan } from '../../time/frameSpan';
import { NOISE_REGION, smoothNoise } from '../nonverbal/hashNoise';
import type { VoiceFeatures } from '../nonverbal/voiceFeatures';
import { rangesEnvelope, speechRanges } from './speechGate';

/** While speaking, the mouth part of an emotion is limited to about a third (face-facts, layer priorities). */
const MOUTH_SHARE_WHILE_SPEAKING = 1 / 3;
/** Half an intensity should look like half: shapes that barely leave rest are not seen, so weak expressions are drawn a little stronger. */
const SEEN_POWER = 0.8;
/** A pause shorter than this keeps the mouth in speech; after a longer one the emotion comes back to the lips. */
const PAUSE_SECONDS = 0.35;
const RETURN_SECONDS = 0.3;
/** Smiling and spreading fight rounding: a full pucker or funnel leaves this share of them. */
const SPREAD_LEFT_BY_ROUNDING = 0.4;
/** Drift of a held upper face, and how much of it follows vocal effort (-.5...5). */
const DRIFT_SHARE = 0.07;
const DRIFT_PERIOD_SECONDS = 2.1;
const EFFORT_SHARE = 0.3;
const SPREADING: ReadonlySet<string> = new Set([
  'mouthSmileLeft',
  'mouthSmileRight',
  'mouthStretchLeft',
  'mouthStretchRight',
  'mouthDimpleLeft',
  'mouthDimpleRight',
]);

/**
 * Adds the emotion poses to `tracks`: the upper face in full, the mouth limited while speaking and smooth around pauses.
 * The jaw part of an emotion acts only in pauses and only ever adds, so that speech never loses jawOpen.
 * @param owns channels to write; the others belong to somebody else
 */
export function emotionFace(
  tracks: SampledTracks,
  emotions: readonly MixedEmotion[],
  phonemes: readonly PhonemeSegment[],
  features: VoiceFeatures,
  seed: number,
  span: FrameSpan,
  owns: (channel: ArkitChannel) => boolean = () => true,
): void {
  if (emotions.length === 0) return;
  const { frameCount } = tracks;
  const speaking = rangesEnvelope(speechRanges(phonemes, PAUSE_SECONDS), frameCount, tracks.frameRate, 0.02, RETURN_SECONDS);
  const life = emotionLife(features, frameCount, tracks.frameRate, seed, span);
  const funnel = tracks.channels[CHANNEL_INDEX.mouthFunnel].slice();
  const pucker = tracks.channels[CHANNEL_INDEX.mouthPucker].slice();
  for (const { emotion, intensity } of emotions) {
    for (const [name, weight] of Object.entries(EMOTION_POSES[emotion].weights)) {
      if (!owns(name as ArkitChannel)) continue;
      const target = tracks.channels[CHANNEL_INDEX[name as ArkitChannel]];
      const shareWhileSpeaking = speakingShare(name as ArkitChannel);
      const upper = shareWhileSpeaking === 1;
      const spreads = SPREADING.has(name);
      for (let frame = span.first; frame < span.end; frame++) {
        if (intensity[frame] === 0) continue;
        const strength = intensity[frame] ** SEEN_POWER;
        let share = upper ? life[frame] : 1 - (1 - shareWhileSpeaking) * speaking[frame];
        if (spreads) share *= 1 - (1 - SPREAD_LEFT_BY_ROUNDING) * Math.min(1, funnel[frame] + pucker[frame]);
        target[frame] = addLimited(target[frame], weight * strength * share);
      }
    }
  }
}

/** A held expression is never quite still: it swells with the voice and drifts a little. Around 1. */
function emotionLife(features: VoiceFeatures, frameCount: number, rate: FrameGrid, seed: number, span: FrameSpan): Float32Array {
  const life = new Float32Array(frameCount);
  for (let frame = span.first; frame < span.end; frame++) {
    const drift = smoothNoise(seed, NOISE_REGION.idle, frameToSeconds(frame, rate), DRIFT_PERIOD_SECONDS);
    life[frame] = 1 + DRIFT_SHARE * drift + EFFORT_SHARE * features.effort[frame];
  }
  return life;
}

/**
 * The corners of the mouth carry the feeling and do not part the lips: they keep more than the rest of the mouth. At a third a
 * sad or angry face spoke with the corners of its mouth up, as they are at rest; a joyful one hardly smiled, and contempt and
 * playful, which are corners above all, were not seen while speaking.
 */
const CORNERS_SHARE_WHILE_SPEAKING: Readonly<Partial<Record<ArkitChannel, number>>> = {
  mouthFrownLeft: 0.7,
  mouthFrownRight: 0.7,
  mouthSmileLeft: 0.6,
  mouthSmileRight: 0.6,
  mouthDimpleLeft: 0.7,
  mouthDimpleRight: 0.7,
  mouthLeft: 0.7,
  mouthStretchLeft: 0.45,
  mouthStretchRight: 0.45,
};

function speakingShare(channel: ArkitChannel): number {
  if (channel === 'jawOpen') return 0;
  const corner = CORNERS_SHARE_WHILE_SPEAKING[channel];
  if (corner !== undefined) return corner;
  const region = regionOf(channel);
  return region === 'mouth' || region === 'jaw' ? MOUTH_SHARE_WHILE_SPEAKING : 1;
}

/** Sum that approaches 1 without passing it; small values simply add. */
function addLimited(current: number, added: number): number {
  return current + added * (1 - current * 0.5) > 1 ? 1 : current + added * (1 - current * 0.5);
}

import { smoothStep } from '../../curves/smooth';
import type { SampledTracks } from '../../curves/sampledTracks';
import type { MixedEmotion } from '../../emotion/mixEmotions';
import { CHANNEL_INDEX, type ArkitChannel } from '../../rig/channels';
import { frameToSeconds, secondsToFrame } from '../../time/frameRate';
import type { FrameSpan } from '../../time/frameSpan';
import { hashUniform, NOISE_REGION } from './hashNoise';
import type { SpeechAccent } from './speechAccents';
import type { VoiceFeatures } from './voiceFeatures';

/** Brow raise of a full accent at middle effort. */
const ACCENT_WEIGHT = 0.32;
/** Slow brow height per semitone of smoothed F0. */
const WEIGHT_PER_SEMITONE = 0.02;
/** Share of accents that carry a raise: 71 % of quick raises coincide with F0 rises (Cave 1996), few words carry one. */
const ACCENT_CHANCE = 0.6;
/** Raises nearer than this to the last one are left out: a brow that answers every beat looks nervous. */
const MIN_RAISE_SPACING_SECONDS = 0.8;
const RISE_SECONDS = 0.22;
const FALL_SECONDS = 0.42;
/** The raise starts before the vowel and peaks on it. */
const PEAK_LEAD_SECONDS = 0.02;
/**
 * Growth of brow movement with effort: amplitude x exp(gain x (effort - .5)). Human ln ratio for +4.7 semitones and +7 dB
 * is .217 [.089, .359] (face-facts); such a raise moves `effort` by about .3.
 */
export const BROW_EFFORT_GAIN = 0.7;

/**
 * Adds the voice's brow movement: a slow part with F0 and a raise on some accents; under anger the accent presses the
 * brows down instead of lifting them.
 */
export function browsFromProsody(
  tracks: SampledTracks,
  features: VoiceFeatures,
  accents: readonly SpeechAccent[],
  emotions: readonly MixedEmotion[],
  browAmount: number,
  seed: number,
  span: FrameSpan,
): void {
  if (!(browAmount > 0)) return;
  const lift = browLift(tracks, features, accents, seed, span);
  const anger = emotions.find((entry) => entry.emotion === 'anger')?.intensity;
  for (let frame = span.first; frame < span.end; frame++) {
    const amount = browAmount * Math.exp(BROW_EFFORT_GAIN * features.effort[frame]) * lift[frame];
    const pressed = anger ? smoothStep(0.15, 0.6, anger[frame]) : 0;
    const up = Math.max(0, amount) * (1 - pressed);
    const down = Math.max(0, -amount) * 0.6 + Math.max(0, amount) * 0.5 * pressed;
    add(tracks, 'browInnerUp', frame, up * 0.8);
    add(tracks, 'browOuterUpLeft', frame, up);
    add(tracks, 'browOuterUpRight', frame, up * 0.9);
    add(tracks, 'browDownLeft', frame, down);
    add(tracks, 'browDownRight', frame, down);
    // The upper lid rides a little with a raised brow, never enough to look startled.
    add(tracks, 'eyeWideLeft', frame, up * 0.22);
    add(tracks, 'eyeWideRight', frame, up * 0.22);
  }
}

function browLift(
  tracks: SampledTracks,
  features: VoiceFeatures,
  accents: readonly SpeechAccent[],
  seed: number,
  span: FrameSpan,
): Float32Array {
  const lift = new Float32Array(tracks.frameCount);
  for (let frame = span.first; frame < span.end; frame++) lift[frame] = features.pitchSemitones[frame] * WEIGHT_PER_SEMITONE;
  let lastRaise = -Infinity;
  accents.forEach((accent, index) => {
    if (accent.timeSeconds - lastRaise < MIN_RAISE_SPACING_SECONDS) return;
    const pull = accent.strength + 0.05 * accent.pitchSemitones;
    if (hashUniform(seed, NOISE_REGION.brow, index) > ACCENT_CHANCE * Math.min(1.4, 0.4 + pull)) return;
    lastRaise = accent.timeSeconds;
    const height = ACCENT_WEIGHT * accent.strength * (0.7 + 0.6 * hashUniform(seed, NOISE_REGION.brow, index, 1));
    const peak = accent.timeSeconds - PEAK_LEAD_SECONDS;
    const first = Math.max(span.first, Math.ceil(secondsToFrame(peak - RISE_SECONDS, tracks.frameRate)));
    const last = Math.min(span.end - 1, Math.floor(secondsToFrame(peak + FALL_SECONDS, tracks.frameRate)));
    for (let frame = first; frame <= last; frame++) {
      const away = frameToSeconds(frame, tracks.frameRate) - peak;
      const shape = away < 0 ? smoothStep(-RISE_SECONDS, 0, away) : 1 - smoothStep(0, FALL_SECONDS, away);
      lift[frame] += height * shape;
    }
  });
  return lift;
}

function add(tracks: SampledTracks, channel: ArkitChannel, frame: number, value: number): void {
  const samples = tracks.channels[CHANNEL_INDEX[channel]];
  samples[frame] = Math.min(1, samples[frame] + value * (1 - 0.5 * samples[frame]));
}

import type { ProsodyTrack } from '../../audio/prosodyTrack';
import type { SampledTracks } from '../../curves/sampledTracks';
import type { MixedEmotion } from '../../emotion/mixEmotions';
import { CHANNEL_INDEX, type ArkitChannel } from '../../rig/channels';
import { ACTIVE_EMOTIONS } from '../../emotion/emotions';
import { isVowel, PHONEME_INDEX, PHONEMES } from '../../speech/phonemes';
import type { PhonemeSegment } from '../../speech/segments';
import { CURVE_FRAME_RATE, framesPerSecond, frameToSeconds, secondsToFrame, type FrameGrid } from '../../time/frameRate';
import type { SpeechAccent } from '../nonverbal/speechAccents';
import { voiceFeatures, type VoiceFeatures } from '../nonverbal/voiceFeatures';
import { keptByIdentity } from '../keptByIdentity';
import { median } from '../rules/phoneEnergy';
import type { FloatTensor } from '../inferenceRunner';

/**
 * What the nets see of a line, at 60 Hz. training/performance/conditions.py is the same definition; golden/conditions.json
 * holds the two together. Tensors are [1, channels, frames].
 */

/** Voice curves at 60 Hz, scaled to about -1..1. */
export interface VoiceCurves extends VoiceFeatures {
  /** Loudness against the voiced median: dB / 20, -2..1. Not smoothed: it shows where a syllable begins. */
  readonly energy: Float32Array;
  /** 0..1. */
  readonly voicing: Float32Array;
}

const PHONE_COUNT = PHONEMES.length;
/** The rules' mouth as the net sees it: left and right are alike there. */
const RULES_ROWS = [
  'jawOpen',
  'mouthFunnel',
  'mouthPucker',
  'mouthSmileLeft',
  'mouthStretchLeft',
  'mouthLowerDownLeft',
  'mouthUpperUpLeft',
  'mouthClose',
] as const satisfies readonly ArkitChannel[];
const RULES_SCALE = 2;
/** Rows of the mouth conditions: phone now, before, after; then place in the phone, voice, stress, source; the rules' mouth. */
export const MOUTH_CONDITION_COUNT = 3 * PHONE_COUNT + 9 + RULES_ROWS.length;
export const UPPER_CONDITION_COUNT = 11;
/** ln of a phone's seconds is put around 0 by this. */
const LOG_SECONDS_MIDDLE = -2.5;
const ENERGY_DB = 20;
const SEMITONES = 6;
const LOUDNESS_DB = 6;
/** Width of the bump an accent is shown as. */
const ACCENT_SIGMA_SECONDS = 0.08;

/** Where a training clip came from; the released engine always asks for captured motion. */
export type MotionSource = 'captured' | 'performed';

export function voiceCurves(prosody: ProsodyTrack, frameCount: number, grid: FrameGrid = CURVE_FRAME_RATE): VoiceCurves {
  const { f0Hz, loudnessDb, voicing, hopSeconds } = prosody;
  const heard = keptHeard(f0Hz, loudnessDb, voicing, hopSeconds, frameCount, grid);
  return { ...voiceFeatures(prosody, frameCount, grid), ...heard };
}

/** What a gain on the effort of the voice leaves as it is. */
const keptHeard = keptByIdentity(
  (
    f0Hz: Float32Array,
    loudnessDb: Float32Array,
    voicing: Float32Array,
    hopSeconds: number,
    frameCount: number,
    grid: FrameGrid,
  ): Pick<VoiceCurves, 'energy' | 'voicing'> => {
    const voiced = Array.from(f0Hz.keys()).filter((k) => f0Hz[k] > 0);
    const middleDb = median(voiced.map((k) => loudnessDb[k])) || 0;
    const energy = atFrames(loudnessDb, hopSeconds, frameCount, grid).map((value) =>
      Math.min(1, Math.max(-2, (value - middleDb) / ENERGY_DB)),
    );
    return { energy, voicing: atFrames(voicing, hopSeconds, frameCount, grid) };
  },
);

function atFrames(values: Float32Array, hopSeconds: number, frameCount: number, grid: FrameGrid): Float32Array {
  const last = values.length - 1;
  const result = new Float32Array(frameCount);
  for (let frame = 0; frame < frameCount; frame++) {
    const position = Math.min(Math.max(0, last), Math.max(0, frameToSeconds(frame, grid) / hopSeconds));
    const index = Math.floor(position);
    const from = values[index] ?? 0;
    result[frame] = from + ((values[Math.min(last, index + 1)] ?? from) - from) * (position - index);
  }
  return result;
}

export interface MouthConditionInput {
  readonly phonemes: readonly PhonemeSegment[];
  readonly voice: VoiceCurves;
  readonly source: MotionSource;
  /** The rules' mouth on the same frames, in the style as spoken, before closures (rules/speakMouth). */
  readonly rules: SampledTracks;
}

/** Rows 0-39 the phone by the share of the frame it covers, 40-79 the one before, 80-119 the one after, then nine numbers and the rules' mouth. */
export function mouthConditions(input: MouthConditionInput, frameCount: number, grid: FrameGrid = CURVE_FRAME_RATE): FloatTensor {
  const { phonemes, voice } = input;
  const data = new Float32Array(MOUTH_CONDITION_COUNT * frameCount);
  const row = (index: number) => data.subarray(index * frameCount, (index + 1) * frameCount);
  const base = 3 * PHONE_COUNT;
  coverPhones(phonemes, data, frameCount, grid);
  const [fraction, logSeconds, stress] = [row(base), row(base + 1), row(base + 7)];
  forEachFrame(phonemes, frameCount, grid, (frame, index, timeSeconds) => {
    const segment = phonemes[index];
    const seconds = segment ? Math.max(1e-3, segment.endSeconds - segment.startSeconds) : 1;
    row(PHONE_COUNT + phoneAt(phonemes, index - 1))[frame] = 1;
    row(2 * PHONE_COUNT + phoneAt(phonemes, index + 1))[frame] = 1;
    fraction[frame] = segment ? Math.min(1, Math.max(0, (timeSeconds - segment.startSeconds) / seconds)) : 0;
    logSeconds[frame] = Math.min(1.5, Math.max(-1.5, Math.log(seconds) - LOG_SECONDS_MIDDLE));
    stress[frame] = stressOf(segment);
  });
  writeVoice(voice, (index) => row(base + 2 + index));
  row(base + 8).fill(input.source === 'captured' ? 1 : 0);
  RULES_ROWS.forEach((channel, index) => {
    const [target, samples] = [row(base + 9 + index), input.rules.channels[CHANNEL_INDEX[channel]]];
    for (let frame = 0; frame < frameCount; frame++) target[frame] = RULES_SCALE * samples[frame];
  });
  return { data, dims: [1, MOUTH_CONDITION_COUNT, frameCount] };
}

export interface UpperConditionInput {
  readonly phonemes: readonly PhonemeSegment[];
  readonly voice: VoiceCurves;
  readonly accents: readonly SpeechAccent[];
  /** The mouth beside it, 0..1 at 60 Hz. */
  readonly jawOpen: Float32Array;
  readonly rounding: Float32Array;
}

/** Speech, vowel, stress, five of the voice, accents, jaw, rounding of the lips. */
export function upperConditions(input: UpperConditionInput, frameCount: number, grid: FrameGrid = CURVE_FRAME_RATE): FloatTensor {
  const { phonemes, voice, accents } = input;
  const data = new Float32Array(UPPER_CONDITION_COUNT * frameCount);
  const row = (index: number) => data.subarray(index * frameCount, (index + 1) * frameCount);
  forEachFrame(phonemes, frameCount, grid, (frame, index) => {
    const segment = phonemes[index];
    const vowel = segment && isVowel(segment.phoneme);
    row(0)[frame] = segment && segment.phoneme !== 'SIL' ? 1 : 0;
    row(1)[frame] = vowel ? 1 : 0;
    row(2)[frame] = stressOf(segment);
  });
  writeVoice(voice, (index) => row(3 + index));
  const bumps = row(8);
  const fps = framesPerSecond(CURVE_FRAME_RATE);
  for (const accent of accents) {
    const reach = Math.ceil(4 * ACCENT_SIGMA_SECONDS * fps);
    const middle = secondsToFrame(accent.timeSeconds, grid);
    const last = Math.min(frameCount - 1, Math.floor(middle + reach));
    for (let frame = Math.max(0, Math.ceil(middle - reach)); frame <= last; frame++) {
      const away = (frame - middle) / fps / ACCENT_SIGMA_SECONDS;
      bumps[frame] = Math.max(bumps[frame], accent.strength * Math.exp(-0.5 * away * away));
    }
  }
  row(9).set(input.jawOpen.subarray(0, frameCount));
  row(10).set(input.rounding.subarray(0, frameCount));
  return { data, dims: [1, UPPER_CONDITION_COUNT, frameCount] };
}

/** Intensities of the eight emotions, 0..1, in the order of ACTIVE_EMOTIONS: what the Emotion Adapter mixes its embeddings by. */
export function emotionConditions(emotions: readonly MixedEmotion[], frameCount: number): FloatTensor {
  const data = new Float32Array(ACTIVE_EMOTIONS.length * frameCount);
  for (const { emotion, intensity } of emotions) {
    data.set(intensity.subarray(0, frameCount), ACTIVE_EMOTIONS.indexOf(emotion) * frameCount);
  }
  return { data, dims: [1, ACTIVE_EMOTIONS.length, frameCount] };
}

function writeVoice(voice: VoiceCurves, row: (index: number) => Float32Array): void {
  const scaled: readonly [Float32Array, number][] = [
    [voice.energy, 1],
    [voice.voicing, 1],
    [voice.pitchSemitones, 1 / SEMITONES],
    [voice.loudnessDb, 1 / LOUDNESS_DB],
    [voice.effort, 2],
  ];
  scaled.forEach(([values, scale], index) => {
    const target = row(index);
    for (let frame = 0; frame < target.length; frame++) target[frame] = values[frame] * scale;
  });
}

/** Share of each frame (as long as the frame step, around its time) that each phone covers; outside all phones is silence. */
function coverPhones(phonemes: readonly PhonemeSegment[], data: Float32Array, frameCount: number, grid: FrameGrid): void {
  const silence = data.subarray(0, frameCount).fill(1);
  for (const { phoneme, startSeconds, endSeconds } of phonemes) {
    if (phoneme === 'SIL') continue;
    const [start, end] = [secondsToFrame(startSeconds, grid) + 0.5, secondsToFrame(endSeconds, grid) + 0.5];
    if (end <= 0 || start >= frameCount) continue;
    const target = data.subarray(PHONEME_INDEX[phoneme] * frameCount, (PHONEME_INDEX[phoneme] + 1) * frameCount);
    for (let frame = Math.max(0, Math.floor(start)); frame < Math.min(frameCount, Math.ceil(end)); frame++) {
      const share = Math.min(end, frame + 1) - Math.max(start, frame);
      target[frame] += share;
      silence[frame] = Math.max(0, silence[frame] - share);
    }
  }
}

/** Calls back with the phone that holds each frame's time; the last one goes on after its end. */
function forEachFrame(
  phonemes: readonly PhonemeSegment[],
  frameCount: number,
  grid: FrameGrid,
  visit: (frame: number, index: number, timeSeconds: number) => void,
): void {
  let index = 0;
  for (let frame = 0; frame < frameCount; frame++) {
    const timeSeconds = frameToSeconds(frame, grid);
    while (index + 1 < phonemes.length && timeSeconds >= phonemes[index].endSeconds) index++;
    visit(frame, index, timeSeconds);
  }
}

function phoneAt(phonemes: readonly PhonemeSegment[], index: number): number {
  const segment = phonemes[index];
  return segment ? PHONEME_INDEX[segment.phoneme] : 0;
}

/** 0 without stress, 1 primary, .5 secondary or unknown vowel. */
function stressOf(segment: PhonemeSegment | undefined): number {
  if (!segment || !isVowel(segment.phoneme)) return 0;
  return segment.stress === 1 ? 1 : segment.stress === 0 ? 0 : 0.5;
}

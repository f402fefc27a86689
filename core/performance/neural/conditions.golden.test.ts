import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Phoneme } from '../../speech/phonemes';
import type { FloatTensor } from '../inferenceRunner';
import { createTracks } from '../../curves/sampledTracks';
import { CHANNEL_INDEX, type ArkitChannel } from '../../rig/channels';
import { CURVE_FRAME_RATE } from '../../time/frameRate';
import { mouthConditions, upperConditions, type MotionSource, type VoiceCurves } from './conditions';

interface Golden {
  readonly frames: number;
  readonly phones: readonly [Phoneme, number, number, (0 | 1 | 2)?][];
  readonly accents: readonly [number, number, number][];
  readonly source: MotionSource;
  readonly rules: readonly ArkitChannel[];
  readonly mouth: Readonly<Record<string, readonly number[]>>;
  readonly upper: Readonly<Record<string, readonly number[]>>;
}

const golden = JSON.parse(readFileSync(new URL('./golden/conditions.json', import.meta.url), 'utf8')) as Golden;
const wave = (phase: number) => Float32Array.from({ length: golden.frames }, (_, frame) => Math.sin(0.31 * frame + phase));
const voice: VoiceCurves = { energy: wave(0), voicing: wave(1), pitchSemitones: wave(2), loudnessDb: wave(3), effort: wave(4) };
const phonemes = golden.phones.map(([phoneme, startSeconds, endSeconds, stress]) => ({
  phoneme,
  startSeconds,
  endSeconds,
  confidence: 1,
  ...(stress === undefined ? {} : { stress }),
}));

const rules = createTracks(golden.frames, CURVE_FRAME_RATE);
golden.rules.forEach((channel, k) => rules.channels[CHANNEL_INDEX[channel]].set(wave(8 + k).map(Math.abs)));

function worstDifference(tensor: FloatTensor, rows: Golden['mouth']): number {
  const [, channels, frames] = tensor.dims;
  let worst = 0;
  for (let channel = 0; channel < channels; channel++) {
    for (let frame = 0; frame < frames; frame++) {
      worst = Math.max(worst, Math.abs(tensor.data[channel * frames + frame] - (rows[channel]?.[frame] ?? 0)));
    }
  }
  return worst;
}

describe('conditions agree with training within 1e-5', () => {
  it('for the mouth', () => {
    const { source, frames } = golden;
    expect(worstDifference(mouthConditions({ phonemes, voice, source, rules }, frames), golden.mouth)).toBeLessThan(1e-5);
    const moved = phonemes.map((segment) => ({
      ...segment,
      startSeconds: segment.startSeconds + 0.02,
      endSeconds: segment.endSeconds + 0.02,
    }));
    expect(worstDifference(mouthConditions({ phonemes: moved, voice, source, rules }, frames), golden.mouth)).toBeGreaterThan(
      0.1,
    );
  });

  it('for the upper face', () => {
    const accents = golden.accents.map(([timeSeconds, strength, pitchSemitones]) => ({ timeSeconds, strength, pitchSemitones }));
    const beside = { jawOpen: wave(6).map(Math.abs), rounding: wave(7).map(Math.abs) };
    const conditions = upperConditions({ phonemes, voice, accents, ...beside }, golden.frames);
    expect(worstDifference(conditions, golden.upper)).toBeLessThan(1e-5);
  });
});

import { describe, expect, it } from 'vitest';
import { HAND_MADE_SCRIPT, heldEmotion, inputOf } from '../performance/testing/handMadeLine';
import { inputHashOf, speechKeyOf, type TakeInputs } from './takeInputs';

const line = inputOf(HAND_MADE_SCRIPT, { emotions: heldEmotion('joy', 0.4), seed: 7 });
const inputs: TakeInputs = {
  audioFile: 'audio/a.wav',
  engine: 'neural',
  seed: 7,
  style: {
    jaw: 0.5,
    lip: 0.5,
    closureStrength: 1,
    smoothing: 0,
    blinkAmount: 1,
    gazeAmount: 1,
    headAmount: 1,
    browAmount: 1,
  },
  phonemes: line.phonemes,
  words: line.words,
  emotions: line.emotions,
  events: [],
  seedRanges: [],
  effortGain: { keys: [] },
  lipNudgeSeconds: 0,
  preRollSeconds: 0,
  postRollSeconds: 0,
};
const blink = {
  key: 'hand:1',
  type: 'blink',
  startSeconds: 1,
  endSeconds: 1.3,
  intensity: 1,
  locked: true,
  origin: 'hand',
} as const;

describe('the hash of what a take is made from', () => {
  it('is the one that saved projects hold', () => {
    expect(inputHashOf(inputs)).toBe('6ec054d6dada874999724b00dd75f0a9');
    const more = {
      ...inputs,
      preRollSeconds: 1,
      lipNudgeSeconds: 0.05,
      seedRanges: [{ startSeconds: 1, endSeconds: 2, regions: ['mouth' as const], seed: 4 }],
      events: [blink],
    };
    expect(inputHashOf(more)).toBe('d4a8380acac92d556b4e3c1f171c8821');
    expect(inputHashOf(inputs)).toBe('6ec054d6dada874999724b00dd75f0a9');
  });

  it('goes by values and not by objects', () => {
    expect(inputHashOf(structuredClone(inputs))).toBe(inputHashOf(inputs));
    const changes: Partial<TakeInputs>[] = [
      { seed: 8 },
      { engine: 'rules' },
      { style: { ...inputs.style, jaw: 0.6 } },
      { emotions: heldEmotion('joy', 0.41) },
      { words: inputs.words.slice(1) },
      { phonemes: inputs.phonemes.map((segment, index) => (index === 3 ? { ...segment, phoneme: 'SIL' as const } : segment)) },
    ];
    const hashes = changes.map((change) => inputHashOf({ ...inputs, ...change }));
    expect(new Set([...hashes, inputHashOf(inputs)]).size).toBe(changes.length + 1);
  });

  it('names the speech by what is said and the events, not by emotion or style', () => {
    expect(speechKeyOf({ ...inputs, phonemes: [...inputs.phonemes] })).toBe(speechKeyOf(inputs));
    expect(speechKeyOf({ ...inputs, events: [blink] })).not.toBe(speechKeyOf(inputs));
    expect(speechKeyOf({ ...inputs, words: inputs.words.slice(1) })).not.toBe(speechKeyOf(inputs));
  });
});

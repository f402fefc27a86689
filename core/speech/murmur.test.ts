import { describe, expect, it } from 'vitest';
import { alignTranscript } from './alignTranscript';
import { decodePhones } from './decodePhones';
import golden from './golden/murmur.json';
import { murmurFrames } from './murmur';
import { PHONEMES } from './phonemes';
import type { Posteriors } from './posteriors';
import { decoderForTests } from './testing/decoderForTests';
import { beats, fakePosteriors, type Beat } from './testing/fakePosteriors';
import { loadLexicon } from './text/lexicon';
import { normaliseText } from './text/normaliseText';

const tables = decoderForTests();
const weights = tables.murmur!;
const speech = beats('SIL HH AH L OW M AY F R EH N D SIL S IY Y UW T AH M AA R OW SIL HH AH L OW M AY F R EH N D SIL', 9);
const framesOf = (line: readonly Beat[]) => line.reduce((sum, [, frames]) => sum + frames, 0);
/** A crowd: phones change as in speech, none is sure, and the voice output doubts. */
const crowd = (frames: number): Beat[] => {
  const phones = ['AH', 'N', 'IY', 'S', 'AE', 'R', 'EH', 'L'] as const;
  return Array.from({ length: Math.floor(frames / 8) }, (_, i) => [phones[i % phones.length], 8]);
};

/** Parts of a line one after the other; `voice` of the frames of speech in each. */
function lineOf(parts: readonly { readonly beats: readonly Beat[]; readonly voice: number }[]): Posteriors {
  const all = fakePosteriors(
    parts.flatMap((part) => [...part.beats]),
    0.6,
  );
  let first = 0;
  for (const part of parts) {
    const end = first + framesOf(part.beats);
    for (let frame = first; frame < end; frame++) if (all.voice[frame] > 0.5) all.voice[frame] = part.voice;
    first = end;
  }
  return all;
}
const count = (frames: Uint8Array, first = 0, end = frames.length) =>
  frames.subarray(first, end).reduce((sum, one) => sum + one, 0);

describe('the murmur of a crowd', () => {
  it('is found before, after and between a voice, and leaves all of the voice', () => {
    const [voice, murmur] = [
      { beats: speech, voice: 0.99 },
      { beats: crowd(240), voice: 0.6 },
    ];
    const length = framesOf(speech);
    const before = murmurFrames(lineOf([murmur, voice]), weights);
    expect(count(before, 0, 240)).toBeGreaterThan(220);
    expect(count(before, 240)).toBeLessThan(length * 0.1);
    const after = murmurFrames(lineOf([voice, murmur]), weights);
    expect(count(after, length)).toBeGreaterThan(220);
    const between = lineOf([voice, murmur, voice]);
    expect(count(murmurFrames(between, weights), length, length + 240)).toBeGreaterThan(210);
    const moving = decodePhones(between, tables).filter(({ phone }) => phone > 0);
    const isIn = (frame: number) => frame >= length && frame < length + 240;
    const moved = moving.reduce(
      (sum, { firstFrame, endFrame }) =>
        sum + Array.from({ length: endFrame - firstFrame }, (_, i) => firstFrame + i).filter(isIn).length,
      0,
    );
    expect(moved).toBeLessThan(30);
    expect(moving.filter(({ firstFrame }) => firstFrame < length - 10)).toHaveLength(
      speech.filter(([phone]) => phone !== 'SIL').length,
    );
    const free = decodePhones(between, { ...tables, murmur: undefined }).filter(({ firstFrame }) => isIn(firstFrame));
    expect(free.length).toBeGreaterThan(15);
  });

  it('is found alone, but not in short doubts, nor in a voice that is doubted all along', () => {
    expect(count(murmurFrames(lineOf([{ beats: crowd(300), voice: 0.6 }]), weights))).toBe(296);
    const cough = lineOf([
      { beats: speech, voice: 0.98 },
      { beats: crowd(32), voice: 0.4 },
      { beats: speech, voice: 0.98 },
    ]);
    expect(count(murmurFrames(cough, weights))).toBe(0);
    // A voice in noise: less sure everywhere, but alike.
    expect(count(murmurFrames(lineOf([{ beats: [...speech, ...speech], voice: 0.85 }]), weights))).toBe(0);
    // A short line that is all a cry: nothing in it is sure, and it is somebody.
    expect(count(murmurFrames(lineOf([{ beats: crowd(80), voice: 0.5 }]), weights))).toBe(0);
    expect(count(murmurFrames(fakePosteriors([['SIL', 400]]), weights))).toBe(0);
    expect(murmurFrames(fakePosteriors([]), weights)).toHaveLength(0);
  });

  it('counts for no word beside a transcript', async () => {
    const line = lineOf([
      { beats: crowd(240), voice: 0.6 },
      { beats: beats('SIL HH AH L OW SIL M AY SIL F R EH N D SIL', 9), voice: 0.99 },
    ]);
    const { words } = normaliseText('Hello, my friend!');
    const lexicon = await loadLexicon();
    const align = (murmur: typeof weights | undefined) => alignTranscript(line, words, lexicon, { ...tables, murmur })!;
    expect(align(weights).words.map(({ text }) => text)).toEqual(['Hello', 'my', 'friend']);
    expect(align(undefined).words.map(({ text }) => text)).toContain('…');
    expect(align(weights).mismatch).toBeLessThan(align(undefined).mismatch - 0.5);
  });

  it('is the same in training', () => {
    const { silence, voice, frames, weights: used } = golden;
    const phoneLogProbs = new Float32Array(silence.length * PHONEMES.length).fill(-4);
    silence.forEach((value, frame) => (phoneLogProbs[frame * PHONEMES.length] = Math.log(value)));
    const empty = new Float32Array(silence.length);
    const found = murmurFrames(
      { frameCount: silence.length, phoneLogProbs, voice: Float32Array.from(voice), closed: empty, teeth: empty },
      used,
    );
    expect([...found].join('')).toBe(frames);
  });
});

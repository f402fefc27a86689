import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { analyseProsody } from '../audio/analyseProsody';
import { alignTranscript } from './alignTranscript';
import { pairs } from './keptBlocks';
import { PHONEMES } from './phonemes';
import type { PreviousSpeech } from './keptBlocks';
import { realign } from './realign';
import type { Heard } from './listen';
import { decoderForTests } from './testing/decoderForTests';
import { beats, fakePosteriors, type Beat } from './testing/fakePosteriors';
import { loadLexicon, type Lexicon } from './text/lexicon';
import { normaliseText } from './text/normaliseText';
import { understand } from './understand';

const tables = decoderForTests();
let lexicon: Lexicon;
beforeAll(async () => {
  lexicon = await loadLexicon();
});

const TRUTH = 'SIL HH AH L OW SIL M AY SIL F R EH N D SIL P L IY Z SIL K AH M SIL B AE K SIL';
const TEXT = 'Hello my friend please come back';
const heardOf = (sounds: readonly Beat[], certainty = 0.8): Heard => {
  const posteriors = fakePosteriors(sounds, certainty);
  const silence = { sampleRateHz: 16000, samples: new Float32Array(posteriors.frameCount * 160) };
  return { durationSeconds: posteriors.frameCount / 100, posteriors, prosody: analyseProsody(silence) };
};
const heard = heardOf(beats(TRUTH));
const wordsOf = (text: string) => normaliseText(text).words;

async function aligned(): Promise<PreviousSpeech> {
  const { phonemes, words } = await understand(heard, TEXT, tables);
  return { phonemes, words };
}

/** Sorted, touching, over the whole line. */
function expectWhole({ phonemes, words }: PreviousSpeech, durationSeconds: number): void {
  expect(phonemes[0].startSeconds).toBe(0);
  expect(phonemes[phonemes.length - 1].endSeconds).toBe(durationSeconds);
  phonemes.forEach((phoneme, i) => {
    expect(phoneme.endSeconds).toBeGreaterThan(phoneme.startSeconds);
    if (i > 0) expect(phoneme.startSeconds).toBe(phonemes[i - 1].endSeconds);
  });
  words.forEach((word, i) => {
    expect(word.endSeconds).toBeGreaterThan(word.startSeconds);
    if (i > 0) expect(word.startSeconds).toBeGreaterThanOrEqual(words[i - 1].endSeconds);
  });
}

describe('realign', () => {
  it('gives what aligning gives when nothing is kept', async () => {
    const before = await aligned();
    const after = realign(heard, wordsOf(TEXT), before, lexicon, tables);
    expect(after.phonemes.map(({ phoneme, endSeconds }) => [phoneme, endSeconds])).toEqual(
      before.phonemes.map(({ phoneme, endSeconds }) => [phoneme, endSeconds]),
    );
    expect(after.words.map(({ text }) => text)).toEqual(before.words.map(({ text }) => text));
  });

  it('changes only the surroundings of a changed word', async () => {
    const before = await aligned();
    const after = realign(heard, wordsOf('Hello my friend peas come back'), before, lexicon, tables, {
      changed: { from: 3, to: 4 },
    });
    expect(after.words.map(({ text }) => text)).toEqual(['Hello', 'my', 'friend', 'peas', 'come', 'back']);
    // "friend" and "come" are the surroundings; the rest is the very same.
    const keptWords = [0, 1, 5];
    for (const index of keptWords) expect(after.words[index]).toBe(before.words[index]);
    const far = before.phonemes.filter(
      ({ startSeconds, endSeconds }) => endSeconds <= before.words[1].endSeconds || startSeconds >= before.words[5].startSeconds,
    );
    expect(far.length).toBeGreaterThan(8);
    for (const phoneme of far) expect(after.phonemes).toContain(phoneme);
    expect(after.phonemes.map(({ phoneme }) => phoneme).join(' ')).toContain('P IY Z');
    expectWhole(after, heard.durationSeconds);
  });

  it('keeps a locked phoneme through a whole new text, and says what had no room', async () => {
    const before = await aligned();
    const at = before.phonemes.findIndex(({ phoneme }) => phoneme === 'EH');
    const phonemes = before.phonemes.map((one, i) => (i === at ? { ...one, locked: true } : one));
    const after = realign(heard, wordsOf('Completely different words now'), { ...before, phonemes }, lexicon, tables);
    expect(after.phonemes).toContain(phonemes[at]);
    expectWhole(after, heard.durationSeconds);
    const words = before.words.map((word, i) => (i === 1 || i === 2 ? { ...word, locked: true } : word));
    const between = realign(heard, wordsOf('Hello my very old friend please come back'), { ...before, words }, lexicon, tables);
    expect(between.words).toContain(words[1]);
    expect(between.words).toContain(words[2]);
    expectWhole(between, heard.durationSeconds);
  });

  it('locks one phoneme of a word and aligns the others around it', async () => {
    const before = await aligned();
    const at = before.phonemes.findIndex(({ phoneme }) => phoneme === 'EH');
    // Set by hand off the grid of frames: 23 ms earlier and 14 ms shorter than it was heard.
    const { startSeconds, endSeconds } = before.phonemes[at];
    const moved = { ...before.phonemes[at], startSeconds: startSeconds - 0.023, endSeconds: endSeconds - 0.014, locked: true };
    const phonemes = [...before.phonemes];
    phonemes[at - 1] = { ...phonemes[at - 1], endSeconds: moved.startSeconds };
    phonemes[at] = moved;
    phonemes[at + 1] = { ...phonemes[at + 1], startSeconds: moved.endSeconds };
    const after = realign(heard, wordsOf(TEXT), { ...before, phonemes }, lexicon, tables);
    expectWhole(after, heard.durationSeconds);
    expect(after.phonemes).toContain(moved);
    expect(after.phonemes.map(({ phoneme }) => phoneme)).toEqual(before.phonemes.map(({ phoneme }) => phoneme));
    // The word is aligned again: its first and last phones stand where the sound has them, and are no longer the old objects.
    const friend = after.words.find(({ text }) => text === 'friend')!;
    expect([friend.startSeconds, friend.endSeconds]).toEqual([before.words[2].startSeconds, before.words[2].endSeconds]);
    expect(after.phonemes).not.toContain(before.phonemes[at - 2]);
  });

  it('never moves what is locked, whatever is locked and whatever the new text', async () => {
    const before = await aligned();
    const vocabulary = ['hello', 'my', 'friend', 'please', 'come', 'back', 'purple', 'elephants', 'a', 'now'];
    const isLocked = (share: number) =>
      fc.array(
        fc.boolean().map((on) => on && share > 0),
        { minLength: 40, maxLength: 40 },
      );
    fc.assert(
      fc.property(
        isLocked(1),
        isLocked(1),
        fc.array(fc.constantFrom(...vocabulary), { maxLength: 9 }),
        (phoneLocks, wordLocks, text) => {
          const previous = {
            phonemes: before.phonemes.map((one, i) => (phoneLocks[i] && i % 3 === 0 ? { ...one, locked: true } : one)),
            words: before.words.map((one, i) => (wordLocks[i] && i % 2 === 0 ? { ...one, locked: true } : one)),
          };
          const after = realign(heard, wordsOf(text.join(' ')), previous, lexicon, tables);
          expectWhole(after, heard.durationSeconds);
          for (const phoneme of previous.phonemes.filter(({ locked }) => locked)) expect(after.phonemes).toContain(phoneme);
          for (const word of previous.words.filter(({ locked }) => locked)) {
            expect(
              after.words.some(
                ({ startSeconds, endSeconds, locked }) =>
                  locked && startSeconds === word.startSeconds && endSeconds === word.endSeconds,
              ),
            ).toBe(true);
          }
          // Every word of the text is there in order, or a notice names it.
          const written = after.words
            .filter(({ flag }) => flag !== 'unwritten' && flag !== 'repeated')
            .map((word) => word.text.toLowerCase());
          const named = after.notices.join(' ').toLowerCase();
          for (const word of text) expect(written.includes(word) || named.includes(`"${word}"`)).toBe(true);
        },
      ),
      { numRuns: 60, seed: 20261125 },
    );
  });
});

describe('pairs', () => {
  it('pairs equal words in order, and changed ones when as many came as went', () => {
    expect(pairs(['a', 'b', 'c'], ['A,', 'x', 'c'])).toEqual([0, 1, 2]);
    expect(pairs(['a', 'b', 'c'], ['a', 'c'])).toEqual([0, -1, 1]);
    expect(pairs(['a', 'c'], ['a', 'x', 'y', 'c'])).toEqual([0, 3]);
    expect(pairs([], ['a'])).toEqual([]);
    expect(pairs(['a'], [])).toEqual([-1]);
  });
});

describe('words that do not fit', () => {
  it('are flagged: missing, repeated, unwritten', () => {
    const align = (truth: string, text: string) =>
      alignTranscript(fakePosteriors(beats(truth)), wordsOf(text), lexicon, tables)!.words;
    const missing = align('SIL HH AH L OW SIL F R EH N D SIL', 'hello purple friend');
    expect(missing.map(({ text, flag }) => [text, flag])).toEqual([
      ['hello', undefined],
      ['purple', 'missing'],
      ['friend', undefined],
    ]);
    const twice = align('SIL HH AH L OW SIL M AY F R EH N D SIL M AY F R EH N D SIL G OW SIL', 'hello my friend go');
    expect(twice.filter(({ flag }) => flag === 'repeated').map(({ text }) => text)).toEqual(['my friend']);
    const extra = align('SIL HH AH L OW SIL K R EY Z IY M AH NG K IY Z SIL F R EH N D SIL', 'hello friend');
    expect(extra.map(({ text, flag }) => [text, flag])).toEqual([
      ['hello', undefined],
      ['…', 'unwritten'],
      ['friend', undefined],
    ]);
  });
});

describe('memory', () => {
  it('does not grow with the line', () => {
    let seed = 7;
    const next = (below: number) => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) % below;
    const vocabulary =
      'hello my friend please come back before they see the big old river bridge where nobody ever goes without a good torch'.split(
        ' ',
      );
    const peak = (count: number) => {
      const text = Array.from({ length: count }, () => vocabulary[next(vocabulary.length)]);
      const sounds = text.flatMap((word): Beat[] => [
        ...lexicon(word).pronunciations[0].phones.map((phone): Beat => [PHONEMES[phone], 6 + next(6)]),
        ...(next(4) === 0 ? [['SIL', 10 + next(30)] as Beat] : []),
      ]);
      const probe = { peakBackBytes: 0 };
      const posteriors = fakePosteriors(sounds, 0.7);
      const alignment = alignTranscript(posteriors, wordsOf(text.join(' ')), lexicon, tables, { probe })!;
      expect(alignment.words.filter(({ flag }) => flag === undefined)).toHaveLength(count);
      return { bytes: probe.peakBackBytes, seconds: posteriors.frameCount / 100 };
    };
    const [short, long] = [peak(220), peak(1900)];
    console.log('way back at most, bytes', { short, long });
    expect(long.seconds).toBeGreaterThan(600);
    expect(short.seconds).toBeLessThan(90);
    expect(long.bytes).toBeLessThan(1.5 * short.bytes);
    expect(long.bytes).toBeLessThan(6_000_000);
  });
});

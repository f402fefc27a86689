import { beforeAll, describe, expect, it } from 'vitest';
import { alignTranscript } from './alignTranscript';
import { PHONEMES } from './phonemes';
import type { Posteriors } from './posteriors';
import { decoderForTests } from './testing/decoderForTests';
import { beats, fakePosteriors, type Beat } from './testing/fakePosteriors';
import { loadLexicon, type Lexicon } from './text/lexicon';
import { normaliseText } from './text/normaliseText';

const tables = decoderForTests();
let lexicon: Lexicon;
beforeAll(async () => {
  lexicon = await loadLexicon();
});

const align = (posteriors: Posteriors, text: string) => alignTranscript(posteriors, normaliseText(text).words, lexicon, tables)!;
const phonesOf = (alignment: { readonly spans: readonly { readonly phone: number }[] }) =>
  alignment.spans.map((span) => PHONEMES[span.phone]).join(' ');

describe('alignTranscript', () => {
  it('finds words with their times and stress', () => {
    const truth = beats('SIL HH AH L OW SIL M AY SIL F R EH N D SIL');
    const { words, spans, mismatch } = align(fakePosteriors(truth), 'Hello, my friend!');
    expect(words.map((word) => word.text)).toEqual(['Hello', 'my', 'friend']);
    expect(words[0]).toMatchObject({ startSeconds: 0.24, endSeconds: 0.56 });
    expect(words[1].startSeconds).toBeCloseTo(0.8, 6);
    expect(words.every((word) => word.confidence > 0.7)).toBe(true);
    expect(spans.find((span) => PHONEMES[span.phone] === 'OW')!.stress).toBe(1);
    expect(mismatch).toBeLessThan(0.1);
  });

  it('chooses the pronunciation that was said', () => {
    expect(phonesOf(align(fakePosteriors(beats('SIL DH IY AE P AH L SIL')), 'the apple'))).toContain('DH IY AE');
    expect(phonesOf(align(fakePosteriors(beats('SIL DH AH M AE N SIL')), 'the man'))).toContain('DH AH M');
    const year = beats('SIL W AH N TH AW Z AH N D SIL');
    expect(align(fakePosteriors(year), '1000').words[0].confidence).toBeGreaterThan(0.5);
  });

  it('needs no silence anywhere', () => {
    const { words } = align(fakePosteriors(beats('HH AH L OW M AY F R EH N D')), 'hello my friend');
    expect(words[0].startSeconds).toBe(0);
    expect(words[2].endSeconds).toBeCloseTo(0.88, 6);
  });

  it('keeps a word that was not said, with a low confidence', () => {
    const { words } = align(fakePosteriors(beats('SIL HH AH L OW SIL F R EH N D SIL')), 'hello purple friend');
    expect(words).toHaveLength(3);
    expect(words[1].text).toBe('purple');
    expect(words[1].confidence).toBeLessThan(0.1);
    expect(words[0].confidence).toBeGreaterThan(0.5);
    expect(words[2].confidence).toBeGreaterThan(0.5);
  });

  it('steps over speech that the transcript does not hold, and still gives its phones', () => {
    const said = beats('SIL HH AH L OW SIL K R EY Z IY M AH NG K IY Z SIL F R EH N D SIL');
    const { words, spans } = align(fakePosteriors(said), 'hello friend');
    expect(words.every((word) => word.confidence > 0.5)).toBe(true);
    const adLib = spans.filter((span) => span.firstFrame >= 80 && span.endFrame <= 180).map((span) => PHONEMES[span.phone]);
    expect(adLib.join(' ')).toContain('K R EY Z IY M AH NG K IY Z');
  });

  it('covers the line without gaps, whatever the text', () => {
    const posteriors = fakePosteriors(beats('SIL HH AH L OW SIL M AA M AA SIL'));
    for (const text of ['hello mama', 'something else', 'a', '12/25/2024 $3.50 R2-D2', 'xyzzy plugh']) {
      const { spans, words } = align(posteriors, text);
      expect(spans[0].firstFrame).toBe(0);
      expect(spans[spans.length - 1].endFrame).toBe(posteriors.frameCount);
      spans.forEach((span, i) => {
        expect(span.endFrame).toBeGreaterThan(span.firstFrame);
        if (i > 0) expect(span.firstFrame).toBe(spans[i - 1].endFrame);
      });
      words.forEach((word, i) => {
        expect(word.endSeconds).toBeGreaterThan(word.startSeconds);
        if (i > 0) expect(word.startSeconds).toBeGreaterThanOrEqual(words[i - 1].endSeconds);
      });
    }
  });

  it('fits its own transcript better than another', () => {
    const posteriors = fakePosteriors(beats('SIL HH AH L OW SIL M AY SIL F R EH N D SIL'), 0.5);
    expect(align(posteriors, 'hello my friend').mismatch + 1.5).toBeLessThan(align(posteriors, 'elephants eat cheese').mismatch);
  });

  it('says when the line is too short for the text', () => {
    const posteriors = fakePosteriors(beats('SIL HH AH'));
    expect(
      alignTranscript(posteriors, normaliseText('a very long sentence for so short a line').words, lexicon, tables),
    ).toBeNull();
  });

  it('aligns eleven minutes, 1380 words, in order, without the whole square in memory', () => {
    const sentence: Beat[] = beats('HH AH L OW SIL M AY F R EH N D SIL');
    const sounds = Array.from({ length: 460 }, () => sentence).flat();
    const posteriors = fakePosteriors(sounds);
    expect(posteriors.frameCount).toBeGreaterThan(60_000);
    const before = process.memoryUsage().arrayBuffers;
    const { words } = align(posteriors, Array.from({ length: 460 }, () => 'hello, my friend.').join(' '));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(200e6);
    expect(words).toHaveLength(1380);
    expect(words.every((word) => word.confidence > 0.6)).toBe(true);
    const period = posteriors.frameCount / 460 / 100;
    words.forEach((word, i) => {
      if (i % 3 === 0) expect(word.startSeconds).toBeCloseTo((i / 3) * period, 6);
    });
  });
});

import { describe, expect, it } from 'vitest';
import { decodePhones, type PhoneSpan } from './decodePhones';
import type { DecoderTables } from './decoderTables';
import { PHONEMES, type Phoneme } from './phonemes';
import type { Posteriors } from './posteriors';
import { decoderForTests } from './testing/decoderForTests';
import { beats, fakePosteriors } from './testing/fakePosteriors';

const tables = decoderForTests();
/** Without its words: phones alone, which `scoreOf` scores. */
const phonesOnly: DecoderTables = { ...tables, words: null };
const names = (spans: readonly PhoneSpan[]) => spans.map((span) => PHONEMES[span.phone]).join(' ');
const random = (seed: number) => () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 2 ** 32;

/** The score of any segmentation by the definition in training/viterbi.py, written without dynamic programming. */
function scoreOf(spans: readonly PhoneSpan[], posteriors: Posteriors, t: DecoderTables): number {
  const { minFrames, grammarScale, segmentBonus, priorScale, durationScale, voiceScale, closedScale, teethScale, bonus } =
    t.search;
  let score = grammarScale * t.startLogProb[spans[0].phone];
  let context = spans[0].phone === 0 ? 0 : t.grammar.next(0, spans[0].phone);
  spans.forEach((span, i) => {
    for (let k = span.firstFrame; k < span.endFrame; k++) {
      score += posteriors.phoneLogProbs[k * 40 + span.phone] - priorScale * t.logPrior[span.phone] + bonus[span.phone];
      score += voiceScale * Math.log(span.phone === 0 ? 1 - posteriors.voice[k] : posteriors.voice[k]);
      const isClosed = ['P', 'B', 'M'].includes(PHONEMES[span.phone]);
      const isTeeth = ['F', 'V'].includes(PHONEMES[span.phone]);
      score += closedScale * Math.log(isClosed ? posteriors.closed[k] : 1 - posteriors.closed[k]);
      score += teethScale * Math.log(isTeeth ? posteriors.teeth[k] : 1 - posteriors.teeth[k]);
    }
    const leave = 1 / Math.max(Math.exp(t.durationLogMean[span.phone]) / 0.01 - minFrames + 1, 1.5);
    score += (span.endFrame - span.firstFrame - minFrames) * durationScale * Math.log(1 - leave);
    const next = spans[i + 1];
    if (next) {
      score += grammarScale * t.grammar.logProb(context, next.phone);
      context = t.grammar.next(context, next.phone);
      score += segmentBonus + durationScale * Math.log(leave);
    }
  });
  return score;
}

describe('decodePhones', () => {
  it('finds a clear sequence with its boundaries', () => {
    const truth = beats('SIL HH AH L OW SIL M AA M AA SIL');
    const spans = decodePhones(fakePosteriors(truth), tables);
    expect(names(spans)).toBe('SIL HH AH L OW SIL M AA M AA SIL');
    let frame = 0;
    truth.forEach(([, frames], i) => {
      expect(spans[i].firstFrame).toBe(frame);
      frame += frames;
    });
  });

  it('does not chop: a glitch of one frame is no phone', () => {
    const glitched = fakePosteriors([
      ['SIL', 20],
      ['AA', 10],
      ['T', 1],
      ['AA', 10],
      ['SIL', 20],
    ]);
    expect(names(decodePhones(glitched, tables))).toBe('SIL AA SIL');
  });

  it('covers any frames with spans that touch, and none is better among many others', () => {
    const next = random(5);
    for (let round = 0; round < 30; round++) {
      const frames = 9 + Math.floor(next() * 20);
      const truth = Array.from({ length: frames }, () => [PHONEMES[Math.floor(next() * 40)], 1] as [Phoneme, number]);
      const posteriors = fakePosteriors(truth, 0.3, next);
      const spans = decodePhones(posteriors, phonesOnly);
      expect(spans[0].firstFrame).toBe(0);
      expect(spans[spans.length - 1].endFrame).toBe(frames);
      spans.forEach((span, i) => {
        if (i > 0) expect(span.firstFrame).toBe(spans[i - 1].endFrame);
        expect(span.endFrame - span.firstFrame).toBeGreaterThanOrEqual(tables.search.minFrames);
      });
      const best = scoreOf(spans, posteriors, tables);
      for (let other = 0; other < 200; other++) {
        const rival: PhoneSpan[] = [];
        for (let at = 0; at < frames;) {
          const left = frames - at;
          const length =
            left < 2 * tables.search.minFrames
              ? left
              : tables.search.minFrames + Math.floor(next() * (left - 2 * tables.search.minFrames + 1));
          rival.push({ phone: Math.floor(next() * 40), firstFrame: at, endFrame: at + length });
          at += length;
        }
        expect(scoreOf(rival, posteriors, tables)).toBeLessThanOrEqual(best + 1e-3);
      }
      // Neighbours of the answer are the hardest rivals: one phone changed.
      spans.forEach((_, i) => {
        for (let phone = 0; phone < 40; phone++) {
          const rival = spans.map((span, k) => (k === i ? { ...span, phone } : span));
          expect(scoreOf(rival, posteriors, tables)).toBeLessThanOrEqual(best + 1e-3);
        }
      });
    }
  });

  it('keeps the mouth shut where the voice output says that nobody speaks', () => {
    const unsure = fakePosteriors(beats('SIL AA SIL'), 0.3);
    const breath = { ...unsure, voice: unsure.voice.map(() => 0.002) };
    const strict = { ...tables, murmur: undefined, search: { ...tables.search, voiceScale: 1 } };
    expect(names(decodePhones(unsure, strict))).toBe('SIL AA SIL');
    expect(names(decodePhones(breath, strict))).toBe('SIL');
  });

  it('gives the same in windows as in one go', () => {
    const phones = Array.from({ length: 60 }, (_, i) => ['HH AH L OW', 'M AA M AA SIL', 'S T IY V', 'B R IH JH'][i % 4]).join(
      ' ',
    );
    const posteriors = fakePosteriors(beats(phones), 0.4, random(3));
    expect(posteriors.frameCount).toBeGreaterThan(1800);
    expect(decodePhones(posteriors, tables, 0, posteriors.frameCount, 700)).toEqual(decodePhones(posteriors, tables));
  });

  it('a silence longer than its window stays one', () => {
    const spans = decodePhones(
      fakePosteriors([
        ['M', 10],
        ['SIL', 2000],
        ['AA', 20],
        ['SIL', 30],
      ]),
      tables,
      0,
      2060,
      500,
    );
    expect(names(spans)).toBe('M SIL AA SIL');
    expect(spans.map((span) => span.endFrame)).toEqual([10, 2010, 2030, 2060]);
  });

  it('decodes a part of a line, the shortest lines and none', () => {
    const posteriors = fakePosteriors(beats('SIL S IY SIL'));
    const part = decodePhones(posteriors, tables, 24, 40);
    expect(names(part)).toBe('S IY');
    expect(part[0].firstFrame).toBe(24);
    expect(decodePhones(fakePosteriors([['AA', 1]]), tables)).toEqual([{ phone: 1, firstFrame: 0, endFrame: 1 }]);
    expect(decodePhones(fakePosteriors([]), tables)).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import golden from '../../models/golden/decoder.json';
import { decodePhones, type PhoneSpan } from './decodePhones';
import type { DecoderTables } from './decoderTables';
import { PHONEME_INDEX, PHONEMES, type Phoneme } from './phonemes';
import { searchCosts } from './phoneSearch';
import type { Posteriors } from './posteriors';
import { decoderForTests } from './testing/decoderForTests';
import { beats, fakePosteriors } from './testing/fakePosteriors';
import { WordLexicon } from './wordLexicon';
import { searchWords } from './wordSearch';

const released = decoderForTests();
const names = (spans: readonly PhoneSpan[]) => spans.map((span) => PHONEMES[span.phone]).join(' ');
const random = (seed: number) => () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 2 ** 32;
const said = (text: string): number[] => text.split(' ').map((phone) => PHONEME_INDEX[phone as Phoneme]);

/** Four words: "map", "mat" (or "met"), "tap" and "a"; "map a" and the beginning with "tap" are pairs that are listed. */
const WAYS = [['M AE P'], ['M AE T', 'M EH T'], ['T AE P'], ['AH']];
const small = WordLexicon.read({
  step: 0.06,
  ways: Uint8Array.from(WAYS.flatMap((ways) => ways.flatMap((way, i) => [...said(way), i < ways.length - 1 ? 254 : 255]))),
  single: Uint8Array.of(50, 70, 60, 70, 40),
  back: Uint8Array.of(10, 0, 5, 8, 20),
  followers: Uint16Array.of(1, 0, 0, 0, 1),
  second: Uint16Array.of(3, 2),
  pair: Uint8Array.of(30, 40),
})!;
const tables: DecoderTables = { ...released, words: small };

describe('the search with words', () => {
  it('finds what training/viterbi.py finds with the released tables', () => {
    const unpacked = (text: string, step: number) => Float32Array.from(atob(text), (letter) => step * letter.charCodeAt(0));
    for (const line of golden.lines) {
      const voice = unpacked(line.voice, golden.step);
      const heard: Posteriors = {
        frameCount: voice.length,
        phoneLogProbs: unpacked(line.phones, -golden.logStep),
        voice,
        closed: unpacked(line.closed, golden.step),
        teeth: unpacked(line.teeth, golden.step),
      };
      const found = decodePhones(heard, released).map((span) => [PHONEMES[span.phone], span.firstFrame, span.endFrame]);
      expect(found).toEqual(line.spans);
    }
  });

  it('hears an unclear phone as the word has it, and leaves clear phones that are no word as they are', () => {
    const unclear = fakePosteriors(beats('SIL M AE P SIL'), 0.6);
    // The vowel's frames say EH a little louder than AE.
    for (let frame = 32; frame < 40; frame++) {
      unclear.phoneLogProbs[frame * 40 + PHONEME_INDEX.AE] = Math.log(0.25);
      unclear.phoneLogProbs[frame * 40 + PHONEME_INDEX.EH] = Math.log(0.35);
    }
    expect(names(decodePhones(unclear, tables))).toBe('SIL M AE P SIL');
    const invented = 'SIL Z OY G UW M SIL M AE P AH SIL';
    expect(names(decodePhones(fakePosteriors(beats(invented)), tables))).toBe(invented);
    expect(names(decodePhones(fakePosteriors(beats(invented)), released))).toBe(invented);
  });

  it('scores words and pauses as training/word_search.py says: no other row of words does better', () => {
    const next = random(11);
    for (let round = 0; round < 12; round++) {
      const truth = Array.from({ length: 2 + Math.floor(next() * 3) }, () => randomWord(next));
      const heard = fakePosteriors(beats(['SIL', ...truth.map(([, way]) => way), 'SIL'].join(' '), 5), 0.5, next);
      const spans = searchWords(heard, searchCosts(tables), small, 0, heard.frameCount, small.sentence);
      expect(spans.every((span, i) => span.firstFrame === (i === 0 ? 0 : spans[i - 1].endFrame))).toBe(true);
      const best = bestOfRows(spans, heard);
      expect(best).toBeGreaterThan(-Infinity);
      for (let other = 0; other < 300; other++)
        expect(scoreOfRow(randomRow(next, heard.frameCount), heard)).toBeLessThanOrEqual(best + 1e-3);
    }
  });

  it('gives the same in windows as in one go, and cuts no word', () => {
    const line = Array.from({ length: 60 }, (_, i) => ['M AE P AH', 'T AE P SIL', 'M EH T AH', 'M AE P'][i % 4]).join(' ');
    const heard = fakePosteriors(beats(line), 0.5, random(3));
    expect(heard.frameCount).toBeGreaterThan(1500);
    expect(decodePhones(heard, tables, 0, heard.frameCount, 700)).toEqual(decodePhones(heard, tables));
  });
});

type Row = readonly { readonly word: number | null; readonly spans: readonly PhoneSpan[] }[];

function randomWord(next: () => number): readonly [word: number, way: string] {
  const word = Math.floor(next() * WAYS.length);
  return [word, WAYS[word][Math.floor(next() * WAYS[word].length)]];
}

/** Words and pauses (word null) that fill the frames with random lengths. */
function randomRow(next: () => number, frames: number): Row {
  const { minFrames } = tables.search;
  const row: { word: number | null; phones: number[] }[] = [];
  let room = Math.floor(frames / minFrames);
  for (let pause = next() < 0.5; room > 0; pause = !pause && next() < 0.4) {
    const [word, way] = pause ? [null, 'SIL'] : randomWord(next);
    if (said(way).length > room) break;
    row.push({ word, phones: said(way) });
    room -= said(way).length;
    if (next() < 0.1) break;
  }
  const count = row.reduce((sum, { phones }) => sum + phones.length, 0);
  const cuts = Array.from({ length: Math.max(0, count - 1) }, () => Math.floor(next() * (frames - count * minFrames + 1)));
  cuts.sort((a, b) => a - b);
  const edges = [0, ...cuts.map((cut, i) => cut + (i + 1) * minFrames), frames];
  let at = 0;
  return row.map(({ word, phones }) => ({
    word,
    spans: phones.map((phone) => ({ phone, firstFrame: edges[at], endFrame: edges[++at] })),
  }));
}

/** Score by the definition of a row of words and pauses, the better of both meanings of each pause (inside a sentence, or its end). */
function scoreOfRow(row: Row, heard: Posteriors): number {
  if (row.length === 0) return -Infinity;
  const costs = searchCosts(tables);
  const { wordScale, wordBonus, pauseBonus, voiceScale, closedScale, teethScale } = tables.search;
  const paths = new Map([[small.sentence, 0]]);
  const all = row.flatMap(({ spans }) => spans);
  let score = 0;
  all.forEach(({ phone, firstFrame, endFrame }, i) => {
    for (let k = firstFrame; k < endFrame; k++) {
      score += heard.phoneLogProbs[k * 40 + phone] - costs.prior[phone];
      score += voiceScale * Math.log(phone === 0 ? 1 - heard.voice[k] : heard.voice[k]);
      const isClosed = ['P', 'B', 'M'].includes(PHONEMES[phone]);
      score += closedScale * Math.log(isClosed ? heard.closed[k] : 1 - heard.closed[k]);
      score += teethScale * Math.log(1 - heard.teeth[k]);
    }
    score += (endFrame - firstFrame - costs.minFrames) * costs.stay[phone] + (i < all.length - 1 ? costs.leave[phone] : 0);
  });
  for (const { word } of row) {
    const before = [...paths];
    paths.clear();
    for (const [history, value] of before) {
      const reach = (to: number, more: number) => paths.set(to, Math.max(paths.get(to) ?? -Infinity, value + more));
      if (word !== null) reach(word, wordScale * small.logProb(history, word) + wordBonus);
      else {
        reach(history, pauseBonus);
        if (history !== small.sentence) reach(small.sentence, wordScale * small.logProb(history, small.sentence));
      }
    }
  }
  return score + Math.max(...paths.values());
}

/** The same of spans that the search found: of all words they can be. */
function bestOfRows(spans: readonly PhoneSpan[], heard: Posteriors): number {
  const rows: Row[] = [];
  const read = (at: number, row: Row) => {
    if (at === spans.length) rows.push(row);
    else if (spans[at].phone === 0) read(at + 1, [...row, { word: null, spans: [spans[at]] }]);
    else
      WAYS.forEach((ways, word) =>
        ways.map(said).forEach((way) => {
          if (way.every((phone, i) => spans[at + i]?.phone === phone))
            read(at + way.length, [...row, { word, spans: spans.slice(at, at + way.length) }]);
        }),
      );
  };
  read(0, []);
  return Math.max(...rows.map((row) => scoreOfRow(row, heard)));
}

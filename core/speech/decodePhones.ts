import type { DecoderTables, SearchWeights } from './decoderTables';
import { readFrameScores } from './frameScores';
import { PHONEMES } from './phonemes';
import type { Posteriors } from './posteriors';

/** A phone in frames of 10 ms: first <= frame < end. */
export interface PhoneSpan {
  /** Index into `PHONEMES`. */
  readonly phone: number;
  readonly firstFrame: number;
  readonly endFrame: number;
}

const COUNT = PHONEMES.length;
const SILENCE = 0;
const PAIRS = COUNT * COUNT;
/** The way back is kept for this many frames (30 s, 5 MB); a longer stretch is searched window after window. */
const WINDOW_FRAMES = 3000;
/** Of a window that is not the last, spans that end in its last 2 s are searched again by the next one, which hears what follows. */
const LOOKAHEAD_FRAMES = 200;
/** Set in the way back of a pair that stayed; below it, the phone before the one that was left. */
const STAYED = 128;

/**
 * The likeliest phone sequence of frames `fromFrame`..`toFrame` from sound alone: Viterbi over a phone trigram. Every phone
 * is a chain of `minFrames` states, the last of which may repeat with the log-odds of a geometric length around the
 * phone's mean; the same search as training/viterbi.py, which documents the score. Time grows with the length, memory does not.
 * @returns spans that touch each other and cover the frames; none for no frames
 */
export function decodePhones(
  posteriors: Posteriors,
  tables: DecoderTables,
  fromFrame = 0,
  toFrame = posteriors.frameCount,
  windowFrames = WINDOW_FRAMES,
): PhoneSpan[] {
  const costs = searchCosts(tables);
  const spans: PhoneSpan[] = [];
  for (let first = fromFrame; first < toFrame;) {
    const end = Math.min(toFrame, first + windowFrames);
    const last = end === toFrame;
    const [before = 0, now = -1] = spans.length === 0 ? [] : [spans.at(-2)?.phone, spans.at(-1)?.phone];
    const found = searchWindow(posteriors, costs, first, end, before, now);
    const kept = last ? found : found.filter((span) => span.endFrame <= end - LOOKAHEAD_FRAMES);
    // A phone longer than the window leaves nothing to keep before it: it is cut there, and a silence put together again.
    if (kept.length === 0) kept.push({ ...found[0], endFrame: Math.min(found[0].endFrame, end) });
    if (kept[0].phone === SILENCE && now === SILENCE) {
      const silence = spans.pop()!;
      kept[0] = { ...kept[0], firstFrame: silence.firstFrame };
    }
    spans.push(...kept);
    first = kept[kept.length - 1].endFrame;
  }
  return spans;
}

interface SearchCosts {
  readonly minFrames: number;
  readonly weights: SearchWeights;
  readonly start: Float32Array;
  readonly prior: Float32Array;
  readonly stay: Float32Array;
  /** Entering k from j after i, stored [(k * 40 + j) * 40 + i] so that the search reads it in order. */
  readonly into: Float32Array;
  /** By j: the most that two phones before it can differ in `into`. */
  readonly spread: Float32Array;
}

const COSTS = new WeakMap<DecoderTables, SearchCosts>();

function searchCosts(tables: DecoderTables): SearchCosts {
  const known = COSTS.get(tables);
  if (known) return known;
  const { minFrames, trigramScale, segmentBonus, priorScale, durationScale, bonus } = tables.search;
  const leave = tables.durationLogMean.map((mean) => 1 / Math.max(Math.exp(mean) / tables.frameSeconds - minFrames + 1, 1.5));
  const into = new Float32Array(COUNT * PAIRS);
  for (let i = 0; i < COUNT; i++) {
    for (let j = 0; j < COUNT; j++) {
      const fixed = segmentBonus + durationScale * Math.log(leave[j]);
      for (let k = 0; k < COUNT; k++) {
        into[(k * COUNT + j) * COUNT + i] = trigramScale * tables.trigram[(i * COUNT + j) * COUNT + k] + fixed;
      }
    }
  }
  const costs: SearchCosts = {
    minFrames,
    weights: tables.search,
    start: Float32Array.from(tables.startLogProb, (value) => trigramScale * value),
    prior: Float32Array.from(tables.logPrior, (value, phone) => priorScale * value - bonus[phone]),
    stay: Float32Array.from(leave, (value) => durationScale * Math.log(1 - value)),
    into,
    spread: spreadOf(into),
  };
  COSTS.set(tables, costs);
  return costs;
}

function spreadOf(into: Float32Array): Float32Array {
  const spread = new Float32Array(COUNT);
  for (let pair = 0; pair < PAIRS; pair++) {
    const row = into.subarray(pair * COUNT, (pair + 1) * COUNT);
    const j = pair % COUNT;
    spread[j] = Math.max(spread[j], Math.max(...row) - Math.min(...row) + 1e-3);
  }
  return spread;
}

/** Searches frames first..end. `now` is the phone that ended at `first` and `before` the one before it; -1: the line starts here. */
function searchWindow(
  posteriors: Posteriors,
  costs: SearchCosts,
  first: number,
  end: number,
  before: number,
  now: number,
): PhoneSpan[] {
  const { minFrames, into, stay } = costs;
  const frames = end - first;
  const scores = new Float32Array(COUNT);
  const readScores = (frame: number) => {
    readFrameScores(scores, posteriors, first + frame, costs.prior, costs.weights);
  };
  if (frames < minFrames) return [{ phone: bestOverall(frames, scores, readScores), firstFrame: first, endFrame: end }];

  // at[state][phone * 40 + previous]: score of the best path that is now in that state of the phone's chain.
  let at = Array.from({ length: minFrames }, () => new Float32Array(PAIRS).fill(-1e30));
  const back = new Uint8Array(frames * PAIRS);
  readScores(0);
  for (let p = 0; p < COUNT; p++) {
    const entry = now < 0 ? costs.start[p] : into[(p * COUNT + now) * COUNT + before];
    at[0][p * COUNT + Math.max(now, 0)] = entry + scores[p];
  }
  for (let frame = 1; frame < frames; frame++) {
    readScores(frame);
    const leaving = at[minFrames - 1];
    const way = back.subarray(frame * PAIRS, (frame + 1) * PAIRS);
    // The chain moves on by one state; the array that falls off its end becomes the first state's.
    const moved = [new Float32Array(PAIRS), ...at.slice(0, -1)];
    enterPhones(leaving, costs, moved[0], way);
    const last = moved[minFrames - 1];
    const repeating = minFrames === 1 ? moved[0] : last;
    for (let phone = 0, pair = 0; phone < COUNT; phone++) {
      for (let i = 0; i < COUNT; i++, pair++) {
        const repeat = leaving[pair] + stay[phone];
        if (repeat >= repeating[pair]) {
          repeating[pair] = repeat;
          way[pair] |= STAYED;
        }
      }
    }
    for (const state of moved) addScores(state, scores);
    at = moved;
  }
  return walkBack(at[minFrames - 1], back, frames, minFrames, first);
}

/**
 * Best way into each phone k from phone j, over the phones i before j; remembers i. Of those, only the few that are not further
 * behind the best than the trigram can make up for are looked at.
 */
function enterPhones(leaving: Float32Array, costs: SearchCosts, entered: Float32Array, way: Uint8Array): void {
  const { into, spread } = costs;
  const candidates = new Uint8Array(COUNT);
  for (let j = 0; j < COUNT; j++) {
    const row = j * COUNT;
    let top = leaving[row];
    for (let i = 1; i < COUNT; i++) if (leaving[row + i] > top) top = leaving[row + i];
    let count = 0;
    for (let i = 0; i < COUNT; i++) if (leaving[row + i] >= top - spread[j]) candidates[count++] = i;
    for (let k = 0; k < COUNT; k++) {
      const pair = k * COUNT + j;
      let best = -Infinity;
      let who = 0;
      for (let c = 0; c < count; c++) {
        const i = candidates[c];
        const score = leaving[row + i] + into[pair * COUNT + i];
        if (score > best) {
          best = score;
          who = i;
        }
      }
      entered[pair] = best;
      way[pair] = who;
    }
  }
}

function addScores(state: Float32Array, scores: Float32Array): void {
  for (let phone = 0, pair = 0; phone < COUNT; phone++) {
    for (let i = 0; i < COUNT; i++, pair++) state[pair] += scores[phone];
  }
}

function walkBack(final: Float32Array, back: Uint8Array, frames: number, minFrames: number, offset: number): PhoneSpan[] {
  let pair = 0;
  for (let p = 1; p < PAIRS; p++) if (final[p] > final[pair]) pair = p;
  const spans: PhoneSpan[] = [];
  let end = frames;
  for (;;) {
    const phone = Math.floor(pair / COUNT);
    let frame = end - 1;
    while (frame > 0 && back[frame * PAIRS + pair] >= STAYED) frame--;
    const first = Math.max(0, frame - (minFrames - 1));
    spans.push({ phone, firstFrame: offset + first, endFrame: offset + end });
    if (first === 0) return spans.reverse();
    pair = (pair % COUNT) * COUNT + (back[first * PAIRS + pair] & (STAYED - 1));
    end = first;
  }
}

function bestOverall(frames: number, scores: Float32Array, readScores: (frame: number) => void): number {
  const sums = new Float64Array(COUNT);
  for (let frame = 0; frame < frames; frame++) {
    readScores(frame);
    scores.forEach((score, phone) => (sums[phone] += score));
  }
  return sums.indexOf(Math.max(...sums));
}

import type { DecoderTables, MurmurWeights, SearchWeights } from './decoderTables';
import { scoresOfFrames } from './frameScores';
import { murmurFrames } from './murmur';
import type { PhoneGrammar } from './phoneGrammar';
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
const NOTHING = -1e30;
/** What is this far behind the best path of its frame is given up; a path is left for another phone only when it is no further behind than that. */
export const BEAM = 18;
export const LEAVING_BEAM = 16;
/** How much further behind a phone may be that is entered, its first frames counted. */
export const LOOKAHEAD_SLACK = 8;

/** How far every phone is behind silence where nobody in particular speaks. */
const SILENCED = 20;

/** Scores of everything but the sound, made once for a set of tables. */
export interface SearchCosts {
  readonly minFrames: number;
  readonly weights: SearchWeights;
  readonly murmur: MurmurWeights | undefined;
  readonly grammar: PhoneGrammar;
  /** Starting a line with each phone. */
  readonly start: Float32Array;
  readonly prior: Float32Array;
  /** One frame more of each phone. */
  readonly stay: Float32Array;
  /** Leaving each phone for any other, what the grammar says apart. */
  readonly leave: Float32Array;
}

const COSTS = new WeakMap<DecoderTables, SearchCosts>();

export function searchCosts(tables: DecoderTables): SearchCosts {
  const known = COSTS.get(tables);
  if (known) return known;
  const { minFrames, grammarScale, segmentBonus, priorScale, durationScale, bonus } = tables.search;
  const odds = tables.durationLogMean.map((mean) => 1 / Math.max(Math.exp(mean) / tables.frameSeconds - minFrames + 1, 1.5));
  const costs: SearchCosts = {
    minFrames,
    weights: tables.search,
    murmur: tables.murmur,
    grammar: tables.grammar,
    start: Float32Array.from(tables.startLogProb, (value) => grammarScale * value),
    prior: Float32Array.from(tables.logPrior, (value, phone) => priorScale * value - bonus[phone]),
    stay: Float32Array.from(odds, (value) => durationScale * Math.log(1 - value)),
    leave: Float32Array.from(odds, (value) => segmentBonus + durationScale * Math.log(value)),
  };
  COSTS.set(tables, costs);
  return costs;
}

/** How each phone of a path was entered; 0 stands for the beginning. */
interface Entries {
  readonly parent: number[];
  readonly context: number[];
  readonly frame: number[];
}

/**
 * Beam search over frames first..end. Every phone is a chain of `minFrames` states, the last of which may repeat; a token is a context of
 * the grammar and a state of its last phone's chain, and the best of the paths that meet in one survives.
 * @param before the phones that ended at `first`; none: the line starts here
 */
export function searchPhones(
  posteriors: Posteriors,
  costs: SearchCosts,
  first: number,
  end: number,
  before: readonly number[],
): PhoneSpan[] {
  const frames = end - first;
  const scores = searchScores(posteriors, costs, first, end);
  if (frames < costs.minFrames) return [shortest(scores, first, end)];
  const beam = new Beam(costs, before, scores);
  for (let frame = 1; frame < frames; frame++) beam.step(scores, frame, frames);
  return beam.path(frames).map(({ phone, firstFrame, endFrame }) => ({
    phone,
    firstFrame: first + firstFrame,
    endFrame: first + endFrame,
  }));
}

function silenceMurmur(scores: Float32Array, murmur: Uint8Array): void {
  murmur.forEach((isMurmur, frame) => {
    if (isMurmur === 1) scores.fill(scores[frame * COUNT + SILENCE] - SILENCED, frame * COUNT + 1, (frame + 1) * COUNT);
  });
}

class Beam {
  /** Score and entry of each token, [state * contexts + context]. */
  private readonly at: Float32Array;
  private readonly entry: Int32Array;
  private active: number[] = [];
  private readonly isActive: Uint8Array;
  /** Of this frame, by context: the best way in, and the entry of the phone that was left for it. */
  private readonly entered: Float32Array;
  private readonly enteredFrom: Int32Array;
  private readonly entries: Entries = { parent: [-1], context: [0], frame: [0] };
  private readonly size: number;

  constructor(
    private readonly costs: SearchCosts,
    before: readonly number[],
    scores: Float32Array,
  ) {
    const { grammar, minFrames, start } = costs;
    this.size = grammar.contextCount;
    this.at = new Float32Array(minFrames * this.size).fill(NOTHING);
    this.entry = new Int32Array(minFrames * this.size);
    this.isActive = new Uint8Array(this.size);
    this.entered = new Float32Array(this.size).fill(NOTHING);
    this.enteredFrom = new Int32Array(this.size);
    const isStart = before.length === 0;
    const from = before.reduce((context, phone) => grammar.next(context, phone), SILENCE);
    for (let phone = 0; phone < COUNT; phone++) {
      const context = isStart && phone === SILENCE ? SILENCE : grammar.next(from, phone);
      this.at[context] = (isStart ? start[phone] : this.leaving(from, phone)) + scores[phone];
      this.entry[context] = this.enter(0, context, 0);
      this.activate(context);
    }
  }

  step(scores: Float32Array, frame: number, frames: number): void {
    const ways = this.findEntries(scores, frame, frames);
    this.moveOn();
    this.putEntries(ways);
    this.addScores(scores, frame);
  }

  /** Best ways from the phones that are through into others. */
  private findEntries(scores: Float32Array, frame: number, frames: number): readonly number[] {
    const { minFrames, grammar } = this.costs;
    const through = (minFrames - 1) * this.size;
    let best = NOTHING;
    for (const context of this.active) best = Math.max(best, this.at[through + context]);
    const ahead = lookAhead(scores, frame, frames, minFrames);
    const least = best + ahead.reduce((most, value) => Math.max(most, value)) - LEAVING_BEAM - LOOKAHEAD_SLACK;
    const ways: number[] = [];
    for (const context of this.active) {
      const value = this.at[through + context];
      if (value < best - LEAVING_BEAM || value <= NOTHING) continue;
      for (let phone = 0; phone < COUNT; phone++) {
        const score = value + this.leaving(context, phone);
        if (score + ahead[phone] < least) continue;
        const to = grammar.next(context, phone);
        if (score <= this.entered[to]) continue;
        if (this.entered[to] === Math.fround(NOTHING)) ways.push(to);
        this.entered[to] = score;
        this.enteredFrom[to] = this.entry[through + context];
      }
    }
    return ways;
  }

  /** Every token moves on by one state of its phone's chain; those in the last may stay. */
  private moveOn(): void {
    const { minFrames, grammar, stay } = this.costs;
    const { at, entry, size } = this;
    const through = (minFrames - 1) * size;
    for (const context of this.active) {
      const repeat = at[through + context] + stay[grammar.lastPhone[context]];
      const repeatEntry = entry[through + context];
      for (let state = through; state > 0; state -= size) {
        at[state + context] = at[state - size + context];
        entry[state + context] = entry[state - size + context];
      }
      at[context] = NOTHING;
      if (repeat < at[through + context]) continue;
      at[through + context] = repeat;
      entry[through + context] = repeatEntry;
    }
  }

  private putEntries(ways: readonly number[]): void {
    for (const context of ways) {
      if (this.entered[context] > this.at[context]) {
        this.at[context] = this.entered[context];
        // An entry is made only when the token survives this frame.
        this.entry[context] = -1 - this.enteredFrom[context];
      }
      this.entered[context] = NOTHING;
      if (this.isActive[context] === 0) this.activate(context);
    }
  }

  private addScores(scores: Float32Array, frame: number): void {
    const { minFrames, grammar } = this.costs;
    const { at, entry, size } = this;
    let best = NOTHING;
    for (const context of this.active) {
      const score = scores[frame * COUNT + grammar.lastPhone[context]];
      for (let token = context; token < minFrames * size; token += size) {
        at[token] += score;
        best = Math.max(best, at[token]);
      }
    }
    this.active = this.active.filter((context) => {
      let isAlive = 0;
      for (let token = context; token < minFrames * size; token += size) {
        if (at[token] < best - BEAM) {
          at[token] = NOTHING;
          continue;
        }
        isAlive = 1;
        if (entry[token] < 0) entry[token] = this.enter(-1 - entry[token], context, frame);
      }
      this.isActive[context] = isAlive;
      return isAlive === 1;
    });
  }

  /** The best path that is through with its last phone; if the beam left none, the best of those that are nearest to it. */
  path(frames: number): PhoneSpan[] {
    let last = 0;
    for (let state = this.costs.minFrames - 1; state >= 0 && last === 0; state--) {
      let best = NOTHING;
      for (const context of this.active) {
        const token = state * this.size + context;
        if (this.at[token] <= best) continue;
        best = this.at[token];
        last = this.entry[token];
      }
    }
    const spans: PhoneSpan[] = [];
    const { parent, context, frame } = this.entries;
    for (let end = frames; last > 0; end = frame[last], last = parent[last])
      spans.push({ phone: this.costs.grammar.lastPhone[context[last]], firstFrame: frame[last], endFrame: end });
    return spans.reverse();
  }

  /** Score of leaving a context for a phone. */
  private leaving(context: number, phone: number): number {
    const { grammar, leave, weights } = this.costs;
    return leave[grammar.lastPhone[context]] + weights.grammarScale * grammar.logProb(context, phone);
  }

  private enter(parent: number, context: number, frame: number): number {
    this.entries.parent.push(parent);
    this.entries.context.push(context);
    this.entries.frame.push(frame);
    return this.entries.parent.length - 1;
  }

  private activate(context: number): void {
    this.active.push(context);
    this.isActive[context] = 1;
  }
}

/** `scoresOfFrames` of frames first..end; silence in the murmur of many voices. */
export function searchScores(posteriors: Posteriors, costs: SearchCosts, first: number, end: number): Float32Array {
  const scores = scoresOfFrames(posteriors, first, end, costs.prior, costs.weights);
  silenceMurmur(scores, murmurFrames(posteriors, costs.murmur).subarray(first, end));
  return scores;
}

/** Score of each phone over the frames that it takes at least, from `frame`. */
export function lookAhead(scores: Float32Array, frame: number, frames: number, minFrames: number): Float32Array {
  const ahead = new Float32Array(COUNT);
  for (let k = frame; k < Math.min(frames, frame + minFrames); k++)
    for (let phone = 0; phone < COUNT; phone++) ahead[phone] += scores[k * COUNT + phone];
  return ahead;
}

/** Frames that are too few for a search: their best phone. */
export function shortest(scores: Float32Array, first: number, end: number): PhoneSpan {
  const sums = new Float64Array(COUNT);
  scores.forEach((score, i) => (sums[i % COUNT] += score));
  return { phone: sums.indexOf(Math.max(...sums)), firstFrame: first, endFrame: end };
}

import { FILLER, type AlignmentGraph } from './alignmentGraph';
import type { DecoderTables, SearchWeights } from './decoderTables';
import { readFrameScores } from './frameScores';
import { PHONEMES } from './phonemes';
import type { Posteriors } from './posteriors';
import type { WordWindow } from './subtitleWindows';

/** A unit of the graph in frames: first <= frame < end. */
export interface UnitSpan {
  readonly unit: number;
  readonly firstFrame: number;
  readonly endFrame: number;
}

export interface AlignmentCosts {
  /** Added once on entering an optional silence. */
  readonly silenceEntry: number;
  /** Filler scores the best phone of each frame plus this (negative), and this once on entering. */
  readonly fillerFrame: number;
  readonly fillerEntry: number;
}

const COUNT = PHONEMES.length;
/** Paths this far (natural log) behind the best are dropped: about a second of frames that do not fit at all. */
const BEAMS = [250, 3000];
/** Bytes kept for the way back at most; see `settle`. */
const MAX_BACK_BYTES = 400_000_000;
/** Every so many frames the part of the path on which all live states agree is settled and its way back let go. */
const SETTLE_FRAMES = 500;
const STAYED = 0;
const CHAINED = 1;
const FIRST_ENTRY = 2;

/** For measurements: the most bytes that the way back took at any time. */
export interface AlignmentProbe {
  peakBackBytes: number;
}

/**
 * The best path through the graph over all frames: Viterbi within a beam. The graph runs from left to right, so the live
 * states are a window that moves with the sound. Where all of them came the same way, that way is settled and forgotten: memory
 * does not grow with the line (but for five bytes a frame).
 * @returns the units on the path in order, or null when the line is too short for the transcript (or too far from it)
 */
export function alignStates(
  posteriors: Posteriors,
  graph: AlignmentGraph,
  tables: DecoderTables,
  costs: AlignmentCosts,
  { windows, probe }: { readonly windows?: readonly WordWindow[]; readonly probe?: AlignmentProbe } = {},
): UnitSpan[] | null {
  for (const beam of BEAMS) {
    const path = new Search(posteriors, graph, tables, costs, windows).run(beam, probe);
    if (path !== null) return path;
  }
  return null;
}

class Search {
  private readonly posteriors: Posteriors;
  private readonly graph: AlignmentGraph;
  private readonly prior: Float64Array;
  private readonly weights: SearchWeights;
  /** By phone, the filler last: cost of one more frame, of leaving, of entering. */
  private readonly stay = new Float64Array(COUNT + 1);
  private readonly leave = new Float64Array(COUNT + 1);
  private readonly entry = new Float64Array(COUNT + 1);
  private readonly fillerFrame: number;
  /** Scores of this frame by phone, the filler's last. */
  private readonly frameScore = new Float64Array(COUNT + 1);
  /** Phone of each state (COUNT for the filler), and predecessors of its entry: the inner loop reads arrays only. */
  private readonly statePhone: Uint8Array;
  /** By state: where its word may lie. */
  private readonly stateWindow: readonly (WordWindow | undefined)[] | undefined;
  private readonly stateEntries: (readonly number[] | undefined)[];
  /** How each live state was entered, a row a frame from `settledFrames` on; the first state of each row. */
  private back: Uint8Array[] = [];
  private backFrom: number[] = [];
  private backBytes = 0;
  private settledFrames = 0;
  /** The state of each settled frame, and 1 where it began a unit. */
  private readonly path: Int32Array;
  private readonly begins: Uint8Array;

  constructor(
    posteriors: Posteriors,
    graph: AlignmentGraph,
    tables: DecoderTables,
    costs: AlignmentCosts,
    windows?: readonly WordWindow[],
  ) {
    this.posteriors = posteriors;
    this.graph = graph;
    this.path = new Int32Array(posteriors.frameCount);
    this.begins = new Uint8Array(posteriors.frameCount);
    this.weights = tables.search;
    const { minFrames, priorScale, durationScale } = tables.search;
    this.prior = tables.logPrior.map((value) => priorScale * value);
    tables.durationLogMean.forEach((mean, phone) => {
      const leaving = 1 / Math.max(Math.exp(mean) / tables.frameSeconds - minFrames + 1, 1.5);
      this.stay[phone] = durationScale * Math.log(1 - leaving);
      this.leave[phone] = durationScale * Math.log(leaving);
    });
    this.entry[0] = costs.silenceEntry;
    this.entry[COUNT] = costs.fillerEntry;
    this.fillerFrame = costs.fillerFrame;
    const phoneOf = (unit: number) => (graph.units[unit].phone === FILLER ? COUNT : graph.units[unit].phone);
    this.statePhone = Uint8Array.from(graph.stateUnit, phoneOf);
    this.stateWindow = windows && Array.from(graph.stateUnit, (unit) => windows[graph.units[unit].word]);
    this.stateEntries = Array.from(graph.stateUnit, (_, state) => graph.entries.get(state));
  }

  run(beam: number, probe?: AlignmentProbe): UnitSpan[] | null {
    const { frameCount } = this.posteriors;
    const stateCount = this.graph.stateUnit.length;
    let scores = new Float64Array(stateCount).fill(-Infinity);
    let next = new Float64Array(stateCount).fill(-Infinity);
    let low = 0;
    let high = 0;
    for (let frame = 0; frame < frameCount; frame++) {
      this.readFrame(frame);
      const newHigh = Math.min(stateCount, frame === 0 ? stateCount : high + this.graph.longestJump);
      const row = new Uint8Array(newHigh - low);
      this.backBytes += row.length;
      if (probe) probe.peakBackBytes = Math.max(probe.peakBackBytes, this.backBytes);
      if (this.backBytes > MAX_BACK_BYTES) return null;
      let best = -Infinity;
      for (let state = low; state < newHigh; state++) {
        const score = this.enter(state, frame, scores, low, high, row);
        next[state] = score;
        if (score > best) best = score;
      }
      if (best === -Infinity) return null;
      this.back.push(row);
      this.backFrom.push(low);
      // States that fell behind keep -Infinity in both arrays: they are never looked at again.
      low = firstAlive(next, low, newHigh, best - beam);
      high = lastAlive(next, low, newHigh, best - beam) + 1;
      if (frame === 0) this.trimFirstRow(high);
      [scores, next] = [next, scores];
      if (frame % SETTLE_FRAMES === SETTLE_FRAMES - 1) this.settle(scores, low, high, frame);
    }
    return this.finish(scores, low, high);
  }

  private readFrame(frame: number): void {
    readFrameScores(this.frameScore, this.posteriors, frame, this.prior, this.weights);
    let best = -Infinity;
    for (let phone = 1; phone < COUNT; phone++) best = Math.max(best, this.frameScore[phone]);
    this.frameScore[COUNT] = best + this.fillerFrame;
  }

  /** Score of the best path into a state at this frame; writes how it came into the row. */
  private enter(state: number, frame: number, scores: Float64Array, low: number, high: number, row: Uint8Array): number {
    const window = this.stateWindow?.[state];
    if (window !== undefined && (frame < window.firstFrame || frame >= window.endFrame)) return -Infinity;
    const phone = this.statePhone[state];
    let best = -Infinity;
    let how = STAYED;
    if (frame > 0) {
      if (this.graph.repeats[state] === 1 && state < high) best = scores[state] + this.stay[phone];
      if (this.graph.chained[state] === 1 && state > low && state <= high) {
        const score = scores[state - 1] + this.stepCost(state - 1, state);
        if (score > best) {
          best = score;
          how = CHAINED;
        }
      }
    }
    const others = this.stateEntries[state];
    if (others !== undefined) {
      for (let i = 0; i < others.length; i++) {
        const from = others[i];
        let score = -Infinity;
        if (from < 0) score = frame === 0 ? this.entry[phone] : -Infinity;
        else if (frame > 0 && from >= low && from < high) score = scores[from] + this.stepCost(from, state);
        if (score > best) {
          best = score;
          how = FIRST_ENTRY + i;
        }
      }
    }
    row[state - low] = how;
    return best + this.frameScore[phone];
  }

  private stepCost(from: number, to: number): number {
    if (this.graph.stateUnit[from] === this.graph.stateUnit[to]) return 0;
    return this.leave[this.statePhone[from]] + this.entry[this.statePhone[to]];
  }

  /** The first row is as wide as the graph; only its live part is kept. */
  private trimFirstRow(high: number): void {
    this.backBytes -= this.back[0].length - high;
    this.back[0] = this.back[0].slice(0, high);
  }

  /** Goes back from all live states at once; where they meet in one, its way is everybody's way. */
  private settle(scores: Float64Array, low: number, high: number, frame: number): void {
    let states = new Set<number>();
    for (let state = low; state < high; state++) if (scores[state] !== -Infinity) states.add(state);
    for (let at = frame; at > this.settledFrames; at--) {
      if (states.size === 1) {
        this.settleUpTo(at, [...states][0]);
        return;
      }
      const before = new Set<number>();
      for (const state of states) before.add(this.from(at, state));
      states = before;
    }
  }

  private settleUpTo(frame: number, state: number): void {
    let at = state;
    for (let k = frame; k >= this.settledFrames; k--) {
      const from = this.from(k, at);
      this.path[k] = at;
      // A unit is entered where its first state was not there by staying.
      this.begins[k] = k === 0 || (from !== at && (from < 0 || this.graph.stateUnit[from] !== this.graph.stateUnit[at])) ? 1 : 0;
      at = from;
    }
    const count = frame + 1 - this.settledFrames;
    for (const row of this.back.slice(0, count)) this.backBytes -= row.length;
    this.back = this.back.slice(count);
    this.backFrom = this.backFrom.slice(count);
    this.settledFrames = frame + 1;
  }

  /** The state one frame before; below 0 before the line. */
  private from(frame: number, state: number): number {
    const row = frame - this.settledFrames;
    const how = this.back[row][state - this.backFrom[row]];
    if (how === STAYED) return state;
    return how === CHAINED ? state - 1 : this.graph.entries.get(state)![how - FIRST_ENTRY];
  }

  private finish(scores: Float64Array, low: number, high: number): UnitSpan[] | null {
    let state = -1;
    for (const final of this.graph.finals) {
      if (final < low || final >= high || scores[final] === -Infinity) continue;
      if (state < 0 || scores[final] > scores[state]) state = final;
    }
    if (state < 0) return null;
    const { frameCount } = this.posteriors;
    if (this.settledFrames < frameCount) this.settleUpTo(frameCount - 1, state);
    const spans: UnitSpan[] = [];
    let end = frameCount;
    for (let frame = frameCount - 1; frame >= 0; frame--) {
      if (this.begins[frame] === 0) continue;
      spans.push({ unit: this.graph.stateUnit[this.path[frame]], firstFrame: frame, endFrame: end });
      end = frame;
    }
    return spans.reverse();
  }
}

function firstAlive(scores: Float64Array, low: number, high: number, threshold: number): number {
  let at = low;
  while (at < high && scores[at] < threshold) scores[at++] = -Infinity;
  return at;
}

function lastAlive(scores: Float64Array, low: number, high: number, threshold: number): number {
  let at = high - 1;
  while (at > low && scores[at] < threshold) scores[at--] = -Infinity;
  return at;
}

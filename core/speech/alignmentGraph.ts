import type { Lexicon } from './text/lexicon';
import type { TranscriptWord } from './text/normaliseText';

/** A phone of one way to say a word, a silence, or a stretch of speech that the transcript does not hold. */
export interface AlignmentUnit {
  /** Index into `PHONEMES`; FILLER for speech outside the transcript. */
  readonly phone: number;
  /** Index of the transcript word; -1 for silence and filler. */
  readonly word: number;
  readonly stress?: 0 | 1 | 2;
}

export const FILLER = -1;

/**
 * All ways to say a transcript, as a chain of states from left to right. State s may be reached from itself (`repeats`),
 * from s - 1 (`chained`), or from `entries` when it begins a unit that has several predecessors.
 */
export interface AlignmentGraph {
  readonly units: readonly AlignmentUnit[];
  readonly stateUnit: Int32Array;
  /** 1 where the state may repeat: the last state of each unit. */
  readonly repeats: Uint8Array;
  /** 1 where state s - 1 leads into s. */
  readonly chained: Uint8Array;
  /** Predecessors other than s - 1 and s, by state; -1 stands for the start of the line. */
  readonly entries: ReadonlyMap<number, readonly number[]>;
  /** States in which the line may end. */
  readonly finals: readonly number[];
  /** Longest jump from a predecessor to a state. */
  readonly longestJump: number;
}

/** How many frames (10 ms) each unit lasts at least. */
export interface LeastFrames {
  readonly phone: number;
  readonly silence: number;
  readonly filler: number;
}

const START = -1;

/**
 * Every word in every pronunciation, silence allowed between words and at both ends, and between any two written words a
 * stretch of other speech (an ad-lib, a slip) that the transcript does not hold.
 */
export function buildAlignmentGraph(words: readonly TranscriptWord[], lexicon: Lexicon, least: LeastFrames): AlignmentGraph {
  const builder = new GraphBuilder(least);
  let frontier = builder.addPause([START], true);
  words.forEach((word, index) => {
    const ends: number[] = [];
    for (const form of word.spoken) ends.push(...addForm(builder, form, index, lexicon, frontier));
    frontier = builder.addPause(ends, true);
  });
  return builder.finish(frontier);
}

function addForm(
  builder: GraphBuilder,
  form: readonly string[],
  word: number,
  lexicon: Lexicon,
  from: readonly number[],
): number[] {
  let frontier: readonly number[] = from;
  let ends: number[] = [];
  form.forEach((spoken, i) => {
    ends = lexicon(spoken).pronunciations.map(
      (pronunciation) =>
        pronunciation.phones.reduce(
          (before: readonly number[], phone, p) => [builder.addUnit({ phone, word, stress: pronunciation.stress[p] }, before)],
          frontier,
        )[0],
    );
    frontier = i < form.length - 1 ? builder.addPause(ends, false) : ends;
  });
  return ends;
}

class GraphBuilder {
  private readonly least: LeastFrames;
  private readonly units: AlignmentUnit[] = [];
  private readonly stateUnit: number[] = [];
  private readonly repeats: number[] = [];
  private readonly chained: number[] = [];
  private readonly entries = new Map<number, readonly number[]>();
  private longestJump = 1;

  constructor(least: LeastFrames) {
    this.least = least;
  }

  /** Adds a unit behind `before`; returns its last state. */
  addUnit(unit: AlignmentUnit, before: readonly number[]): number {
    const first = this.stateUnit.length;
    const count = unit.phone === FILLER ? this.least.filler : unit.phone === 0 ? this.least.silence : this.least.phone;
    const index = this.units.push(unit) - 1;
    for (let state = first; state < first + count; state++) {
      this.stateUnit.push(index);
      this.repeats.push(state === first + count - 1 ? 1 : 0);
      this.chained.push(state > first || before.includes(first - 1) ? 1 : 0);
    }
    const others = before.filter((state) => state === START || state !== first - 1);
    if (others.length > 0) {
      this.entries.set(first, others);
      this.longestJump = Math.max(this.longestJump, ...others.map((state) => (state === START ? 1 : first - state)));
    }
    return first + count - 1;
  }

  /** Optional silence (and filler) behind `before`; returns the new frontier. */
  addPause(before: readonly number[], withFiller: boolean): number[] {
    const silence = this.addUnit({ phone: 0, word: -1 }, before);
    if (!withFiller) return [...before, silence];
    const filler = this.addUnit({ phone: FILLER, word: -1 }, [...before, silence]);
    const silenceAfter = this.addUnit({ phone: 0, word: -1 }, [filler]);
    return [...before, silence, filler, silenceAfter];
  }

  finish(frontier: readonly number[]): AlignmentGraph {
    return {
      units: this.units,
      stateUnit: Int32Array.from(this.stateUnit),
      repeats: Uint8Array.from(this.repeats),
      chained: Uint8Array.from(this.chained),
      entries: this.entries,
      finals: frontier.filter((state) => state !== START),
      longestJump: this.longestJump,
    };
  }
}

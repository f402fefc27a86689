import type { WordSegment } from '../../speech/segments';
import { matchWords } from './matchWords';

/** kept: the time does not change; warped: it follows the words; conflict: what it belonged to is not there any more. */
export type WarpStatus = 'kept' | 'warped' | 'conflict';

interface Anchor {
  readonly from: number;
  readonly to: number;
}

/** A recording as far as the warp needs it. */
export interface WarpSide {
  readonly durationSeconds: number;
  readonly words: readonly WordSegment[];
}

/** Stretches slowed down or hurried more than this are no longer the same performance. */
const MAX_STRETCH = 2.5;
/** Times closer than half a frame at 60 fps did not move. */
const SAME_SECONDS = 1 / 120;

/**
 * How time runs from one recording of a line to another: both edges of every word that is in both are anchors, so are the
 * start and the end; in between it is linear. Before the start and behind the end (pre- and post-roll) it shifts.
 */
export class TimeWarp {
  private readonly anchors: readonly Anchor[];
  /** Old words that are not in the new recording: what was keyed in them has lost its reason. */
  private readonly lost: readonly WordSegment[];
  /** Share of the old words that were found again, 0..1; 1 without words. */
  readonly matchedShare: number;

  constructor(before: WarpSide, after: WarpSide) {
    const matches = matchWords(before.words, after.words);
    const found = new Set(matches.map(({ oldIndex }) => oldIndex));
    const said = before.words.filter((word) => word.flag !== 'missing');
    this.lost = before.words.filter((word, index) => !found.has(index) && word.flag !== 'missing');
    this.matchedShare = said.length === 0 ? 1 : matches.length / said.length;
    const edges = matches.flatMap(({ oldIndex, newIndex }) => {
      const [old, now] = [before.words[oldIndex], after.words[newIndex]];
      return [
        { from: old.startSeconds, to: now.startSeconds },
        { from: old.endSeconds, to: now.endSeconds },
      ];
    });
    this.anchors = increasing([{ from: 0, to: 0 }, ...edges, { from: before.durationSeconds, to: after.durationSeconds }]);
  }

  /** The new time of an old one; never decreases. */
  map = (timeSeconds: number): number => {
    const { anchors } = this;
    const [first, last] = [anchors[0], anchors[anchors.length - 1]];
    if (timeSeconds <= first.from) return first.to + (timeSeconds - first.from);
    if (timeSeconds >= last.from) return last.to + (timeSeconds - last.from);
    const index = this.segmentAt(timeSeconds);
    const [a, b] = [anchors[index], anchors[index + 1]];
    return a.to + ((timeSeconds - a.from) * (b.to - a.to)) / (b.from - a.from);
  };

  status(timeSeconds: number): WarpStatus {
    if (this.lost.some((word) => timeSeconds > word.startSeconds && timeSeconds < word.endSeconds)) return 'conflict';
    if (Math.abs(this.map(timeSeconds) - timeSeconds) < SAME_SECONDS) return 'kept';
    const { anchors } = this;
    if (timeSeconds <= anchors[0].from || timeSeconds >= anchors[anchors.length - 1].from) return 'warped';
    const index = this.segmentAt(timeSeconds);
    const speed = (anchors[index + 1].to - anchors[index].to) / (anchors[index + 1].from - anchors[index].from);
    return speed > MAX_STRETCH || speed < 1 / MAX_STRETCH ? 'conflict' : 'warped';
  }

  private segmentAt(timeSeconds: number): number {
    let low = 0;
    let high = this.anchors.length - 2;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.anchors[middle].from <= timeSeconds) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** Anchors that go forward on both sides; ones that do not (touching words) are left out, the last one stays. */
function increasing(anchors: readonly Anchor[]): Anchor[] {
  const last = anchors[anchors.length - 1];
  const kept = [anchors[0]];
  for (const anchor of anchors.slice(1, -1)) {
    const before = kept[kept.length - 1];
    const isForward = anchor.from > before.from + 1e-4 && anchor.to > before.to + 1e-4;
    if (isForward && anchor.from < last.from - 1e-4 && anchor.to < last.to - 1e-4) kept.push(anchor);
  }
  return last.from > kept[kept.length - 1].from
    ? [...kept, last]
    : [...kept, { from: kept[kept.length - 1].from + 1e-3, to: last.to }];
}

import { isBilabial, type Phoneme } from '../../../core/speech/phonemes';
import type { PhonemeSegment, WordSegment } from '../../../core/speech/segments';
import type { TimeRange } from '../../../core/time/timeRange';
import { xOf, type TimeScale } from './timeline-geometry';

export interface PhonemeBlock {
  readonly index: number;
  readonly phoneme: Phoneme;
  readonly x: number;
  readonly width: number;
  readonly isSilence: boolean;
  readonly isClosure: boolean;
  /** A closure the lips do not make. */
  readonly isBroken: boolean;
  readonly isUnsure: boolean;
  readonly isSelected: boolean;
  readonly isLocked: boolean;
  /** Share of the recogniser's certainty, 0..1. */
  readonly confidence: number;
}

export interface PhonemeEdge {
  /** The edge between segment `boundaryIndex` and the next. */
  readonly boundaryIndex: number;
  readonly x: number;
  readonly timeSeconds: number;
  /** Where the recogniser had it, when a hand has moved it; null otherwise. */
  readonly recognisedX: number | null;
}

/** Below this the recogniser's own guess counts as unsure (share of its posterior on the phone). */
export const UNSURE_BELOW = 0.15;
/** Edges are grabbed this far left and right; half of a short block at most. */
const EDGE_HIT_PX = 6;
const SAME_EDGE_SECONDS = 1e-4;

export function isUnsure(segment: PhonemeSegment): boolean {
  return segment.phoneme !== 'SIL' && segment.confidence < UNSURE_BELOW;
}

/** The blocks in sight. `missed` are closures whose lips stay open. */
export function phonemeBlocks(
  segments: readonly PhonemeSegment[],
  scale: TimeScale,
  selectedIndex: number,
  missed: ReadonlySet<number>,
): PhonemeBlock[] {
  const blocks: PhonemeBlock[] = [];
  let lastX = -Infinity;
  const { first, end } = inSight(segments, scale);
  for (let index = first; index < end; index += 1) {
    const segment = segments[index];
    const x = xOf(scale, segment.startSeconds);
    const width = xOf(scale, segment.endSeconds) - x;
    // Far out several blocks share a pixel column: one stands for them, unless another is what one looks for.
    if (width < 1 && x - lastX < 1 && index !== selectedIndex && !missed.has(index)) continue;
    lastX = x;
    blocks.push({
      index,
      phoneme: segment.phoneme,
      x,
      width,
      isSilence: segment.phoneme === 'SIL',
      isClosure: isBilabial(segment.phoneme),
      isBroken: missed.has(index),
      isUnsure: isUnsure(segment),
      isSelected: index === selectedIndex,
      isLocked: segment.locked ?? false,
      confidence: segment.confidence,
    });
  }
  return blocks;
}

/** The part of segments in order that shows: from `first` up to, not including, `end`. */
function inSight(segments: readonly TimeRange[], scale: TimeScale): { readonly first: number; readonly end: number } {
  const before = (isBefore: (segment: TimeRange) => boolean) => {
    let [low, high] = [0, segments.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBefore(segments[middle])) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const endSeconds = scale.startSeconds + scale.width / scale.pixelsPerSecond;
  return {
    first: before((segment) => segment.endSeconds < scale.startSeconds),
    end: before((segment) => segment.startSeconds <= endSeconds),
  };
}

/** True when a hand has moved, relabelled, split or merged any of what was recognised. */
export function isSpeechEdited(segments: readonly PhonemeSegment[], recognised: readonly PhonemeSegment[]): boolean {
  return (
    segments.length !== recognised.length ||
    segments.some(
      ({ endSeconds, phoneme }, index) =>
        phoneme !== recognised[index].phoneme ||
        (index < segments.length - 1 && Math.abs(recognised[index].endSeconds - endSeconds) > SAME_EDGE_SECONDS),
    )
  );
}

/** All inner edges, also those out of sight (tests and keyboards reach them by index). */
export function phonemeEdges(
  segments: readonly PhonemeSegment[],
  recognised: readonly PhonemeSegment[],
  scale: TimeScale,
): PhonemeEdge[] {
  return segments.slice(0, -1).map((_segment, boundaryIndex) => edgeAt(segments, recognised, boundaryIndex, scale));
}

/** The edges in sight that the lane draws: those a hand has moved, and the one under the pointer. */
export function drawnEdges(
  segments: readonly PhonemeSegment[],
  recognised: readonly PhonemeSegment[],
  scale: TimeScale,
  hover: PhonemeHit,
): PhonemeEdge[] {
  const { first, end } = inSight(segments, scale);
  const edges: PhonemeEdge[] = [];
  for (let index = Math.max(0, first - 1); index < Math.min(end, segments.length - 1); index += 1) {
    const edge = edgeAt(segments, recognised, index, scale);
    if (edge.recognisedX !== null || (hover.kind === 'edge' && hover.boundaryIndex === index)) edges.push(edge);
  }
  return edges;
}

function edgeAt(
  segments: readonly PhonemeSegment[],
  recognised: readonly PhonemeSegment[],
  boundaryIndex: number,
  scale: TimeScale,
): PhonemeEdge {
  const { endSeconds } = segments[boundaryIndex];
  // The recogniser's edges can only be told apart while nothing was split or merged.
  const original = segments.length === recognised.length ? recognised[boundaryIndex].endSeconds : endSeconds;
  const isMoved = Math.abs(original - endSeconds) > SAME_EDGE_SECONDS;
  return {
    boundaryIndex,
    x: xOf(scale, endSeconds),
    timeSeconds: endSeconds,
    recognisedX: isMoved ? xOf(scale, original) : null,
  };
}

export type PhonemeHit =
  | { readonly kind: 'edge'; readonly boundaryIndex: number }
  | { readonly kind: 'body'; readonly index: number }
  | { readonly kind: 'none' };

/** What the pointer is on: the nearest edge first, else the block. */
export function hitPhoneme(segments: readonly PhonemeSegment[], scale: TimeScale, x: number): PhonemeHit {
  let edge = -1;
  let edgeDistance = EDGE_HIT_PX;
  let body = -1;
  segments.forEach((segment, index) => {
    const left = xOf(scale, segment.startSeconds);
    const right = xOf(scale, segment.endSeconds);
    if (x >= left && x < right) body = index;
    if (index === segments.length - 1) return;
    const next = segments[index + 1];
    const shortest = Math.min(right - left, xOf(scale, next.endSeconds) - right);
    const reach = Math.min(EDGE_HIT_PX, Math.max(2, shortest / 3));
    const distance = Math.abs(right - x);
    if (distance <= reach && distance <= edgeDistance) {
      edge = index;
      edgeDistance = distance;
    }
  });
  if (edge >= 0) return { kind: 'edge', boundaryIndex: edge };
  return body >= 0 ? { kind: 'body', index: body } : { kind: 'none' };
}

/** Below this a word was probably not said like that; see core/speech/understand. */
export const UNSURE_WORD_BELOW = 0.08;

export function isUnsureWord(word: WordSegment): boolean {
  return word.flag !== undefined || word.confidence < UNSURE_WORD_BELOW;
}

export interface WordBlock {
  readonly index: number;
  readonly text: string;
  readonly x: number;
  readonly width: number;
  readonly confidence: number;
  readonly flag: WordSegment['flag'];
  readonly isUnsure: boolean;
  readonly isLocked: boolean;
  readonly isSelected: boolean;
}

/** The word under a point of the lane; -1 for none. */
export function hitWord(words: readonly WordSegment[], scale: TimeScale, x: number): number {
  return words.findIndex((word) => x >= xOf(scale, word.startSeconds) && x < xOf(scale, word.endSeconds));
}

export function wordBlocks(words: readonly WordSegment[], scale: TimeScale, selectedIndex = -1): WordBlock[] {
  const { first, end } = inSight(words, scale);
  return words.slice(first, end).map((word, offset) => {
    const index = first + offset;
    return {
      index,
      confidence: word.confidence,
      flag: word.flag,
      isUnsure: isUnsureWord(word),
      isLocked: word.locked ?? false,
      isSelected: index === selectedIndex,
      text: word.text,
      x: xOf(scale, word.startSeconds),
      width: (word.endSeconds - word.startSeconds) * scale.pixelsPerSecond,
    };
  });
}

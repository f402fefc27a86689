import type { DecoderTables } from './decoderTables';
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

/**
 * The likeliest phone sequence of frames `fromFrame`..`toFrame` from sound alone: Viterbi over a phone bigram. Every phone
 * is a chain of `minFrames` states, the last of which may repeat with the log-odds of a geometric length around the
 * phone's mean; the same search as training/viterbi.py, which documents the score. Time and memory grow with the length only
 * (two bytes a frame and phone for the way back).
 * @returns spans that touch each other and cover the frames; none for no frames
 */
export function decodePhones(
  posteriors: Posteriors,
  tables: DecoderTables,
  fromFrame = 0,
  toFrame = posteriors.frameCount,
): PhoneSpan[] {
  const frames = toFrame - fromFrame;
  if (frames <= 0) return [];
  const costs = searchCosts(tables);
  const minFrames = tables.search.minFrames;
  const scoreOf = (frame: number, phone: number) =>
    posteriors.phoneLogProbs[(fromFrame + frame) * COUNT + phone] - costs.prior[phone];
  if (frames < minFrames) return [{ phone: bestOverall(frames, scoreOf), firstFrame: fromFrame, endFrame: toFrame }];

  // at[state * 40 + phone]: score of the best path that is now in that state of the phone's chain.
  const at = new Float64Array(minFrames * COUNT).fill(-Infinity);
  const last = (minFrames - 1) * COUNT;
  const cameFrom = new Uint8Array(frames * COUNT);
  const stayed = new Uint8Array(frames * COUNT);
  const entered = new Float64Array(COUNT);
  for (let phone = 0; phone < COUNT; phone++) at[phone] = costs.start[phone] + scoreOf(0, phone);
  for (let frame = 1; frame < frames; frame++) {
    enterPhones(at, last, costs.into, entered, cameFrom, frame * COUNT);
    for (let phone = 0; phone < COUNT; phone++) {
      const stay = at[last + phone] + costs.stay[phone];
      for (let state = minFrames - 1; state > 0; state--) at[state * COUNT + phone] = at[(state - 1) * COUNT + phone];
      at[phone] = entered[phone];
      if (stay >= at[last + phone]) {
        at[last + phone] = stay;
        stayed[frame * COUNT + phone] = 1;
      }
      const score = scoreOf(frame, phone);
      for (let state = 0; state < minFrames; state++) at[state * COUNT + phone] += score;
    }
  }
  return walkBack(at.subarray(last), cameFrom, stayed, frames, minFrames, fromFrame);
}

interface SearchCosts {
  readonly start: Float64Array;
  readonly prior: Float64Array;
  readonly stay: Float64Array;
  /** Leaving i and entering j, stored [j * 40 + i] so that the search reads it in order. */
  readonly into: Float64Array;
}

function searchCosts(tables: DecoderTables): SearchCosts {
  const { minFrames, bigramScale, segmentBonus, priorScale, durationScale } = tables.search;
  const leave = tables.durationLogMean.map((mean) => 1 / Math.max(Math.exp(mean) / tables.frameSeconds - minFrames + 1, 1.5));
  const into = new Float64Array(COUNT * COUNT);
  for (let i = 0; i < COUNT; i++) {
    for (let j = 0; j < COUNT; j++) {
      into[j * COUNT + i] = bigramScale * tables.bigram[i * COUNT + j] + segmentBonus + durationScale * Math.log(leave[i]);
    }
  }
  return {
    start: tables.startLogProb.map((value) => bigramScale * value),
    prior: tables.logPrior.map((value) => priorScale * value),
    stay: leave.map((value) => durationScale * Math.log(1 - value)),
    into,
  };
}

/** Best way into each phone's first state from the last state of any phone one frame earlier. */
function enterPhones(
  at: Float64Array,
  last: number,
  into: Float64Array,
  entered: Float64Array,
  cameFrom: Uint8Array,
  row: number,
): void {
  for (let phone = 0; phone < COUNT; phone++) {
    let best = -Infinity;
    let bestFrom = 0;
    for (let from = 0; from < COUNT; from++) {
      const score = at[last + from] + into[phone * COUNT + from];
      if (score > best) {
        best = score;
        bestFrom = from;
      }
    }
    entered[phone] = best;
    cameFrom[row + phone] = bestFrom;
  }
}

function walkBack(
  final: Float64Array,
  cameFrom: Uint8Array,
  stayed: Uint8Array,
  frames: number,
  minFrames: number,
  offset: number,
): PhoneSpan[] {
  let phone = 0;
  for (let p = 1; p < COUNT; p++) if (final[p] > final[phone]) phone = p;
  const spans: PhoneSpan[] = [];
  let end = frames;
  for (;;) {
    let frame = end - 1;
    while (frame > 0 && stayed[frame * COUNT + phone] === 1) frame--;
    const first = Math.max(0, frame - (minFrames - 1));
    spans.push({ phone, firstFrame: offset + first, endFrame: offset + end });
    if (first === 0) return spans.reverse();
    phone = cameFrom[first * COUNT + phone];
    end = first;
  }
}

function bestOverall(frames: number, scoreOf: (frame: number, phone: number) => number): number {
  let best = 0;
  let bestScore = -Infinity;
  for (let phone = 0; phone < COUNT; phone++) {
    let score = 0;
    for (let frame = 0; frame < frames; frame++) score += scoreOf(frame, phone);
    if (score > bestScore) {
      best = phone;
      bestScore = score;
    }
  }
  return best;
}

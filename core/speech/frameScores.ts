import type { SearchWeights } from './decoderTables';
import { PHONEME_INDEX, PHONEMES, type Phoneme } from './phonemes';
import type { Posteriors } from './posteriors';

const COUNT = PHONEMES.length;
/** Probabilities of voice and lips are trusted no further than this. */
const FLOOR = 1e-3;
const indexed = (phones: readonly Phoneme[]): readonly number[] => phones.map((phone) => PHONEME_INDEX[phone]);
const CLOSED = indexed(['P', 'B', 'M']);
const TEETH = indexed(['F', 'V']);

/**
 * Score of every phone at one frame, into `scores`: its log-probability minus `prior`, plus what the model's other outputs say in
 * their weights: voice (phones against silence), closed lips (P B M against all others), teeth on the lip (F V against all others).
 */
export function readFrameScores(
  scores: Float32Array | Float64Array,
  { phoneLogProbs, voice, closed, teeth }: Posteriors,
  frame: number,
  prior: ArrayLike<number>,
  { voiceScale, closedScale, teethScale }: SearchWeights,
): void {
  const [speech, silence] = logOdds(voice[frame], voiceScale);
  const [isClosed, isOpen] = logOdds(closed[frame], closedScale);
  const [isTeeth, isNoTeeth] = logOdds(teeth[frame], teethScale);
  const row = frame * COUNT;
  const others = isOpen + isNoTeeth;
  scores[0] = phoneLogProbs[row] - prior[0] + silence + others;
  for (let phone = 1; phone < COUNT; phone++) scores[phone] = phoneLogProbs[row + phone] - prior[phone] + speech + others;
  for (const phone of CLOSED) scores[phone] += isClosed - isOpen;
  for (const phone of TEETH) scores[phone] += isTeeth - isNoTeeth;
}

/** `readFrameScores` of frames first..end, as [frame * 40 + phone] from `first`. */
export function scoresOfFrames(
  posteriors: Posteriors,
  first: number,
  end: number,
  prior: ArrayLike<number>,
  weights: SearchWeights,
): Float32Array {
  const scores = new Float32Array((end - first) * COUNT);
  for (let frame = first; frame < end; frame++)
    readFrameScores(scores.subarray((frame - first) * COUNT, (frame - first + 1) * COUNT), posteriors, frame, prior, weights);
  return scores;
}

/** Weighted logarithms of a probability and of its opposite. */
function logOdds(probability: number, scale: number): readonly [number, number] {
  const p = Math.min(1 - FLOOR, Math.max(FLOOR, probability));
  return [scale * Math.log(p), scale * Math.log(1 - p)];
}

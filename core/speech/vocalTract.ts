import { MEL_BINS, type MelFrames } from '../audio/logMel';
import { PHONEMES } from './phonemes';

const COUNT = PHONEMES.length;
/** The stretch of a line that the choice is made on: 4 s. */
const EXCERPT_FRAMES = 400;
/** Looked at first: a shorter or a longer vocal tract by about this share. */
const FIRST_WARPS = [0.12, -0.12] as const;
/** Looked at when one of these helps, on its side. */
const FURTHER_WARPS = [0.08, 0.16, 0.2] as const;
/**
 * A warp must make the best phone of a frame more likely by this much (mean natural log). Chosen between .05 and .065 on the 10 validation
 * speakers of speechocean762: there 10 and 6 % of the lines as recorded get one, 84 and 73 % of those with pitch and formants x 1.4, 69 and
 * 61 % of those x .75.
 */
const LEAST_GAIN = 0.06;
/** Fewer frames of speech than this say nothing about a voice. */
const LEAST_VOICED_FRAMES = 40;

/** What a run of the acoustic model gave for some frames. */
export interface HeardFrames {
  /** [frame * 40 + phone] */
  readonly phoneLogProbs: Float32Array;
  readonly voice: Float32Array;
}

/**
 * How to stretch the mel axis so that a voice far from the usual (a cartoon animal, a giant) sounds like the ones the acoustic model
 * knows: 0 for most. `warpMel` applies it.
 * @param hear runs the acoustic model on some frames
 */
export async function chooseWarp(mel: MelFrames, hear: (mel: MelFrames) => Promise<HeardFrames>): Promise<number> {
  const excerpt = loudestExcerpt(mel);
  const usual = sureness(await hear(excerpt));
  if (usual === null) return 0;
  const gainOf = async (warp: number) => (sureness(await hear(warpMel(excerpt, warp))) ?? -Infinity) - usual;
  const gains = new Map<number, number>();
  for (const warp of FIRST_WARPS) gains.set(warp, await gainOf(warp));
  const first = bestOf(gains);
  if (gains.get(first)! <= LEAST_GAIN) return 0;
  const side = new Map([[first, gains.get(first)!]]);
  for (const size of FURTHER_WARPS) side.set(Math.sign(first) * size, await gainOf(Math.sign(first) * size));
  return bestOf(side);
}

/** Reads bin k (1 + warp) into bin k, between bins in proportion; what lies above the last bin is the last bin. */
export function warpMel({ data, frameCount }: MelFrames, warp: number): MelFrames {
  if (warp === 0) return { data, frameCount };
  const warped = new Float32Array(frameCount * MEL_BINS);
  for (let bin = 0; bin < MEL_BINS; bin++) {
    const at = Math.min(MEL_BINS - 1, Math.max(0, bin * (1 + warp)));
    const low = Math.min(MEL_BINS - 2, Math.floor(at));
    const share = at - low;
    for (let row = 0; row < warped.length; row += MEL_BINS)
      warped[row + bin] = (1 - share) * data[row + low] + share * data[row + low + 1];
  }
  return { data: warped, frameCount };
}

/** The `EXCERPT_FRAMES` frames with the most sound, from an even frame; all of a shorter line. */
function loudestExcerpt({ data, frameCount }: MelFrames): MelFrames {
  if (frameCount <= EXCERPT_FRAMES) return { data, frameCount };
  const sums = new Float64Array(frameCount + 1);
  for (let frame = 0; frame < frameCount; frame++) {
    let sum = 0;
    for (let i = frame * MEL_BINS; i < (frame + 1) * MEL_BINS; i++) sum += data[i];
    sums[frame + 1] = sums[frame] + sum;
  }
  const loudness = (first: number) => sums[first + EXCERPT_FRAMES] - sums[first];
  let best = 0;
  for (let first = 2; first + EXCERPT_FRAMES <= frameCount; first += 2) if (loudness(first) > loudness(best)) best = first;
  return { data: data.slice(best * MEL_BINS, (best + EXCERPT_FRAMES) * MEL_BINS), frameCount: EXCERPT_FRAMES };
}

/** Mean log-probability of the best phone of the frames in which somebody speaks; null when there are too few. */
function sureness({ phoneLogProbs, voice }: HeardFrames): number | null {
  let sum = 0;
  let frames = 0;
  for (let frame = 0; frame < voice.length; frame++) {
    if (voice[frame] <= 0.5) continue;
    let best = -Infinity;
    for (let i = frame * COUNT; i < (frame + 1) * COUNT; i++) best = Math.max(best, phoneLogProbs[i]);
    sum += best;
    frames++;
  }
  return frames < LEAST_VOICED_FRAMES ? null : sum / frames;
}

function bestOf(gains: ReadonlyMap<number, number>): number {
  return [...gains].reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}

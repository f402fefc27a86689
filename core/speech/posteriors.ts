import { MEL_BINS, type MelFrames } from '../audio/logMel';
import { MienError } from '../errors';
import type { FloatTensor, InferenceRunner } from '../performance/inferenceRunner';
import { PHONEMES } from './phonemes';
import type { CancelSignal } from './cancelSignal';
import { chooseWarp, warpMel } from './vocalTract';

/** What the acoustic model says about a line at 100 Hz; frame k is the sound at k x 10 ms. */
export interface Posteriors {
  readonly frameCount: number;
  /** Natural log-probabilities, frame-major: `phoneLogProbs[frame * 40 + phone]`. */
  readonly phoneLogProbs: Float32Array;
  /** Probability that the frame is speech. */
  readonly voice: Float32Array;
  /** Probability of the mouth class A (lips closed), and of G (teeth on the lower lip). */
  readonly closed: Float32Array;
  readonly teeth: Float32Array;
}

export interface AcousticOptions {
  /** Called after each chunk with the fraction done, 0..1. */
  readonly onProgress?: (fraction: number) => void;
  readonly signal?: CancelSignal;
  /** Frames given out by one run of the model; even. Default 20 s. Smaller only in tests. */
  readonly chunkFrames?: number;
}

const CHUNK_FRAMES = 2000;
/** Mouth classes of the model's output: X A B C D E F G H. */
const CLASS_COUNT = 9;
const [CLOSED, TEETH] = [1, 7];
/**
 * Frames of context on each side of a chunk: 1 s, twice what the network can see (53 frames, training/model.py REACH), so
 * that chunked and whole agree. Even, because the 50 Hz body must start on an even frame.
 */
const HALO_FRAMES = 100;

/**
 * Runs the `acoustic` model over a line in overlapping chunks: memory beyond the result does not grow with the line. A voice far from
 * the usual is brought nearer first (`chooseWarp`), in all chunks alike.
 * @throws MienError 'model-unavailable' when the model gives something else than phones, voice and classes, 'cancelled' after an abort
 */
export async function computePosteriors(
  mel: MelFrames,
  runner: InferenceRunner,
  options: AcousticOptions = {},
): Promise<Posteriors> {
  const { frameCount } = mel;
  const chunkFrames = options.chunkFrames ?? CHUNK_FRAMES;
  const phoneLogProbs = new Float32Array(frameCount * PHONEMES.length);
  const voice = new Float32Array(frameCount);
  const closed = new Float32Array(frameCount);
  const teeth = new Float32Array(frameCount);
  const hear = (part: MelFrames) => {
    if (options.signal?.aborted) throw new MienError('cancelled', 'Listening was cancelled.', 'Import the line again.');
    return hearFrames(part, runner);
  };
  const warp = frameCount === 0 ? 0 : await chooseWarp(mel, hear);
  for (let start = 0; start < frameCount; start += chunkFrames) {
    const end = Math.min(frameCount, start + chunkFrames);
    const from = Math.max(0, start - HALO_FRAMES);
    const to = Math.min(frameCount, end + HALO_FRAMES);
    const part: MelFrames = { data: mel.data.slice(from * MEL_BINS, to * MEL_BINS), frameCount: to - from };
    const heard = await hear(warpMel(part, warp));
    phoneLogProbs.set(
      heard.phoneLogProbs.subarray((start - from) * PHONEMES.length, (end - from) * PHONEMES.length),
      start * PHONEMES.length,
    );
    voice.set(heard.voice.subarray(start - from, end - from), start);
    for (let frame = start; frame < end; frame++) {
      closed[frame] = Math.exp(heard.classes[(frame - from) * CLASS_COUNT + CLOSED]);
      teeth[frame] = Math.exp(heard.classes[(frame - from) * CLASS_COUNT + TEETH]);
    }
    options.onProgress?.(end / frameCount);
  }
  return { frameCount, phoneLogProbs, voice, closed, teeth };
}

/** One run of the model: phone and class log-probabilities, voice. */
async function hearFrames({ data, frameCount }: MelFrames, runner: InferenceRunner) {
  const feed: FloatTensor = { data, dims: [1, frameCount, MEL_BINS] };
  const result = await runner.run('acoustic', { mel: feed });
  return {
    phoneLogProbs: checked(result.phones, 'phones', frameCount * PHONEMES.length),
    voice: checked(result.voice, 'voice', frameCount),
    classes: checked(result.classes, 'classes', frameCount * CLASS_COUNT),
  };
}

function checked(tensor: FloatTensor | undefined, name: string, length: number): Float32Array {
  if (tensor === undefined || tensor.data.length !== length || !Number.isFinite(tensor.data[0])) {
    throw new MienError(
      'model-unavailable',
      `The acoustic model did not give usable "${name}".`,
      'Install Mien again; if you chose a GPU provider in the settings, choose "cpu".',
    );
  }
  return tensor.data;
}

/** Frames `first` <= k < `end`, sharing the memory of the whole. */
export function slicePosteriors({ phoneLogProbs, voice, closed, teeth }: Posteriors, first: number, end: number): Posteriors {
  return {
    frameCount: end - first,
    phoneLogProbs: phoneLogProbs.subarray(first * PHONEMES.length, end * PHONEMES.length),
    voice: voice.subarray(first, end),
    closed: closed.subarray(first, end),
    teeth: teeth.subarray(first, end),
  };
}

import type { CancelSignal } from '../../speech/cancelSignal';
import { nextTurn } from '../../speech/nextTurn';
import type { FloatTensor, InferenceRunner } from '../inferenceRunner';
import { hashNormal } from '../nonverbal/hashNoise';
import { throwIfAborted } from '../throwIfAborted';
import { chunksOf, createRows, cutRows, pasteRows, rowsOf, type Rows } from './chunks';
import { CHUNK_LATENTS, CODEC_REACH, DENOISER_REACH, LATENT_CHANNELS, type NeuralRegion } from './neuralModels';

export interface SampleRequest {
  readonly runner: InferenceRunner;
  readonly region: NeuralRegion;
  /** Inputs of the denoiser beside latents and level, at 60 Hz: `length` latents x stride frames. */
  readonly conditions: Readonly<Record<string, Rows>>;
  readonly length: number;
  /** Number of the first latent in the noise: below 0 before the sound; default 0. */
  readonly firstIndex?: number;
  readonly seed: number;
  /** 1 follows the conditions as learned; more exaggerates what they ask for. */
  readonly guidance: number;
  /** Latents to sample; default all. */
  readonly from?: number;
  readonly to?: number;
  /** Latents that stand outside `from`..`to`; needed when those are given. */
  readonly known?: Rows;
  readonly chunkLatents?: number;
  readonly signal?: CancelSignal;
  readonly onProgress?: (fraction: number) => void;
}

/** Noise of one latent: a function of (seed, region, latent index, channel), so that any part can be drawn again alone. */
export function latentNoise(region: NeuralRegion, seed: number, index: number, channel: number): number {
  return region.temperature * hashNormal(seed, region.noiseRegion, index, channel);
}

/**
 * Draws latents by DDIM (Song et al. 2021) with a cosine schedule: each step runs over the line in chunks that see as far
 * as the net does, so that a chunk's edge cannot be found in the result. Latents that stand (`known`) are put back at every step
 * and steer the new ones (inpainting after RePaint, Lugmayr et al. 2022).
 * @throws MienError 'cancelled' | 'model-unavailable'
 */
export async function sampleLatents(request: SampleRequest): Promise<Rows> {
  const { region, length, seed, known, firstIndex = 0, from = 0, to = length } = request;
  const clean = known ? { ...known, data: known.data.slice() } : createRows(LATENT_CHANNELS, length);
  const noisy = createRows(LATENT_CHANNELS, length);
  const first = Math.max(0, from - DENOISER_REACH);
  const last = Math.min(length, to + DENOISER_REACH);
  for (let channel = 0; channel < LATENT_CHANNELS; channel++) {
    for (let index = first; index < last; index++) {
      noisy.data[channel * length + index] = latentNoise(region, seed, firstIndex + index, channel);
    }
  }
  const { levels } = region;
  for (let step = 0; step < levels.length; step++) {
    await predictClean(request, noisy, clean, step, from, to);
    if (step + 1 < levels.length) stepDown(noisy, clean, levels[step], levels[step + 1], first, last);
  }
  return clean;
}

/** Writes the net's idea of the clean latents into `clean`, from..to. */
async function predictClean(
  request: SampleRequest,
  noisy: Rows,
  clean: Rows,
  step: number,
  from: number,
  to: number,
): Promise<void> {
  const { runner, region, conditions, length, guidance } = request;
  const level: FloatTensor = { data: Float32Array.of(region.levels[step], guidance - 1), dims: [1, 2, 1] };
  const chunks = chunksOf(from, to, length, request.chunkLatents ?? CHUNK_LATENTS, DENOISER_REACH);
  for (const [index, chunk] of chunks.entries()) {
    throwIfAborted(request.signal);
    const feeds: Record<string, FloatTensor> = { z: cutRows(noisy, chunk.from, chunk.to), level };
    for (const [name, rows] of Object.entries(conditions)) {
      feeds[name] = cutRows(rows, chunk.from * region.stride, chunk.to * region.stride);
    }
    const { x0 } = await runner.run(region.denoiser, feeds);
    pasteRows(clean, chunk.keepFrom, rowsOf(x0), chunk.keepFrom - chunk.from, chunk.keepTo - chunk.from);
    request.onProgress?.((step + (index + 1) / chunks.length) / region.levels.length);
    // A single chunk is over before anybody could cancel it.
    if (chunks.length > 1) await nextTurn();
  }
}

/** From noise level t to the next: the noise that was found stays, there is less of it. */
function stepDown(noisy: Rows, clean: Rows, t: number, next: number, first: number, last: number): void {
  const [signal, noise] = signalAndNoise(t);
  const [signalNext, noiseNext] = signalAndNoise(next);
  for (let channel = 0; channel < noisy.channels; channel++) {
    for (let index = channel * noisy.length + first; index < channel * noisy.length + last; index++) {
      const found = (noisy.data[index] - signal * clean.data[index]) / noise;
      noisy.data[index] = signalNext * clean.data[index] + noiseNext * found;
    }
  }
}

/** Cosine schedule (Nichol and Dhariwal 2021), t in 0..1. */
function signalAndNoise(t: number): [number, number] {
  return [Math.cos((t * Math.PI) / 2), Math.sin((t * Math.PI) / 2)];
}

/** Latents `from`..`to` as curves: [channels x frames] over the whole line, zero elsewhere. */
export async function decodeLatents(
  runner: InferenceRunner,
  region: NeuralRegion,
  latents: Rows,
  from = 0,
  to = latents.length,
  chunkLatents = CHUNK_LATENTS,
): Promise<Rows> {
  const { stride } = region;
  const curves = createRows(region.channels.length, latents.length * stride);
  for (const chunk of chunksOf(from, to, latents.length, chunkLatents, CODEC_REACH)) {
    const decoded = rowsOf((await runner.run(region.decoder, { z: cutRows(latents, chunk.from, chunk.to) })).curves);
    pasteRows(
      curves,
      chunk.keepFrom * stride,
      decoded,
      (chunk.keepFrom - chunk.from) * stride,
      (chunk.keepTo - chunk.from) * stride,
    );
  }
  return curves;
}

/** Curves as latents, from..to (in latents); zero elsewhere. */
export async function encodeCurves(
  runner: InferenceRunner,
  region: NeuralRegion,
  curves: Rows,
  from: number,
  to: number,
): Promise<Rows> {
  const length = curves.length / region.stride;
  const latents = createRows(LATENT_CHANNELS, length);
  for (const chunk of chunksOf(from, to, length, CHUNK_LATENTS, CODEC_REACH)) {
    const input = cutRows(curves, chunk.from * region.stride, chunk.to * region.stride);
    const encoded = rowsOf((await runner.run(region.encoder, { curves: input })).z);
    pasteRows(latents, chunk.keepFrom, encoded, chunk.keepFrom - chunk.from, chunk.keepTo - chunk.from);
  }
  return latents;
}

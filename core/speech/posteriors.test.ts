import { describe, expect, it } from 'vitest';
import { MEL_BINS } from '../audio/logMel';
import type { FloatTensor, InferenceRunner } from '../performance/inferenceRunner';
import { computePosteriors } from './posteriors';

/** A stand-in for the model that looks 53 frames to each side, as the real one does. */
function fakeRunner(reach = 53): InferenceRunner & { lengths: number[] } {
  const lengths: number[] = [];
  return {
    provider: 'fake',
    lengths,
    run(_model, feeds) {
      const { data, dims } = feeds.mel;
      const frames = dims[1];
      lengths.push(frames);
      const phones = new Float32Array(frames * 40);
      const voice = new Float32Array(frames);
      const classes = new Float32Array(frames * 9).fill(-50);
      for (let k = 0; k < frames; k++) {
        let sum = 0;
        for (let j = Math.max(0, k - reach); j <= Math.min(frames - 1, k + reach); j++)
          sum += data[j * MEL_BINS] * Math.cos(j - k);
        voice[k] = sum;
        // X A B C D E F G H: closed lips and teeth on the lip are told apart from all others.
        classes[k * 9 + 1] = sum;
        classes[k * 9 + 7] = -sum;
        for (let p = 0; p < 40; p++) phones[k * 40 + p] = sum * p;
      }
      const result: Record<string, FloatTensor> = {
        phones: { data: phones, dims: [1, frames, 40] },
        voice: { data: voice, dims: [1, frames] },
        classes: { data: classes, dims: [1, frames, 9] },
      };
      return Promise.resolve(result);
    },
  };
}

const mel = (frameCount: number) => ({
  frameCount,
  data: Float32Array.from({ length: frameCount * MEL_BINS }, (_, i) => Math.sin(i * 0.37)),
});

describe('computePosteriors', () => {
  it('gives the same in chunks as whole, for any length', async () => {
    for (const frameCount of [1, 2, 399, 400, 401, 1234]) {
      const whole = await computePosteriors(mel(frameCount), fakeRunner(), { chunkFrames: 100000 });
      const chunked = await computePosteriors(mel(frameCount), fakeRunner(), { chunkFrames: 400 });
      const worst = whole.phoneLogProbs.reduce((most, value, i) => Math.max(most, Math.abs(value - chunked.phoneLogProbs[i])), 0);
      expect(worst).toBeLessThan(1e-4);
      expect(chunked.voice).toEqual(whole.voice);
      expect(chunked.closed).toEqual(chunked.voice.map(Math.exp));
      expect(chunked.teeth).toEqual(chunked.voice.map((value) => Math.exp(-value)));
    }
  });

  it('never feeds more than a chunk and its halo', async () => {
    const runner = fakeRunner();
    await computePosteriors(mel(9001), runner);
    expect(Math.max(...runner.lengths)).toBeLessThanOrEqual(2200);
  });

  it('would fail without a halo wide enough', async () => {
    const whole = await computePosteriors(mel(1000), fakeRunner(150), { chunkFrames: 100000 });
    const chunked = await computePosteriors(mel(1000), fakeRunner(150), { chunkFrames: 400 });
    expect(whole.voice).not.toEqual(chunked.voice);
  });

  it('reports progress to 1 and stops when asked', async () => {
    const fractions: number[] = [];
    await computePosteriors(mel(1000), fakeRunner(), { chunkFrames: 400, onProgress: (fraction) => fractions.push(fraction) });
    expect(fractions).toEqual([0.4, 0.8, 1]);
    const stop = new AbortController();
    const options = { chunkFrames: 400, signal: stop.signal, onProgress: () => stop.abort() };
    await expect(computePosteriors(mel(1000), fakeRunner(), options)).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('refuses a model that gives something else', async () => {
    const runner: InferenceRunner = {
      provider: 'fake',
      run: () => Promise.resolve({ phones: { data: new Float32Array(3), dims: [3] } }),
    };
    await expect(computePosteriors(mel(10), runner)).rejects.toMatchObject({ code: 'model-unavailable' });
  });
});

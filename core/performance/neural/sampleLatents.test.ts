import { describe, expect, it } from 'vitest';
import { createRows, type Rows } from './chunks';
import { LATENT_CHANNELS, MOUTH_REGION } from './neuralModels';
import { decodeLatents, latentNoise, sampleLatents, type SampleRequest } from './sampleLatents';
import { fakeNets } from './testing/fakeNets';

const LENGTH = 400;

function requestOf(more: Partial<SampleRequest> = {}): SampleRequest {
  const conditions = createRows(20, LENGTH * MOUTH_REGION.stride);
  conditions.data.forEach((_, i) => (conditions.data[i] = Math.sin(i * 0.7)));
  return { runner: fakeNets(), region: MOUTH_REGION, conditions: { conditions }, length: LENGTH, seed: 5, guidance: 1, ...more };
}

const worst = (a: Rows, b: Rows) => a.data.reduce((most, value, i) => Math.max(most, Math.abs(value - b.data[i])), 0);

describe('sampleLatents', () => {
  it('gives the same in chunks as in one piece, within 1e-5', async () => {
    const whole = await sampleLatents(requestOf({ chunkLatents: LENGTH }));
    const chunked = await sampleLatents(requestOf({ chunkLatents: 37 }));
    expect(worst(whole, chunked)).toBeLessThan(1e-5);
    const curves = await decodeLatents(fakeNets(), MOUTH_REGION, whole, 0, LENGTH, LENGTH);
    const inChunks = await decodeLatents(fakeNets(), MOUTH_REGION, chunked, 0, LENGTH, 41);
    expect(worst(curves, inChunks)).toBeLessThan(1e-5);
  });

  it('follows the seed and nothing else', async () => {
    const once = await sampleLatents(requestOf());
    expect((await sampleLatents(requestOf())).data).toEqual(once.data);
    expect(worst(await sampleLatents(requestOf({ seed: 6 })), once)).toBeGreaterThan(0.1);
  });

  it('samples a range only, leaves what stands, and looks no further than the nets do', async () => {
    const known = createRows(LATENT_CHANNELS, LENGTH);
    known.data.fill(0.25);
    const runner = fakeNets();
    const sampled = await sampleLatents(requestOf({ runner, known, from: 200, to: 230 }));
    for (let channel = 0; channel < LATENT_CHANNELS; channel++) {
      const row = sampled.data.subarray(channel * LENGTH, (channel + 1) * LENGTH);
      expect(row.slice(0, 200).every((value) => value === 0.25)).toBe(true);
      expect(row.slice(230).every((value) => value === 0.25)).toBe(true);
      expect(row.slice(200, 230).every((value) => value === 0.25)).toBe(false);
    }
    expect(runner.runs.every(({ length }) => length === 30 + 2 * 30)).toBe(true);
    // What stands steers what is new.
    const other = createRows(LATENT_CHANNELS, LENGTH);
    other.data.fill(-0.8);
    const steered = await sampleLatents(requestOf({ known: other, from: 200, to: 230 }));
    expect(Math.abs(steered.data[201] - sampled.data[201])).toBeGreaterThan(1e-3);
  });

  it('stops when it is cancelled', async () => {
    await expect(sampleLatents(requestOf({ signal: { aborted: true } }))).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('draws noise of mean 0 and spread 1 that neighbours do not share', () => {
    const values = Array.from({ length: 6000 }, (_, i) => latentNoise(MOUTH_REGION, 9, i, 3) / MOUTH_REGION.temperature);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    const shared = values.slice(1).reduce((sum, value, i) => sum + value * values[i], 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.05);
    expect(Math.abs(spread - 1)).toBeLessThan(0.05);
    expect(Math.abs(shared)).toBeLessThan(0.05);
  });
});

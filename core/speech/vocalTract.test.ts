import { describe, expect, it } from 'vitest';
import { MEL_BINS, type MelFrames } from '../audio/logMel';
import { chooseWarp, warpMel, type HeardFrames } from './vocalTract';

/** A voice with one formant around a bin, speaking from `from` to `to`. */
function voice(frameCount: number, peakBin: number, from = 0, to = frameCount): MelFrames {
  const data = new Float32Array(frameCount * MEL_BINS);
  for (let frame = from; frame < to; frame++)
    for (let bin = 0; bin < MEL_BINS; bin++) data[frame * MEL_BINS + bin] = Math.exp(-(((bin - peakBin) / 6) ** 2));
  return { data, frameCount };
}

/** A model that knows voices whose formant is at bin 40, and hears speech where there is any sound. */
function model(fed: number[] = []): (mel: MelFrames) => Promise<HeardFrames> {
  return ({ data, frameCount }) => {
    fed.push(frameCount);
    const phoneLogProbs = new Float32Array(frameCount * 40).fill(-9);
    const speaks = new Float32Array(frameCount);
    for (let frame = 0; frame < frameCount; frame++) {
      const row = data.subarray(frame * MEL_BINS, (frame + 1) * MEL_BINS);
      const centre = row.reduce((sum, value, bin) => sum + value * bin, 0) / row.reduce((sum, value) => sum + value, 0);
      speaks[frame] = row.some((value) => value > 0.1) ? 0.9 : 0.1;
      phoneLogProbs[frame * 40 + 3] = speaks[frame] > 0.5 ? -0.05 * Math.abs(centre - 40) : -0.01;
    }
    return Promise.resolve({ phoneLogProbs, voice: speaks });
  };
}

describe('chooseWarp', () => {
  it('leaves the voices alone that the model knows, and those that are only a little off', async () => {
    for (const bin of [38, 39, 40, 41, 42]) expect(await chooseWarp(voice(300, bin), model())).toBe(0);
  });

  it('brings high and low voices nearer', async () => {
    const high = await chooseWarp(voice(300, 47), model());
    const low = await chooseWarp(voice(300, 35), model());
    expect(high).toBeGreaterThan(0.1);
    expect(low).toBeLessThan(-0.1);
  });

  it('says nothing about a voice of which there is hardly anything', async () => {
    expect(await chooseWarp(voice(300, 47, 100, 130), model())).toBe(0);
    expect(await chooseWarp(voice(0, 47), model())).toBe(0);
  });

  it('listens to the loudest 4 s of a long line, wherever they are', async () => {
    const fed: number[] = [];
    expect(await chooseWarp(voice(6000, 47, 4500, 5000), model(fed))).toBeGreaterThan(0.1);
    expect(Math.max(...fed)).toBe(400);
  });
});

describe('warpMel', () => {
  it('moves what is high down, between bins in proportion, frame by frame', () => {
    const ramp: MelFrames = {
      frameCount: 2,
      data: Float32Array.from({ length: 2 * MEL_BINS }, (_, i) => (i % MEL_BINS) + (i < MEL_BINS ? 0 : 100)),
    };
    const { data } = warpMel(ramp, 0.1);
    expect(data[10]).toBeCloseTo(11, 4);
    expect(data[15]).toBeCloseTo(16.5, 4);
    expect(data[79]).toBe(79);
    expect(data[MEL_BINS + 10]).toBeCloseTo(111, 4);
    expect(warpMel(ramp, 0).data).toBe(ramp.data);
  });
});

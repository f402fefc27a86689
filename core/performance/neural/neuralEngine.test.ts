import { describe, expect, it } from 'vitest';
import { CHANNEL_INDEX } from '../../rig/channels';
import { channelIndicesOf, FACE_REGIONS } from '../../rig/faceRegions';
import { closureReport } from '../constraints/closureReport';
import { silentFrames } from '../constraints/silentFrames';
import { HAND_MADE_SCRIPT, heldEmotion, inputOf } from '../testing/handMadeLine';
import { neuralEngine } from './neuralEngine';
import { MOUTH_REGION } from './neuralModels';
import { fakeNets } from './testing/fakeNets';

const plain = inputOf(HAND_MADE_SCRIPT);
/** Without breaths, which part the lips in silence. */
const input = { ...plain, style: { ...plain.style, breathAmount: 0 } };
const RANGE = { startSeconds: 1, endSeconds: 2 };

describe('neuralEngine (nets replaced by simple ones)', () => {
  it('gives whole, limited tracks: closures shut, silence still, the same twice', async () => {
    const runner = fakeNets();
    const progress: number[] = [];
    const tracks = await neuralEngine.generate(input, { runner, onProgress: (fraction) => progress.push(fraction) });
    expect(closureReport(tracks, input.phonemes).rate).toBe(1);
    const silent = silentFrames(input.phonemes, tracks.frameCount, tracks.frameRate);
    for (const index of MOUTH_REGION.channels) {
      const samples = tracks.channels[index];
      expect(samples.every((value, frame) => value >= 0 && value <= 1 && (!silent[frame] || value === 0))).toBe(true);
    }
    expect((await neuralEngine.generate(input, { runner })).channels).toEqual(tracks.channels);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress[progress.length - 1]).toBeCloseTo(1);
  });

  it('makes a range anew: byte-equal outside, in every region that was not asked for too', async () => {
    const runner = fakeNets();
    const previous = await neuralEngine.generate(input, { runner });
    for (const regions of [FACE_REGIONS, ['mouth'], ['upper'], ['head']] as const) {
      const again = await neuralEngine.generate({ ...input, seed: 99 }, { runner, previous, range: RANGE, regions });
      const asked = new Set(channelIndicesOf(regions));
      let [inside, outside] = [0, 0];
      again.channels.forEach((samples, index) => {
        samples.forEach((value, frame) => {
          if (value === previous.channels[index][frame]) return;
          if (asked.has(index) && frame > RANGE.startSeconds * 60 && frame < RANGE.endSeconds * 60) inside++;
          else outside++;
        });
      });
      expect(inside, regions.join()).toBeGreaterThan(50);
      expect(outside, regions.join()).toBe(0);
    }
  });

  it('runs only the nets of the regions it was asked for, around the range', async () => {
    const previous = await neuralEngine.generate(input, { runner: fakeNets() });
    const runner = fakeNets();
    await neuralEngine.generate(input, { runner, previous, range: RANGE, regions: ['upper'] });
    expect(new Set(runner.runs.map(({ model }) => model.split('_')[0]))).toEqual(new Set(['upper']));
    const mouth = fakeNets();
    await neuralEngine.generate(input, { runner: mouth, previous, range: RANGE, regions: ['mouth'] });
    expect(new Set(mouth.runs.map(({ model }) => model.split('_')[0]))).toEqual(new Set(['mouth']));
  });

  it('makes very short ranges by the rules', async () => {
    const previous = await neuralEngine.generate(input, { runner: fakeNets() });
    const runner = fakeNets();
    const short = { startSeconds: 1, endSeconds: 1.2 };
    const again = await neuralEngine.generate(input, { runner, previous, range: short });
    expect(runner.runs).toHaveLength(0);
    expect(again.channels[CHANNEL_INDEX.jawOpen]).not.toEqual(previous.channels[CHANNEL_INDEX.jawOpen]);
  });

  it('keeps emotion on the lips out of closures', async () => {
    const smiling = { ...input, emotions: heldEmotion('joy', 1) };
    const tracks = await neuralEngine.generate(smiling, { runner: fakeNets() });
    expect(closureReport(tracks, input.phonemes).rate).toBe(1);
    expect(Math.max(...tracks.channels[CHANNEL_INDEX.mouthSmileLeft])).toBeGreaterThan(0.3);
  });

  it('gives back the range the nets lose: a little in the jaw, more in what rounds and spreads the lips', async () => {
    const nets = fakeNets();
    const flat = 0.2;
    const runner = {
      ...nets,
      run: async (...asked: Parameters<typeof nets.run>) => {
        const out = await nets.run(...asked);
        if (asked[0] === 'mouth_vae_decoder') out.curves.data.fill(flat);
        return out;
      },
    };
    const vowel = inputOf('SIL:400 L:200 AA:400 SIL:400');
    const still = { ...vowel, style: { ...vowel.style, breathAmount: 0, rounding: 0 } };
    const { channels } = await neuralEngine.generate(still, { runner });
    const grown = (channel: keyof typeof CHANNEL_INDEX) => channels[CHANNEL_INDEX[channel]][Math.round(0.75 * 60)] / flat;
    expect(grown('mouthUpperUpLeft')).toBeCloseTo(1);
    expect(grown('jawOpen')).toBeGreaterThan(1.05);
    for (const channel of ['mouthPucker', 'mouthFunnel', 'mouthSmileLeft', 'mouthStretchRight'] as const) {
      expect(grown(channel) / grown('jawOpen'), channel).toBeGreaterThan(1.08);
    }
  });

  it('says which models are missing', async () => {
    await expect(neuralEngine.generate(input, {})).rejects.toMatchObject({ code: 'model-unavailable' });
    const runner = { ...fakeNets(), models: ['acoustic', 'mouth_denoiser'] };
    await expect(neuralEngine.generate(input, { runner })).rejects.toThrow(/upper_denoiser/);
  });
});

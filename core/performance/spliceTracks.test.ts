import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SampledTracks } from '../curves/sampledTracks';
import { MienError } from '../errors';
import { CHANNEL_INDEX, PERFORMANCE_CHANNELS } from '../rig/channels';
import { channelIndicesOf, faceRegionOf, FACE_REGIONS, type FaceRegion } from '../rig/faceRegions';
import { lipOpening } from '../rig/lipOpening';
import { closureReport } from './constraints/closureReport';
import { performByRules } from './pipeline';
import { rulesEngine } from './rules/rulesEngine';
import { SPLICE_BLEND_SECONDS, spliceTracks } from './spliceTracks';
import { HAND_MADE_SCRIPT, heldEmotion, inputOf } from './testing/handMadeLine';

const bytes = (samples: Float32Array) => Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
const before = inputOf(HAND_MADE_SCRIPT, { seed: 3 });
const after = inputOf(HAND_MADE_SCRIPT, { seed: 44, emotions: heldEmotion('joy', 1) });
const previous = performByRules(before);
const whole = performByRules(after);
const lastSeconds = (previous.frameCount - 1) / 60;
const same = (a: SampledTracks, b: SampledTracks, channel: number, from: number, to: number) =>
  bytes(a.channels[channel].slice(from, to)).equals(bytes(b.channels[channel].slice(from, to)));

describe('face regions', () => {
  it('share all 61 channels: 29 of the mouth, 3 of the head, the rest above', () => {
    expect(FACE_REGIONS.map((region) => channelIndicesOf([region]).length)).toEqual([29, 29, 3]);
    expect(channelIndicesOf(FACE_REGIONS)).toHaveLength(PERFORMANCE_CHANNELS.length);
    expect(faceRegionOf('tongueOut')).toBe('mouth');
    expect(faceRegionOf('cheekSquintLeft')).toBe('upper');
  });
});

describe('making a part anew with the rules engine', () => {
  it('leaves everything outside the range and in other regions byte-equal, for any range and regions', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.double({ min: -0.5, max: lastSeconds + 0.5, noNaN: true }),
        fc.double({ min: 0.02, max: 3, noNaN: true }),
        fc.subarray([...FACE_REGIONS], { minLength: 1 }),
        async (startSeconds, length, regions) => {
          const range = { startSeconds, endSeconds: startSeconds + length };
          const made = await rulesEngine.generate(after, { previous, range, regions });
          const first = Math.max(0, Math.ceil(startSeconds * 60 - 1e-6));
          const end = Math.max(first, Math.min(made.frameCount, Math.ceil(range.endSeconds * 60 - 1e-6)));
          made.channels.forEach((samples, channel) => {
            expect(samples).toHaveLength(previous.frameCount);
            if (!regions.includes(faceRegionOf(PERFORMANCE_CHANNELS[channel])))
              expect(same(made, previous, channel, 0, samples.length)).toBe(true);
            expect(same(made, previous, channel, 0, first)).toBe(true);
            expect(same(made, previous, channel, end, samples.length)).toBe(true);
          });
        },
      ),
      { numRuns: 25 },
    );
  });

  it('is the whole new line well inside the range, and up to the ends of the line', async () => {
    const range = { startSeconds: 1, endSeconds: 2.5 };
    const made = await rulesEngine.generate(after, { previous, range });
    const inner = [Math.ceil((1 + SPLICE_BLEND_SECONDS) * 60), Math.floor((2.5 - SPLICE_BLEND_SECONDS) * 60)];
    const all = await rulesEngine.generate(after, { previous, range: { startSeconds: 0, endSeconds: lastSeconds + 1 } });
    made.channels.forEach((_, channel) => {
      for (let frame = inner[0]; frame < inner[1]; frame++)
        expect(made.channels[channel][frame]).toBe(whole.channels[channel][frame]);
      expect(same(all, whole, channel, 0, whole.frameCount)).toBe(true);
    });
    expect(made.channels[CHANNEL_INDEX.mouthSmileLeft]).not.toEqual(previous.channels[CHANNEL_INDEX.mouthSmileLeft]);
  });

  it('takes over within the range over at least 100 ms, without a step', () => {
    const [low, high] = [0, 1].map((value) => ({
      ...previous,
      channels: previous.channels.map((samples) => samples.map(() => value)),
    }));
    const made = spliceTracks(low, high, { range: { startSeconds: 1, endSeconds: 2 } }).channels[0];
    const rising = Array.from(made.slice(60, 90)).filter((value) => value > 0 && value < 1).length;
    expect(rising / 60).toBeGreaterThanOrEqual(0.09);
    expect(made[60]).toBe(0);
    for (let frame = 1; frame < made.length; frame++) expect(Math.abs(made[frame] - made[frame - 1])).toBeLessThan(0.3);
  });

  it('keeps closures and limits through the blend', () => {
    for (let start = 0.3; start < 3; start += 0.11) {
      const made = spliceTracks(previous, whole, { range: { startSeconds: start, endSeconds: start + 0.4 } });
      expect(closureReport(made, after.phonemes).rate).toBe(1);
      const [jaw, close] = [made.channels[CHANNEL_INDEX.jawOpen], made.channels[CHANNEL_INDEX.mouthClose]];
      close.forEach((value, frame) => expect(value).toBeLessThanOrEqual(jaw[frame]));
      expect(lipOpening(made, Math.round(start * 60))).toBeGreaterThanOrEqual(0);
    }
  });

  it('refuses curves of another length, and stops when told', async () => {
    const short = performByRules(inputOf('SIL:500'));
    await expect(rulesEngine.generate(after, { previous: short, regions: ['head'] as FaceRegion[] })).rejects.toBeInstanceOf(
      MienError,
    );
    await expect(rulesEngine.generate(after, { signal: { aborted: true } })).rejects.toMatchObject({ code: 'cancelled' });
  });
});

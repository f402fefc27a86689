import { describe, expect, it } from 'vitest';
import { trackOf } from '../curves/sampledTracks';
import { CHANNEL_INDEX } from '../rig/channels';
import { channelIndicesOf } from '../rig/faceRegions';
import { keepLocked } from './keepLocked';
import { nudgeLips } from './nudgeLips';
import { performTake } from './performTake';
import { performByRules } from './pipeline';
import { rulesEngine } from './rules/rulesEngine';
import { HAND_MADE_SCRIPT, heldEmotion, inputOf } from './testing/handMadeLine';

const line = inputOf([HAND_MADE_SCRIPT, HAND_MADE_SCRIPT].join(' | '), { seed: 3 });
const patch = { startSeconds: 3, endSeconds: 7, regions: ['upper' as const], seed: 91 };

describe('performTake', () => {
  it('makes stretches with their own seed, byte-equal outside and in other parts, events included', async () => {
    const plain = await performTake(rulesEngine, line);
    const patched = await performTake(rulesEngine, { ...line, seedRanges: [patch] });
    const upper = new Set(channelIndicesOf(['upper']));
    let moved = 0;
    patched.tracks.channels.forEach((samples, channel) =>
      samples.forEach((value, frame) => {
        if (value === plain.tracks.channels[channel][frame]) return;
        expect(upper.has(channel) && frame >= 180 && frame <= 420).toBe(true);
        moved++;
      }),
    );
    expect(moved).toBeGreaterThan(1000);
    const outside = (events: typeof plain.events) =>
      events.filter(
        (event) => event.startSeconds < 3 || event.startSeconds >= 7 || event.type === 'nod' || event.type === 'breath',
      );
    expect(outside(patched.events)).toEqual(outside(plain.events));
    expect(patched.events.some(({ key }) => key.startsWith('blink:91:') || key.startsWith('gaze:91:'))).toBe(true);
    expect((await performTake(rulesEngine, { ...line, seedRanges: [patch] })).tracks).toEqual(patched.tracks);
  });

  it('follows the gain on the effort', async () => {
    const gain = (value: number) => ({
      keys: [{ id: 'g', timeSeconds: 0, value, interpolation: 'linear' as const, tangentMode: 'auto' as const }],
    });
    const jaw = async (value: number) =>
      Math.max(...trackOf((await performTake(rulesEngine, { ...line, effortGain: gain(value) })).tracks, 'jawOpen'));
    expect(await jaw(1.8)).toBeGreaterThan((await jaw(0.2)) + 0.03);
  });

  it('moves the mouth against the sound by the nudge, and nothing else', () => {
    const tracks = performByRules(line);
    const later = nudgeLips(tracks, 0.1);
    const mouth = new Set(channelIndicesOf(['mouth']));
    tracks.channels.forEach((samples, channel) => {
      if (!mouth.has(channel)) expect(later.channels[channel]).toBe(samples);
      else for (let frame = 6; frame < samples.length; frame++) expect(later.channels[channel][frame]).toBe(samples[frame - 6]);
    });
  });

  it('keeps locked stretches byte-equal and meets them without a step', () => {
    const before = performByRules(line);
    const after = performByRules({ ...line, seed: 8, emotions: heldEmotion('anger', 1) });
    const lock = { startSeconds: 2, endSeconds: 3, regions: ['brows' as const], channels: ['jawOpen' as const] };
    const kept = keepLocked(before, after, [lock]);
    const brow = trackOf(kept, 'browDownLeft');
    for (let frame = 120; frame < 180; frame++) {
      expect(brow[frame]).toBe(trackOf(before, 'browDownLeft')[frame]);
      expect(trackOf(kept, 'jawOpen')[frame]).toBe(trackOf(before, 'jawOpen')[frame]);
    }
    expect(brow[60]).toBe(trackOf(after, 'browDownLeft')[60]);
    expect(kept.channels[CHANNEL_INDEX.headYaw]).toBe(after.channels[CHANNEL_INDEX.headYaw]);
    for (let frame = 100; frame < 200; frame++) expect(Math.abs(brow[frame] - brow[frame - 1])).toBeLessThan(0.3);
  });
});

import { describe, expect, it } from 'vitest';
import { createTracks, trackOf } from '../../curves/sampledTracks';
import { adjustedChannels, adjustPose, adjustTracks, type ChannelAdjustments } from './channelAdjustments';

const CHANGED: ChannelAdjustments = {
  gains: { jawOpen: 0.5, headYaw: 2 },
  limits: { mouthSmileLeft: { min: -0.2, max: 0.4 } },
  neutralOffset: { browInnerUp: 0.3, mouthSmileLeft: -0.1 },
};

describe('what a character changes of every channel', () => {
  it('gain, then offset, then limits; weights without limits stay in 0..1, rotations are free', () => {
    const values: Record<string, number> = { jawOpen: 0.8, headYaw: 0.7, mouthSmileLeft: 0.9, browInnerUp: 0.9, cheekPuff: 0.4 };
    const shown = adjustPose((channel) => values[channel] ?? 0, CHANGED, 'all');
    expect(shown('jawOpen')).toBeCloseTo(0.4, 9);
    expect(shown('headYaw')).toBeCloseTo(1.4, 9);
    expect(shown('mouthSmileLeft')).toBeCloseTo(0.4, 9);
    expect(shown('browInnerUp')).toBe(1);
    expect(shown('cheekPuff')).toBe(0.4);
    const rest = adjustPose(() => 0, CHANGED, 'all');
    expect(rest('mouthSmileLeft')).toBeCloseTo(-0.1, 9);
  });

  it('curves and poses agree, other channels are the same arrays, and mapped characters keep their weights', () => {
    const tracks = createTracks(3);
    trackOf(tracks, 'jawOpen').set([0, 0.5, 1]);
    trackOf(tracks, 'headYaw').set([0.1, 0.2, 0.3]);
    const all = adjustTracks(tracks, CHANGED, 'all');
    expect(Array.from(trackOf(all, 'jawOpen'))).toEqual([0, 0.25, 0.5]);
    expect(trackOf(all, 'cheekPuff')).toBe(trackOf(tracks, 'cheekPuff'));
    expect(trackOf(tracks, 'jawOpen')[2]).toBe(1);
    const turned = adjustTracks(tracks, CHANGED, 'rotations');
    expect(trackOf(turned, 'jawOpen')).toBe(trackOf(tracks, 'jawOpen'));
    expect(trackOf(turned, 'headYaw')[1]).toBeCloseTo(0.4, 6);
    expect(adjustTracks(tracks, { gains: {}, limits: {}, neutralOffset: {} }, 'all')).toBe(tracks);
    expect(adjustTracks(tracks, null, 'all')).toBe(tracks);
    expect(adjustedChannels(CHANGED, 'rotations')).toEqual(['headYaw']);
  });
});

import { describe, expect, it } from 'vitest';
import { createTracks } from '../curves/sampledTracks';
import { CHANNEL_INDEX, type ArkitChannel } from '../rig/channels';
import { lipOpening } from '../rig/lipOpening';
import { CURVE_FRAME_RATE } from '../time/frameRate';
import { DEFAULT_STYLE } from './performanceEngine';
import { roundAsPhones, roundLips } from './roundLips';

type Frame = Readonly<Partial<Record<ArkitChannel, number>>>;

function tracksOf(frames: readonly Frame[]) {
  const tracks = createTracks(frames.length, CURVE_FRAME_RATE);
  frames.forEach((frame, at) => {
    for (const [channel, value] of Object.entries(frame)) tracks.channels[CHANNEL_INDEX[channel as ArkitChannel]][at] = value;
  });
  return tracks;
}

function rounded(frames: readonly Frame[], rounding?: number) {
  const tracks = tracksOf(frames);
  const before = frames.map((_, frame) => lipOpening(tracks, frame));
  roundLips(tracks, { ...DEFAULT_STYLE, rounding }, { first: 0, end: frames.length });
  const read = (channel: ArkitChannel, frame = 0) => tracks.channels[CHANNEL_INDEX[channel]][frame];
  return { read, before, after: frames.map((_, frame) => lipOpening(tracks, frame)) };
}

const YOU: Frame = { mouthPucker: 0.5, mouthFunnel: 0.13, jawOpen: 0.2, mouthClose: 0.03 };

describe('roundLips', () => {
  it('brings a captured "you" near the weights rigs are made for, the lips as far apart as before', () => {
    for (const rounding of [undefined, 0.5]) {
      const { read, before, after } = rounded([YOU], rounding);
      expect(read('mouthPucker')).toBeGreaterThan(0.7);
      expect(read('mouthPucker')).toBeLessThan(0.9);
      expect(read('mouthFunnel')).toBeGreaterThan(0.24);
      expect(after[0]).toBeCloseTo(before[0], 5);
    }
  });

  it('does nothing at 0, more at 1, and never passes 1 or what the jaw opened', () => {
    expect(rounded([YOU], 0).read('mouthPucker')).toBeCloseTo(0.5, 6);
    expect(rounded([YOU], 1).read('mouthPucker')).toBeGreaterThan(rounded([YOU], 0.5).read('mouthPucker'));
    const { read } = rounded([{ mouthPucker: 1, mouthFunnel: 1, jawOpen: 0.05 }], 1);
    expect(read('mouthPucker')).toBe(1);
    expect(read('mouthFunnel')).toBe(1);
    expect(read('mouthClose')).toBeLessThanOrEqual(0.05 + 1e-7);
  });

  it('leaves spread and drawn-in lips alone, and is steady: more in, more out', () => {
    const steps = Array.from({ length: 101 }, (_, at) => ({ mouthPucker: at / 100 }));
    const { read } = rounded(steps);
    expect(read('mouthPucker', 5)).toBeCloseTo(0.05, 6);
    expect(read('mouthPucker', 18)).toBeLessThan(0.21);
    for (let at = 1; at <= 100; at++) {
      const slope = (read('mouthPucker', at) - read('mouthPucker', at - 1)) * 100;
      expect(slope).toBeGreaterThan(0);
      expect(slope).toBeLessThan(1.8);
    }
  });
});

describe('roundAsPhones', () => {
  const own: Frame = { mouthPucker: 0.14, mouthFunnel: 0.1, jawOpen: 0.2, mouthClose: 0.02 };
  const phone: Frame = { mouthPucker: 0.5, mouthFunnel: 0.24, jawOpen: 0.1 };
  const met = (rules: Frame, rounding?: number) => {
    const tracks = tracksOf([own]);
    const before = lipOpening(tracks, 0);
    roundAsPhones(tracks, tracksOf([rules]), { ...DEFAULT_STYLE, rounding }, { first: 0, end: 1 });
    const read = (channel: ArkitChannel) => tracks.channels[CHANNEL_INDEX[channel]][0];
    return {
      pucker: read('mouthPucker'),
      funnel: read('mouthFunnel'),
      jaw: read('jawOpen'),
      before,
      after: lipOpening(tracks, 0),
    };
  };

  it('rounds as far as the rules, half way at .25, the lips as far apart as before', () => {
    for (const rounding of [undefined, 0.5, 1]) {
      const { pucker, funnel, jaw, before, after } = met(phone, rounding);
      expect([pucker, funnel, jaw].map((value) => +value.toFixed(6))).toEqual([0.5, 0.24, 0.2]);
      expect(after).toBeCloseTo(before, 5);
    }
    expect(met(phone, 0.25).pucker).toBeCloseTo(0.25, 6);
  });

  it('leaves lips alone as captured (0), and where the nets round more', () => {
    expect(met(phone, 0)).toMatchObject({ pucker: Math.fround(0.14), funnel: Math.fround(0.1) });
    expect(met({ mouthPucker: 0.1 })).toMatchObject({ pucker: Math.fround(0.14), funnel: Math.fround(0.1) });
  });
});

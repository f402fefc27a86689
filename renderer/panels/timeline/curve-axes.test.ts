import { describe, expect, it } from 'vitest';
import type { SampledTracks } from '../../../core/curves/sampledTracks';
import { CHANNEL_INDEX, PERFORMANCE_CHANNELS } from '../../../core/rig/channels';
import { CURVE_FRAME_RATE } from '../../../core/time/frameRate';
import { curveAxes, frameValues, zoomValues } from './curve-axes';
import { valueAt, yOf } from './lane-geometry';

const channels = PERFORMANCE_CHANNELS.map(() => new Float32Array(3));
channels[CHANNEL_INDEX.jawOpen].set([0.1, 0.3, 0.2]);
const tracks: SampledTracks = { frameRate: CURVE_FRAME_RATE, frameCount: 3, channels };
const parts = { view: { from: 0, to: 1 }, height: 200, channels: ['jawOpen', 'mouthClose'], tracks } as const;

describe('value axes', () => {
  it('share one axis, or go each from lowest to highest', () => {
    expect(curveAxes({ ...parts, scaling: 'absolute' })('jawOpen')).toMatchObject({ min: 0, max: 1 });
    const own = curveAxes({ ...parts, scaling: 'normalised' });
    expect(own('jawOpen').min).toBeCloseTo(0.1);
    expect(own('jawOpen').max).toBeCloseTo(0.3);
    expect(own('mouthClose')).toMatchObject({ min: 0, max: 1 });
  });

  it('stand one below the other when stacked, and a point reads back as its value', () => {
    const stacked = curveAxes({ ...parts, scaling: 'stacked' });
    expect(yOf(stacked('jawOpen'), 0)).toBeLessThan(yOf(stacked('mouthClose'), 1));
    expect(valueAt(stacked('mouthClose'), yOf(stacked('mouthClose'), 0.37))).toBeCloseTo(0.37);
  });

  it('zoom keeps the value under the pointer, within limits', () => {
    expect(zoomValues({ from: 0, to: 1 }, 2, 0.5)).toEqual({ from: 0.25, to: 0.75 });
    expect(zoomValues({ from: 0, to: 1 }, 2, 0)).toEqual({ from: 0, to: 0.5 });
    const far = zoomValues({ from: 0, to: 1 }, 0.001, 0.5);
    expect(far.to - far.from).toBe(3);
  });

  it('frames a stretch of values with some room', () => {
    const view = frameValues('jawOpen', 0.4, 0.6);
    expect(view.from).toBeLessThan(0.4);
    expect(view.to).toBeGreaterThan(0.6);
    expect(view.to - view.from).toBeLessThan(0.4);
  });
});

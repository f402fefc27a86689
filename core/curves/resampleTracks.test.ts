import { describe, expect, it } from 'vitest';
import { FRAME_RATES } from '../time/frameRate';
import { resampleTracks } from './resampleTracks';
import { createTracks, trackOf } from './sampledTracks';

function wave(frameCount: number) {
  const tracks = createTracks(frameCount);
  trackOf(tracks, 'jawOpen').forEach((_, k, jaw) => (jaw[k] = 0.5 + 0.5 * Math.sin(k / 5)));
  return tracks;
}

describe('resampleTracks', () => {
  it('copies coinciding frames exactly: every second frame at 30 fps', () => {
    const tracks = wave(121);
    const half = resampleTracks(tracks, FRAME_RATES['30']);
    expect(half.frameCount).toBe(61);
    for (let k = 0; k < half.frameCount; k++) expect(trackOf(half, 'jawOpen')[k]).toBe(trackOf(tracks, 'jawOpen')[2 * k]);
  });

  it('stays on a smooth curve between frames and keeps the duration at every rate', () => {
    const tracks = wave(601);
    for (const rate of Object.values(FRAME_RATES)) {
      const again = resampleTracks(tracks, rate);
      const endSeconds = ((again.frameCount - 1) * rate.denominator) / rate.numerator;
      expect(endSeconds).toBeGreaterThanOrEqual(10 - 1e-9);
      expect(endSeconds).toBeLessThan(10 + rate.denominator / rate.numerator);
      trackOf(again, 'jawOpen').forEach((value, k) => {
        const seconds = Math.min(10, (k * rate.denominator) / rate.numerator);
        expect(value).toBeCloseTo(0.5 + 0.5 * Math.sin((seconds * 60) / 5), 2);
      });
    }
  });

  it('does not drift at 29.97 fps over an hour', () => {
    const tracks = createTracks(60 * 3600 + 1);
    trackOf(tracks, 'jawOpen').forEach((_, k, jaw) => (jaw[k] = (k % 6006) / 6006));
    const ntsc = resampleTracks(tracks, FRAME_RATES['29.97']);
    // 3000 NTSC frames are 6006 frames at 60 fps: they coincide for ever.
    for (let k = 0; k < ntsc.frameCount - 1; k += 3000) expect(trackOf(ntsc, 'jawOpen')[k]).toBe(0);
  });

  it('never leaves the values around it: a closed lip stays closed', () => {
    const tracks = createTracks(9);
    trackOf(tracks, 'jawOpen').set([0.4, 0.3, 0, 0, 0, 0.3, 0.5, 0.5, 0]);
    const fine = resampleTracks(tracks, { numerator: 600, denominator: 1 });
    trackOf(fine, 'jawOpen').forEach((value, k) => {
      const from = trackOf(tracks, 'jawOpen')[Math.floor(k / 10)];
      const to = trackOf(tracks, 'jawOpen')[Math.min(8, Math.floor(k / 10) + 1)];
      expect(value).toBeGreaterThanOrEqual(Math.min(from, to) - 1e-6);
      expect(value).toBeLessThanOrEqual(Math.max(from, to) + 1e-6);
    });
  });
});

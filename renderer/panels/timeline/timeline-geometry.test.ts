import { describe, expect, it } from 'vitest';
import {
  fitScale,
  nearestPoint,
  rulerTicks,
  scrollToShow,
  snapTime,
  timeAt,
  xOf,
  zoomAt,
  type TimeScale,
} from './timeline-geometry';

const scale: TimeScale = { startSeconds: 1, pixelsPerSecond: 200, width: 1000 };

const SIX = { startSeconds: 0, endSeconds: 6 };

describe('time scale', () => {
  it('goes to pixels and back', () => {
    expect(xOf(scale, 2)).toBe(200);
    for (const time of [0, 1.234, 7.5]) expect(timeAt(scale, xOf(scale, time))).toBeCloseTo(time, 12);
  });

  it('shows a whole line with a margin on both sides', () => {
    const fit = fitScale({ startSeconds: 0, endSeconds: 5 }, 1000);
    expect(xOf(fit, 0)).toBeCloseTo(12);
    expect(xOf(fit, 5)).toBeCloseTo(988);
  });

  it('zooms to the pointer: the time under it stays', () => {
    for (const factor of [0.5, 1.4, 3]) {
      const zoomed = zoomAt(scale, factor, 640, SIX);
      expect(timeAt(zoomed, 640)).toBeCloseTo(timeAt(scale, 640), 10);
    }
  });

  it('never zooms in past 50 px a frame nor out past three lines', () => {
    let inward = scale;
    let outward = scale;
    for (let step = 0; step < 60; step += 1) {
      inward = zoomAt(inward, 2, 100, SIX);
      outward = zoomAt(outward, 0.5, 100, SIX);
    }
    expect(inward.pixelsPerSecond).toBe(3000);
    expect(outward.pixelsPerSecond).toBeCloseTo(fitScale(SIX, 1000).pixelsPerSecond / 3);
  });

  it('pages on only when the playhead has left', () => {
    expect(scrollToShow(scale, 3)).toBe(1);
    const start = scrollToShow(scale, 6.5);
    expect(xOf({ ...scale, startSeconds: start }, 6.5)).toBeCloseTo(100);
  });
});

describe('snapping', () => {
  it('goes to a target within 6 px, else to the frame', () => {
    expect(snapTime(2.02, scale, [2.04], 1 / 60)).toBe(2.04);
    expect(snapTime(2.0, scale, [2.04], 1 / 60)).toBe(2);
    expect(snapTime(2.005, scale, [], 1 / 60)).toBe(2);
    expect(snapTime(2.021, scale, [2.03, 2.018], 1 / 60)).toBe(2.018);
  });
});

describe('ruler', () => {
  it('labels whole frames, far enough apart to read, at every zoom', () => {
    for (const pixelsPerSecond of [2, 20, 170, 600, 3000]) {
      const ticks = rulerTicks({ startSeconds: 0, pixelsPerSecond, width: 1400 }, 60, (seconds) =>
        String(Math.round(seconds * 60)),
      );
      const major = ticks.filter((tick) => tick.isMajor);
      expect(major.length).toBeGreaterThan(1);
      for (let index = 1; index < major.length; index += 1)
        expect(major[index].x - major[index - 1].x).toBeGreaterThanOrEqual(72);
      for (const tick of ticks) {
        const frame = (tick.x / pixelsPerSecond) * 60;
        expect(Math.abs(frame - Math.round(frame))).toBeLessThan(1e-6);
      }
    }
  });

  it('starts at zero, not before', () => {
    const ticks = rulerTicks({ startSeconds: -2, pixelsPerSecond: 100, width: 800 }, null, (seconds) => seconds.toFixed(2));
    expect(ticks[0]).toEqual({ x: 200, label: '0.00', isMajor: true });
    const rolled = rulerTicks(
      { startSeconds: -2, pixelsPerSecond: 100, width: 500 },
      null,
      (seconds) => seconds.toFixed(2),
      -0.5,
    );
    expect(rolled[0].x).toBeCloseTo(160, 6);
    expect(rolled.find((tick) => tick.label === '0.00')?.x).toBe(200);
  });
});

describe('nearestPoint', () => {
  const points = [
    { x: 10, y: 10 },
    { x: 18, y: 10 },
  ];
  it('takes the nearest in reach and nothing out of it', () => {
    expect(nearestPoint(points, 15, 10)).toBe(1);
    expect(nearestPoint(points, 11, 4)).toBe(0);
    expect(nearestPoint(points, 40, 10)).toBe(-1);
  });
});

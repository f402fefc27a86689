import { describe, expect, it } from 'vitest';
import type { PerformanceEvent } from '../../../core/performance/events/performanceEvent';
import { draggedTimes, eventAt, eventBoxes, eventLabel, isLabelFree } from './event-geometry';

const scale = { startSeconds: 0, pixelsPerSecond: 100, width: 1000 };
const event = (type: PerformanceEvent['type'], startSeconds: number, endSeconds: number, more = {}): PerformanceEvent => ({
  key: `${type}-${startSeconds}`,
  type,
  startSeconds,
  endSeconds,
  intensity: 1,
  locked: false,
  origin: 'generated',
  ...more,
});

const TEN = { startSeconds: 0, endSeconds: 10 };

describe('events in the lane', () => {
  const look = event('gaze', 1, 4, { target: { yawRadians: 0.2, pitchRadians: 0.1 } });
  const blink = event('blink', 2, 2.35);
  const boxes = eventBoxes([look, blink, event('blink', 30, 30.3)], scale);

  it('name a look only where no mark has its name', () => {
    // The blink's middle is at 217.5 px.
    expect(isLabelFree(106, 60, boxes)).toBe(true);
    expect(isLabelFree(106, 95, boxes)).toBe(false);
    expect(isLabelFree(240, 60, boxes)).toBe(true);
  });

  it('show what is in sight, marks over looks, looks by their direction', () => {
    expect(boxes.map((box) => box.event)).toEqual([look, blink]);
    expect(eventLabel(look)).toBe('down, left');
    expect(eventLabel(event('gaze', 0, 1))).toBe('listener');
    expect(eventLabel(blink)).toBe('blink');
  });

  it('are found by the pointer: a mark before the look under it, edges before the body', () => {
    expect(eventAt(boxes, 217)).toEqual({ event: blink, part: 'body' });
    expect(eventAt(boxes, 201)).toEqual({ event: blink, part: 'start' });
    expect(eventAt(boxes, 101)).toEqual({ event: look, part: 'start' });
    expect(eventAt(boxes, 350)).toEqual({ event: look, part: 'body' });
    expect(eventAt(boxes, 600)).toBeNull();
  });

  it('move within the line and keep at least a frame', () => {
    expect(draggedTimes(blink, 'body', -5, TEN).startSeconds).toBe(0);
    expect(draggedTimes(blink, 'body', 50, TEN).endSeconds).toBeCloseTo(10);
    expect(draggedTimes(blink, 'end', -5, TEN).endSeconds).toBeCloseTo(2 + 1 / 60);
    expect(draggedTimes(blink, 'start', 5, TEN).startSeconds).toBeCloseTo(2.35 - 1 / 60);
    expect(draggedTimes(blink, 'body', 0.5, TEN)).toEqual({ startSeconds: 2.5, endSeconds: 2.85 });
  });
});

import { describe, expect, it } from 'vitest';
import { laneAxis } from './lane-geometry';
import { keyDragDelta, pressedSelection } from './key-interaction';

const none = { shiftKey: false, ctrlKey: false, altKey: false };
const lead = { id: 'a', timeSeconds: 1.01, value: 0.5, interpolation: 'bezier', tangentMode: 'auto' } as const;
const scale = { startSeconds: 0, pixelsPerSecond: 100, width: 400 };
const axis = laneAxis(42);
const start = { lead, startX: 100, startY: 20 };
const snap = (time: number, isFree: boolean) => (isFree ? time : Math.round(time * 10) / 10);
const drag = (x: number, y: number, modifiers = none) => keyDragDelta(start, x, y, scale, axis, modifiers, snap);

describe('dragging keys', () => {
  it('snaps the lead key and moves the value freely', () => {
    const delta = drag(124, 7);
    expect(lead.timeSeconds + delta.deltaSeconds).toBeCloseTo(1.3);
    expect(delta.deltaValue).toBeCloseTo(0.5);
  });

  it('stays in time when dragged straight up', () => {
    expect(drag(102, 7).deltaSeconds).toBe(0);
    expect(drag(102, 7).deltaValue).toBeGreaterThan(0.4);
  });

  it('keeps the time with Shift, the value with Ctrl Shift, and does not snap with Ctrl', () => {
    expect(drag(150, 7, { ...none, shiftKey: true }).deltaSeconds).toBe(0);
    expect(drag(150, 7, { ...none, shiftKey: true, ctrlKey: true }).deltaValue).toBe(0);
    expect(drag(124, 20, { ...none, ctrlKey: true }).deltaSeconds).toBeCloseTo(0.24);
  });
});

describe('pressing keys', () => {
  it('takes one, keeps a group, adds and takes away', () => {
    expect(pressedSelection([], 'a', none)).toEqual(['a']);
    expect(pressedSelection(['a', 'b'], 'b', none)).toEqual(['a', 'b']);
    expect(pressedSelection(['a'], 'b', { ...none, ctrlKey: true })).toEqual(['a', 'b']);
    expect(pressedSelection(['a', 'b'], 'b', { ...none, shiftKey: true })).toEqual(['a']);
  });
});

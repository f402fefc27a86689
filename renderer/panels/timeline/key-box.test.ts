import { describe, expect, it } from 'vitest';
import { boxHandles, boxTransform, hitBoxHandle, isInsideOutline, keyBox } from './key-box';

const drag = {
  firstSeconds: 1,
  lastSeconds: 2,
  lowValue: 0.2,
  highValue: 0.6,
  deltaSeconds: 0,
  deltaValue: 0,
  aboutSeconds: null,
  snap: (time: number) => time,
};

describe('the box around selected keys', () => {
  it('has handles only for what it can scale', () => {
    expect(keyBox([{ x: 1, y: 1 }])).toBeNull();
    const edges = (points: { x: number; y: number }[]) => boxHandles(keyBox(points)!).map(({ edge }) => edge);
    expect(
      edges([
        { x: 10, y: 50 },
        { x: 90, y: 50 },
      ]),
    ).toEqual(['left', 'right']);
    expect(
      edges([
        { x: 10, y: 20 },
        { x: 10, y: 50 },
      ]),
    ).toEqual(['top', 'bottom']);
    expect(
      edges([
        { x: 10, y: 20 },
        { x: 90, y: 50 },
      ]),
    ).toHaveLength(8);
  });

  it('finds the handle under the pointer', () => {
    const handles = boxHandles(
      keyBox([
        { x: 100, y: 100 },
        { x: 200, y: 200 },
      ])!,
    );
    expect(hitBoxHandle(handles, 212, 150)).toBe('right');
    expect(hitBoxHandle(handles, 88, 88)).toBe('topLeft');
    expect(hitBoxHandle(handles, 150, 150)).toBeNull();
  });

  it('stretches time from the opposite edge, or about a time', () => {
    expect(boxTransform({ ...drag, edge: 'right', deltaSeconds: 1 })).toEqual({ pivotSeconds: 1, timeScale: 2 });
    expect(boxTransform({ ...drag, edge: 'left', deltaSeconds: 0.5 })).toEqual({ pivotSeconds: 2, timeScale: 0.5 });
    expect(boxTransform({ ...drag, edge: 'right', deltaSeconds: 1, aboutSeconds: 1.5 })).toEqual({
      pivotSeconds: 1.5,
      timeScale: 3,
    });
  });

  it('scales value and time at a corner, snaps the dragged edge and never flattens', () => {
    const corner = boxTransform({ ...drag, edge: 'topRight', deltaSeconds: 0.93, deltaValue: 0.4, snap: Math.round });
    expect(corner).toMatchObject({ pivotSeconds: 1, timeScale: 2, pivotValue: 0.2 });
    expect(corner.valueScale).toBeCloseTo(2);
    expect(boxTransform({ ...drag, edge: 'right', deltaSeconds: -1 }).timeScale).toBe(0.01);
  });
});

describe('the lasso', () => {
  it('catches what lies inside a hollow outline', () => {
    const u = [
      { x: 0, y: 0 },
      { x: 10, y: 0 },
      { x: 10, y: 10 },
      { x: 6, y: 10 },
      { x: 6, y: 4 },
      { x: 4, y: 4 },
      { x: 4, y: 10 },
      { x: 0, y: 10 },
    ];
    expect(isInsideOutline({ x: 2, y: 8 }, u)).toBe(true);
    expect(isInsideOutline({ x: 5, y: 8 }, u)).toBe(false);
    expect(isInsideOutline({ x: 12, y: 5 }, u)).toBe(false);
  });
});

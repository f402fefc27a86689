import { describe, expect, it } from 'vitest';
import { ARKIT_CHANNELS } from '../../core/rig/channels';
import { FACE_HANDLES, mirrorChannel } from './face-handles';
import { describeDrag, dragHandle, solveDrag, type HandleMotion } from './handle-interaction';

const smile: HandleMotion = { channel: 'mouthSmileLeft', startValue: 0.2, pixelsPerWeight: { x: 20, y: -60 } };
const frown: HandleMotion = { channel: 'mouthFrownLeft', startValue: 0.1, pixelsPerWeight: { x: 5, y: 50 } };
const stretch: HandleMotion = { channel: 'mouthStretchLeft', startValue: 0, pixelsPerWeight: { x: 60, y: 5 } };
const MOTIONS = [smile, frown, stretch];
const startOf = (channel: string) => MOTIONS.find((motion) => motion.channel === channel)?.startValue ?? 0;
const corner = FACE_HANDLES.find((handle) => handle.id === 'lipCornerLeft')!;
const PLAIN = { shift: false, alt: false, ctrl: false };

/** Where the anchor ends for given values, in pixels from its start. */
function landing(values: ReadonlyMap<string, number>): { x: number; y: number } {
  let [x, y] = [0, 0];
  for (const { channel, startValue, pixelsPerWeight } of MOTIONS) {
    const change = (values.get(channel) ?? startValue) - startValue;
    x += change * pixelsPerWeight.x;
    y += change * pixelsPerWeight.y;
  }
  return { x, y };
}

describe('dragging a handle', () => {
  it('the anchor follows the pointer as far as the shapes reach', () => {
    for (const drag of [
      { x: 10, y: -20 },
      { x: 25, y: 0 },
      { x: 4, y: 20 },
    ]) {
      const end = landing(solveDrag(MOTIONS, drag));
      expect(Math.hypot(end.x - drag.x, end.y - drag.y)).toBeLessThan(0.2 * Math.hypot(drag.x, drag.y));
    }
  });

  it('up smiles and lets go of the frown, down frowns, outward stretches', () => {
    const up = solveDrag(MOTIONS, { x: 0, y: -30 });
    expect(up.get('mouthSmileLeft')).toBeGreaterThan(0.4);
    expect(up.get('mouthFrownLeft')).toBe(0);
    const down = solveDrag(MOTIONS, { x: 0, y: 40 });
    expect(down.get('mouthSmileLeft')).toBe(0);
    expect(down.get('mouthFrownLeft')).toBeGreaterThan(0.4);
    expect(solveDrag(MOTIONS, { x: 30, y: 0 }).get('mouthStretchLeft')).toBeGreaterThan(0.3);
  });

  it('never leaves 0 to 1, however far the pointer goes', () => {
    for (const drag of [
      { x: 4000, y: -9000 },
      { x: -4000, y: 9000 },
      { x: 0, y: 0 },
    ])
      for (const value of solveDrag(MOTIONS, drag).values()) {
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
      }
  });

  it('leaves channels alone that hardly move what is dragged', () => {
    const deaf: HandleMotion = { channel: 'mouthDimpleLeft', startValue: 0.3, pixelsPerWeight: { x: 0.4, y: 0.2 } };
    expect(solveDrag([deaf], { x: 50, y: 50 }).size).toBe(0);
  });

  it('Shift is a tenth', () => {
    const whole = dragHandle(corner, MOTIONS, { x: 0, y: -20 }, PLAIN, startOf).get('mouthSmileLeft')! - 0.2;
    const fine = dragHandle(corner, MOTIONS, { x: 0, y: -20 }, { ...PLAIN, shift: true }, startOf).get('mouthSmileLeft')! - 0.2;
    expect(fine).toBeGreaterThan(0);
    expect(fine).toBeLessThan(whole * 0.2);
  });

  it('Alt does the same on the other side, from where that side stands', () => {
    const values = dragHandle(corner, MOTIONS, { x: 5, y: -25 }, { ...PLAIN, alt: true }, startOf);
    expect(values.get('mouthSmileRight')).toBeCloseTo(values.get('mouthSmileLeft')! - 0.2, 6);
  });

  it('Ctrl takes the neighbours along', () => {
    const without = dragHandle(corner, MOTIONS, { x: 5, y: -25 }, PLAIN, startOf);
    const withThem = dragHandle(corner, MOTIONS, { x: 5, y: -25 }, { ...PLAIN, ctrl: true }, startOf);
    expect(without.has('cheekSquintLeft')).toBe(false);
    expect(withThem.get('cheekSquintLeft')).toBeCloseTo((withThem.get('mouthSmileLeft')! - 0.2) * 0.5, 6);
  });

  it('a press without a drag keys nothing; the tooltip tells the strongest change first', () => {
    expect(dragHandle(corner, MOTIONS, { x: 0, y: 0 }, PLAIN, startOf).size).toBe(0);
    const values = dragHandle(corner, MOTIONS, { x: 0, y: -25 }, PLAIN, startOf);
    expect(describeDrag(values, startOf)[0]).toMatch(/^mouthSmileLeft 0\.20 → 0\.\d\d$/);
  });
});

describe('the handles', () => {
  it('name channels that exist, and stand in pairs', () => {
    for (const handle of FACE_HANDLES) {
      for (const channel of [...handle.channels, ...handle.anchor.channels]) expect(ARKIT_CHANNELS).toContain(channel);
      if (handle.side === 0) continue;
      const other = FACE_HANDLES.find(({ id }) => id === handle.id.replace(/(Left|Right)$/, handle.side > 0 ? 'Right' : 'Left'))!;
      expect(other.channels).toEqual(handle.channels.map(mirrorChannel));
    }
    expect(new Set(FACE_HANDLES.map(({ id }) => id)).size).toBe(FACE_HANDLES.length);
  });
});

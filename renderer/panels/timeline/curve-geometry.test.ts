import { describe, expect, it } from 'vitest';
import type { EditLayer } from '../../../core/layers/editLayer';
import { LAYER_BLEND_SECONDS } from '../../../core/layers/editLayer';
import { curveAxis } from './curve-axes';
import { curveShape, distanceToSamples, handKeys, handleKnobs, handStretches, samplePolyline, upperEdge } from './curve-geometry';
import { sheetKeys } from './sheet-keys';
import { yOf } from './lane-geometry';

const key = (id: string, timeSeconds: number, value: number) =>
  ({ id, timeSeconds, value, interpolation: 'bezier', tangentMode: 'auto' }) as const;
const layer = (change: Partial<EditLayer> = {}): EditLayer => ({
  id: 'layer:1',
  name: 'Edits 1',
  mode: 'override',
  weight: 1,
  muted: false,
  locked: false,
  curves: [
    {
      channel: 'jawOpen',
      spans: [
        { id: 's1', keys: [key('a', 1, 0.5), key('b', 1.2, 0.2)] },
        { id: 's2', keys: [key('c', 1.3, 0.4)] },
        { id: 's3', keys: [key('d', 3, 0.4)] },
      ],
    },
  ],
  ...change,
});
const scale = { startSeconds: 0, pixelsPerSecond: 100, width: 1000 };

describe('curve area', () => {
  it('gives weights 0..1 and rotations their own axis, keys at the ends inside', () => {
    const weights = curveAxis('jawOpen', 200);
    expect([weights.min, weights.max]).toEqual([0, 1]);
    expect(yOf(weights, 1)).toBeGreaterThan(5);
    expect(curveAxis('headYaw', 200).min).toBeLessThan(0);
  });

  it('draws every frame when zoomed in and keeps the peaks when zoomed out', () => {
    const samples = new Float32Array(60000);
    samples[31234] = 1;
    const axis = curveAxis('jawOpen', 200);
    const near = samplePolyline(samples, { ...scale, startSeconds: 520 }, axis);
    expect(near.length).toBeLessThan(700);
    const far = samplePolyline(samples, { startSeconds: 0, pixelsPerSecond: 1, width: 1000 }, axis);
    expect(far.length).toBeLessThan(2100);
    expect(Math.min(...far.map(({ y }) => y))).toBeCloseTo(yOf(axis, 1));
  });

  it('is a line near by and columns far off, without gaps between them', () => {
    const samples = Float32Array.from({ length: 60000 }, (_, frame) => frame / 60000);
    const axis = curveAxis('jawOpen', 200);
    expect(curveShape(samples, { ...scale, startSeconds: 520 }, axis).isColumns).toBe(false);
    const shape = curveShape(samples, { startSeconds: 0, pixelsPerSecond: 1, width: 1000 }, axis);
    expect(shape.isColumns).toBe(true);
    for (let index = 0; index < shape.points.length; index += 2) {
      const [top, bottom, nextTop, nextBottom] = shape.points.slice(index, index + 4);
      expect(bottom.x).toBe(top.x);
      expect(bottom.y).toBeGreaterThan(top.y);
      // The curve rises: the next column begins where this one ends.
      if (nextTop) expect([nextTop.x > top.x, nextBottom.y]).toEqual([true, top.y]);
    }
    expect(upperEdge(shape)).toHaveLength(shape.points.length / 2);
  });

  it('finds hand keys on heard layers', () => {
    const axis = curveAxis('jawOpen', 200);
    expect(handKeys([layer()], 'jawOpen', scale, axis).map(({ key: { id } }) => id)).toEqual(['a', 'b', 'c', 'd']);
    expect(handKeys([layer({ muted: true })], 'jawOpen', scale, axis)).toEqual([]);
    expect(handKeys([layer()], 'jawLeft', scale, axis)).toEqual([]);
  });

  it('gives selected keys a knob on each side that leads somewhere', () => {
    const axis = curveAxis('jawOpen', 200);
    expect(handleKnobs([layer()], 'jawOpen', new Set(['a', 'c']), scale, axis).map(({ keyId, side }) => [keyId, side])).toEqual([
      ['a', 'out'],
    ]);
    const [knob] = handleKnobs([layer()], 'jawOpen', new Set(['b']), scale, axis);
    expect(knob).toMatchObject({ keyId: 'b', side: 'in' });
    expect(knob.x).toBeCloseTo(120 - 20 / 3);
    expect(handleKnobs([layer({ locked: true })], 'jawOpen', new Set(['a']), scale, axis)).toEqual([]);
  });

  it('shows keys of one moment as one in the sheet', () => {
    const second = layer({ id: 'layer:2', curves: [{ channel: 'jawLeft', spans: [{ id: 's', keys: [key('e', 1.2, 0.1)] }] }] });
    const keys = sheetKeys([layer(), second], ['jawOpen', 'jawLeft'], scale);
    expect(keys.map(({ x, members }) => [x, members.length])).toEqual([
      [100, 1],
      [120, 2],
      [130, 1],
      [300, 1],
    ]);
  });

  it('joins stretches whose blends touch', () => {
    const stretches = handStretches([layer()], 'jawOpen');
    expect(stretches).toHaveLength(2);
    expect(stretches[0].startSeconds).toBeCloseTo(1 - LAYER_BLEND_SECONDS);
    expect(stretches[0].endSeconds).toBeCloseTo(1.3 + LAYER_BLEND_SECONDS);
    expect(handStretches([layer({ weight: 0 })], null)).toEqual([]);
  });

  it('measures how far the pointer is from a curve', () => {
    const samples = Float32Array.from({ length: 121 }, (_, frame) => frame / 120);
    const axis = curveAxis('jawOpen', 200);
    expect(distanceToSamples(samples, scale, axis, 100, yOf(axis, 0.5) + 3)).toBeCloseTo(3);
    expect(distanceToSamples(samples, scale, axis, 500, 0)).toBe(Infinity);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { insertKey, moveKey, removeKey } from './editKeys';
import { evaluateCurve } from './evaluateCurve';
import type { CurveKey, Interpolation, KeyedCurve, TangentMode } from './keyedCurve';
import { reduceKeys } from './reduceKeys';
import { sampleCurve } from './sampleCurve';

const key = (timeSeconds: number, value: number, more: Partial<CurveKey> = {}): CurveKey => ({
  id: `k${timeSeconds}`,
  timeSeconds,
  value,
  interpolation: 'bezier',
  tangentMode: 'auto',
  ...more,
});

const anyKeys = fc
  .uniqueArray(
    fc.record({
      tick: fc.integer({ min: 0, max: 200 }),
      value: fc.double({ min: -2, max: 2, noNaN: true }),
      interpolation: fc.constantFrom<Interpolation>('bezier', 'linear', 'constant'),
      tangentMode: fc.constantFrom<TangentMode>('auto', 'flat', 'aligned', 'free'),
      reach: fc.double({ min: 0, max: 5, noNaN: true }),
      lift: fc.double({ min: -3, max: 3, noNaN: true }),
    }),
    { selector: (entry) => entry.tick, minLength: 1, maxLength: 12 },
  )
  .map((entries) =>
    entries
      .sort((a, b) => a.tick - b.tick)
      .map((entry): CurveKey => ({
        id: `k${entry.tick}`,
        timeSeconds: entry.tick / 20,
        value: entry.value,
        interpolation: entry.interpolation,
        tangentMode: entry.tangentMode,
        inHandle: { deltaSeconds: -entry.reach, deltaValue: -entry.lift },
        outHandle: { deltaSeconds: entry.reach, deltaValue: entry.lift },
      })),
  );

describe('evaluateCurve', () => {
  it('is 0 without keys and holds outside its keys', () => {
    expect(evaluateCurve({ keys: [] }, 3)).toBe(0);
    const curve = { keys: [key(1, 0.25), key(2, 0.75)] };
    expect(evaluateCurve(curve, -1)).toBe(0.25);
    expect(evaluateCurve(curve, 9)).toBe(0.75);
  });

  it('meets every key exactly', () => {
    fc.assert(
      fc.property(anyKeys, (keys) => {
        for (const entry of keys) expect(evaluateCurve({ keys }, entry.timeSeconds)).toBeCloseTo(entry.value, 9);
      }),
    );
  });

  it('draws straight lines and steps where asked', () => {
    const linear = { keys: [key(0, 0, { interpolation: 'linear' }), key(2, 1)] };
    expect(evaluateCurve(linear, 0.5)).toBeCloseTo(0.25, 12);
    const step = { keys: [key(0, 0.2, { interpolation: 'constant' }), key(2, 1)] };
    expect(evaluateCurve(step, 1.999)).toBe(0.2);
    expect(evaluateCurve(step, 2)).toBe(1);
  });

  it('never overshoots its neighbours with auto tangents', () => {
    fc.assert(
      fc.property(anyKeys, fc.double({ min: 0, max: 1, noNaN: true }), (keys, fraction) => {
        const auto = keys.map((entry) => ({ ...entry, interpolation: 'bezier' as const, tangentMode: 'auto' as const }));
        for (let index = 0; index + 1 < auto.length; index++) {
          const [from, to] = [auto[index], auto[index + 1]];
          const value = evaluateCurve({ keys: auto }, from.timeSeconds + fraction * (to.timeSeconds - from.timeSeconds));
          expect(value).toBeGreaterThanOrEqual(Math.min(from.value, to.value) - 1e-9);
          expect(value).toBeLessThanOrEqual(Math.max(from.value, to.value) + 1e-9);
        }
      }),
    );
  });

  it('agrees with a Bezier drawn point by point, however long the handles', () => {
    const curve: KeyedCurve = {
      keys: [
        key(0, 0, { tangentMode: 'free', outHandle: { deltaSeconds: 0.9, deltaValue: 0.1 } }),
        key(1, 1, { tangentMode: 'free', inHandle: { deltaSeconds: -0.7, deltaValue: 0.2 } }),
      ],
    };
    for (let u = 0; u <= 1; u += 0.05) {
      const v = 1 - u;
      const time = 3 * v * v * u * 0.9 + 3 * v * u * u * 0.3 + u * u * u;
      const value = 3 * v * v * u * 0.1 + 3 * v * u * u * 1.2 + u * u * u;
      expect(evaluateCurve(curve, time)).toBeCloseTo(value, 6);
    }
  });

  it('samples as it evaluates, and stays finite', () => {
    fc.assert(
      fc.property(anyKeys, (keys) => {
        const samples = sampleCurve({ keys }, 700);
        for (let frame = 0; frame < samples.length; frame += 37) {
          const value = evaluateCurve({ keys }, frame / 60);
          expect(Number.isFinite(value)).toBe(true);
          expect(samples[frame]).toBeCloseTo(value, 4);
        }
      }),
    );
  });
});

describe('key editing', () => {
  it('keeps keys sorted and apart whatever is done', () => {
    const operations = fc.array(
      fc.record({
        kind: fc.constantFrom('insert', 'move', 'remove'),
        id: fc.integer({ min: 0, max: 9 }),
        tick: fc.integer({ min: -5, max: 40 }),
        value: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(operations, (steps) => {
        let curve: KeyedCurve = { keys: [] };
        for (const { kind, id, tick, value } of steps) {
          const before = JSON.stringify(curve);
          const was = curve;
          if (kind === 'insert') curve = insertKey(curve, key(Math.max(0, tick) / 10, value, { id: `k${id}` }));
          else if (kind === 'move') curve = moveKey(curve, `k${id}`, tick / 10, value);
          else curve = removeKey(curve, `k${id}`);
          expect(JSON.stringify(was)).toBe(before);
          const times = curve.keys.map((entry) => entry.timeSeconds);
          for (let index = 1; index < times.length; index++) expect(times[index]).toBeGreaterThan(times[index - 1]);
          expect(times.every((time) => time >= 0)).toBe(true);
          expect(new Set(curve.keys.map((entry) => entry.id)).size).toBe(curve.keys.length);
        }
      }),
    );
  });
});

describe('reduceKeys', () => {
  it('follows the samples within the error bound with fewer keys', () => {
    const rate = { numerator: 60, denominator: 1 };
    const samples = Float32Array.from({ length: 600 }, (_, k) => 0.4 + 0.3 * Math.sin(k / 17) * Math.cos(k / 90));
    for (const maxError of [0.05, 0.01, 0.001]) {
      const keys = reduceKeys(samples, rate, maxError);
      const again = sampleCurve({ keys }, samples.length, rate);
      const worst = Math.max(...samples.map((value, k) => Math.abs(value - again[k])));
      expect(worst).toBeLessThanOrEqual(maxError * 1.001);
      expect(keys.length).toBeLessThan(maxError > 0.005 ? 60 : 300);
    }
  });

  it('gives two keys for a constant and one for a single sample', () => {
    const rate = { numerator: 60, denominator: 1 };
    expect(reduceKeys(new Float32Array(100).fill(0.5), rate, 0.01)).toHaveLength(2);
    expect(reduceKeys(new Float32Array([0.5]), rate, 0.01)).toHaveLength(1);
    expect(reduceKeys(new Float32Array(0), rate, 0.01)).toHaveLength(0);
  });
});

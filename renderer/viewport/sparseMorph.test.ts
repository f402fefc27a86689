import { describe, expect, it } from 'vitest';
import { SparseMorph, sparseShape } from './sparseMorph';

const base = new Float32Array([0, 0, 0, 1, 0, 0, 2, 0, 0]);
const normals = new Float32Array([0, 1, 0, 0, 1, 0, 0, 1, 0]);
const raised = new Float32Array([0, 0, 0, 1, 0.5, 0, 2, 0, 0]);
const tilted = new Float32Array([0, 1, 0, 1, 0, 0, 0, 1, 0]);
const pushed = new Float32Array([0, 0, 0, 1, 0, 2, 2, 0, 2]);

const raise = sparseShape('raise', base, raised, normals, tilted);
const push = sparseShape('push', base, pushed, null, null);

describe('sparse morphing', () => {
  it('keeps only the vertices a shape moves', () => {
    expect([...raise.vertices]).toEqual([1]);
    expect([...push.vertices]).toEqual([1, 2]);
  });

  it('blends shapes as the sum of their weighted deltas', () => {
    const morph = new SparseMorph(base, normals, [raise, push]);
    morph.apply((shape) => (shape.name === 'raise' ? 0.5 : 0.25));
    expect([...morph.positions]).toEqual([0, 0, 0, 1, 0.25, 0.5, 2, 0, 0.5]);
    expect([...morph.normals!]).toEqual([0, 1, 0, 0.5, 0.5, 0, 0, 1, 0]);
  });

  it('comes back to the base exactly, and says when there is nothing to upload', () => {
    const morph = new SparseMorph(base, normals, [raise]);
    expect(morph.apply(() => 1)).toBe(true);
    expect(morph.apply(() => 1)).toBe(false);
    expect(morph.apply(() => 0.00001)).toBe(true);
    expect(morph.positions).toEqual(base);
  });
});

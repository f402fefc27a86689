import { describe, expect, it } from 'vitest';
import { bakeLightVisibility, bakeSkyVisibility, type BakeMesh } from './bakeOcclusion';

/** A square of `cells` x `cells` quads in the plane y = height, facing up. */
function plate(halfSize: number, height: number, cells = 12): BakeMesh {
  const side = cells + 1;
  const positions = new Float32Array(side * side * 3);
  const normals = new Float32Array(side * side * 3);
  const indices: number[] = [];
  for (let row = 0; row < side; row += 1) {
    for (let column = 0; column < side; column += 1) {
      const at = (row * side + column) * 3;
      positions.set([(column / cells - 0.5) * 2 * halfSize, height, (row / cells - 0.5) * 2 * halfSize], at);
      normals[at + 1] = 1;
      const corner = row * side + column;
      if (row < cells && column < cells)
        indices.push(corner, corner + side, corner + 1, corner + 1, corner + side, corner + side + 1);
    }
  }
  return { positions, normals, indices };
}

const middle = (values: Float32Array) => values[(values.length - 1) / 2];

describe('baked visibility', () => {
  it('an open plate sees the whole sky', () => {
    const [sky] = bakeSkyVisibility([plate(1, 0)]);
    expect(Math.min(...sky)).toBeGreaterThan(0.97);
  });

  it('a lid above takes the light in the middle and leaves it at the rim', () => {
    const [sky] = bakeSkyVisibility([plate(1, 0), plate(0.5, 0.2)]);
    expect(middle(sky)).toBeLessThan(0.25);
    expect(sky[0]).toBeGreaterThan(0.8);
  });

  it('a shadow lies where the light cannot reach, and moves with the light', () => {
    const meshes = [plate(1, 0), plate(0.25, 0.5)];
    const [above] = bakeLightVisibility(meshes, [0, 1, 0], 0.01);
    expect(middle(above)).toBeLessThan(0.05);
    const [aside] = bakeLightVisibility(meshes, [1, 0.5, 0], 0.01);
    expect(middle(aside)).toBeGreaterThan(0.95);
  });

  it('a wide light has soft edges, a small one hard ones', () => {
    const meshes = [plate(1, 0, 40), plate(0.3, 0.5)];
    const between = (values: Float32Array) => values.filter((value) => value > 0.1 && value < 0.9).length;
    const [hard] = bakeLightVisibility(meshes, [0, 1, 0], 0.01);
    const [soft] = bakeLightVisibility(meshes, [0, 1, 0], 0.4);
    expect(between(soft)).toBeGreaterThan(2 * between(hard));
  });
});

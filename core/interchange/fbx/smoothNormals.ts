/**
 * Area-weighted vertex normals. Vertices at the same rest position (split for a texture seam or a hard edge) share one normal,
 * so that a seam does not open in the shading when a shape moves it.
 */
export class SmoothNormals {
  private readonly group: Uint32Array;
  private readonly groupCount: number;
  private readonly restNormals: Float64Array;

  /** @param positions rest positions, 3 a vertex @param triangles vertex indices, 3 a triangle */
  constructor(
    private readonly positions: Float64Array,
    private readonly triangles: Uint32Array,
  ) {
    const groups = new Map<string, number>();
    this.group = Uint32Array.from({ length: positions.length / 3 }, (_, vertex) => {
      const key = `${positions[vertex * 3]},${positions[vertex * 3 + 1]},${positions[vertex * 3 + 2]}`;
      const known = groups.get(key) ?? groups.size;
      groups.set(key, known);
      return known;
    });
    this.groupCount = groups.size;
    this.restNormals = this.compute(positions);
  }

  /** The rest normal of every vertex. */
  atRest(): Float64Array {
    return Float64Array.from(
      { length: this.group.length * 3 },
      (_, index) => this.restNormals[this.group[Math.floor(index / 3)] * 3 + (index % 3)],
    );
  }

  /** Change of every vertex normal when `deltas` are added to the rest positions. */
  change(deltas: Float64Array): Float64Array {
    const moved = Float64Array.from(this.positions, (value, index) => value + deltas[index]);
    const normals = this.compute(moved);
    const change = new Float64Array(deltas.length);
    for (let vertex = 0; vertex < this.group.length; vertex++) {
      for (let axis = 0; axis < 3; axis++) {
        const at = this.group[vertex] * 3 + axis;
        change[vertex * 3 + axis] = normals[at] - this.restNormals[at];
      }
    }
    return change;
  }

  private compute(points: Float64Array): Float64Array {
    const sums = new Float64Array(this.groupCount * 3);
    for (let corner = 0; corner + 2 < this.triangles.length; corner += 3) {
      const [a, b, c] = [this.triangles[corner] * 3, this.triangles[corner + 1] * 3, this.triangles[corner + 2] * 3];
      const [ux, uy, uz] = [points[b] - points[a], points[b + 1] - points[a + 1], points[b + 2] - points[a + 2]];
      const [vx, vy, vz] = [points[c] - points[a], points[c + 1] - points[a + 1], points[c + 2] - points[a + 2]];
      // The cross product's length is twice the area: larger triangles count more.
      const [nx, ny, nz] = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx];
      for (const vertex of [a, b, c]) {
        const at = this.group[vertex / 3] * 3;
        sums[at] += nx;
        sums[at + 1] += ny;
        sums[at + 2] += nz;
      }
    }
    for (let at = 0; at < sums.length; at += 3) {
      const length = Math.hypot(sums[at], sums[at + 1], sums[at + 2]);
      if (length > 0) for (let axis = 0; axis < 3; axis++) sums[at + axis] /= length;
    }
    return sums;
  }
}

import { unit, type LightDirection } from './lightPresets';

/** A mesh at rest in world space. */
export interface BakeMesh {
  readonly positions: Float32Array;
  readonly normals: Float32Array;
  readonly indices: ArrayLike<number>;
}

interface DepthMap {
  readonly axes: Axes;
  readonly depth: Float32Array;
  readonly size: number;
  readonly scale: number;
  /** Texel of the world's origin. */
  readonly originColumn: number;
  readonly originRow: number;
}

interface Axes {
  readonly right: readonly [number, number, number];
  readonly up: readonly [number, number, number];
  readonly toward: readonly [number, number, number];
}

interface Bounds {
  readonly center: readonly [number, number, number];
  readonly radius: number;
}

/** Directions of the sky, evenly spread (Fibonacci sphere). 40 leave no visible steps on a face. */
const SKY_DIRECTIONS = 40;
const SKY_MAP_PIXELS = 160;
const KEY_MAP_PIXELS = 384;
/** Samples across a soft light. */
const KEY_SAMPLES = 9;

/**
 * How much of the surrounding light reaches each vertex (0..1), past the character itself: what makes eye sockets, nostrils,
 * the neck under the chin look deep without a shadow at run time. Depth maps from many directions, no ray tracing.
 * About a quarter of a second for 14,000 vertices.
 */
export function bakeSkyVisibility(meshes: readonly BakeMesh[]): Float32Array[] {
  const bounds = boundsOf(meshes);
  const open = meshes.map(({ positions }) => new Float32Array(positions.length / 3));
  const possible = meshes.map(({ positions }) => new Float32Array(positions.length / 3));
  for (let index = 0; index < SKY_DIRECTIONS; index += 1) {
    const y = 1 - (2 * (index + 0.5)) / SKY_DIRECTIONS;
    const ring = Math.sqrt(1 - y * y);
    const angle = index * 2.39996322972865;
    const map = renderDepth(meshes, [Math.cos(angle) * ring, y, Math.sin(angle) * ring], bounds, SKY_MAP_PIXELS);
    meshes.forEach((mesh, at) => gather(mesh, map, bounds.radius, open[at], possible[at]));
  }
  return meshes.map((_, at) => open[at].map((value, vertex) => (possible[at][vertex] > 0 ? value / possible[at][vertex] : 1)));
}

/** How much of a light of some angular radius each vertex sees past the character (0..1), at rest. */
export function bakeLightVisibility(
  meshes: readonly BakeMesh[],
  direction: LightDirection,
  radiusRadians: number,
): Float32Array[] {
  const bounds = boundsOf(meshes);
  const { right, up, toward } = axesOf(unit(direction));
  const sums = meshes.map(({ positions }) => new Float32Array(positions.length / 3));
  for (let sample = 0; sample < KEY_SAMPLES; sample += 1) {
    const angle = sample * 2.39996322972865;
    const reach = Math.tan(radiusRadians) * Math.sqrt((sample + 0.5) / KEY_SAMPLES);
    const offset = [Math.cos(angle) * reach, Math.sin(angle) * reach];
    const jittered = [0, 1, 2].map((k) => toward[k] + right[k] * offset[0] + up[k] * offset[1]);
    const map = renderDepth(meshes, jittered as [number, number, number], bounds, KEY_MAP_PIXELS);
    meshes.forEach(({ positions, normals }, at) => {
      for (let vertex = 0; vertex < sums[at].length; vertex += 1)
        sums[at][vertex] += visibility(map, positions, normals, vertex, bounds.radius);
    });
  }
  return sums.map((values) => values.map((value) => value / KEY_SAMPLES));
}

function gather(mesh: BakeMesh, map: DepthMap, radius: number, open: Float32Array, possible: Float32Array): void {
  const { toward } = map.axes;
  const { normals } = mesh;
  for (let vertex = 0; vertex < open.length; vertex += 1) {
    const at = vertex * 3;
    const facing = normals[at] * toward[0] + normals[at + 1] * toward[1] + normals[at + 2] * toward[2];
    if (facing <= 0.05) continue;
    possible[vertex] += facing;
    open[vertex] += facing * visibility(map, mesh.positions, normals, vertex, radius);
  }
}

/** 1 where nothing of the character is between the vertex and the light, softened over the texels around. */
function visibility(
  map: DepthMap,
  positions: ArrayLike<number>,
  normals: ArrayLike<number>,
  vertex: number,
  radius: number,
): number {
  const { axes, depth, size, scale, originColumn, originRow } = map;
  const at = vertex * 3;
  // Off the surface by a texel, or slanted skin would shade itself.
  const lift = (1.4 * radius * 2) / size;
  const x = positions[at] + normals[at] * lift;
  const y = positions[at + 1] + normals[at + 1] * lift;
  const z = positions[at + 2] + normals[at + 2] * lift;
  const column = dot(axes.right, x, y, z) * scale + originColumn;
  const row = dot(axes.up, x, y, z) * scale + originRow;
  const here = dot(axes.toward, x, y, z);
  const left = Math.floor(column - 0.5);
  const top = Math.floor(row - 0.5);
  const fx = column - 0.5 - left;
  const fy = row - 0.5 - top;
  const seen = (c: number, r: number): number => {
    if (c < 0 || r < 0 || c >= size || r >= size) return 1;
    return depth[r * size + c] > here + lift * 0.35 ? 0 : 1;
  };
  return (
    (seen(left, top) * (1 - fx) + seen(left + 1, top) * fx) * (1 - fy) +
    (seen(left, top + 1) * (1 - fx) + seen(left + 1, top + 1) * fx) * fy
  );
}

/** Nearest surface toward the light, by texel: the highest value along `toward`. */
function renderDepth(meshes: readonly BakeMesh[], direction: LightDirection, bounds: Bounds, size: number): DepthMap {
  const axes = axesOf(unit(direction));
  const scale = (size * 0.48) / bounds.radius;
  const depth = new Float32Array(size * size).fill(-Infinity);
  const originColumn = size / 2 - dot(axes.right, ...bounds.center) * scale;
  const originRow = size / 2 - dot(axes.up, ...bounds.center) * scale;
  for (const { positions, indices } of meshes) {
    const count = positions.length / 3;
    const projected = new Float32Array(count * 3);
    for (let vertex = 0; vertex < count; vertex += 1) {
      const [x, y, z] = [positions[vertex * 3], positions[vertex * 3 + 1], positions[vertex * 3 + 2]];
      projected[vertex * 3] = dot(axes.right, x, y, z) * scale + originColumn;
      projected[vertex * 3 + 1] = dot(axes.up, x, y, z) * scale + originRow;
      projected[vertex * 3 + 2] = dot(axes.toward, x, y, z);
    }
    for (let index = 0; index + 2 < indices.length; index += 3)
      fillTriangle(projected, indices[index] * 3, indices[index + 1] * 3, indices[index + 2] * 3, depth, size);
  }
  return { axes, depth, size, scale, originColumn, originRow };
}

function fillTriangle(p: Float32Array, a: number, b: number, c: number, depth: Float32Array, size: number): void {
  const [ax, ay, az, bx, by, bz] = [p[a], p[a + 1], p[a + 2], p[b], p[b + 1], p[b + 2]];
  const [cx, cy, cz] = [p[c], p[c + 1], p[c + 2]];
  const area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay);
  if (Math.abs(area) < 1e-9) return;
  const firstColumn = Math.max(0, Math.ceil(Math.min(ax, bx, cx) - 0.5));
  const lastColumn = Math.min(size - 1, Math.floor(Math.max(ax, bx, cx) - 0.5));
  const firstRow = Math.max(0, Math.ceil(Math.min(ay, by, cy) - 0.5));
  const lastRow = Math.min(size - 1, Math.floor(Math.max(ay, by, cy) - 0.5));
  for (let row = firstRow; row <= lastRow; row += 1) {
    for (let column = firstColumn; column <= lastColumn; column += 1) {
      const [x, y] = [column + 0.5, row + 0.5];
      const u = ((bx - x) * (cy - y) - (cx - x) * (by - y)) / area;
      const v = ((cx - x) * (ay - y) - (ax - x) * (cy - y)) / area;
      const w = 1 - u - v;
      if (u < 0 || v < 0 || w < 0) continue;
      const z = u * az + v * bz + w * cz;
      const at = row * size + column;
      if (z > depth[at]) depth[at] = z;
    }
  }
}

function axesOf(toward: readonly [number, number, number]): Axes {
  const helper: readonly [number, number, number] = Math.abs(toward[1]) < 0.9 ? [0, 1, 0] : [1, 0, 0];
  const right = unit(cross(helper, toward));
  return { right, up: cross(toward, right), toward };
}

function cross(a: readonly [number, number, number], b: readonly [number, number, number]): [number, number, number] {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function dot(axis: readonly [number, number, number], x: number, y: number, z: number): number {
  return axis[0] * x + axis[1] * y + axis[2] * z;
}

function boundsOf(meshes: readonly BakeMesh[]): Bounds {
  const min = [Infinity, Infinity, Infinity];
  const max = [-Infinity, -Infinity, -Infinity];
  for (const { positions } of meshes) {
    for (let index = 0; index < positions.length; index += 1) {
      min[index % 3] = Math.min(min[index % 3], positions[index]);
      max[index % 3] = Math.max(max[index % 3], positions[index]);
    }
  }
  const center = [0, 1, 2].map((k) => (min[k] + max[k]) / 2) as [number, number, number];
  return { center, radius: Math.max(1e-6, Math.hypot(...[0, 1, 2].map((k) => (max[k] - min[k]) / 2))) };
}

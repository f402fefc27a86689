import type { DeformedMesh } from './deformCharacter';

/** Where each pixel's surface is: which triangle of which mesh, and where on it. */
export interface VisibilityBuffer {
  readonly width: number;
  readonly height: number;
  /** Index into the mesh list, -1 where nothing is. */
  readonly mesh: Int16Array;
  readonly triangle: Int32Array;
  /** Perspective-correct weights of the first and second corner. */
  readonly corner0: Float32Array;
  readonly corner1: Float32Array;
  /** Distance from the viewer, metres; Infinity where nothing is. */
  readonly depth: Float32Array;
}

/** A vertex as the camera sees it: pixel x and y, and distance along the view axis. */
export type Projection = (x: number, y: number, z: number, out: Float32Array) => void;

/** Draws all triangles into a z-buffer. Triangles that reach behind the viewer are left out (no clipping: a face never does). */
export function rasterize(meshes: readonly DeformedMesh[], width: number, height: number, project: Projection): VisibilityBuffer {
  const size = width * height;
  const buffer: VisibilityBuffer = {
    width,
    height,
    mesh: new Int16Array(size).fill(-1),
    triangle: new Int32Array(size),
    corner0: new Float32Array(size),
    corner1: new Float32Array(size),
    depth: new Float32Array(size).fill(Infinity),
  };
  meshes.forEach((mesh, index) => drawMesh(buffer, mesh, index, project));
  return buffer;
}

function drawMesh(buffer: VisibilityBuffer, { mesh, positions }: DeformedMesh, meshIndex: number, project: Projection): void {
  const count = positions.length / 3;
  const screen = new Float32Array(count * 3);
  const point = new Float32Array(3);
  for (let vertex = 0; vertex < count; vertex++) {
    project(positions[vertex * 3], positions[vertex * 3 + 1], positions[vertex * 3 + 2], point);
    screen.set(point, vertex * 3);
  }
  const { indices } = mesh;
  for (let triangle = 0; triangle < indices.length / 3; triangle++) {
    drawTriangle(
      buffer,
      screen,
      indices[triangle * 3] * 3,
      indices[triangle * 3 + 1] * 3,
      indices[triangle * 3 + 2] * 3,
      meshIndex,
      triangle,
      mesh.doubleSided,
    );
  }
}

function drawTriangle(
  buffer: VisibilityBuffer,
  screen: Float32Array,
  a: number,
  b: number,
  c: number,
  meshIndex: number,
  triangle: number,
  doubleSided: boolean,
): void {
  const [ax, ay, az] = [screen[a], screen[a + 1], screen[a + 2]];
  const [bx, by, bz] = [screen[b], screen[b + 1], screen[b + 2]];
  const [cx, cy, cz] = [screen[c], screen[c + 1], screen[c + 2]];
  if (az <= 0 || bz <= 0 || cz <= 0) return;
  const area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
  // Picture y grows downward, so a front face (counter-clockwise in glTF) has a negative area here.
  if (area === 0 || (area > 0 && !doubleSided)) return;
  const { width, height } = buffer;
  const left = Math.max(0, Math.floor(Math.min(ax, bx, cx)));
  const right = Math.min(width - 1, Math.ceil(Math.max(ax, bx, cx)));
  const top = Math.max(0, Math.floor(Math.min(ay, by, cy)));
  const bottom = Math.min(height - 1, Math.ceil(Math.max(ay, by, cy)));
  const [ia, ib, ic] = [1 / az, 1 / bz, 1 / cz];
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const [px, py] = [x + 0.5, y + 0.5];
      const wa = ((bx - px) * (cy - py) - (by - py) * (cx - px)) / area;
      const wb = ((cx - px) * (ay - py) - (cy - py) * (ax - px)) / area;
      const wc = 1 - wa - wb;
      if (wa < 0 || wb < 0 || wc < 0) continue;
      const depth = 1 / (wa * ia + wb * ib + wc * ic);
      const at = y * width + x;
      if (depth >= buffer.depth[at]) continue;
      buffer.depth[at] = depth;
      buffer.mesh[at] = meshIndex;
      buffer.triangle[at] = triangle;
      buffer.corner0[at] = wa * ia * depth;
      buffer.corner1[at] = wb * ib * depth;
    }
  }
}

import { mat3, mat4 } from 'gl-matrix';
import type { CharacterMesh, CharacterPrimitive, CharacterScene } from '../character/characterScene';
import type { SkeletonJoint } from './skeleton';
import { SmoothNormals } from './smoothNormals';
import { bakeUvSets, type BakedUvSet } from './uvSets';

/** FBX scenes are in centimetres (UnitScaleFactor 1). */
export const CENTIMETRES_PER_METRE = 100;
/** A vertex matrix this near to identity is identity: a rig's inverse bind matrices are float32. */
const IDENTITY_TOLERANCE = 2e-6;
/** Normal changes below this are noise of the computation and not worth an entry. */
const NORMAL_TOLERANCE = 1e-4;

/** A morph target as FBX stores it: only the vertices it moves; differences in centimetres. */
export interface BakedShape {
  readonly name: string;
  readonly indexes: Int32Array;
  readonly deltas: Float64Array;
  readonly normalDeltas: Float64Array;
}

/** Which vertices a joint moves and how much. */
export interface BakedCluster {
  readonly jointIndex: number;
  readonly indexes: Int32Array;
  readonly weights: Float64Array;
}

/** A mesh in the world at rest, in centimetres, with all parts joined; every vertex is bound to at least one joint. */
export interface BakedGeometry {
  readonly positions: Float64Array;
  readonly normals: Float64Array;
  readonly uvSets: readonly BakedUvSet[];
  /** sRGB red, green, blue and linear alpha: Blender's and three's importers take FBX vertex colours so. */
  readonly colors: Float64Array | null;
  readonly triangles: Uint32Array;
  /** Index in `CharacterScene.materials` of each triangle, -1 for none. */
  readonly triangleMaterials: Int32Array;
  readonly shapes: readonly BakedShape[];
  readonly clusters: readonly BakedCluster[];
}

/**
 * Joins a mesh's parts, applies its rest pose and turns its arrays into what the FBX writer needs.
 * @param units weight at which each target is fully on; its shape is that of this weight
 */
export function bakeGeometry(
  scene: CharacterScene,
  mesh: CharacterMesh,
  skeleton: readonly SkeletonJoint[],
  units: readonly number[],
): BakedGeometry {
  const vertexCount = mesh.primitives.reduce((sum, part) => sum + part.vertexCount, 0);
  const positions = new Float64Array(vertexCount * 3);
  const normals = new Float64Array(vertexCount * 3);
  const linear = new Float64Array(vertexCount * 9);
  const binder = new Binder(scene, mesh, skeleton);
  let start = 0;
  for (const part of mesh.primitives) {
    for (let vertex = 0; vertex < part.vertexCount; vertex++) {
      const matrix = binder.bind(part, vertex, start + vertex);
      placeVertex(part, vertex, start + vertex, matrix, positions, normals, linear);
    }
    start += part.vertexCount;
  }
  const triangles = joinTriangles(mesh, linear);
  if (mesh.primitives.some((part) => !part.normals)) fillMissingNormals(mesh, positions, triangles, normals);
  return {
    positions,
    normals,
    uvSets: bakeUvSets(mesh, scene.materials),
    colors: joinColors(mesh),
    triangles,
    triangleMaterials: Int32Array.from(
      mesh.primitives.flatMap((part) => new Array<number>(part.indices.length / 3).fill(part.materialIndex)),
    ),
    shapes: bakeShapes(mesh, positions, triangles, linear, units),
    clusters: binder.clusters(),
  };
}

/** IEC 61966-2-1. */
function linearToSrgb(value: number): number {
  return value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055;
}

/** Collects the clusters and gives each vertex's rest matrix. */
class Binder {
  private readonly influence = new Map<number, { indexes: number[]; weights: number[] }>();
  private readonly jointMatrices: Float64Array[];
  private readonly jointIndices: number[];
  private readonly fixedJoint: number;
  private readonly blend = new Float64Array(16);

  constructor(
    private readonly scene: CharacterScene,
    private readonly mesh: CharacterMesh,
    skeleton: readonly SkeletonJoint[],
  ) {
    const byNode = new Map(skeleton.map((joint, index) => [joint.nodeIndex, index]));
    const skin = scene.skins[mesh.skinIndex];
    this.jointIndices = skin ? skin.jointNodeIndices.map((node) => byNode.get(node) ?? 0) : [];
    this.jointMatrices = skin
      ? skin.jointNodeIndices.map((node, index) => {
          const inverseBind = skin.inverseBindMatrices.subarray(index * 16, index * 16 + 16);
          return mat4.multiply(new Float64Array(16), scene.nodes[node].worldMatrix, inverseBind) as Float64Array;
        })
      : [];
    this.fixedJoint = 0;
    for (let at = mesh.nodeIndex; at >= 0; at = scene.nodes[at].parentIndex) {
      const joint = byNode.get(at);
      if (joint !== undefined) {
        this.fixedJoint = joint;
        break;
      }
    }
  }

  /** Records the influences of one vertex; null stands for the identity matrix. */
  bind(part: CharacterPrimitive, vertex: number, joinedVertex: number): Float64Array | null {
    if (this.jointIndices.length === 0 || part.influences === 0) {
      this.add(this.fixedJoint, joinedVertex, 1);
      return nullIfIdentity(this.scene.nodes[this.mesh.nodeIndex].worldMatrix);
    }
    this.blend.fill(0);
    const first = vertex * part.influences;
    let sum = 0;
    for (let slot = 0; slot < part.influences; slot++) sum += Math.max(0, part.skinWeights[first + slot]);
    if (sum <= 0) {
      this.add(0, joinedVertex, 1);
      return null;
    }
    for (let slot = 0; slot < part.influences; slot++) {
      const weight = Math.max(0, part.skinWeights[first + slot]) / sum;
      const joint = part.skinJoints[first + slot];
      const matrix = this.jointMatrices[joint];
      if (weight === 0 || !matrix) continue;
      this.add(this.jointIndices[joint], joinedVertex, weight);
      for (let entry = 0; entry < 16; entry++) this.blend[entry] += matrix[entry] * weight;
    }
    return nullIfIdentity(this.blend);
  }

  clusters(): BakedCluster[] {
    return [...this.influence.entries()]
      .sort(([a], [b]) => a - b)
      .map(([jointIndex, { indexes, weights }]) => ({
        jointIndex,
        indexes: Int32Array.from(indexes),
        weights: Float64Array.from(weights),
      }));
  }

  private add(jointIndex: number, vertex: number, weight: number): void {
    const known = this.influence.get(jointIndex) ?? { indexes: [], weights: [] };
    this.influence.set(jointIndex, known);
    // The same joint may sit in two slots of one vertex.
    if (known.indexes.at(-1) === vertex) known.weights[known.weights.length - 1] += weight;
    else {
      known.indexes.push(vertex);
      known.weights.push(weight);
    }
  }
}

function nullIfIdentity(matrix: Float64Array): Float64Array | null {
  for (let entry = 0; entry < 16; entry++) {
    if (Math.abs(matrix[entry] - (entry % 5 === 0 ? 1 : 0)) > IDENTITY_TOLERANCE) return matrix;
  }
  return null;
}

function placeVertex(
  part: CharacterPrimitive,
  vertex: number,
  target: number,
  matrix: Float64Array | null,
  positions: Float64Array,
  normals: Float64Array,
  linear: Float64Array,
): void {
  const m = matrix ?? IDENTITY;
  const [x, y, z] = part.positions.subarray(vertex * 3, vertex * 3 + 3);
  const normal = part.normals?.subarray(vertex * 3, vertex * 3 + 3);
  const turned = [0, 0, 0];
  for (let row = 0; row < 3; row++) {
    positions[target * 3 + row] = (m[row] * x + m[row + 4] * y + m[row + 8] * z + m[row + 12]) * CENTIMETRES_PER_METRE;
    if (normal) turned[row] = m[row] * normal[0] + m[row + 4] * normal[1] + m[row + 8] * normal[2];
    for (let column = 0; column < 3; column++) linear[target * 9 + column * 3 + row] = m[column * 4 + row];
  }
  const length = Math.hypot(...turned) || 1;
  for (let row = 0; row < 3; row++) normals[target * 3 + row] = turned[row] / length;
}

const IDENTITY = mat4.identity(new Float64Array(16)) as Float64Array;

/** Triangles of a mirrored part (a node with a negative scale) are turned, so that their fronts stay outside. */
function joinTriangles(mesh: CharacterMesh, linear: Float64Array): Uint32Array {
  const triangles = new Uint32Array(mesh.primitives.reduce((sum, part) => sum + part.indices.length, 0));
  let [offset, start] = [0, 0];
  for (const part of mesh.primitives) {
    for (let corner = 0; corner < part.indices.length; corner += 3) {
      const [a, b, c] = part.indices.subarray(corner, corner + 3);
      const isMirrored = mat3.determinant(linear.subarray((start + a) * 9, (start + a + 1) * 9)) < 0;
      triangles.set(isMirrored ? [start + a, start + c, start + b] : [start + a, start + b, start + c], offset + corner);
    }
    offset += part.indices.length;
    start += part.vertexCount;
  }
  return triangles;
}

/** sRGB, white where a part has none; null when no part has any. */
function joinColors(mesh: CharacterMesh): Float64Array | null {
  if (!mesh.primitives.some((part) => part.colors)) return null;
  const joined = new Float64Array(mesh.primitives.reduce((sum, part) => sum + part.vertexCount * 4, 0)).fill(1);
  let offset = 0;
  for (const part of mesh.primitives) {
    part.colors?.forEach((value, index) => (joined[offset + index] = index % 4 === 3 ? value : linearToSrgb(value)));
    offset += part.vertexCount * 4;
  }
  return joined;
}

function fillMissingNormals(mesh: CharacterMesh, positions: Float64Array, triangles: Uint32Array, normals: Float64Array): void {
  const computed = new SmoothNormals(positions, triangles).atRest();
  let start = 0;
  for (const part of mesh.primitives) {
    if (!part.normals) normals.set(computed.subarray(start * 3, (start + part.vertexCount) * 3), start * 3);
    start += part.vertexCount;
  }
}

function bakeShapes(
  mesh: CharacterMesh,
  positions: Float64Array,
  triangles: Uint32Array,
  linear: Float64Array,
  units: readonly number[],
): BakedShape[] {
  if (mesh.targetNames.length === 0) return [];
  const smooth = new SmoothNormals(positions, triangles);
  return mesh.targetNames.map((name, target) => {
    const deltas = joinTarget(mesh, target, 'positions', linear, CENTIMETRES_PER_METRE * units[target]);
    const given = mesh.primitives.every((part) => part.targets[target].normals);
    const normalDeltas = given ? joinTarget(mesh, target, 'normals', linear, units[target]) : smooth.change(deltas);
    return toSparse(name, deltas, normalDeltas);
  });
}

function joinTarget(
  mesh: CharacterMesh,
  target: number,
  kind: 'positions' | 'normals',
  linear: Float64Array,
  scale: number,
): Float64Array {
  const joined = new Float64Array((linear.length / 9) * 3);
  let start = 0;
  for (const part of mesh.primitives) {
    const values = part.targets[target][kind];
    for (let vertex = 0; values && vertex < part.vertexCount; vertex++) {
      const at = start + vertex;
      const [x, y, z] = [values[vertex * 3], values[vertex * 3 + 1], values[vertex * 3 + 2]];
      for (let row = 0; row < 3; row++) {
        joined[at * 3 + row] = (linear[at * 9 + row] * x + linear[at * 9 + 3 + row] * y + linear[at * 9 + 6 + row] * z) * scale;
      }
    }
    start += part.vertexCount;
  }
  return joined;
}

/** Importers break on a shape without any vertex: an empty one keeps vertex 0 with a zero difference. */
function toSparse(name: string, deltas: Float64Array, normalDeltas: Float64Array): BakedShape {
  const indexes: number[] = [];
  for (let vertex = 0; vertex * 3 < deltas.length; vertex++) {
    const at = vertex * 3;
    const moves = deltas[at] !== 0 || deltas[at + 1] !== 0 || deltas[at + 2] !== 0;
    if (moves || Math.hypot(normalDeltas[at], normalDeltas[at + 1], normalDeltas[at + 2]) > NORMAL_TOLERANCE)
      indexes.push(vertex);
  }
  if (indexes.length === 0) indexes.push(0);
  const pick = (values: Float64Array): Float64Array =>
    Float64Array.from(indexes.flatMap((vertex) => [values[vertex * 3], values[vertex * 3 + 1], values[vertex * 3 + 2]]));
  return { name, indexes: Int32Array.from(indexes), deltas: pick(deltas), normalDeltas: pick(normalDeltas) };
}

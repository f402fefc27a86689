import type { AssetContainer } from '@babylonjs/core/assetContainer';
import { VertexBuffer } from '@babylonjs/core/Buffers/buffer';
import { Matrix, Quaternion, Vector3 } from '@babylonjs/core/Maths/math.vector';
import type { Mesh } from '@babylonjs/core/Meshes/mesh';
import { TransformNode } from '@babylonjs/core/Meshes/transformNode';
import { matchChannel } from '../../core/interchange/character/matchChannel';
import { NECK_SHARE } from '../../core/interchange/character/bakePoseRotations';
import type { ArkitChannel } from '../../core/rig/channels';
import type { BakeMesh } from './bakeOcclusion';
import type { FaceFrame } from './cameraPresets';
import { FACE_HANDLES, type FaceHandle } from './face-handles';
import { findAnchor, type FaceAnchor } from './faceAnchors';
import type { Pose } from './pose';
import type { MorphPath } from './quality';
import { SparseMorph, sparseShape, type SparseShape } from './sparseMorph';
import { surfaceKind, type SurfaceKind } from './surfaceKind';

interface MorphedMesh {
  readonly mesh: Mesh;
  /** Blends on the CPU; null while the graphics card does it. */
  readonly morph: SparseMorph;
}

interface Joint {
  readonly node: TransformNode;
  readonly rest: Quaternion;
  /** Rotation of the parent in the world, at rest. */
  readonly parentWorld: Quaternion;
  readonly turn: (pose: Pose) => Quaternion;
}

/** A mesh of the character with what light needs to know of it. */
export interface CharacterPart {
  readonly mesh: Mesh;
  readonly kind: SurfaceKind;
}

/** Weight of a morph target (by mesh and name) under a pose. */
export type TargetDriver = (pose: Pose, targetName: string, meshName: string) => number;

/** A handle's place now, in the world, with what its channels would do to it. */
export interface HandleState {
  readonly handle: FaceHandle;
  readonly position: Vector3;
  readonly normal: Vector3;
  readonly motions: readonly { readonly channel: ArkitChannel; readonly delta: Vector3 }[];
}

const onlyChannel =
  (channel: string): Pose =>
  (name) =>
    name === channel ? 1 : 0;

/** ARKit names in any spelling drive themselves; anything else stays at rest. */
export const driveByName: TargetDriver = (() => {
  const cache = new Map<string, ReturnType<typeof matchChannel>>();
  return (pose, targetName) => {
    let channel = cache.get(targetName);
    if (channel === undefined) cache.set(targetName, (channel = matchChannel(targetName)));
    return channel ? pose(channel) : 0;
  };
})();

/** Joint names of our character, and those other rigs commonly have; without case, punctuation and namespace. */
const JOINT_NAMES = {
  neck: ['neck', 'neck1', 'neck01', 'ccbasenecktwist01', 'jbipcneck'],
  head: ['head', 'head1', 'head01', 'ccbasehead', 'jbipchead'],
  leftEye: ['eyeleft', 'lefteye', 'eyel', 'leye', 'ccbaseleye', 'jadjlfaceeye'],
  rightEye: ['eyeright', 'righteye', 'eyer', 'reye', 'ccbasereye', 'jadjrfaceeye'],
} as const;
type JointPart = keyof typeof JOINT_NAMES;

/** A loaded character that takes poses: shapes are blended, joints turned. */
export class Character {
  readonly faceFrame: FaceFrame;
  readonly shapeNames: readonly string[];
  readonly meshNames: readonly string[];
  readonly jointNames: readonly string[];
  readonly vertexCount: number;
  readonly triangleCount: number;
  readonly parts: readonly CharacterPart[];
  private readonly morphed: readonly MorphedMesh[];
  private readonly joints: readonly Joint[];
  private lastPose: Pose | null = null;
  private anchors: readonly FaceAnchor[] | null = null;

  /**
   * @param morphPath where shapes are blended: own sparse blending, or the graphics card's textures
   * @param drive which pose value moves which target
   */
  constructor(
    private readonly container: AssetContainer,
    private readonly morphPath: MorphPath,
    private drive: TargetDriver = driveByName,
  ) {
    const meshes = container.meshes.filter((mesh): mesh is Mesh => mesh.getTotalVertices() > 0 && mesh.isEnabled());
    // A file may leave normals out; nothing would be lit without them.
    for (const mesh of meshes) if (!mesh.isVerticesDataPresent(VertexBuffer.NormalKind)) mesh.createNormals(false);
    for (const mesh of meshes) mesh.numBoneInfluencers = influencesOf(mesh);
    this.parts = meshes.map((mesh) => ({ mesh, kind: surfaceKind(mesh.material?.name ?? '', mesh.name) }));
    this.morphed = meshes.map((mesh) => readMorphs(mesh, morphPath)).filter((entry) => entry !== null);
    this.joints = findJoints(container.transformNodes);
    this.meshNames = meshes.map((mesh) => mesh.name);
    this.jointNames = container.transformNodes
      .filter((node) => container.skeletons.some((skeleton) => skeleton.bones.some((bone) => bone.getTransformNode() === node)))
      .map((node) => node.name);
    this.vertexCount = meshes.reduce((sum, mesh) => sum + mesh.getTotalVertices(), 0);
    this.triangleCount = meshes.reduce((sum, mesh) => sum + mesh.getTotalIndices() / 3, 0);
    this.shapeNames = [...new Set(this.morphed.flatMap(({ morph }) => morph.shapes.map((shape) => shape.name)))];
    this.faceFrame = this.measureFace();
  }

  /** Another mapping from channels to targets. */
  setDriver(drive: TargetDriver): void {
    this.drive = drive;
    this.anchors = null;
    const pose = this.lastPose;
    if (pose) this.setPose(pose);
  }

  /** Takes a pose; true when anything moved. */
  setPose(pose: Pose): boolean {
    this.lastPose = pose;
    let hasMoved = false;
    for (const { mesh, morph } of this.morphed) {
      if (!morph.apply((shape) => this.drive(pose, shape.name, mesh.name))) continue;
      hasMoved = true;
      if (this.morphPath === 'gpu') {
        morph.shapes.forEach((_, index) => {
          const target = mesh.morphTargetManager?.getTarget(index);
          if (target) target.influence = morph.weightAt(index);
        });
        continue;
      }
      mesh.updateVerticesData(VertexBuffer.PositionKind, morph.positions, false, false);
      if (morph.normals) mesh.updateVerticesData(VertexBuffer.NormalKind, morph.normals, false, false);
    }
    for (const joint of this.joints) hasMoved = turn(joint, pose) || hasMoved;
    return hasMoved;
  }

  /** All meshes in the world as they stand at rest, with a pose of shapes on top (joints stay at rest). */
  bakeMeshes(pose: Pose): BakeMesh[] {
    return this.parts.map(({ mesh }) => {
      const entry = this.morphed.find((candidate) => candidate.mesh === mesh);
      const world = mesh.computeWorldMatrix(true);
      const blended = entry ? entry.morph.blended((shape) => this.drive(pose, shape.name, mesh.name)) : null;
      const positions = skinned(mesh, blended?.positions ?? mesh.getVerticesData(VertexBuffer.PositionKind, true)!, false);
      const rawNormals = blended?.normals ?? mesh.getVerticesData(VertexBuffer.NormalKind, true);
      const normals = rawNormals ? skinned(mesh, rawNormals, true) : new Float32Array(positions.length);
      transformAll(positions, world, false);
      transformAll(normals, world, true);
      return { positions, normals, indices: mesh.getIndices() ?? [] };
    });
  }

  /** Where a handle's vertex is now, in the world, and how each of the handle's channels would move it for weight 1. */
  handleStates(): HandleState[] {
    this.anchors ??= this.findAnchors();
    return this.anchors.map(({ handle, meshIndex, vertex }) => {
      const { mesh, morph } = this.morphed[meshIndex];
      const at = morph.vertexAt(vertex);
      const toWorld = vertexMatrix(mesh, vertex);
      const motions = handle.channels.map((channel) => {
        const delta = this.channelDelta(meshIndex, vertex, channel);
        return { channel, delta: Vector3.TransformNormal(delta, toWorld) };
      });
      return {
        handle,
        position: Vector3.TransformCoordinates(Vector3.FromArray(at.position), toWorld),
        normal: Vector3.TransformNormal(Vector3.FromArray(at.normal), toWorld).normalize(),
        motions,
      };
    });
  }

  /** Moves the whole of it, in metres. */
  moveBy(x: number, y: number, z: number): void {
    for (const node of this.container.rootNodes) {
      if (node instanceof TransformNode) node.position.addInPlaceFromFloats(x, y, z);
    }
  }

  dispose(): void {
    this.container.dispose();
  }

  private findAnchors(): FaceAnchor[] {
    const rest = this.bakeMeshes(() => 0);
    const meshes = this.morphed.map(({ mesh, morph }) => ({
      restPositions: rest[this.parts.findIndex((part) => part.mesh === mesh)].positions,
      shapesOf: (channel: ArkitChannel) =>
        morph.shapes.filter((shape) => this.drive(onlyChannel(channel), shape.name, mesh.name) > 0),
    }));
    return FACE_HANDLES.map((handle) => findAnchor(handle, meshes, this.faceFrame.mouth[0])).filter((anchor) => anchor !== null);
  }

  private channelDelta(meshIndex: number, vertex: number, channel: ArkitChannel): Vector3 {
    const { mesh, morph } = this.morphed[meshIndex];
    const sum = Vector3.Zero();
    const only = onlyChannel(channel);
    for (const shape of morph.shapes) {
      const driven = this.drive(only, shape.name, mesh.name);
      if (driven !== 0) sum.addInPlace(Vector3.FromArray(morph.deltaAt(shape, vertex)).scaleInPlace(driven));
    }
    return sum;
  }

  /** Finds the head from what moves: the shapes of lids, brows and jaw span the face, those of the lips the mouth. */
  private measureFace(): FaceFrame {
    const rest = this.bakeMeshes(() => 0);
    const min = [Infinity, Infinity, Infinity];
    const max = [-Infinity, -Infinity, -Infinity];
    for (const { positions } of rest) {
      for (let index = 0; index < positions.length; index += 1) {
        min[index % 3] = Math.min(min[index % 3], positions[index]);
        max[index % 3] = Math.max(max[index % 3], positions[index]);
      }
    }
    const middle = new Vector3((min[0] + max[0]) / 2, (min[1] + max[1]) / 2, (min[2] + max[2]) / 2);
    const centreOf = (channel: string) => this.shapeCentre(rest, channel);
    const jaw = centreOf('jawOpen');
    const mouth = centreOf('mouthClose') ?? centreOf('mouthFunnel') ?? jaw ?? middle;
    const brow = centreOf('browInnerUp') ?? centreOf('eyeBlinkLeft') ?? new Vector3(middle.x, max[1], middle.z);
    // Brow to lips is about a third of a head's height (Farkas 1994: nasion to stomion 7.2 of 22.5 cm), the crown is known.
    const face = Math.abs(brow.y - mouth.y) || (max[1] - min[1]) / 3.1;
    const headHeight = Math.max(1e-3, Math.min(max[1] - min[1], face * 3.1));
    const center: [number, number, number] = [mouth.x, max[1] - headHeight * 0.52, (mouth.z + brow.z) / 2 - headHeight * 0.27];
    return { center, mouth: [mouth.x, mouth.y, mouth.z], headHeight };
  }

  /** Middle of the vertices a channel moves, weighted by how far. */
  private shapeCentre(rest: readonly BakeMesh[], channel: string): Vector3 | null {
    const sum = Vector3.Zero();
    let total = 0;
    const only = onlyChannel(channel);
    for (const { mesh, morph } of this.morphed) {
      const { positions } = rest[this.parts.findIndex((part) => part.mesh === mesh)];
      for (const shape of morph.shapes) {
        const driven = this.drive(only, shape.name, mesh.name);
        if (driven === 0) continue;
        shape.vertices.forEach((vertex, index) => {
          const [x, y, z] = shape.positionDeltas.subarray(index * 3, index * 3 + 3);
          const weight = Math.hypot(x, y, z) * Math.abs(driven);
          sum.addInPlaceFromFloats(
            positions[vertex * 3] * weight,
            positions[vertex * 3 + 1] * weight,
            positions[vertex * 3 + 2] * weight,
          );
          total += weight;
        });
      }
    }
    return total > 0 ? sum.scale(1 / total) : null;
  }
}

function turn({ node, rest, parentWorld, turn: turnOf }: Joint, pose: Pose): boolean {
  // The turn is meant in the character's axes: local = parent^-1 * turn * parent * rest.
  const next = parentWorld.conjugate().multiply(turnOf(pose)).multiply(parentWorld).multiply(rest);
  if (node.rotationQuaternion?.equals(next)) return false;
  node.rotationQuaternion = next;
  return true;
}

/** Keeps the loader's morph targets sparse; with the CPU path they are taken away from the mesh. */
function readMorphs(mesh: Mesh, morphPath: MorphPath): MorphedMesh | null {
  const manager = mesh.morphTargetManager;
  const positions = mesh.getVerticesData(VertexBuffer.PositionKind, true);
  const normals = mesh.getVerticesData(VertexBuffer.NormalKind, true);
  mesh.alwaysSelectAsActiveMesh = true;
  if (!manager || !positions) return null;
  const shapes: SparseShape[] = [];
  for (let index = 0; index < manager.numTargets; index += 1) {
    const target = manager.getTarget(index);
    shapes.push(sparseShape(target.name, positions, target.getPositions() ?? positions, normals, target.getNormals()));
  }
  const basePositions = Float32Array.from(positions);
  const baseNormals = normals ? Float32Array.from(normals) : null;
  if (morphPath === 'cpu') {
    mesh.morphTargetManager = null;
    mesh.setVerticesData(VertexBuffer.PositionKind, basePositions, true);
    if (baseNormals) mesh.setVerticesData(VertexBuffer.NormalKind, baseNormals, true);
  }
  return { mesh, morph: new SparseMorph(basePositions, baseNormals, shapes) };
}

function findJoints(nodes: readonly TransformNode[]): Joint[] {
  const key = (name: string) => (name.split(/[:|]/).at(-1) ?? '').replace(/[^a-zA-Z0-9]/g, '').toLowerCase();
  const find = (part: JointPart) =>
    nodes.find(
      (node) => node.getClassName() === 'TransformNode' && (JOINT_NAMES[part] as readonly string[]).includes(key(node.name)),
    );
  const neck = find('neck');
  const head = find('head');
  const neckCarriesHead = neck !== undefined && head !== undefined && head.isDescendantOf(neck);
  const headTurn = (pose: Pose, share: number) =>
    Quaternion.RotationYawPitchRoll(pose('headYaw') * share, pose('headPitch') * share, pose('headRoll') * share);
  const joints: Joint[] = [];
  const add = (node: TransformNode | undefined, turnOf: (pose: Pose) => Quaternion) => {
    if (!node) return;
    const rest = node.rotationQuaternion?.clone() ?? Quaternion.FromEulerVector(node.rotation);
    joints.push({ node, rest, parentWorld: worldRotation(node.parent as TransformNode | null), turn: turnOf });
  };
  if (neckCarriesHead) add(neck, (pose) => headTurn(pose, NECK_SHARE));
  add(head, (pose) => (neckCarriesHead ? headTurn(pose, NECK_SHARE).conjugate().multiply(headTurn(pose, 1)) : headTurn(pose, 1)));
  add(find('leftEye'), (pose) => Quaternion.RotationYawPitchRoll(pose('leftEyeYaw'), pose('leftEyePitch'), pose('leftEyeRoll')));
  add(find('rightEye'), (pose) =>
    Quaternion.RotationYawPitchRoll(pose('rightEyeYaw'), pose('rightEyePitch'), pose('rightEyeRoll')),
  );
  return joints;
}

function worldRotation(node: TransformNode | null): Quaternion {
  if (!node) return Quaternion.Identity();
  const rotation = new Quaternion();
  node.computeWorldMatrix(true).decompose(undefined, rotation, undefined);
  return rotation;
}

/** Joints the busiest vertex of a mesh really follows: files give room for four, and each costs a software rasteriser a matrix. */
function influencesOf(mesh: Mesh): number {
  const weights = mesh.getVerticesData(VertexBuffer.MatricesWeightsKind);
  if (!weights) return mesh.numBoneInfluencers;
  let most = 1;
  for (let at = 0; at < weights.length; at += 4) {
    // The shader takes the first ones: a weight further back counts with those before it.
    for (let k = 3; k >= most; k -= 1) if (weights[at + k] > 1e-4) most = k + 1;
  }
  const extra = mesh.getVerticesData(VertexBuffer.MatricesWeightsExtraKind);
  return extra?.some((weight) => weight > 1e-4) ? mesh.numBoneInfluencers : most;
}

/** Rest-pose skinning on the CPU; a copy of the data when the mesh has no skeleton. */
function skinned(mesh: Mesh, data: ArrayLike<number>, isNormal: boolean): Float32Array {
  const result = Float32Array.from(data);
  const indices = mesh.getVerticesData(VertexBuffer.MatricesIndicesKind);
  const weights = mesh.getVerticesData(VertexBuffer.MatricesWeightsKind);
  if (!mesh.skeleton || !indices || !weights) return result;
  mesh.skeleton.prepare(true);
  const matrices = mesh.skeleton.getTransformMatrices(mesh);
  const bone = new Matrix();
  const moved = new Vector3();
  for (let vertex = 0; vertex * 3 < result.length; vertex += 1) {
    const [x, y, z] = [data[vertex * 3], data[vertex * 3 + 1], data[vertex * 3 + 2]];
    let [sx, sy, sz, total] = [0, 0, 0, 0];
    for (let k = 0; k < 4; k += 1) {
      const weight = weights[vertex * 4 + k];
      if (weight === 0) continue;
      Matrix.FromFloat32ArrayToRefScaled(matrices, indices[vertex * 4 + k] * 16, 1, bone);
      if (isNormal) Vector3.TransformNormalFromFloatsToRef(x, y, z, bone, moved);
      else Vector3.TransformCoordinatesFromFloatsToRef(x, y, z, bone, moved);
      sx += moved.x * weight;
      sy += moved.y * weight;
      sz += moved.z * weight;
      total += weight;
    }
    if (total > 0) result.set([sx / total, sy / total, sz / total], vertex * 3);
  }
  return result;
}

/** Local to world for one vertex: its joints as they stand, then the node. */
function vertexMatrix(mesh: Mesh, vertex: number): Matrix {
  const world = mesh.computeWorldMatrix(true);
  const indices = mesh.getVerticesData(VertexBuffer.MatricesIndicesKind);
  const weights = mesh.getVerticesData(VertexBuffer.MatricesWeightsKind);
  if (!mesh.skeleton || !indices || !weights) return world;
  const matrices = mesh.skeleton.getTransformMatrices(mesh);
  const sum = new Array<number>(16).fill(0);
  for (let k = 0; k < 4; k += 1) {
    const weight = weights[vertex * 4 + k];
    for (let cell = 0; cell < 16; cell += 1) sum[cell] += weight * matrices[indices[vertex * 4 + k] * 16 + cell];
  }
  return Matrix.FromArray(sum).multiply(world);
}

function transformAll(data: Float32Array, matrix: Matrix, isNormal: boolean): void {
  const out = new Vector3();
  for (let at = 0; at + 2 < data.length; at += 3) {
    if (isNormal) {
      Vector3.TransformNormalFromFloatsToRef(data[at], data[at + 1], data[at + 2], matrix, out);
      const length = out.length() || 1;
      data[at] = out.x / length;
      data[at + 1] = out.y / length;
      data[at + 2] = out.z / length;
    } else {
      Vector3.TransformCoordinatesFromFloatsToRef(data[at], data[at + 1], data[at + 2], matrix, out);
      data[at] = out.x;
      data[at + 1] = out.y;
      data[at + 2] = out.z;
    }
  }
}

import type { AssetContainer } from '@babylonjs/core/assetContainer';
import { VertexBuffer } from '@babylonjs/core/Buffers/buffer';
import { Quaternion, Vector3 } from '@babylonjs/core/Maths/math.vector';
import type { Mesh } from '@babylonjs/core/Meshes/mesh';
import type { TransformNode } from '@babylonjs/core/Meshes/transformNode';
import { isPerformanceChannel, type PerformanceChannel, type PoseChannel } from '../../core/rig/channels';
import type { FaceFrame } from './cameraPresets';
import type { Pose } from './pose';
import { SparseMorph, sparseShape, type SparseShape } from './sparseMorph';

interface MorphedMesh {
  readonly mesh: Mesh;
  readonly morph: SparseMorph;
}

interface Joint {
  readonly node: TransformNode;
  readonly rest: Quaternion;
  readonly yaw: PoseChannel;
  readonly pitch: PoseChannel;
  readonly roll: PoseChannel;
}

/** Joint names of our character, and those other rigs commonly have. */
const JOINT_NAMES = {
  head: ['head', 'Head'],
  leftEye: ['eyeLeft', 'leftEye', 'LeftEye', 'eye_L'],
  rightEye: ['eyeRight', 'rightEye', 'RightEye', 'eye_R'],
} as const;

/** A loaded character that takes poses: shapes are blended on the CPU, joints turned. */
export class Character {
  readonly faceFrame: FaceFrame;
  readonly shapeNames: readonly string[];
  readonly meshNames: readonly string[];
  readonly jointNames: readonly string[];
  readonly vertexCount: number;
  private readonly morphed: readonly MorphedMesh[];
  private readonly joints: readonly Joint[];

  constructor(private readonly container: AssetContainer) {
    const meshes = container.meshes.filter((mesh): mesh is Mesh => mesh.getTotalVertices() > 0);
    this.morphed = meshes.map(takeOverMorphs).filter((entry) => entry !== null);
    this.joints = findJoints(container.transformNodes);
    this.meshNames = meshes.map((mesh) => mesh.name);
    this.jointNames = container.transformNodes
      .filter((node) => container.skeletons.some((skeleton) => skeleton.bones.some((bone) => bone.getTransformNode() === node)))
      .map((node) => node.name);
    this.vertexCount = meshes.reduce((sum, mesh) => sum + mesh.getTotalVertices(), 0);
    this.shapeNames = [...new Set(this.morphed.flatMap(({ morph }) => morph.shapes.map((shape) => shape.name)))];
    this.faceFrame = measureFace(meshes, this.morphed);
  }

  /** Takes a pose; true when anything moved. */
  setPose(pose: Pose): boolean {
    let hasMoved = false;
    for (const { mesh, morph } of this.morphed) {
      if (!morph.apply((shape) => (isPerformanceChannel(shape.name) ? pose(shape.name) : 0))) continue;
      mesh.updateVerticesData(VertexBuffer.PositionKind, morph.positions, false, false);
      if (morph.normals) mesh.updateVerticesData(VertexBuffer.NormalKind, morph.normals, false, false);
      hasMoved = true;
    }
    for (const joint of this.joints) hasMoved = turn(joint, pose) || hasMoved;
    return hasMoved;
  }

  dispose(): void {
    this.container.dispose();
  }
}

/** Yaw about +Y, then pitch about +X (positive looks down), then roll about +Z, on top of the joint's rest. */
function turn({ node, rest, yaw, pitch, roll }: Joint, pose: Pose): boolean {
  const next = rest.multiply(Quaternion.RotationYawPitchRoll(pose(yaw), pose(pitch), pose(roll)));
  if (node.rotationQuaternion?.equals(next)) return false;
  node.rotationQuaternion = next;
  return true;
}

/** Takes the loader's morph targets away from the mesh and keeps them sparse. */
function takeOverMorphs(mesh: Mesh): MorphedMesh | null {
  const manager = mesh.morphTargetManager;
  const positions = mesh.getVerticesData(VertexBuffer.PositionKind, true);
  const normals = mesh.getVerticesData(VertexBuffer.NormalKind, true);
  mesh.alwaysSelectAsActiveMesh = true;
  if (!manager || !positions) return null;
  const shapes: SparseShape[] = [];
  for (let index = 0; index < manager.numTargets; index += 1) {
    const target = manager.getTarget(index);
    const moved = target.getPositions();
    if (moved) shapes.push(sparseShape(target.name, positions, moved, normals, target.getNormals()));
  }
  mesh.morphTargetManager = null;
  const basePositions = Float32Array.from(positions);
  const baseNormals = normals ? Float32Array.from(normals) : null;
  mesh.setVerticesData(VertexBuffer.PositionKind, basePositions, true);
  if (baseNormals) mesh.setVerticesData(VertexBuffer.NormalKind, baseNormals, true);
  return { mesh, morph: new SparseMorph(basePositions, baseNormals, shapes) };
}

function findJoints(nodes: readonly TransformNode[]): Joint[] {
  const joints: Joint[] = [];
  for (const [part, names] of Object.entries(JOINT_NAMES)) {
    const node = nodes.find((candidate) => (names as readonly string[]).includes(candidate.name));
    if (!node) continue;
    const rest = node.rotationQuaternion?.clone() ?? Quaternion.FromEulerVector(node.rotation);
    const channel = (axis: string) => `${part}${axis}` as PoseChannel & PerformanceChannel;
    joints.push({ node, rest, yaw: channel('Yaw'), pitch: channel('Pitch'), roll: channel('Roll') });
  }
  return joints;
}

/** Finds the head from what moves: the shapes of lids, brows and jaw span the face, those of the lips the mouth. */
function measureFace(meshes: readonly Mesh[], morphed: readonly MorphedMesh[]): FaceFrame {
  const bounds = { min: new Vector3(Infinity, Infinity, Infinity), max: new Vector3(-Infinity, -Infinity, -Infinity) };
  for (const mesh of meshes) {
    mesh.computeWorldMatrix(true);
    const box = mesh.getBoundingInfo().boundingBox;
    bounds.min = Vector3.Minimize(bounds.min, box.minimumWorld);
    bounds.max = Vector3.Maximize(bounds.max, box.maximumWorld);
  }
  const jaw = shapeCentre(morphed, 'jawOpen');
  const mouth = shapeCentre(morphed, 'mouthClose') ?? jaw ?? bounds.min.add(bounds.max).scale(0.5);
  const brow = shapeCentre(morphed, 'browInnerUp') ?? bounds.max;
  // Brow to lips is about a third of a head's height (Farkas 1994: nasion to stomion 7.2 of 22.5 cm), the crown is known.
  const face = Math.abs(brow.y - mouth.y);
  const headHeight = Math.min(bounds.max.y - bounds.min.y, face * 3.1);
  const top = bounds.max.y;
  const center: [number, number, number] = [0, top - headHeight * 0.52, (mouth.z + brow.z) / 2 - headHeight * 0.2];
  return { center, mouth: [0, mouth.y, mouth.z], headHeight };
}

/** Middle of the vertices a shape moves, weighted by how far. */
function shapeCentre(morphed: readonly MorphedMesh[], name: string): Vector3 | null {
  const sum = Vector3.Zero();
  let total = 0;
  for (const { morph } of morphed) {
    const shape = morph.shapes.find((candidate) => candidate.name === name);
    shape?.vertices.forEach((vertex, index) => {
      const delta = shape.positionDeltas.subarray(index * 3, index * 3 + 3);
      const weight = Math.hypot(delta[0], delta[1], delta[2]);
      sum.addInPlaceFromFloats(
        ...([0, 1, 2].map((axis) => morph.positions[vertex * 3 + axis] * weight) as [number, number, number]),
      );
      total += weight;
    });
  }
  return total > 0 ? sum.scale(1 / total) : null;
}

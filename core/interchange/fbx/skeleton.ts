import type { quat, vec3 } from 'gl-matrix';
import { mat4 } from 'gl-matrix';
import type { CharacterScene } from '../character/characterScene';

/** A joint of the exported skeleton. */
export interface SkeletonJoint {
  readonly name: string;
  /** Index in the skeleton, -1 for the root. Parents come before children. */
  readonly parentIndex: number;
  /** Index in `CharacterScene.nodes`, -1 for a root made here. */
  readonly nodeIndex: number;
  readonly translation: vec3;
  readonly rotation: quat;
  readonly scale: vec3;
  /** Rotation of ancestors that are no joints, folded into this one; multiply it before a rotation local to the node's own parent. */
  readonly foldedRotation: quat;
  /** The node's parent stands in a mirror (a negative scale), which is taken out here: see `withoutMirrors`. */
  readonly parentIsMirrored: boolean;
  /** Rest matrix, column-major, metres. */
  readonly worldMatrix: Float64Array;
  readonly extras: Readonly<Record<string, unknown>>;
}

/**
 * The joints of all skins and of head and eyes, with whatever lies between them, as one tree with one root: Unreal and Unity
 * take a skinned character only with a root joint. Ancestors above the first joint are folded into it; a character with no
 * joint, with several tops, or with a mesh that would follow a top Mien turns though it hangs under no joint, gets a joint
 * "root" at the origin.
 */
export function buildSkeleton(scene: CharacterScene): SkeletonJoint[] {
  const wanted = collectJointNodes(scene);
  const tops = wanted.filter((index) => !wanted.includes(scene.nodes[index].parentIndex));
  const joints: SkeletonJoint[] = [];
  const position = new Map<number, number>();
  const needsOrigin = tops.length !== 1 || (isTurned(scene, tops[0]) && hasStillMesh(scene, wanted));
  if (needsOrigin) joints.push(originJoint(uniqueRootName(scene, wanted)));
  const visit = (nodeIndex: number, parentIndex: number): void => {
    position.set(nodeIndex, joints.length);
    joints.push(makeJoint(scene, nodeIndex, parentIndex, parentIndex <= 0 && tops.includes(nodeIndex)));
    const own = joints.length - 1;
    for (const child of wanted) if (scene.nodes[child].parentIndex === nodeIndex) visit(child, own);
  };
  for (const top of tops) visit(top, needsOrigin ? 0 : -1);
  return joints.some(({ worldMatrix }) => isMirrored(worldMatrix)) ? withoutMirrors(joints) : joints;
}

const isTurned = (scene: CharacterScene, node: number): boolean => Object.values(scene.joints).includes(node);

/** Whether some mesh has no skin and no joint above it: in the character's own file it stays where it is. */
function hasStillMesh(scene: CharacterScene, joints: readonly number[]): boolean {
  return scene.meshes.some(({ skinIndex, nodeIndex }) => {
    if (skinIndex >= 0) return false;
    for (let at = nodeIndex; at >= 0; at = scene.nodes[at].parentIndex) if (joints.includes(at)) return false;
    return true;
  });
}

const isMirrored = (matrix: Float64Array): boolean => mat4.determinant(matrix) < 0;

/**
 * The same joints with their axes turned around where a negative scale mirrors them: Blender's bones and Unreal's cannot be
 * mirrored. Skinned vertices do not notice, because only changes against rest move them.
 */
function withoutMirrors(joints: readonly SkeletonJoint[]): SkeletonJoint[] {
  const proper = joints.map(({ worldMatrix }) => properOf(worldMatrix));
  return joints.map((joint, index) => {
    const parentInverse = joint.parentIndex >= 0 && mat4.invert(new Float64Array(16), proper[joint.parentIndex]);
    const local = parentInverse ? mat4.multiply(new Float64Array(16), parentInverse, proper[index]) : proper[index];
    return {
      ...joint,
      translation: mat4.getTranslation([0, 0, 0], local),
      rotation: mat4.getRotation([0, 0, 0, 1], local),
      scale: mat4.getScaling([1, 1, 1], local),
      worldMatrix: proper[index],
    };
  });
}

function collectJointNodes(scene: CharacterScene): number[] {
  const meshNodes = new Set(scene.meshes.map((mesh) => mesh.nodeIndex));
  const joints = new Set(scene.skins.flatMap((skin) => skin.jointNodeIndices).filter((index) => index >= 0));
  for (const index of Object.values(scene.joints)) if (index >= 0 && !meshNodes.has(index)) joints.add(index);
  // A node between two joints must be one too, else the lower joint would lose its place.
  for (const joint of [...joints]) {
    const between: number[] = [];
    for (let at = scene.nodes[joint].parentIndex; at >= 0; at = scene.nodes[at].parentIndex) {
      if (joints.has(at)) {
        between.forEach((index) => joints.add(index));
        break;
      }
      between.push(at);
    }
  }
  return [...joints].sort((a, b) => a - b);
}

function makeJoint(scene: CharacterScene, nodeIndex: number, parentIndex: number, isTop: boolean): SkeletonJoint {
  const node = scene.nodes[nodeIndex];
  const { worldMatrix, extras } = node;
  const base = { name: node.name || `joint${nodeIndex}`, parentIndex, nodeIndex, worldMatrix, extras };
  const parent = scene.nodes[node.parentIndex];
  const parentIsMirrored = parent !== undefined && isMirrored(parent.worldMatrix);
  if (!isTop || !parent) {
    return {
      ...base,
      parentIsMirrored,
      translation: [...node.translation],
      rotation: [...node.rotation],
      scale: [...node.scale],
      foldedRotation: [0, 0, 0, 1],
    };
  }
  return {
    ...base,
    translation: mat4.getTranslation([0, 0, 0], node.worldMatrix),
    rotation: mat4.getRotation([0, 0, 0, 1], node.worldMatrix),
    scale: mat4.getScaling([1, 1, 1], node.worldMatrix),
    parentIsMirrored,
    foldedRotation: mat4.getRotation([0, 0, 0, 1], properOf(parent.worldMatrix)),
  };
}

/** The matrix, or with its first axis turned around when it is mirrored. */
function properOf(matrix: Float64Array): Float64Array {
  return isMirrored(matrix) ? (mat4.scale(new Float64Array(16), matrix, [-1, 1, 1]) as Float64Array) : matrix;
}

function originJoint(name: string): SkeletonJoint {
  return {
    name,
    parentIndex: -1,
    nodeIndex: -1,
    translation: [0, 0, 0],
    rotation: [0, 0, 0, 1],
    scale: [1, 1, 1],
    foldedRotation: [0, 0, 0, 1],
    parentIsMirrored: false,
    worldMatrix: mat4.identity(new Float64Array(16)) as Float64Array,
    extras: {},
  };
}

function uniqueRootName(scene: CharacterScene, joints: readonly number[]): string {
  return joints.some((index) => scene.nodes[index].name === 'root') ? 'mien_root' : 'root';
}

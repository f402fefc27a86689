import { mat4, quat } from 'gl-matrix';
import { NECK_SHARE, poseQuaternion } from '../../core/interchange/character/bakePoseRotations';
import type { CharacterScene, SceneJoint, SceneMesh } from './characterScene';

/** Head and eye rotation in radians, signs as in core/rig/channels. */
export interface FacePose {
  readonly headYaw: number;
  readonly headPitch: number;
  readonly headRoll: number;
  readonly leftEyeYaw: number;
  readonly leftEyePitch: number;
  readonly rightEyeYaw: number;
  readonly rightEyePitch: number;
}

export const REST_POSE: FacePose = {
  headYaw: 0,
  headPitch: 0,
  headRoll: 0,
  leftEyeYaw: 0,
  leftEyePitch: 0,
  rightEyeYaw: 0,
  rightEyePitch: 0,
};

/** World positions and unit normals of one mesh, three values a vertex. */
export interface DeformedMesh {
  readonly mesh: SceneMesh;
  readonly positions: Float32Array;
  readonly normals: Float32Array;
}

/** Morphs by name (missing names are ignored: a rig may lack shapes), then skins to the posed joints. */
export function deformCharacter(
  scene: CharacterScene,
  weights: Readonly<Record<string, number>>,
  pose: FacePose,
): DeformedMesh[] {
  const matrices = jointMatrices(scene.joints, pose);
  return scene.meshes.map((mesh) => {
    const positions = mesh.positions.slice();
    const normals = mesh.normals.slice();
    for (const target of mesh.targets) {
      const weight = weights[target.name] ?? 0;
      if (weight === 0) continue;
      const { vertices, positionDeltas, normalDeltas } = target;
      for (let k = 0; k < vertices.length; k++) {
        const at = vertices[k] * 3;
        for (let axis = 0; axis < 3; axis++) {
          positions[at + axis] += weight * positionDeltas[k * 3 + axis];
          normals[at + axis] += weight * normalDeltas[k * 3 + axis];
        }
      }
    }
    if (mesh.joints && mesh.weights) skin(mesh, matrices, positions, normals);
    normalise(normals);
    return { mesh, positions, normals };
  });
}

function skin(mesh: SceneMesh, matrices: readonly Float32Array[], positions: Float32Array, normals: Float32Array): void {
  const joints = mesh.joints!;
  const weights = mesh.weights!;
  const blend = new Float32Array(16);
  for (let vertex = 0; vertex < positions.length / 3; vertex++) {
    blend.fill(0);
    for (let k = 0; k < 4; k++) {
      const weight = weights[vertex * 4 + k];
      if (weight === 0) continue;
      const matrix = matrices[joints[vertex * 4 + k]];
      for (let e = 0; e < 16; e++) blend[e] += weight * matrix[e];
    }
    const at = vertex * 3;
    const [x, y, z] = [positions[at], positions[at + 1], positions[at + 2]];
    const [a, b, c] = [normals[at], normals[at + 1], normals[at + 2]];
    for (let k = 0; k < 3; k++) {
      positions[at + k] = blend[k] * x + blend[4 + k] * y + blend[8 + k] * z + blend[12 + k];
      normals[at + k] = blend[k] * a + blend[4 + k] * b + blend[8 + k] * c;
    }
  }
}

function normalise(normals: Float32Array): void {
  for (let at = 0; at < normals.length; at += 3) {
    const length = Math.hypot(normals[at], normals[at + 1], normals[at + 2]) || 1;
    normals[at] /= length;
    normals[at + 1] /= length;
    normals[at + 2] /= length;
  }
}

/** World matrix of each joint times its inverse bind matrix. */
function jointMatrices(joints: readonly SceneJoint[], pose: FacePose): Float32Array[] {
  const turns = jointTurns(joints, pose);
  const world: mat4[] = [];
  return joints.map((joint, index) => {
    const local = mat4.clone(joint.local as unknown as mat4);
    const turn = turns.get(joint.name);
    if (turn) mat4.multiply(local, local, mat4.fromQuat(mat4.create(), turn));
    world[index] = joint.parent >= 0 ? mat4.multiply(mat4.create(), world[joint.parent], local) : local;
    return Float32Array.from(mat4.multiply(mat4.create(), world[index], joint.inverseBind as unknown as mat4));
  });
}

/** As bakePoseRotations of the exports turns them: the neck takes its share of the head's rotation (joints upright at rest). */
function jointTurns(joints: readonly SceneJoint[], pose: FacePose): Map<string, quat> {
  const full = poseQuaternion(pose.headYaw, pose.headPitch, pose.headRoll);
  const hasNeck = joints.some((joint) => joint.name === 'neck');
  const neck = poseQuaternion(pose.headYaw * NECK_SHARE, pose.headPitch * NECK_SHARE, pose.headRoll * NECK_SHARE);
  const rest = quat.multiply(quat.create(), quat.conjugate(quat.create(), neck), full);
  return new Map<string, quat>([
    ['neck', neck],
    ['head', hasNeck ? rest : full],
    ['eyeLeft', poseQuaternion(pose.leftEyeYaw, pose.leftEyePitch, 0)],
    ['eyeRight', poseQuaternion(pose.rightEyeYaw, pose.rightEyePitch, 0)],
  ]);
}

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
export function deformCharacter(scene: CharacterScene, weights: Readonly<Record<string, number>>, pose: FacePose): DeformedMesh[] {
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
  const world: Float32Array[] = [];
  return joints.map((joint, index) => {
    const rotation = rotationFor(joint.name, pose);
    const local = rotation ? multiply(joint.local, rotation) : joint.local;
    world[index] = joint.parent >= 0 ? multiply(world[joint.parent], local) : local;
    return multiply(world[index], joint.inverseBind);
  });
}

function rotationFor(jointName: string, pose: FacePose): Float32Array | null {
  if (jointName === 'head') return yawPitchRoll(pose.headYaw, pose.headPitch, pose.headRoll);
  if (jointName === 'eyeLeft') return yawPitchRoll(pose.leftEyeYaw, pose.leftEyePitch, 0);
  if (jointName === 'eyeRight') return yawPitchRoll(pose.rightEyeYaw, pose.rightEyePitch, 0);
  return null;
}

/** Ry * Rx * Rz, column-major 4x4. */
function yawPitchRoll(yaw: number, pitch: number, roll: number): Float32Array {
  const [cy, sy] = [Math.cos(yaw), Math.sin(yaw)];
  const [cx, sx] = [Math.cos(pitch), Math.sin(pitch)];
  const [cz, sz] = [Math.cos(roll), Math.sin(roll)];
  const ry = Float32Array.of(cy, 0, -sy, 0, 0, 1, 0, 0, sy, 0, cy, 0, 0, 0, 0, 1);
  const rx = Float32Array.of(1, 0, 0, 0, 0, cx, sx, 0, 0, -sx, cx, 0, 0, 0, 0, 1);
  const rz = Float32Array.of(cz, sz, 0, 0, -sz, cz, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1);
  return multiply(multiply(ry, rx), rz);
}

function multiply(a: Float32Array, b: Float32Array): Float32Array {
  const out = new Float32Array(16);
  for (let column = 0; column < 4; column++) {
    for (let row = 0; row < 4; row++) {
      let sum = 0;
      for (let k = 0; k < 4; k++) sum += a[k * 4 + row] * b[column * 4 + k];
      out[column * 4 + row] = sum;
    }
  }
  return out;
}

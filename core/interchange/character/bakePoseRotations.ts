import { mat3, mat4, quat } from 'gl-matrix';
import { trackOf, type SampledTracks } from '../../curves/sampledTracks';
import type { CharacterScene, PoseJoints } from './characterScene';

/** Share of the head's turn that the neck takes; the head joint adds the rest, so that the head ends exactly where asked. */
export const NECK_SHARE = 0.4;

/** Local rotation of one joint, frame by frame. */
export interface JointRotationTrack {
  readonly joint: keyof PoseJoints;
  readonly nodeIndex: number;
  /** frameCount x (x, y, z, w), unit length, signs chosen so that neighbours interpolate the short way. */
  readonly quaternions: Float64Array;
}

/** Plain numbers: gl-matrix would otherwise make float32 arrays. */
const identity = (): quat => [0, 0, 0, 1];

/** Yaw about +Y (to the character's left), pitch about +X (down), roll about +Z, in radians: Q = yaw * pitch * roll. */
export function poseQuaternion(yaw: number, pitch: number, roll: number): quat {
  const rotation = identity();
  quat.rotateY(rotation, rotation, yaw);
  quat.rotateX(rotation, rotation, pitch);
  quat.rotateZ(rotation, rotation, roll);
  return rotation;
}

/**
 * Head and eye channels as local joint rotations. The neck takes NECK_SHARE of yaw, pitch and roll, the head joint what is
 * missing to the full rotation; without a neck the head takes all. Eyes turn relative to the head. Angles are meant in the
 * character's axes (Y up, looking along +Z), whatever the joints' own axes at rest are. Joints the character lacks are left out.
 */
export function bakePoseRotations(scene: Pick<CharacterScene, 'nodes' | 'joints'>, tracks: SampledTracks): JointRotationTrack[] {
  const { joints } = scene;
  const head = (frame: number, share: number): quat =>
    poseQuaternion(
      trackOf(tracks, 'headYaw')[frame] * share,
      trackOf(tracks, 'headPitch')[frame] * share,
      trackOf(tracks, 'headRoll')[frame] * share,
    );
  const neckCarriesHead = joints.neck >= 0 && joints.head >= 0 && isAncestor(scene, joints.neck, joints.head);
  const turns: Record<keyof PoseJoints, (frame: number) => quat> = {
    neck: (frame) => (neckCarriesHead ? head(frame, NECK_SHARE) : identity()),
    head: (frame) => {
      const full = head(frame, 1);
      if (!neckCarriesHead) return full;
      return quat.multiply(full, quat.conjugate(identity(), head(frame, NECK_SHARE)), full);
    },
    eyeLeft: (frame) =>
      poseQuaternion(
        trackOf(tracks, 'leftEyeYaw')[frame],
        trackOf(tracks, 'leftEyePitch')[frame],
        trackOf(tracks, 'leftEyeRoll')[frame],
      ),
    eyeRight: (frame) =>
      poseQuaternion(
        trackOf(tracks, 'rightEyeYaw')[frame],
        trackOf(tracks, 'rightEyePitch')[frame],
        trackOf(tracks, 'rightEyeRoll')[frame],
      ),
  };
  return (Object.keys(turns) as (keyof PoseJoints)[])
    .filter((joint) => joints[joint] >= 0)
    .map((joint) => ({
      joint,
      nodeIndex: joints[joint],
      quaternions: bakeJoint(scene, joints[joint], tracks.frameCount, turns[joint]),
    }));
}

/** local = parentWorld^-1 * turn * parentWorld * rest: the turn acts in the character's axes at the joint. */
function bakeJoint(
  scene: Pick<CharacterScene, 'nodes'>,
  nodeIndex: number,
  frameCount: number,
  turn: (frame: number) => quat,
): Float64Array {
  const node = scene.nodes[nodeIndex];
  const parent = node.parentIndex >= 0 ? worldRotation(scene.nodes[node.parentIndex].worldMatrix) : null;
  const result = new Float64Array(frameCount * 4);
  const previous = identity();
  const local = identity();
  for (let frame = 0; frame < frameCount; frame++) {
    quat.multiply(local, parent ? intoAxes(parent, turn(frame)) : turn(frame), node.rotation);
    quat.normalize(local, local);
    // q and -q are the same rotation; linear interpolation between them is not.
    if (frame > 0 && quat.dot(previous, local) < 0) quat.scale(local, local, -1);
    result.set(local, frame * 4);
    quat.copy(previous, local);
  }
  return result;
}

/** Axes of a rest matrix: a rotation, or one with a mirror in it where a node above has a negative scale. */
interface Axes {
  readonly rotation: quat;
  /** The first axis is turned around before the rotation. */
  readonly isMirrored: boolean;
}

/** Scale is taken out, shear is ignored. */
function worldRotation(matrix: Float64Array): Axes {
  const isMirrored = mat4.determinant(matrix) < 0;
  const rotation = mat3.normalFromMat4(new Float64Array(9), matrix) ?? mat3.identity(new Float64Array(9));
  for (let column = 0; column < 3; column++) {
    const length = Math.hypot(rotation[column * 3], rotation[column * 3 + 1], rotation[column * 3 + 2]) || 1;
    const sign = isMirrored && column === 0 ? -1 : 1;
    for (let row = 0; row < 3; row++) rotation[column * 3 + row] *= sign / length;
  }
  return { rotation: quat.normalize(identity(), quat.fromMat3(identity(), rotation)), isMirrored };
}

/** A turn meant in the world as it is in these axes. */
function intoAxes({ rotation, isMirrored }: Axes, turn: quat): quat {
  const local = quat.multiply(identity(), quat.conjugate(identity(), rotation), turn);
  quat.multiply(local, local, rotation);
  return isMirrored ? mirroredRotation(local) : local;
}

/** A rotation seen through a mirror across x. */
export function mirroredRotation([x, y, z, w]: quat): quat {
  return [x, -y, -z, w];
}

function isAncestor(scene: Pick<CharacterScene, 'nodes'>, ancestor: number, nodeIndex: number): boolean {
  for (let at = scene.nodes[nodeIndex].parentIndex; at >= 0; at = scene.nodes[at].parentIndex) {
    if (at === ancestor) return true;
  }
  return false;
}

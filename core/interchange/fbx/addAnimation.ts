import { quat } from 'gl-matrix';
import type { SampledTracks } from '../../curves/sampledTracks';
import { bakePoseRotations, mirroredRotation } from '../character/bakePoseRotations';
import type { CharacterNode, CharacterScene } from '../character/characterScene';
import type { TargetTracks } from '../character/targetTracks';
import type { WrittenMesh } from './addMesh';
import { eulerXyzDegrees } from './eulerXyz';
import { pNumber, pTime, properties70 } from './fbxProperties70';
import { fbxDouble, fbxFloats, fbxInt32, fbxInts, fbxLongs, record, type FbxProperty } from './fbxRecord';
import type { FbxSceneBuilder } from './fbxSceneBuilder';
import { frameToTicks } from './fbxTime';
import type { SkeletonJoint } from './skeleton';

/** KeyAttrFlags: linear interpolation (2 is constant, 8 cubic). */
const LINEAR_KEY = 4;

/** Ids the curves attach to. */
export interface AnimationTargets {
  readonly meshes: readonly WrittenMesh[];
  readonly skeleton: readonly SkeletonJoint[];
  readonly jointIds: readonly bigint[];
}

/**
 * One stack with one layer (Unreal reads the first only): a DeformPercent curve (0..100) for every target a channel drives and
 * Lcl Rotation curves in degrees for neck, head and eyes, one linear key a frame.
 */
export function addAnimation(
  builder: FbxSceneBuilder,
  scene: CharacterScene,
  tracks: SampledTracks,
  stackName: string,
  targets: AnimationTargets,
  weights: TargetTracks,
): void {
  const endTicks = frameToTicks(tracks.frameCount - 1, tracks.frameRate);
  const stackId = builder.add('AnimationStack', stackName, 'AnimStack', '', [
    properties70(
      pTime('LocalStart', 0n),
      pTime('LocalStop', endTicks),
      pTime('ReferenceStart', 0n),
      pTime('ReferenceStop', endTicks),
    ),
  ]);
  const layerId = builder.add('AnimationLayer', 'BaseLayer', 'AnimLayer', '', []);
  builder.connect(layerId, stackId);
  const writer = new CurveWriter(builder, layerId, tracks);

  scene.meshes.forEach((mesh, meshIndex) => {
    mesh.targetNames.forEach((_, target) => {
      const samples = weights.samplesOf(mesh, target);
      if (!samples) return;
      const unit = weights.unitOf(mesh, target);
      const percent = Float32Array.from(samples, (weight) => (weight / unit) * 100);
      writer.add('DeformPercent', 'DeformPercent', targets.meshes[meshIndex].channelIds[target], { DeformPercent: percent });
    });
  });
  for (const track of bakePoseRotations(scene, tracks)) {
    const jointIndex = targets.skeleton.findIndex((joint) => joint.nodeIndex === track.nodeIndex);
    if (jointIndex < 0) continue;
    const angles = toEulerCurves(track.quaternions, targets.skeleton[jointIndex], scene.nodes[track.nodeIndex].rotation);
    writer.add('R', 'Lcl Rotation', targets.jointIds[jointIndex], { X: angles[0], Y: angles[1], Z: angles[2] });
  }
}

/** Three curves in degrees, without jumps between frames; the first frame is the one nearest to the rest angles. */
function toEulerCurves(
  quaternions: Float64Array,
  joint: SkeletonJoint,
  nodeRotation: CharacterNode['rotation'],
): [Float32Array, Float32Array, Float32Array] {
  const frameCount = quaternions.length / 4;
  const curves: [Float32Array, Float32Array, Float32Array] = [
    new Float32Array(frameCount),
    new Float32Array(frameCount),
    new Float32Array(frameCount),
  ];
  let previous = eulerXyzDegrees(joint.rotation);
  for (let frame = 0; frame < frameCount; frame++) {
    const local = localRotation(quaternions.subarray(frame * 4, frame * 4 + 4), joint, nodeRotation);
    previous = eulerXyzDegrees(local, previous);
    previous.forEach((angle, axis) => (curves[axis][frame] = angle));
  }
  return curves;
}

/** A rotation local to the node's parent as one local to the joint's. */
function localRotation(rotation: Float64Array, joint: SkeletonJoint, nodeRotation: CharacterNode['rotation']): quat {
  if (!joint.parentIsMirrored) return quat.multiply([0, 0, 0, 1], joint.foldedRotation, rotation);
  // The change against rest, seen through the mirror, on the joint's own rest rotation.
  const change = quat.multiply([0, 0, 0, 1], rotation, quat.conjugate([0, 0, 0, 1], nodeRotation));
  const folded = quat.multiply([0, 0, 0, 1], joint.foldedRotation, mirroredRotation(change));
  quat.multiply(folded, folded, quat.conjugate([0, 0, 0, 1], joint.foldedRotation));
  return quat.multiply(folded, folded, joint.rotation);
}

/** Writes curve nodes and their curves; key times are the same for all and are encoded once. */
class CurveWriter {
  private readonly keyTimes: FbxProperty;

  constructor(
    private readonly builder: FbxSceneBuilder,
    private readonly layerId: bigint,
    private readonly tracks: SampledTracks,
  ) {
    this.keyTimes = fbxLongs(
      BigInt64Array.from({ length: tracks.frameCount }, (_, frame) => frameToTicks(frame, tracks.frameRate)),
    );
  }

  /** @param curves by component, e.g. { X, Y, Z } @param propertyName the animated property of the object */
  add(nodeName: string, propertyName: string, objectId: bigint, curves: Readonly<Record<string, Float32Array>>): void {
    const entries = Object.entries(curves);
    const nodeId = this.builder.add('AnimationCurveNode', nodeName, 'AnimCurveNode', '', [
      properties70(...entries.map(([component, values]) => pNumber(`d|${component}`, values[0]))),
    ]);
    this.builder.connect(nodeId, this.layerId);
    this.builder.connectToProperty(nodeId, objectId, propertyName);
    for (const [component, values] of entries) {
      const curveId = this.builder.add('AnimationCurve', '', 'AnimCurve', '', [
        record('Default', [fbxDouble(values[0])]),
        record('KeyVer', [fbxInt32(4008)]),
        record('KeyTime', [this.keyTimes]),
        record('KeyValueFloat', [fbxFloats(values)]),
        record('KeyAttrFlags', [fbxInts([LINEAR_KEY])]),
        record('KeyAttrDataFloat', [fbxFloats([0, 0, 0, 0])]),
        record('KeyAttrRefCount', [fbxInts([this.tracks.frameCount])]),
      ]);
      this.builder.connectToProperty(curveId, nodeId, `d|${component}`);
    }
  }
}

import { pInt, pEnum, pLocal } from './fbxProperties70';
import { fbxBool, fbxDoubles, fbxInt32, fbxInt64, fbxString, record, type FbxRecord } from './fbxRecord';
import type { FbxSceneBuilder } from './fbxSceneBuilder';
import { CENTIMETRES_PER_METRE } from './bakeGeometry';
import { eulerXyzDegrees } from './eulerXyz';
import type { SkeletonJoint } from './skeleton';
import { withUserProperties } from './userProperties';

/** A rest matrix in centimetres. */
export function inCentimetres(matrix: Float64Array): Float64Array {
  const scaled = Float64Array.from(matrix);
  for (const entry of [12, 13, 14]) scaled[entry] *= CENTIMETRES_PER_METRE;
  return scaled;
}

/** The records every Model has; extras become user properties. */
export function modelRecords(transform: readonly FbxRecord[], extras: Readonly<Record<string, unknown>>): FbxRecord[] {
  return [
    record('Version', [fbxInt32(232)]),
    withUserProperties([pEnum('InheritType', 1), pInt('DefaultAttributeIndex', 0), ...transform], extras),
    record('MultiLayer', [fbxInt32(0)]),
    record('MultiTake', [fbxInt32(0)]),
    record('Shading', [fbxBool(true)]),
    record('Culling', [fbxString('CullingOff')]),
  ];
}

/** Adds a LimbNode model and attribute for every joint; returns the models' ids in joint order. */
export function addSkeleton(builder: FbxSceneBuilder, skeleton: readonly SkeletonJoint[], names: readonly string[]): bigint[] {
  const ids: bigint[] = [];
  skeleton.forEach((joint, index) => {
    const [x, y, z] = joint.translation;
    const id = builder.add(
      'Model',
      names[index],
      'Model',
      'LimbNode',
      modelRecords(
        [
          pLocal('Lcl Translation', [x * CENTIMETRES_PER_METRE, y * CENTIMETRES_PER_METRE, z * CENTIMETRES_PER_METRE]),
          pLocal('Lcl Rotation', eulerXyzDegrees(joint.rotation)),
          pLocal('Lcl Scaling', [joint.scale[0], joint.scale[1], joint.scale[2]]),
        ],
        joint.extras,
      ),
    );
    const attribute = builder.add('NodeAttribute', names[index], 'NodeAttribute', 'LimbNode', [
      record('TypeFlags', [fbxString('Skeleton')]),
    ]);
    builder.connect(id, joint.parentIndex >= 0 ? ids[joint.parentIndex] : 0n);
    builder.connect(attribute, id);
    ids.push(id);
  });
  return ids;
}

/** The pose in which the skin was bound: joints and meshes. */
export function addBindPose(builder: FbxSceneBuilder, entries: readonly { id: bigint; matrix: Float64Array }[]): void {
  builder.add('Pose', 'BindPose', 'Pose', 'BindPose', [
    record('Type', [fbxString('BindPose')]),
    record('Version', [fbxInt32(100)]),
    record('NbPoseNodes', [fbxInt32(entries.length)]),
    ...entries.map(({ id, matrix }) =>
      record('PoseNode', [], [record('Node', [fbxInt64(id)]), record('Matrix', [fbxDoubles(matrix)])]),
    ),
  ]);
}

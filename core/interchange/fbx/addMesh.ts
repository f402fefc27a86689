import { mat4 } from 'gl-matrix';
import type { CharacterMesh } from '../character/characterScene';
import { inCentimetres, modelRecords } from './addSkeleton';
import type { BakedGeometry, BakedShape } from './bakeGeometry';
import { pLocal, pNumber, properties70 } from './fbxProperties70';
import { fbxDouble, fbxDoubles, fbxInt32, fbxInts, fbxString, record, type FbxRecord } from './fbxRecord';
import type { FbxSceneBuilder } from './fbxSceneBuilder';
import type { SkeletonJoint } from './skeleton';

/** What the animation and the bind pose need to know of a written mesh. */
export interface WrittenMesh {
  readonly modelId: bigint;
  /** One a target, in the mesh's order. */
  readonly channelIds: readonly bigint[];
}

/** Where things written earlier are. */
export interface MeshContext {
  readonly builder: FbxSceneBuilder;
  readonly skeleton: readonly SkeletonJoint[];
  readonly jointIds: readonly bigint[];
  readonly materialIds: readonly bigint[];
}

/**
 * Adds a mesh: model, geometry, its materials, skin with clusters, blendshape deformer with a channel and a shape a target.
 * @param units weight at which each target is fully on
 */
export function addMesh(
  context: MeshContext,
  mesh: CharacterMesh,
  baked: BakedGeometry,
  units: readonly number[],
  name: string,
): WrittenMesh {
  const { builder } = context;
  const usedMaterials = [...new Set(baked.triangleMaterials)].filter((index) => index >= 0);
  const geometryId = builder.add('Geometry', name, 'Geometry', 'Mesh', geometryRecords(baked, usedMaterials));
  const modelId = builder.add(
    'Model',
    name,
    'Model',
    'Mesh',
    modelRecords(
      [pLocal('Lcl Translation', [0, 0, 0]), pLocal('Lcl Rotation', [0, 0, 0]), pLocal('Lcl Scaling', [1, 1, 1])],
      mesh.extras,
    ),
  );
  builder.connect(geometryId, modelId);
  builder.connect(modelId, 0n);
  for (const index of usedMaterials) builder.connect(context.materialIds[index], modelId);
  addSkin(context, baked, geometryId, name);
  return { modelId, channelIds: addBlendShape(builder, mesh, baked.shapes, units, geometryId, name) };
}

function geometryRecords(baked: BakedGeometry, usedMaterials: readonly number[]): FbxRecord[] {
  const { triangles } = baked;
  // The last corner of a polygon is stored as ~index.
  const polygons = Int32Array.from(triangles, (vertex, corner) => (corner % 3 === 2 ? ~vertex : vertex));
  const layers = [
    layerElement('LayerElementNormal', '', 'ByPolygonVertex', 'Direct', [
      record('Normals', [fbxDoubles(perCorner(baked.normals, 3, triangles))]),
    ]),
  ];
  if (baked.colors) {
    const values = record('Colors', [fbxDoubles(baked.colors)]);
    layers.push(
      layerElement('LayerElementColor', 'Color', 'ByPolygonVertex', 'IndexToDirect', [
        values,
        record('ColorIndex', [fbxInts(triangles)]),
      ]),
    );
  }
  if (usedMaterials.length > 0) {
    const single = usedMaterials.length === 1;
    const slots = Int32Array.from(baked.triangleMaterials, (index) => Math.max(0, usedMaterials.indexOf(index)));
    const values = record('Materials', [fbxInts(single ? [0] : slots)]);
    layers.push(layerElement('LayerElementMaterial', '', single ? 'AllSame' : 'ByPolygon', 'IndexToDirect', [values]));
  }
  const uvLayers = baked.uvSets.map(({ name, values }, index) =>
    layerElement(
      'LayerElementUV',
      name,
      'ByPolygonVertex',
      'IndexToDirect',
      [record('UV', [fbxDoubles(values)]), record('UVIndex', [fbxInts(triangles)])],
      index,
    ),
  );
  return [
    properties70(),
    record('GeometryVersion', [fbxInt32(124)]),
    record('Vertices', [fbxDoubles(baked.positions)]),
    record('PolygonVertexIndex', [fbxInts(polygons)]),
    ...layers,
    ...uvLayers,
    layerRecord(0, [...layers, ...uvLayers.slice(0, 1)]),
    ...uvLayers.slice(1).map((layer, index) => layerRecord(index + 1, [layer])),
  ];
}

/** A layer names its elements; every set of texture coordinates but the first needs a layer of its own. */
function layerRecord(index: number, elements: readonly FbxRecord[]): FbxRecord {
  const entries = elements.map(({ name }) =>
    record('LayerElement', [], [record('Type', [fbxString(name)]), record('TypedIndex', [fbxInt32(index)])]),
  );
  return record('Layer', [fbxInt32(index)], [record('Version', [fbxInt32(100)]), ...entries]);
}

function layerElement(
  type: string,
  name: string,
  mapping: string,
  reference: string,
  values: readonly FbxRecord[],
  index = 0,
): FbxRecord {
  return record(
    type,
    [fbxInt32(index)],
    [
      record('Version', [fbxInt32(type === 'LayerElementNormal' ? 102 : 101)]),
      record('Name', [fbxString(name)]),
      record('MappingInformationType', [fbxString(mapping)]),
      record('ReferenceInformationType', [fbxString(reference)]),
      ...values,
    ],
  );
}

function perCorner(values: Float64Array, width: number, triangles: Uint32Array): Float64Array {
  const spread = new Float64Array(triangles.length * width);
  triangles.forEach((vertex, corner) => spread.set(values.subarray(vertex * width, (vertex + 1) * width), corner * width));
  return spread;
}

function addSkin({ builder, skeleton, jointIds }: MeshContext, baked: BakedGeometry, geometryId: bigint, name: string): void {
  const skinId = builder.add('Deformer', `${name}_skin`, 'Deformer', 'Skin', [
    record('Version', [fbxInt32(101)]),
    record('Link_DeformAcuracy', [fbxDouble(50)]),
    record('SkinningType', [fbxString('Linear')]),
  ]);
  builder.connect(skinId, geometryId);
  for (const { jointIndex, indexes, weights } of baked.clusters) {
    const link = inCentimetres(skeleton[jointIndex].worldMatrix);
    // Transform is the mesh in the joint's space at bind time; the mesh stands at the origin.
    const transform = mat4.invert(new Float64Array(16), link) ?? mat4.identity(new Float64Array(16));
    const clusterId = builder.add('Deformer', `${name}_${skeleton[jointIndex].name}`, 'SubDeformer', 'Cluster', [
      record('Version', [fbxInt32(100)]),
      record('UserData', [fbxString(''), fbxString('')]),
      record('Indexes', [fbxInts(indexes)]),
      record('Weights', [fbxDoubles(weights)]),
      record('Transform', [fbxDoubles(transform as Float64Array)]),
      record('TransformLink', [fbxDoubles(link)]),
    ]);
    builder.connect(clusterId, skinId);
    builder.connect(jointIds[jointIndex], clusterId);
  }
}

function addBlendShape(
  builder: FbxSceneBuilder,
  mesh: CharacterMesh,
  shapes: readonly BakedShape[],
  units: readonly number[],
  geometryId: bigint,
  name: string,
): bigint[] {
  if (shapes.length === 0) return [];
  const deformerId = builder.add('Deformer', deformerName(name, mesh.targetNames), 'Deformer', 'BlendShape', [
    record('Version', [fbxInt32(100)]),
  ]);
  builder.connect(deformerId, geometryId);
  const names = uniqueNames(mesh.targetNames);
  return shapes.map((shape, index) => {
    const percent = (mesh.defaultWeights[index] / units[index]) * 100;
    const channelId = builder.add('Deformer', names[index], 'SubDeformer', 'BlendShapeChannel', [
      record('Version', [fbxInt32(100)]),
      properties70(pNumber('DeformPercent', percent)),
      record('DeformPercent', [fbxDouble(percent)]),
      record('FullWeights', [fbxDoubles([100])]),
    ]);
    const shapeId = builder.add('Geometry', names[index], 'Geometry', 'Shape', [
      properties70(),
      record('Version', [fbxInt32(100)]),
      record('Indexes', [fbxInts(shape.indexes)]),
      record('Vertices', [fbxDoubles(shape.deltas)]),
      record('Normals', [fbxDoubles(shape.normalDeltas)]),
    ]);
    builder.connect(channelId, deformerId);
    builder.connect(shapeId, channelId);
    return channelId;
  });
}

/**
 * Unreal cuts a prefix equal to the deformer's name plus one character from every channel's name, so the deformer must not be
 * the beginning of any shape name.
 */
function deformerName(meshName: string, targetNames: readonly string[]): string {
  let name = `MienShapes_${meshName}`;
  while (targetNames.some((target) => target.startsWith(name))) name = `_${name}`;
  return name;
}

/** Names with a number added to repeated ones; empty ones get a name. */
export function uniqueNames(names: readonly string[], taken: Iterable<string> = []): string[] {
  const used = new Set<string>(taken);
  return names.map((wanted) => {
    const base = wanted === '' ? 'unnamed' : wanted;
    let name = base;
    for (let number = 2; used.has(name); number++) name = `${base}_${number}`;
    used.add(name);
    return name;
  });
}

import { mat4 } from 'gl-matrix';
import { readCharacter } from '../character/readCharacter';
import { targetTracks } from '../character/targetTracks';
import { checkTracks } from '../checkTracks';
import type { PerformanceExport } from '../gltf/writeGlb';
import { addAnimation } from './addAnimation';
import { addMaterials } from './addMaterial';
import { addMesh, uniqueNames } from './addMesh';
import { addBindPose, addSkeleton, inCentimetres } from './addSkeleton';
import { bakeGeometry } from './bakeGeometry';
import { documentRecords, globalSettings, headerRecords, takesRecord } from './fbxHeader';
import { record } from './fbxRecord';
import { FbxSceneBuilder } from './fbxSceneBuilder';
import { frameToTicks } from './fbxTime';
import { buildSkeleton } from './skeleton';
import { writeFbxBinary } from './writeFbxBinary';

/** Name of the stack of a line without a name. */
const FALLBACK_NAME = 'Take 001';

/**
 * The character and its performance as FBX binary 7400: centimetres, Y up; every mesh skinned to one skeleton with one root
 * (a mesh without a skin is bound to its nearest joint), blendshape channels named as the targets, one animation stack named
 * after the line with one linear key a frame. Materials are written as Phong with their pictures inside the file, extras as
 * user properties. The same input gives the same bytes.
 * @throws MienError 'character-unreadable', 'invalid-input' or 'export-failed'
 */
export async function writeFbx({ characterGlb, tracks, name, profile }: PerformanceExport): Promise<Uint8Array> {
  checkTracks(tracks);
  const scene = await readCharacter(characterGlb, { needsChannels: !profile });
  const builder = new FbxSceneBuilder();
  const documentId = builder.reserveId();
  const stackName = name.trim() || FALLBACK_NAME;

  const skeleton = buildSkeleton(scene);
  const jointNames = uniqueNames(skeleton.map((joint) => joint.name));
  const meshNames = uniqueNames(
    scene.meshes.map((mesh) => (jointNames.includes(mesh.name) ? `${mesh.name}_mesh` : mesh.name)),
    jointNames,
  );
  const jointIds = addSkeleton(builder, skeleton, jointNames);
  const materialIds = addMaterials(builder, scene);
  const context = { builder, skeleton, jointIds, materialIds };
  const weights = targetTracks(scene, tracks, profile ?? null);
  const meshes = scene.meshes.map((mesh, index) => {
    // FBX knows percents only: the shapes of a rig with weights up to 100 are written a hundred times as large.
    const units = mesh.targetNames.map((_, target) => weights.unitOf(mesh, target));
    return addMesh(context, mesh, bakeGeometry(scene, mesh, skeleton, units), units, meshNames[index]);
  });
  addBindPose(builder, [
    ...meshes.map(({ modelId }) => ({ id: modelId, matrix: mat4.identity(new Float64Array(16)) as Float64Array })),
    ...skeleton.map((joint, index) => ({ id: jointIds[index], matrix: inCentimetres(joint.worldMatrix) })),
  ]);
  addAnimation(builder, scene, tracks, stackName, { meshes, skeleton, jointIds }, weights);

  const endTicks = frameToTicks(tracks.frameCount - 1, tracks.frameRate);
  return writeFbxBinary([
    ...headerRecords(stackName),
    globalSettings(tracks.frameRate, endTicks),
    ...documentRecords(documentId, stackName),
    builder.definitions(),
    record('Objects', [], builder.objects),
    record('Connections', [], builder.connections),
    takesRecord(stackName, endTicks),
  ]);
}

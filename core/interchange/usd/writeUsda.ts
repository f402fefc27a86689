import { mat4 } from 'gl-matrix';
import { trackOf, type SampledTracks } from '../../curves/sampledTracks';
import { ARKIT_CHANNELS } from '../../rig/channels';
import { framesPerSecond } from '../../time/frameRate';
import { bakePoseRotations } from '../character/bakePoseRotations';
import type { CharacterScene } from '../character/characterScene';
import { readCharacter } from '../character/readCharacter';
import { checkTracks } from '../checkTracks';
import { unreadable } from '../gltf/checkGlbStructure';
import type { PerformanceExport } from '../gltf/writeGlb';
import { blendShapesText, meshText } from './meshText';
import { matrixTuple, number, primName, quatTuple, quotedList, tuple } from './usdText';

/**
 * USD text (.usda): a SkelRoot with the character's meshes, a Skeleton of its joints, blend shapes with sparse point offsets,
 * and one SkelAnimation with `blendShapeWeights` and joint rotations as one time sample a frame (time codes are frames).
 * Metres, Y up. Materials are left out but for the display colour.
 * Source: UsdSkel schema documentation (Skeleton, BlendShape, SkelAnimation, binding API).
 * @throws MienError 'character-unreadable' or 'invalid-input'
 */
export async function writeUsda({ characterGlb, tracks, name }: PerformanceExport): Promise<string> {
  checkTracks(tracks);
  const scene = await readCharacter(characterGlb);
  const meshes = scene.meshes.filter((mesh) => mesh.primitives.length > 0);
  if (!meshes.some((mesh) => mesh.targetNames.length > 0)) throw unreadable('it has no morph targets');
  const joints = skeletonJoints(scene);
  const rate = framesPerSecond(tracks.frameRate);
  const taken = new Set(['Skeleton', 'Animation']);
  return `#usda 1.0
(
    defaultPrim = "Character"
    doc = ${JSON.stringify(name)}
    metersPerUnit = 1
    upAxis = "Y"
    startTimeCode = 0
    endTimeCode = ${tracks.frameCount - 1}
    timeCodesPerSecond = ${number(rate)}
    framesPerSecond = ${number(rate)}
)

def SkelRoot "Character" (
    prepend apiSchemas = ["SkelBindingAPI"]
)
{
    rel skel:skeleton = </Character/Skeleton>
    rel skel:animationSource = </Character/Animation>
${skeletonText(scene, joints)}${animationText(scene, joints, tracks)}${meshes
    .map((mesh) => {
      const prim = primName(mesh.name, taken);
      return meshText(scene, mesh, prim, joints.order, blendShapesText(mesh));
    })
    .join('')}}
`;
}

interface Joints {
  /** Node indices of the joints, parents before children. */
  readonly order: readonly number[];
  /** UsdSkel path of each ("root/neck/head"). */
  readonly paths: readonly string[];
}

/** The joints of all skins, the pose joints even where nothing is bound to them, and every node above any of these. */
function skeletonJoints(scene: CharacterScene): Joints {
  const paths = new Map<number, string>();
  const takenAt = new Map<string, Set<string>>();
  const visit = (index: number): string => {
    if (index < 0) return '';
    const known = paths.get(index);
    if (known !== undefined) return `${known}/`;
    const prefix = visit(scene.nodes[index].parentIndex);
    const taken = takenAt.get(prefix) ?? new Set<string>();
    takenAt.set(prefix, taken);
    paths.set(index, prefix + primName(scene.nodes[index].name, taken));
    return `${paths.get(index)}/`;
  };
  for (const index of [...scene.skins.flatMap((skin) => skin.jointNodeIndices), ...Object.values(scene.joints)]) visit(index);
  return { order: [...paths.keys()], paths: [...paths.values()] };
}

function skeletonText(scene: CharacterScene, { order, paths }: Joints): string {
  const bind = order.map((index) => matrixTuple(scene.nodes[index].worldMatrix));
  const rest = order.map((index) => {
    const { rotation, translation, scale } = scene.nodes[index];
    return matrixTuple(mat4.fromRotationTranslationScale(new Float64Array(16), rotation, translation, scale) as Float64Array);
  });
  return `
    def Skeleton "Skeleton"
    {
        uniform token[] joints = [${quotedList(paths)}]
        uniform matrix4d[] bindTransforms = [${bind.join(', ')}]
        uniform matrix4d[] restTransforms = [${rest.join(', ')}]
    }
`;
}

function animationText(scene: CharacterScene, { order, paths }: Joints, tracks: SampledTracks): string {
  const rotations = bakePoseRotations(scene, tracks);
  const bakedOf = new Map(rotations.map((track) => [track.nodeIndex, track.quaternions]));
  const frames = Array.from({ length: tracks.frameCount }, (_, frame) => frame);
  const weights = frames.map(
    (frame) =>
      `            ${frame}: [${ARKIT_CHANNELS.map((channel) => number(trackOf(tracks, channel)[frame])).join(', ')}],\n`,
  );
  const turns = frames.map((frame) => {
    const quaternions = order.map((index) =>
      quatTuple(bakedOf.get(index) ?? scene.nodes[index].rotation, bakedOf.has(index) ? frame : 0),
    );
    return `            ${frame}: [${quaternions.join(', ')}],\n`;
  });
  const places = order.map((index) => tuple(scene.nodes[index].translation));
  const scales = order.map((index) => tuple(scene.nodes[index].scale));
  return `
    def SkelAnimation "Animation"
    {
        uniform token[] blendShapes = [${quotedList(ARKIT_CHANNELS)}]
        float[] blendShapeWeights.timeSamples = {
${weights.join('')}        }
        uniform token[] joints = [${quotedList(paths)}]
        float3[] translations = [${places.join(', ')}]
        half3[] scales = [${scales.join(', ')}]
        quatf[] rotations.timeSamples = {
${turns.join('')}        }
    }
`;
}

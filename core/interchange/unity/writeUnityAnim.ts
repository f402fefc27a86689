import { framesPerSecond, frameToSeconds } from '../../time/frameRate';
import type { CharacterScene } from '../character/characterScene';
import { readCharacter } from '../character/readCharacter';
import { targetTracks } from '../character/targetTracks';
import { checkTracks } from '../checkTracks';
import { decimalText } from '../decimalText';
import { unreadable } from '../gltf/checkGlbStructure';
import type { PerformanceExport } from '../gltf/writeGlb';
import { withoutStraightKeys } from './withoutStraightKeys';

/** Unity's class id of SkinnedMeshRenderer, which carries blendshape curves (Unity manual, YAML class id reference). */
const SKINNED_MESH_RENDERER = 137;

/** The largest change, in Unity's 0..100, that leaving out a key on a straight stretch may make. */
const KEY_TOLERANCE = 0.005;

/**
 * A Unity AnimationClip (.anim, text YAML) with a curve `blendShape.<shape>` in 0..100 for each shape of each mesh of the
 * character. The path of each curve is the path of the mesh below the character's top node, as Unity's importers build it.
 * Linear keys; keys inside straight stretches are left out. Head and eye rotations are not in this file: take .fbx for them.
 * @throws MienError 'character-unreadable' or 'invalid-input'
 */
export async function writeUnityAnim({ characterGlb, tracks, name, profile }: PerformanceExport): Promise<string> {
  checkTracks(tracks);
  const scene = await readCharacter(characterGlb, { needsChannels: !profile });
  const weights = targetTracks(scene, tracks, profile ?? null);
  const times = Array.from({ length: tracks.frameCount }, (_, frame) => frameToSeconds(frame, tracks.frameRate));
  const curves = scene.meshes.flatMap((mesh) =>
    mesh.targetNames.flatMap((_, target) => {
      const samples = weights.samplesOf(mesh, target);
      if (!samples) return [];
      const unit = weights.unitOf(mesh, target);
      const values = Array.from(samples, (weight) => (weight / unit) * 100);
      const keys = withoutStraightKeys(times, values, KEY_TOLERANCE);
      return [curveText(`blendShape.${mesh.targetNames[target]}`, pathOf(scene, mesh.nodeIndex), keys)];
    }),
  );
  if (curves.length === 0) throw unreadable('it has no morph targets');
  return clipText(name, framesPerSecond(tracks.frameRate), times[times.length - 1], curves.join(''));
}

interface Key {
  readonly time: number;
  readonly value: number;
}

function curveText(attribute: string, path: string, keys: readonly Key[]): string {
  const slope = (from: Key | undefined, to: Key | undefined) =>
    from && to ? (to.value - from.value) / (to.time - from.time) : 0;
  const keyText = keys
    .map((key, index) => {
      const inSlope = slope(keys[index - 1], key);
      const outSlope = slope(key, keys[index + 1]);
      return `      - serializedVersion: 3
        time: ${round(key.time)}
        value: ${round(key.value)}
        inSlope: ${round(inSlope)}
        outSlope: ${round(outSlope)}
        tangentMode: 69
        weightedMode: 0
        inWeight: 0.33333334
        outWeight: 0.33333334
`;
    })
    .join('');
  return `  - serializedVersion: 2
    curve:
      serializedVersion: 2
      m_Curve:
${keyText}      m_PreInfinity: 2
      m_PostInfinity: 2
      m_RotationOrder: 4
    attribute: ${quoted(attribute)}
    path: ${quoted(path)}
    classID: ${SKINNED_MESH_RENDERER}
    script: {fileID: 0}
    flags: 0
`;
}

function clipText(name: string, rate: number, stopSeconds: number, floatCurves: string): string {
  return `%YAML 1.1
%TAG !u! tag:unity3d.com,2011:
--- !u!74 &7400000
AnimationClip:
  m_ObjectHideFlags: 0
  m_CorrespondingSourceObject: {fileID: 0}
  m_PrefabInstance: {fileID: 0}
  m_PrefabAsset: {fileID: 0}
  m_Name: ${quoted(name)}
  serializedVersion: 7
  m_Legacy: 0
  m_Compressed: 0
  m_UseHighQualityCurve: 1
  m_RotationCurves: []
  m_CompressedRotationCurves: []
  m_EulerCurves: []
  m_PositionCurves: []
  m_ScaleCurves: []
  m_FloatCurves:
${floatCurves}  m_PPtrCurves: []
  m_SampleRate: ${round(rate)}
  m_WrapMode: 0
  m_Bounds:
    m_Center: {x: 0, y: 0, z: 0}
    m_Extent: {x: 0, y: 0, z: 0}
  m_ClipBindingConstant:
    genericBindings: []
    pptrCurveMapping: []
  m_AnimationClipSettings:
    serializedVersion: 2
    m_AdditiveReferencePoseClip: {fileID: 0}
    m_AdditiveReferencePoseTime: 0
    m_StartTime: 0
    m_StopTime: ${round(stopSeconds)}
    m_OrientationOffsetY: 0
    m_Level: 0
    m_CycleOffset: 0
    m_HasAdditiveReferencePose: 0
    m_LoopTime: 0
    m_LoopBlend: 0
    m_LoopBlendOrientation: 0
    m_LoopBlendPositionY: 0
    m_LoopBlendPositionXZ: 0
    m_KeepOriginalOrientation: 0
    m_KeepOriginalPositionY: 1
    m_KeepOriginalPositionXZ: 0
    m_HeightFromFeet: 0
    m_Mirror: 0
  m_EditorCurves: []
  m_EulerEditorCurves: []
  m_HasGenericRootTransform: 0
  m_HasMotionFloatCurves: 0
  m_Events: []
`;
}

function pathOf(scene: CharacterScene, nodeIndex: number): string {
  const names: string[] = [];
  for (let at = nodeIndex; at >= 0; at = scene.nodes[at].parentIndex) names.unshift(scene.nodes[at].name);
  return names.join('/');
}

/** JSON strings are valid double-quoted YAML. */
function quoted(text: string): string {
  return JSON.stringify(text);
}

function round(value: number): string {
  return decimalText(value, 6);
}

import { ARKIT_CHANNELS } from '../../../core/rig/channels';
import type { BuiltCharacter } from './builtCharacters';

const snake = (channel: string) => channel.replace(/([A-Z])/g, '_$1').toLowerCase();
const short = (channel: string) => channel.replace(/Left$/, '_L').replace(/Right$/, '_R');
export const CC4 = [
  ['Eye_Blink_L', 'eyeBlinkLeft'],
  ['Eye_Blink_R', 'eyeBlinkRight'],
  ['Eye_L_Look_L', 'eyeLookOutLeft'],
  ['Eye_R_Look_L', 'eyeLookInRight'],
  ['Brow_Raise_Inner_L', 'browInnerUp'],
  ['Brow_Raise_Inner_R', 'browInnerUp'],
  ['Brow_Raise_Outer_L', 'browOuterUpLeft'],
  ['Brow_Drop_R', 'browDownRight'],
  ['Cheek_Raise_L', 'cheekSquintLeft'],
  ['Nose_Sneer_R', 'noseSneerRight'],
  ['Mouth_Smile_L', 'mouthSmileLeft'],
  ['Mouth_Frown_R', 'mouthFrownRight'],
  ['Mouth_L', 'mouthLeft'],
  ['Mouth_Pucker_Up_L', 'mouthPucker'],
  ['Mouth_Funnel_Down_R', 'mouthFunnel'],
  ['Mouth_Roll_In_Upper_L', 'mouthRollUpper'],
  ['Mouth_Up_Upper_L', 'mouthUpperUpLeft'],
  ['Mouth_Down_Lower_R', 'mouthLowerDownRight'],
  ['Mouth_Close', 'mouthClose'],
  ['Jaw_Open', 'jawOpen'],
  ['Jaw_L', 'jawLeft'],
  ['Tongue_Out', 'tongueOut'],
] as const;
export const METAHUMAN = [
  ['CTRL_expressions_eyeBlinkL', 'eyeBlinkLeft'],
  ['CTRL_expressions_eyeWidenR', 'eyeWideRight'],
  ['CTRL_expressions_browRaiseInL', 'browInnerUp'],
  ['CTRL_expressions_browRaiseOuterR', 'browOuterUpRight'],
  ['CTRL_expressions_browDownL', 'browDownLeft'],
  ['CTRL_expressions_mouthCornerPullL', 'mouthSmileLeft'],
  ['CTRL_expressions_mouthCornerDepressR', 'mouthFrownRight'],
  ['CTRL_expressions_mouthLowerLipDepressL', 'mouthLowerDownLeft'],
  ['CTRL_expressions_mouthUpperLipRaiseR', 'mouthUpperUpRight'],
  ['CTRL_expressions_mouthStretchL', 'mouthStretchLeft'],
  ['CTRL_expressions_mouthFunnelUL', 'mouthFunnel'],
  ['CTRL_expressions_mouthLipsPurseDR', 'mouthPucker'],
  ['CTRL_expressions_jawOpen', 'jawOpen'],
  ['CTRL_expressions_jawFwd', 'jawForward'],
  ['CTRL_expressions_noseWrinkleL', 'noseSneerLeft'],
] as const;
export const VISEMES = ['sil', 'PP', 'FF', 'TH', 'DD', 'kk', 'CH', 'SS', 'nn', 'RR', 'aa', 'E', 'I', 'O', 'U'];

/** Differently built characters, as the field has them. */
export const CHARACTERS: Readonly<Record<string, BuiltCharacter>> = {
  'ARKit with prefixes, short sides, sparse, two meshes, names in Unicode': {
    meshes: [
      { name: 'Köpfchen', targets: ARKIT_CHANNELS.map((channel) => `表情_${short(channel)}`) },
      { name: 'Zähne', targets: ['Teeth.jawOpen', 'Teeth.jawForward', 'коррекция'] },
    ],
    packing: 'sparse',
    joints: ['neck', 'head', 'eye_L', 'eye_R'],
  },
  'ARKit in snake case, Draco': { meshes: [{ name: 'face', targets: ARKIT_CHANNELS.map(snake) }], packing: 'draco' },
  'Reallusion CC4, meshopt': { meshes: [{ name: 'CC_Base_Body', targets: CC4.map(([target]) => target) }], packing: 'meshopt' },
  'MetaHuman expressions, mirrored node': {
    meshes: [{ name: 'head_lod0', targets: METAHUMAN.map(([target]) => target) }],
    scale: [-1, 1, 1],
  },
  'Oculus visemes with a blink, quantised': {
    meshes: [{ name: 'avatar', targets: [...VISEMES.map((viseme) => `viseme_${viseme}`), 'eyeBlink_L', 'eyeBlink_R'] }],
    packing: 'quantized',
  },
  'VRM 0 with VRoid names': {
    meshes: [
      {
        name: 'Face',
        targets: [
          'Fcl_MTH_A',
          'Fcl_MTH_I',
          'Fcl_MTH_U',
          'Fcl_MTH_E',
          'Fcl_MTH_O',
          'Fcl_EYE_Close_L',
          'Fcl_EYE_Close_R',
          'Fcl_ALL_Joy',
        ],
      },
    ],
    extensions: { VRM: { exporterVersion: 'test', blendShapeMaster: { blendShapeGroups: [{ name: 'A', presetName: 'a' }] } } },
    joints: ['J_Bip_C_Neck', 'J_Bip_C_Head'],
  },
  'weights to 100, upper case, shapes missing': {
    meshes: [
      {
        name: 'Gesicht',
        targets: ARKIT_CHANNELS.filter((channel) => !/mouthClose|mouthDimple|cheek/.test(channel)).map((channel) =>
          channel.toUpperCase(),
        ),
      },
    ],
    deltaScale: 0.0005,
  },
};

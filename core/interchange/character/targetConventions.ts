import type { ArkitChannel } from '../../rig/channels';
import type { OculusViseme } from '../../rig/retarget/visemePoses';

/** How channels move a target of a known naming: every channel with its weight. */
export type ChannelShares = Readonly<Partial<Record<ArkitChannel, number>>>;

/**
 * Names of other conventions, without case, punctuation and side; `*` stands for the side. Written from the public
 * documentation of the rigs: Reallusion Character Creator 3/4, MetaHuman (CTRL_expressions), MMD, VRoid. A name with `*` stands
 * for two channels.
 */
const SIDED_SYNONYMS: Readonly<Record<string, string>> = {
  // Reallusion
  browraiseouter: 'browOuterUp',
  browdrop: 'browDown',
  cheekraise: 'cheekSquint',
  mouthdownlower: 'mouthLowerDown',
  mouthupupper: 'mouthUpperUp',
  eyewiden: 'eyeWide',
  eyeclose: 'eyeBlink',
  nosesneer: 'noseSneer',
  mouthcornerup: 'mouthSmile',
  mouthcornerdown: 'mouthFrown',
  // MetaHuman
  browraiseout: 'browOuterUp',
  browdown: 'browDown',
  eyecheekraise: 'cheekSquint',
  eyesquintinner: 'eyeSquint',
  nosewrinkle: 'noseSneer',
  mouthcornerpull: 'mouthSmile',
  mouthcornerdepress: 'mouthFrown',
  mouthupperlipraise: 'mouthUpperUp',
  mouthlowerlipdepress: 'mouthLowerDown',
  // Common hand-made names
  blink: 'eyeBlink',
  wink: 'eyeBlink',
  smile: 'mouthSmile',
  frown: 'mouthFrown',
  squint: 'eyeSquint',
  sneer: 'noseSneer',
  // VRoid
  fcleyeclose: 'eyeBlink',
};

/** Targets that come in a left and a right half where ARKit has one shape: each half takes the whole channel. */
const HALVED: Readonly<Record<string, ArkitChannel>> = {
  browinnerup: 'browInnerUp',
  browraiseinner: 'browInnerUp',
  browraisein: 'browInnerUp',
  cheekpuff: 'cheekPuff',
  mouthcheekblow: 'cheekPuff',
  mouthrollinupper: 'mouthRollUpper',
  mouthrollinlower: 'mouthRollLower',
  mouthupperliprollin: 'mouthRollUpper',
  mouthlowerliprollin: 'mouthRollLower',
  mouthfunnelup: 'mouthFunnel',
  mouthfunneldown: 'mouthFunnel',
  mouthpuckerup: 'mouthPucker',
  mouthpuckerdown: 'mouthPucker',
  mouthfunnelu: 'mouthFunnel',
  mouthfunneld: 'mouthFunnel',
  mouthlipspurseu: 'mouthPucker',
  mouthlipspursed: 'mouthPucker',
};

/** Whole names, without case and punctuation. */
const WHOLE_SYNONYMS: Readonly<Record<string, ArkitChannel>> = {
  jawl: 'jawLeft',
  jawr: 'jawRight',
  jawfwd: 'jawForward',
  mouthl: 'mouthLeft',
  mouthr: 'mouthRight',
  mouthshrugup: 'mouthShrugUpper',
  mouthchinraise: 'mouthShrugLower',
  mouthlipstogether: 'mouthClose',
  mouthopen: 'jawOpen',
  tongueout: 'tongueOut',
  // Reallusion's eyes look by name of the eye first.
  eyellookl: 'eyeLookOutLeft',
  eyellookr: 'eyeLookInLeft',
  eyellookup: 'eyeLookUpLeft',
  eyellookdown: 'eyeLookDownLeft',
  eyerlookl: 'eyeLookInRight',
  eyerlookr: 'eyeLookOutRight',
  eyerlookup: 'eyeLookUpRight',
  eyerlookdown: 'eyeLookDownRight',
  // MetaHuman
  eyelookleftl: 'eyeLookOutLeft',
  eyelookrightl: 'eyeLookInLeft',
  eyelookleftr: 'eyeLookInRight',
  eyelookrightr: 'eyeLookOutRight',
  // MMD
  ウィンク: 'eyeBlinkLeft',
  ウィンク右: 'eyeBlinkRight',
};

/** One target for both sides, or an expression: the channels share it. */
const SHARED: Readonly<Record<string, ChannelShares>> = {
  // VRM 0 and 1, MMD, VRoid
  blink: { eyeBlinkLeft: 0.5, eyeBlinkRight: 0.5 },
  まばたき: { eyeBlinkLeft: 0.5, eyeBlinkRight: 0.5 },
  lookup: { eyeLookUpLeft: 0.5, eyeLookUpRight: 0.5 },
  lookdown: { eyeLookDownLeft: 0.5, eyeLookDownRight: 0.5 },
  lookleft: { eyeLookOutLeft: 0.5, eyeLookInRight: 0.5 },
  lookright: { eyeLookInLeft: 0.5, eyeLookOutRight: 0.5 },
  smile: { mouthSmileLeft: 0.5, mouthSmileRight: 0.5 },
  surprised: { browInnerUp: 0.35, eyeWideLeft: 0.15, eyeWideRight: 0.15 },
  angry: { browDownLeft: 0.3, browDownRight: 0.3 },
};

/** Visemes by their many names, without case and punctuation. */
const VISEMES: Readonly<Record<string, OculusViseme>> = {
  ...Object.fromEntries(
    (['sil', 'PP', 'FF', 'TH', 'DD', 'kk', 'CH', 'SS', 'nn', 'RR', 'aa', 'E', 'I', 'O', 'U'] as const).flatMap((viseme) => {
      const key = viseme.toLowerCase();
      return [`viseme${key}`, `vis${key}`, `v${key}`, `lipsync${key}`].map((name) => [name, viseme]);
    }),
  ),
  visemeih: 'I',
  visemeoh: 'O',
  visemeou: 'U',
  visemeee: 'E',
  vih: 'I',
  voh: 'O',
  vou: 'U',
  vee: 'E',
  // VRM 1 presets: aa ih ou ee oh; VRM 0: A I U E O; VRoid: Fcl_MTH_A ...; MMD: あいうえお
  fclmtha: 'aa',
  fclmthi: 'I',
  fclmthu: 'U',
  fclmthe: 'E',
  fclmtho: 'O',
  あ: 'aa',
  い: 'I',
  う: 'U',
  え: 'E',
  お: 'O',
  // Reallusion
  vopen: 'aa',
  vexplosive: 'PP',
  vdentallip: 'FF',
  vtighto: 'O',
  vtight: 'U',
  vwide: 'I',
  vaffricate: 'CH',
  vlipopen: 'E',
};

/** Names so short that they only mean visemes on a rig that has several of them. */
const BARE_VISEMES: Readonly<Record<string, OculusViseme>> = {
  sil: 'sil',
  pp: 'PP',
  ff: 'FF',
  th: 'TH',
  dd: 'DD',
  kk: 'kk',
  ch: 'CH',
  ss: 'SS',
  nn: 'nn',
  rr: 'RR',
  aa: 'aa',
  ih: 'I',
  ou: 'U',
  ee: 'E',
  oh: 'O',
  a: 'aa',
  i: 'I',
  u: 'U',
  e: 'E',
  o: 'O',
};

export const CONVENTIONS = { SIDED_SYNONYMS, HALVED, WHOLE_SYNONYMS, SHARED, VISEMES, BARE_VISEMES };

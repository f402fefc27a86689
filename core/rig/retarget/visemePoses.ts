import type { ArkitChannel } from '../channels';

export const OCULUS_VISEMES = ['sil', 'PP', 'FF', 'TH', 'DD', 'kk', 'CH', 'SS', 'nn', 'RR', 'aa', 'E', 'I', 'O', 'U'] as const;
export type OculusViseme = (typeof OCULUS_VISEMES)[number];

type VisemePose = Readonly<Partial<Record<ArkitChannel, number>>>;

const both = (stem: string, weight: number): VisemePose => ({ [`${stem}Left`]: weight, [`${stem}Right`]: weight });

/**
 * What each of the 15 Oculus visemes looks like in ARKit weights: apex poses of clear, calm speech. The same numbers as
 * assets/character/visemes.json, which are tuned on the bundled character.
 */
export const VISEME_POSES: Readonly<Record<OculusViseme, VisemePose>> = {
  sil: {},
  PP: { ...both('mouthPress', 0.45), mouthRollLower: 0.28, mouthRollUpper: 0.28, jawOpen: 0.06, mouthClose: 0.06 },
  FF: { mouthRollLower: 0.92, mouthShrugLower: 0.2, ...both('mouthUpperUp', 0.38), jawOpen: 0.05 },
  TH: { tongueOut: 0.5, jawOpen: 0.06, ...both('mouthUpperUp', 0.15), ...both('mouthLowerDown', 0.1) },
  DD: { jawOpen: 0.16, tongueOut: 0.05, ...both('mouthUpperUp', 0.15), ...both('mouthLowerDown', 0.2) },
  kk: { jawOpen: 0.24, ...both('mouthUpperUp', 0.1), ...both('mouthLowerDown', 0.15) },
  CH: { mouthFunnel: 0.55, mouthPucker: 0.3, jawOpen: 0.08 },
  SS: { jawOpen: 0.05, ...both('mouthStretch', 0.25), ...both('mouthUpperUp', 0.25), ...both('mouthLowerDown', 0.35) },
  nn: { jawOpen: 0.14, ...both('mouthUpperUp', 0.08), ...both('mouthLowerDown', 0.15) },
  RR: { mouthPucker: 0.4, mouthFunnel: 0.25, jawOpen: 0.12 },
  aa: { jawOpen: 0.55, ...both('mouthLowerDown', 0.12), ...both('mouthUpperUp', 0.12) },
  E: { jawOpen: 0.32, ...both('mouthStretch', 0.35), ...both('mouthDimple', 0.15), ...both('mouthUpperUp', 0.12) },
  I: {
    jawOpen: 0.12,
    ...both('mouthSmile', 0.35),
    ...both('mouthStretch', 0.45),
    ...both('mouthUpperUp', 0.22),
    ...both('mouthLowerDown', 0.25),
  },
  O: { mouthFunnel: 0.55, mouthPucker: 0.35, jawOpen: 0.32 },
  U: { mouthPucker: 0.8, mouthFunnel: 0.15, jawOpen: 0.07 },
};

import type { ArkitChannel } from '../rig/channels';
import type { ActiveEmotion } from './emotions';

/** Weights of one emotion at intensity 1, and how the head sits (radians, axes as in channels.ts). */
export interface EmotionPose {
  readonly weights: Readonly<Partial<Record<ArkitChannel, number>>>;
  readonly headPitchRadians: number;
  readonly headYawRadians: number;
  readonly headRollRadians: number;
}

type Weights = Partial<Record<ArkitChannel, number>>;

/** Gives a symmetric weight to both sides. */
function both(weights: Readonly<Record<string, number>>): Weights {
  const result: Weights = {};
  for (const [name, weight] of Object.entries(weights)) {
    result[`${name}Left` as ArkitChannel] = weight;
    result[`${name}Right` as ArkitChannel] = weight;
  }
  return result;
}

/**
 * Action units of each emotion, from EMFACS (Friesen and Ekman 1983) and the Facial Action Coding System (Ekman, Friesen
 * and Hager 2002, Investigator's Guide): joy 6+12; sadness 1+4+15 (+17); anger 4+5+7+23/24 (+10); fear 1+2+4+5+20(+26);
 * disgust 9+10+17 (+4, 7, 15); surprise 1+2+5+26; contempt unilateral 12+14. Playful has no published prototype: an uneven
 * smile (12, 6) with one raised brow (2), as animators draw it, kept apart from contempt by smiling on both sides.
 * Action unit to ARKit: 1 browInnerUp, 2 browOuterUp, 4 browDown, 5 eyeWide, 6 cheekSquint, 7 eyeSquint, 9 noseSneer,
 * 10 mouthUpperUp, 12 mouthSmile, 14 mouthDimple, 15 mouthFrown, 17 mouthShrugLower, 20 mouthStretch, 23/24 mouthPress and
 * mouthRoll, 26 jawOpen. The weights are ours, set by eye so that 1 is a clear expression and not a grimace.
 */
export const EMOTION_POSES: Readonly<Record<ActiveEmotion, EmotionPose>> = {
  joy: {
    weights: {
      ...both({ cheekSquint: 0.95, eyeSquint: 0.48, mouthSmile: 0.92, mouthDimple: 0.12, mouthUpperUp: 0.08, browOuterUp: 0.12 }),
      browInnerUp: 0.12,
    },
    headPitchRadians: -0.025,
    headYawRadians: 0,
    headRollRadians: 0.01,
  },
  sadness: {
    weights: {
      ...both({ browDown: 0.14, mouthFrown: 0.95, eyeSquint: 0.18, eyeBlink: 0.14, eyeLookDown: 0.1, mouthStretch: 0.06 }),
      browInnerUp: 1,
      mouthShrugLower: 0.38,
      mouthRollLower: 0.08,
    },
    headPitchRadians: 0.085,
    headYawRadians: 0.01,
    headRollRadians: 0.03,
  },
  anger: {
    weights: {
      ...both({
        browDown: 1,
        eyeSquint: 0.6,
        eyeWide: 0.2,
        noseSneer: 0.42,
        mouthPress: 0.5,
        mouthFrown: 0.42,
        mouthUpperUp: 0.02,
        cheekSquint: 0.15,
      }),
      mouthRollLower: 0.22,
      mouthRollUpper: 0.18,
      mouthShrugLower: 0.15,
      jawForward: 0.2,
    },
    headPitchRadians: 0.06,
    headYawRadians: 0,
    headRollRadians: 0,
  },
  fear: {
    weights: {
      ...both({
        browDown: 0.2,
        browOuterUp: 0.55,
        eyeWide: 1,
        eyeSquint: 0.06,
        mouthStretch: 0.75,
        mouthFrown: 0.15,
        mouthLowerDown: 0.14,
      }),
      browInnerUp: 0.9,
      jawOpen: 0.07,
    },
    headPitchRadians: -0.035,
    headYawRadians: -0.02,
    headRollRadians: 0,
  },
  disgust: {
    weights: {
      ...both({ noseSneer: 0.95, mouthUpperUp: 0.46, browDown: 0.55, eyeSquint: 0.55, cheekSquint: 0.5, mouthFrown: 0.4 }),
      mouthShrugLower: 0.28,
      mouthShrugUpper: 0.1,
    },
    headPitchRadians: -0.03,
    headYawRadians: 0.05,
    headRollRadians: -0.015,
  },
  surprise: {
    weights: { ...both({ browOuterUp: 1, eyeWide: 0.8 }), browInnerUp: 1, jawOpen: 0.25, mouthFunnel: 0.18 },
    headPitchRadians: -0.05,
    headYawRadians: 0,
    headRollRadians: 0,
  },
  contempt: {
    weights: {
      mouthDimpleLeft: 1,
      mouthSmileLeft: 0.42,
      mouthPressLeft: 0.22,
      mouthUpperUpLeft: 0.08,
      mouthLeft: 0.18,
      cheekSquintLeft: 0.36,
      eyeSquintLeft: 0.45,
      eyeSquintRight: 0.3,
      browDownLeft: 0.3,
      browDownRight: 0.06,
      browOuterUpRight: 0.5,
      eyeBlinkLeft: 0.2,
      eyeBlinkRight: 0.18,
    },
    headPitchRadians: -0.085,
    headYawRadians: 0.04,
    headRollRadians: -0.04,
  },
  playful: {
    weights: {
      mouthSmileLeft: 0.85,
      mouthSmileRight: 0.5,
      mouthDimpleLeft: 0.25,
      mouthDimpleRight: 0.1,
      cheekSquintLeft: 0.55,
      cheekSquintRight: 0.36,
      eyeSquintLeft: 0.26,
      eyeSquintRight: 0.12,
      browOuterUpRight: 1,
      browOuterUpLeft: 0.1,
      browInnerUp: 0.2,
      eyeWideRight: 0.12,
    },
    headPitchRadians: 0.02,
    headYawRadians: -0.03,
    headRollRadians: 0.09,
  },
};

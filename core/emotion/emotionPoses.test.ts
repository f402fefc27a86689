import { describe, expect, it } from 'vitest';
import { trackOf } from '../curves/sampledTracks';
import { heldEmotion, inputOf } from '../performance/testing/handMadeLine';
import { performByRules } from '../performance/pipeline';
import { ARKIT_CHANNELS, type ArkitChannel } from '../rig/channels';
import { EMOTION_POSES } from './emotionPoses';
import { ACTIVE_EMOTIONS, type ActiveEmotion } from './emotions';

/**
 * Prototype action units as published (EMFACS, Friesen and Ekman 1983; Ekman, Friesen and Hager 2002), present or absent,
 * L/R for one-sided ones. Shares no numbers with the pose table: it only knows which muscles belong to which emotion.
 */
const PROTOTYPES: Readonly<Record<Exclude<ActiveEmotion, 'playful'>, readonly string[]>> = {
  joy: ['6', '12'],
  sadness: ['1', '4', '15'],
  anger: ['4', '5', '7', '23'],
  fear: ['1', '2', '4', '5', '20'],
  disgust: ['9', '10', '7'],
  surprise: ['1', '2', '5', '26'],
  contempt: ['14one', '12one'],
};

/** Intensity of each action unit read from the channels of a face. */
function actionUnits(read: (channel: ArkitChannel) => number): Record<string, number> {
  const both = (name: string) => Math.min(read(`${name}Left` as ArkitChannel), read(`${name}Right` as ArkitChannel));
  const one = (name: string) => Math.abs(read(`${name}Left` as ArkitChannel) - read(`${name}Right` as ArkitChannel));
  return {
    '1': read('browInnerUp'),
    '2': both('browOuterUp'),
    '4': both('browDown'),
    '5': both('eyeWide'),
    '6': both('cheekSquint'),
    '7': both('eyeSquint'),
    '9': both('noseSneer'),
    '10': both('mouthUpperUp') * 2,
    '12': both('mouthSmile'),
    '15': both('mouthFrown'),
    '20': both('mouthStretch') * 1.5,
    '23': both('mouthPress') * 1.5,
    '26': read('jawOpen') * 3,
    '14one': one('mouthDimple'),
    '12one': one('mouthSmile'),
  };
}

/** Cosine between a face's action units and each prototype. */
function readEmotion(read: (channel: ArkitChannel) => number): Exclude<ActiveEmotion, 'playful'> {
  const units = actionUnits(read);
  const length = Math.hypot(...Object.values(units));
  const scores = Object.entries(PROTOTYPES).map(([emotion, wanted]) => ({
    emotion: emotion as Exclude<ActiveEmotion, 'playful'>,
    score: wanted.reduce((sum, unit) => sum + units[unit], 0) / (Math.sqrt(wanted.length) * length),
  }));
  return scores.sort((a, b) => b.score - a.score)[0].emotion;
}

const faceOf = (emotion: ActiveEmotion, intensity: number) => {
  const tracks = performByRules(
    inputOf('SIL:2000', {
      emotions: heldEmotion(emotion, intensity),
      style: { ...inputOf('SIL:10').style, blinkAmount: 0, gazeAmount: 0 },
    }),
  );
  return (channel: ArkitChannel) => trackOf(tracks, channel)[60];
};

describe('emotion poses', () => {
  it('name real channels with weights in 0..1', () => {
    for (const emotion of ACTIVE_EMOTIONS) {
      for (const [channel, weight] of Object.entries(EMOTION_POSES[emotion].weights)) {
        expect(ARKIT_CHANNELS).toContain(channel);
        expect(weight).toBeGreaterThan(0);
        expect(weight).toBeLessThanOrEqual(1);
      }
    }
  });

  it('are read back by published action units at half and at full intensity', () => {
    for (const emotion of Object.keys(PROTOTYPES) as (keyof typeof PROTOTYPES)[]) {
      for (const intensity of [0.5, 1]) expect(readEmotion(faceOf(emotion, intensity)), `${emotion} ${intensity}`).toBe(emotion);
    }
  });

  it('keep playful apart from contempt: it smiles on both sides', () => {
    expect(readEmotion(faceOf('playful', 1))).not.toBe('contempt');
    expect(Math.min(faceOf('playful', 1)('mouthSmileLeft'), faceOf('playful', 1)('mouthSmileRight'))).toBeGreaterThan(0.25);
    expect(faceOf('contempt', 1)('mouthSmileRight')).toBe(0);
  });

  it('grow with intensity on every channel they use', () => {
    for (const emotion of ACTIVE_EMOTIONS) {
      const faces = [0.25, 0.5, 0.75, 1].map((intensity) => faceOf(emotion, intensity));
      for (const channel of Object.keys(EMOTION_POSES[emotion].weights) as ArkitChannel[]) {
        if (channel.startsWith('eyeLook')) continue;
        for (let k = 1; k < faces.length; k++)
          expect(faces[k](channel), `${emotion} ${channel}`).toBeGreaterThanOrEqual(faces[k - 1](channel));
      }
    }
  });
});

import { EMPTY_CURVE, type KeyedCurve } from '../curves/keyedCurve';
import { ACTIVE_EMOTIONS, type ActiveEmotion } from './emotions';

/** One intensity curve (0..1 over seconds) for each of the eight active emotions. */
export type EmotionCurves = Readonly<Record<ActiveEmotion, KeyedCurve>>;

/** All emotions at rest. */
export const NEUTRAL_EMOTIONS: EmotionCurves = Object.fromEntries(
  ACTIVE_EMOTIONS.map((emotion) => [emotion, EMPTY_CURVE]),
) as Record<ActiveEmotion, KeyedCurve>;

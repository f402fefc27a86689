/** The nine emotions; neutral is the absence of the other eight, so only eight carry a curve. */
export const EMOTIONS = ['neutral', 'joy', 'sadness', 'anger', 'fear', 'disgust', 'surprise', 'contempt', 'playful'] as const;
export type Emotion = (typeof EMOTIONS)[number];

/** The eight emotions that carry an intensity curve in 0..1. */
export const ACTIVE_EMOTIONS = ['joy', 'sadness', 'anger', 'fear', 'disgust', 'surprise', 'contempt', 'playful'] as const;
export type ActiveEmotion = (typeof ACTIVE_EMOTIONS)[number];

export function isActiveEmotion(name: string): name is ActiveEmotion {
  return (ACTIVE_EMOTIONS as readonly string[]).includes(name);
}

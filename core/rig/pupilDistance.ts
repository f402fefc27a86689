import type { CharacterNode, PoseJoints } from '../interchange/character/characterScene';

/** Mean of adults: 63 mm (Dodgson 2004). For a character whose eyes are not known. */
export const USUAL_PUPIL_DISTANCE_METRES = 0.063;

/** Of the bundled characters: between their eye joints (a test compares). */
export const BUNDLED_PUPIL_DISTANCE_METRES: Readonly<Record<string, number>> = { mien: 0.0658, elder: 0.0654, child: 0.0678 };

/** Nearer or farther apart than in any face, even of a giant: the joints are not those of eyes, or stand in no metres. */
const LIKELY_METRES = { min: 0.01, max: 1 };

/** Distance between a character's eye joints; null when it has not both or they cannot be eyes. */
export function pupilDistanceOf(
  nodes: readonly Pick<CharacterNode, 'worldMatrix'>[],
  { eyeLeft, eyeRight }: Pick<PoseJoints, 'eyeLeft' | 'eyeRight'>,
): number | null {
  if (eyeLeft < 0 || eyeRight < 0) return null;
  const [left, right] = [nodes[eyeLeft].worldMatrix, nodes[eyeRight].worldMatrix];
  const metres = Math.hypot(left[12] - right[12], left[13] - right[13], left[14] - right[14]);
  return metres >= LIKELY_METRES.min && metres <= LIKELY_METRES.max ? metres : null;
}

import { USUAL_PUPIL_DISTANCE_METRES } from './pupilDistance';

/** Nobody converges on anything nearer than a hand's breadth before the nose. */
export const NEAREST_LOOK_METRES = 0.05;
/** Farther than any eye tells apart. */
export const FARTHEST_LOOK_METRES = 10_000;

/**
 * How far each eye turns inward to meet on a point at this distance from the middle between them; 0 without a distance.
 * @param pupilDistanceMetres between the character's eyes
 */
export function vergenceRadians(distanceMetres: number | undefined, pupilDistanceMetres = USUAL_PUPIL_DISTANCE_METRES): number {
  return distanceMetres === undefined ? 0 : Math.atan2(pupilDistanceMetres / 2, Math.max(NEAREST_LOOK_METRES, distanceMetres));
}

import { USUAL_PUPIL_DISTANCE_METRES } from './pupilDistance';

/** A direction seen from the head at rest: yaw to the character's left, pitch down, radians. */
export interface LookDirection {
  readonly yawRadians: number;
  readonly pitchRadians: number;
}

export interface LookAtAngles {
  /** Head rotation that the look asks for. */
  readonly headYaw: number;
  readonly headPitch: number;
  /** Eye rotations relative to the head. */
  readonly leftEyeYaw: number;
  readonly leftEyePitch: number;
  readonly rightEyeYaw: number;
  readonly rightEyePitch: number;
}

/** Eyes do not turn further than this; the head takes the rest (Stahl 1999: customary gaze stays well inside 55 degrees). */
export const MAX_EYE_YAW_RADIANS = (42 * Math.PI) / 180;
export const MAX_EYE_PITCH_RADIANS = (30 * Math.PI) / 180;
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

/**
 * Head and eye rotations that look at a target. `headShare` of the turn is the head's, the eyes take the rest as far as they
 * go, and what they cannot do goes to the head again. With a distance both eyes converge on the point.
 * @param headShare 0..1
 * @param distanceMetres from the middle between the eyes; absent: far, eyes parallel
 */
export function lookAtAngles(direction: LookDirection, headShare: number, distanceMetres?: number): LookAtAngles {
  const yaw = split(direction.yawRadians, headShare, MAX_EYE_YAW_RADIANS);
  const pitch = split(direction.pitchRadians, headShare, MAX_EYE_PITCH_RADIANS);
  const vergence = vergenceRadians(distanceMetres);
  // The left eye is on the character's left: to look at a near point it turns to the right, the right eye to the left.
  return {
    headYaw: yaw.head,
    headPitch: pitch.head,
    leftEyeYaw: clamp(yaw.eyes - vergence, MAX_EYE_YAW_RADIANS),
    leftEyePitch: pitch.eyes,
    rightEyeYaw: clamp(yaw.eyes + vergence, MAX_EYE_YAW_RADIANS),
    rightEyePitch: pitch.eyes,
  };
}

function split(total: number, headShare: number, maxEyes: number): { head: number; eyes: number } {
  const eyes = clamp(total * (1 - Math.min(1, Math.max(0, headShare))), maxEyes);
  return { head: total - eyes, eyes };
}

function clamp(value: number, limit: number): number {
  return Math.min(limit, Math.max(-limit, value));
}

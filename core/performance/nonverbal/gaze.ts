import type { SampledTracks } from '../../curves/sampledTracks';
import { trackOf } from '../../curves/sampledTracks';
import type { PhonemeSegment } from '../../speech/segments';
import { framesPerSecond } from '../../time/frameRate';
import { speechRanges } from '../rules/speechGate';
import { hashNormal, hashUniform, NOISE_REGION } from './hashNoise';

/** A gaze shift: from `timeSeconds` the eyes travel to a new direction (radians in the world, axes as in channels.ts). */
export interface GazeShift {
  readonly timeSeconds: number;
  readonly durationSeconds: number;
  readonly yawRadians: number;
  readonly pitchRadians: number;
}

const DEGREE = Math.PI / 180;
/** Mean looks toward and away from the listener while talking and while listening: Eyes Alive (Lee, Badler and Badler 2002). */
const TOWARD_SECONDS = { talking: 3.1, listening: 7.9 };
const AWAY_SECONDS = { talking: 0.93, listening: 0.43 };
/** Saccade size falls off exponentially; Eyes Alive fits exp(-degrees / 6.9). 90 % are under 15 degrees. */
const AWAY_MEAN_DEGREES = 6.9;
const AWAY_LIMITS_DEGREES = [3, 17] as const;
/** Up to here the eyes go alone; small shifts between the listener's eyes and mouth are this big. */
const TOWARD_DEGREES = 1.6;
/** Directions of gaze shifts, degrees counterclockwise from the right, with their shares (Eyes Alive, table 1). */
const DIRECTION_SHARES = [15.54, 6.46, 17.69, 7.44, 16.8, 7.89, 20.38, 7.79] as const;
/** Main sequence: 20-30 ms + 2.2-2.7 ms a degree. */
const SACCADE_BASE_SECONDS = 0.025;
const SACCADE_SECONDS_PER_DEGREE = 0.0024;
/** Microsaccades 1-2 a second, at most 1 degree. */
const MICROSACCADE_MEAN_SECONDS = 0.75;
const MICROSACCADE_DEGREES = 0.35;

/** eyeLook weight 1 = this much eye rotation, for all four directions (30 degrees, about the comfortable limit of the eye). */
export const EYE_LOOK_FULL_RADIANS = 30 * DEGREE;
/** Lids follow vertical gaze: the upper lid sinks with a look down and lifts with a look up, per unit of eyeLook weight. */
export const LID_FOLLOWS_DOWN = 0.3;
export const LID_FOLLOWS_UP = 0.3;

/** Gaze shifts of a line: looks toward and away from the listener, small shifts on the listener's face, microsaccades. */
export function planGaze(phonemes: readonly PhonemeSegment[], durationSeconds: number, seed: number): GazeShift[] {
  const talking = speechRanges(phonemes, 0.6);
  const isTalking = (timeSeconds: number) =>
    talking.some((range) => timeSeconds >= range.startSeconds - 0.3 && timeSeconds < range.endSeconds);
  const looks: GazeShift[] = [];
  let clock = 0;
  let away = false;
  let last = { yaw: 0, pitch: 0 };
  for (let index = 0; clock < durationSeconds; index++) {
    const state = isTalking(clock) ? 'talking' : 'listening';
    const mean = away ? AWAY_SECONDS[state] : TOWARD_SECONDS[state];
    const heldSeconds = drawDuration(mean, seed, index);
    if (!away) looks.push(...faceScan(clock, Math.min(heldSeconds, durationSeconds - clock), index, seed));
    clock += heldSeconds;
    away = !away;
    const target = away ? awayDirection(seed, index) : { yaw: 0, pitch: 0 };
    looks.push(shift(clock, last, target));
    last = target;
  }
  return looks.sort((a, b) => a.timeSeconds - b.timeSeconds);
}

/** Gamma-like spread around a mean: mean of two exponentials, so that very short and very long looks are rare. */
function drawDuration(mean: number, seed: number, index: number): number {
  const one = -Math.log(1 - hashUniform(seed, NOISE_REGION.gazeInterval, index));
  const two = -Math.log(1 - hashUniform(seed, NOISE_REGION.gazeInterval, index, 1));
  return Math.max(0.25, (mean * (one + two)) / 2);
}

/** Small shifts while looking at the listener, about one every .75 s: between the eyes and the mouth, and microsaccades. */
function faceScan(startSeconds: number, heldSeconds: number, look: number, seed: number): GazeShift[] {
  const shifts: GazeShift[] = [];
  let last = { yaw: 0, pitch: 0 };
  let clock = startSeconds;
  for (let step = 0; step < 400; step++) {
    const counter = look * 1024 + step;
    clock += Math.max(0.25, -Math.log(1 - hashUniform(seed, NOISE_REGION.microsaccade, counter)) * MICROSACCADE_MEAN_SECONDS);
    if (clock > startSeconds + heldSeconds - 0.2) break;
    const big = hashUniform(seed, NOISE_REGION.microsaccade, counter, 1) < 0.3;
    const spread = (big ? TOWARD_DEGREES : MICROSACCADE_DEGREES) * DEGREE;
    const yaw = limited(hashNormal(seed, NOISE_REGION.microsaccade, counter, 2), 1.5) * spread * 0.8;
    const pitch = limited(hashNormal(seed, NOISE_REGION.microsaccade, counter, 4), 1.5) * spread * 0.5;
    const target = big ? { yaw, pitch: pitch + 0.4 * DEGREE } : { yaw: last.yaw * 0.7 + yaw, pitch: last.pitch * 0.7 + pitch };
    shifts.push(shift(clock, last, target));
    last = target;
  }
  return shifts;
}

function awayDirection(seed: number, index: number): { yaw: number; pitch: number } {
  const drawn = -Math.log(1 - hashUniform(seed, NOISE_REGION.gazeChoice, index)) * AWAY_MEAN_DEGREES;
  const size = Math.min(AWAY_LIMITS_DEGREES[1], AWAY_LIMITS_DEGREES[0] + drawn) * DEGREE;
  let pick = hashUniform(seed, NOISE_REGION.gazeChoice, index, 1) * 100;
  let sector = 0;
  while (sector < DIRECTION_SHARES.length - 1 && pick > DIRECTION_SHARES[sector]) pick -= DIRECTION_SHARES[sector++];
  const angle = sector * 45 * DEGREE + (hashUniform(seed, NOISE_REGION.gazeChoice, index, 2) - 0.5) * 30 * DEGREE;
  // The eye reaches less far up and down than sideways.
  return { yaw: Math.cos(angle) * size, pitch: -Math.sin(angle) * size * 0.75 };
}

function shift(timeSeconds: number, from: { yaw: number; pitch: number }, to: { yaw: number; pitch: number }): GazeShift {
  const degrees = Math.hypot(to.yaw - from.yaw, to.pitch - from.pitch) / DEGREE;
  const durationSeconds = SACCADE_BASE_SECONDS + SACCADE_SECONDS_PER_DEGREE * degrees;
  return { timeSeconds, durationSeconds, yawRadians: to.yaw, pitchRadians: to.pitch };
}

/**
 * Writes eye rotations and the matching eyeLook weights. The eyes also turn against the head (vestibulo-ocular reflex),
 * so that a look at the listener holds while the head moves. `gazeAmount` scales everything; 0 writes nothing.
 */
export function renderGaze(tracks: SampledTracks, shifts: readonly GazeShift[], gazeAmount: number): void {
  if (!(gazeAmount > 0)) return;
  const fps = framesPerSecond(tracks.frameRate);
  const headYaw = trackOf(tracks, 'headYaw');
  const headPitch = trackOf(tracks, 'headPitch');
  const reflex = Math.min(1, gazeAmount);
  let next = 0;
  let from = { yaw: 0, pitch: 0 };
  let current: GazeShift = { timeSeconds: 0, durationSeconds: 0.025, yawRadians: 0, pitchRadians: 0 };
  for (let frame = 0; frame < tracks.frameCount; frame++) {
    const timeSeconds = frame / fps;
    while (next < shifts.length && shifts[next].timeSeconds <= timeSeconds) {
      from = directionAt(from, current, shifts[next].timeSeconds);
      current = shifts[next++];
    }
    const direction = directionAt(from, current, timeSeconds);
    writeEyes(
      tracks,
      frame,
      direction.yaw * gazeAmount - headYaw[frame] * reflex,
      direction.pitch * gazeAmount - headPitch[frame] * reflex,
    );
  }
}

/** Position on a saccade: minimum-jerk travel, then rest. */
function directionAt(from: { yaw: number; pitch: number }, to: GazeShift, timeSeconds: number): { yaw: number; pitch: number } {
  const x = Math.min(1, Math.max(0, (timeSeconds - to.timeSeconds) / to.durationSeconds));
  const travelled = x * x * x * (x * (x * 6 - 15) + 10);
  return {
    yaw: from.yaw + (to.yawRadians - from.yaw) * travelled,
    pitch: from.pitch + (to.pitchRadians - from.pitch) * travelled,
  };
}

/** One frame of both eyes: rotations, eyeLook weights (In is toward the nose) and the lids that follow. */
function writeEyes(tracks: SampledTracks, frame: number, yawRadians: number, pitchRadians: number): void {
  const yaw = limited(yawRadians, EYE_LOOK_FULL_RADIANS);
  const pitch = limited(pitchRadians, EYE_LOOK_FULL_RADIANS);
  const turned = Math.abs(yaw) / EYE_LOOK_FULL_RADIANS;
  const down = Math.max(0, pitch) / EYE_LOOK_FULL_RADIANS;
  const up = Math.max(0, -pitch) / EYE_LOOK_FULL_RADIANS;
  trackOf(tracks, 'leftEyeYaw')[frame] = yaw;
  trackOf(tracks, 'rightEyeYaw')[frame] = yaw;
  trackOf(tracks, 'leftEyePitch')[frame] = pitch;
  trackOf(tracks, 'rightEyePitch')[frame] = pitch;
  trackOf(tracks, yaw >= 0 ? 'eyeLookOutLeft' : 'eyeLookInLeft')[frame] = turned;
  trackOf(tracks, yaw >= 0 ? 'eyeLookInRight' : 'eyeLookOutRight')[frame] = turned;
  for (const side of ['Left', 'Right'] as const) {
    const lookDown = trackOf(tracks, `eyeLookDown${side}`);
    lookDown[frame] = Math.min(1, lookDown[frame] + down);
    trackOf(tracks, `eyeLookUp${side}`)[frame] = up;
    const lid = trackOf(tracks, `eyeBlink${side}`);
    lid[frame] = Math.max(lid[frame], LID_FOLLOWS_DOWN * down);
    const wide = trackOf(tracks, `eyeWide${side}`);
    wide[frame] = Math.min(1, wide[frame] + LID_FOLLOWS_UP * up);
  }
}

function limited(value: number, limit: number): number {
  return Math.min(limit, Math.max(-limit, value));
}

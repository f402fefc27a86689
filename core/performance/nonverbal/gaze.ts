import type { SampledTracks } from '../../curves/sampledTracks';
import { trackOf } from '../../curves/sampledTracks';
import type { PhonemeSegment } from '../../speech/segments';
import { frameToSeconds } from '../../time/frameRate';
import type { FrameSpan } from '../../time/frameSpan';
import { isKept, type GazeDirection, type PerformanceEvent } from '../events/performanceEvent';
import { speechRanges } from '../rules/speechGate';
import { vergenceRadians } from '../../rig/vergence';
import { hashNormal, hashUniform, NOISE_REGION } from './hashNoise';

/** A gaze shift: from `timeSeconds` the eyes travel to a new direction (radians in the world, axes as in channels.ts). */
export interface GazeShift {
  readonly timeSeconds: number;
  readonly durationSeconds: number;
  readonly yawRadians: number;
  readonly pitchRadians: number;
  /** How firmly the eyes hold it against the head's movement, 0..1. */
  readonly reflex: number;
  /** Share of it that the head takes; absent: as usual for its size. */
  readonly headShare?: number;
  /** How far each eye turns inward to meet on what is near; absent: parallel. */
  readonly vergenceRadians?: number;
  /** A small shift within one look: the head does not follow. */
  readonly isSmall?: boolean;
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

/** Where the listener is: straight ahead of the head at rest. */
const LISTENER: GazeDirection = { yawRadians: 0, pitchRadians: 0 };

/** Looks of a line, one after the other without a gap: at the listener, away, and back. Each is one event with its direction. */
export function planGaze(phonemes: readonly PhonemeSegment[], durationSeconds: number, seed: number): PerformanceEvent[] {
  const talking = speechRanges(phonemes, 0.6);
  const isTalking = (timeSeconds: number) =>
    talking.some((range) => timeSeconds >= range.startSeconds - 0.3 && timeSeconds < range.endSeconds);
  const looks: PerformanceEvent[] = [];
  let clock = 0;
  let away = false;
  let target = LISTENER;
  for (let index = 0; clock < durationSeconds; index++) {
    const state = isTalking(clock) ? 'talking' : 'listening';
    const heldSeconds = drawDuration(away ? AWAY_SECONDS[state] : TOWARD_SECONDS[state], seed, index);
    const endSeconds = Math.min(durationSeconds, clock + heldSeconds);
    looks.push({
      key: `gaze:${seed}:${index}`,
      type: 'gaze',
      startSeconds: clock,
      endSeconds,
      intensity: 1,
      target,
      locked: false,
      origin: 'generated',
    });
    clock += heldSeconds;
    away = !away;
    target = away ? awayDirection(seed, index) : LISTENER;
  }
  return looks;
}

/**
 * The eye's movements for the looks of a line: a shift where another look begins to count (the later one wins, the
 * animator's over a generated one), back to the listener where none does, and on held looks at somebody small shifts and
 * microsaccades. `gazeAmount` scales generated looks only.
 */
export function gazeShifts(events: readonly PerformanceEvent[], gazeAmount: number, seed: number): GazeShift[] {
  const holds = events.filter(({ type, intensity }) => (type === 'gaze' || type === 'saccade') && intensity > 0);
  const edges = [...new Set(holds.flatMap(({ startSeconds, endSeconds }) => [startSeconds, endSeconds]))].sort((a, b) => a - b);
  const shifts: GazeShift[] = [];
  const open = new Set<PerformanceEvent>();
  let next = 0;
  let current: PerformanceEvent | null = null;
  let direction = LISTENER;
  edges.forEach((timeSeconds, index) => {
    for (const hold of open) if (hold.endSeconds <= timeSeconds) open.delete(hold);
    while (next < holds.length && holds[next].startSeconds <= timeSeconds) open.add(holds[next++]);
    const hold = strongest(open);
    if (hold !== current) {
      const target = hold ? scaled(hold, gazeAmount) : LISTENER;
      shifts.push({ ...shift(timeSeconds, direction, target), ...headOf(hold, gazeAmount) });
      [current, direction] = [hold, target];
    }
    const until = edges[index + 1] ?? timeSeconds;
    if (hold) shifts.push(...faceScan(timeSeconds, until, hold, direction, gazeAmount, seed));
  });
  return shifts.sort((a, b) => a.timeSeconds - b.timeSeconds);
}

/** The look that counts among those that overlap: the animator's, then the one that began last. */
function strongest(open: ReadonlySet<PerformanceEvent>): PerformanceEvent | null {
  let best: PerformanceEvent | null = null;
  for (const hold of open) {
    if (!best || Number(isKept(hold)) > Number(isKept(best))) best = hold;
    else if (isKept(hold) === isKept(best) && hold.startSeconds >= best.startSeconds) best = hold;
  }
  return best;
}

function scaled(hold: PerformanceEvent, gazeAmount: number): GazeDirection {
  const { yawRadians, pitchRadians } = hold.target ?? LISTENER;
  const share = isKept(hold) ? hold.intensity : gazeAmount;
  return { yawRadians: yawRadians * share, pitchRadians: pitchRadians * share };
}

/** How firmly the eyes hold a look against the head's movement, how much of it the head takes, and how far they converge. */
function headOf(hold: PerformanceEvent | null, gazeAmount: number): Pick<GazeShift, 'reflex' | 'headShare' | 'vergenceRadians'> {
  const reflex = hold && isKept(hold) ? 1 : Math.min(1, gazeAmount);
  return {
    reflex,
    headShare: hold?.headShare,
    vergenceRadians: vergenceRadians(hold?.distanceMetres, hold?.pupilDistanceMetres),
  };
}

/** Gamma-like spread around a mean: mean of two exponentials, so that very short and very long looks are rare. */
function drawDuration(mean: number, seed: number, index: number): number {
  const one = -Math.log(1 - hashUniform(seed, NOISE_REGION.gazeInterval, index));
  const two = -Math.log(1 - hashUniform(seed, NOISE_REGION.gazeInterval, index, 1));
  return Math.max(0.25, (mean * (one + two)) / 2);
}

/** Small shifts while a look is held, about one every .75 s: between the eyes and the mouth of a listener, and microsaccades. */
function faceScan(
  startSeconds: number,
  endSeconds: number,
  hold: PerformanceEvent,
  centre: GazeDirection,
  gazeAmount: number,
  seed: number,
): GazeShift[] {
  const isAway = Math.hypot(centre.yawRadians, centre.pitchRadians) > AWAY_LIMITS_DEGREES[0] * 0.9 * DEGREE;
  // A look away is short and still; one that the animator holds for long lives on.
  if (isAway && !isKept(hold)) return [];
  const shifts: GazeShift[] = [];
  let last = centre;
  let offset = { yaw: 0, pitch: 0 };
  let clock = startSeconds;
  const look = keyNumber(hold.key);
  const share = isKept(hold) ? 1 : gazeAmount;
  for (let step = 0; step < 400; step++) {
    const counter = look * 1024 + step;
    clock += Math.max(0.25, -Math.log(1 - hashUniform(seed, NOISE_REGION.microsaccade, counter)) * MICROSACCADE_MEAN_SECONDS);
    if (clock > endSeconds - 0.2) break;
    const big = !isAway && hashUniform(seed, NOISE_REGION.microsaccade, counter, 1) < 0.3;
    const spread = (big ? TOWARD_DEGREES : MICROSACCADE_DEGREES) * DEGREE * share;
    const yaw = limited(hashNormal(seed, NOISE_REGION.microsaccade, counter, 2), 1.5) * spread * 0.8;
    const pitch = limited(hashNormal(seed, NOISE_REGION.microsaccade, counter, 4), 1.5) * spread * 0.5;
    // A microsaccade wanders from where the eyes are and is drawn back; a larger shift goes its own way, a little down.
    offset = big
      ? { yaw, pitch: pitch + 0.4 * DEGREE * share }
      : { yaw: offset.yaw * 0.7 + yaw, pitch: offset.pitch * 0.7 + pitch };
    const target = { yawRadians: centre.yawRadians + offset.yaw, pitchRadians: centre.pitchRadians + offset.pitch };
    shifts.push({ ...shift(clock, last, target), ...headOf(hold, gazeAmount), isSmall: true });
    last = target;
  }
  return shifts;
}

/** A number for the noise of one look: its own for generated ones, from the letters of the key for others. */
function keyNumber(key: string): number {
  const own = /^gaze:\d+:(\d+)\+*$/.exec(key);
  if (own) return Number(own[1]);
  let hash = 7;
  for (let at = 0; at < key.length; at++) hash = (Math.imul(hash, 31) + key.charCodeAt(at)) & 0xfffff;
  return hash + 5000;
}

function awayDirection(seed: number, index: number): GazeDirection {
  const drawn = -Math.log(1 - hashUniform(seed, NOISE_REGION.gazeChoice, index)) * AWAY_MEAN_DEGREES;
  const size = Math.min(AWAY_LIMITS_DEGREES[1], AWAY_LIMITS_DEGREES[0] + drawn) * DEGREE;
  let pick = hashUniform(seed, NOISE_REGION.gazeChoice, index, 1) * 100;
  let sector = 0;
  while (sector < DIRECTION_SHARES.length - 1 && pick > DIRECTION_SHARES[sector]) pick -= DIRECTION_SHARES[sector++];
  const angle = sector * 45 * DEGREE + (hashUniform(seed, NOISE_REGION.gazeChoice, index, 2) - 0.5) * 30 * DEGREE;
  // The eye reaches less far up and down than sideways.
  return { yawRadians: Math.cos(angle) * size, pitchRadians: -Math.sin(angle) * size * 0.75 };
}

function shift(
  timeSeconds: number,
  from: GazeDirection,
  to: GazeDirection,
): Pick<GazeShift, 'timeSeconds' | 'durationSeconds' | 'yawRadians' | 'pitchRadians'> {
  const degrees = Math.hypot(to.yawRadians - from.yawRadians, to.pitchRadians - from.pitchRadians) / DEGREE;
  const durationSeconds = SACCADE_BASE_SECONDS + SACCADE_SECONDS_PER_DEGREE * degrees;
  return { timeSeconds, durationSeconds, yawRadians: to.yawRadians, pitchRadians: to.pitchRadians };
}

interface Eyes {
  readonly yaw: number;
  readonly pitch: number;
  readonly reflex: number;
  readonly vergence: number;
}

/**
 * Writes eye rotations and the matching eyeLook weights. The eyes also turn against the head (vestibulo-ocular reflex),
 * so that a look at the listener holds while the head moves; with gaze switched off they ride with the head.
 */
export function renderGaze(tracks: SampledTracks, shifts: readonly GazeShift[], gazeAmount: number, span: FrameSpan): void {
  if (!(gazeAmount > 0) && shifts.length === 0) return;
  const headYaw = trackOf(tracks, 'headYaw');
  const headPitch = trackOf(tracks, 'headPitch');
  const rest = {
    timeSeconds: -Infinity,
    durationSeconds: 0.025,
    yawRadians: 0,
    pitchRadians: 0,
    reflex: Math.min(1, gazeAmount),
  };
  let next = 0;
  let from: Eyes = { yaw: 0, pitch: 0, reflex: rest.reflex, vergence: 0 };
  let current: GazeShift = rest;
  for (let frame = span.first; frame < span.end; frame++) {
    const timeSeconds = frameToSeconds(frame, tracks.frameRate);
    while (next < shifts.length && shifts[next].timeSeconds <= timeSeconds) {
      from = eyesAt(from, current, shifts[next].timeSeconds);
      current = shifts[next++];
    }
    const { yaw, pitch, reflex, vergence } = eyesAt(from, current, timeSeconds);
    writeEyes(tracks, frame, yaw - headYaw[frame] * reflex, pitch - headPitch[frame] * reflex, vergence);
  }
}

/** Position on a saccade: minimum-jerk travel, then rest. */
function eyesAt(from: Eyes, to: GazeShift, timeSeconds: number): Eyes {
  const x = Math.min(1, Math.max(0, (timeSeconds - to.timeSeconds) / to.durationSeconds));
  const travelled = x * x * x * (x * (x * 6 - 15) + 10);
  return {
    yaw: from.yaw + (to.yawRadians - from.yaw) * travelled,
    pitch: from.pitch + (to.pitchRadians - from.pitch) * travelled,
    reflex: from.reflex + (to.reflex - from.reflex) * travelled,
    vergence: from.vergence + ((to.vergenceRadians ?? 0) - from.vergence) * travelled,
  };
}

/** One frame of both eyes: rotations, eyeLook weights (In is toward the nose) and the lids that follow. */
function writeEyes(tracks: SampledTracks, frame: number, yawRadians: number, pitchRadians: number, vergence: number): void {
  // The left eye is on the character's left: to meet on something near it turns to the right, the right eye to the left.
  const left = limited(yawRadians - vergence, EYE_LOOK_FULL_RADIANS);
  const right = limited(yawRadians + vergence, EYE_LOOK_FULL_RADIANS);
  const pitch = limited(pitchRadians, EYE_LOOK_FULL_RADIANS);
  const down = Math.max(0, pitch) / EYE_LOOK_FULL_RADIANS;
  const up = Math.max(0, -pitch) / EYE_LOOK_FULL_RADIANS;
  trackOf(tracks, 'leftEyeYaw')[frame] = left;
  trackOf(tracks, 'rightEyeYaw')[frame] = right;
  trackOf(tracks, 'leftEyePitch')[frame] = pitch;
  trackOf(tracks, 'rightEyePitch')[frame] = pitch;
  trackOf(tracks, left >= 0 ? 'eyeLookOutLeft' : 'eyeLookInLeft')[frame] = Math.abs(left) / EYE_LOOK_FULL_RADIANS;
  trackOf(tracks, right >= 0 ? 'eyeLookInRight' : 'eyeLookOutRight')[frame] = Math.abs(right) / EYE_LOOK_FULL_RADIANS;
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

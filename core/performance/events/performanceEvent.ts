import type { FaceRegion } from '../../rig/faceRegions';

/** What a face does beside speaking. The first row moves eyes and head, the others come with a sound (or its silence). */
export const NONVERBAL_TYPES = [
  'blink',
  'gaze',
  'saccade',
  'nod',
  'shake',
  'tilt',
  'breath',
  'gasp',
  'sigh',
  'laugh',
  'sob',
  'grunt',
  'scream',
  'cough',
  'sniff',
  'swallow',
  'yawn',
] as const;
export type NonverbalType = (typeof NONVERBAL_TYPES)[number];

/** generated: planned by an engine, replaced when the line is made again; heard: found in the sound; hand: the animator's. */
export type EventOrigin = 'generated' | 'heard' | 'hand';

/** A direction seen from the head at rest, axes as in rig/channels: yaw to the character's left, pitch down, radians. */
export interface GazeDirection {
  readonly yawRadians: number;
  readonly pitchRadians: number;
}

/** A blink, look, nod, breath, laugh...: acts from start to end. Times in seconds of the line. */
export interface PerformanceEvent {
  /** Unique in its line. Generated ones: what they are, the seed and their number ("blink:1:7"), the same on every run. */
  readonly key: string;
  readonly type: NonverbalType;
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** 0..2; 1 as usual. A hand event of intensity 0 keeps generated ones of its kind away: something removed stays removed. */
  readonly intensity: number;
  /** Where a gaze or saccade goes, or how far a nod, shake or tilt turns (yaw, pitch; a tilt reads yaw as roll). */
  readonly target?: GazeDirection;
  /** Share of a look that the head takes, 0..1; absent: as usual. */
  readonly headShare?: number;
  /** How far away what is looked at is: both eyes meet on it; absent: far, the eyes are parallel. */
  readonly distanceMetres?: number;
  /** Between the eyes that meet there; absent: as usual. */
  readonly pupilDistanceMetres?: number;
  readonly locked: boolean;
  readonly origin: EventOrigin;
}

/** True for an event that an engine must keep as it is: made or changed by hand, heard in the sound, or locked. */
export function isKept(event: Pick<PerformanceEvent, 'origin' | 'locked'>): boolean {
  return event.origin !== 'generated' || event.locked;
}

const WITHOUT_SOUND: ReadonlySet<NonverbalType> = new Set(['blink', 'gaze', 'saccade', 'nod', 'shake', 'tilt']);

/** True for breaths, laughs and the like: they move the mouth where nothing is said. */
export function isSoundEvent(event: Pick<PerformanceEvent, 'type'>): boolean {
  return !WITHOUT_SOUND.has(event.type);
}

/** The part of the face an event belongs to, when parts are made anew. */
export function regionOfEvent({ type }: Pick<PerformanceEvent, 'type'>): FaceRegion {
  if (type === 'blink' || type === 'gaze' || type === 'saccade') return 'upper';
  return WITHOUT_SOUND.has(type) ? 'head' : 'mouth';
}

/** In order of time; equal starts by key, so that the order never depends on how the list was put together. */
export function byTime(a: PerformanceEvent, b: PerformanceEvent): number {
  return a.startSeconds - b.startSeconds || (a.key < b.key ? -1 : 1);
}

/**
 * Frame rates as exact fractions, so that 29.97 and 23.976 never drift.
 * Source: SMPTE ST 12-1 (24000/1001, 30000/1001, 60000/1001).
 */
export interface FrameRate {
  readonly numerator: number;
  readonly denominator: number;
}

/** Frames at a rate whose frame 0 need not lie at time 0: curves with a pre-roll begin before the sound. */
export interface FrameGrid extends FrameRate {
  /** Frame 0 lies this many frames from time 0, below 0 before it; absent: at time 0. */
  readonly startFrame?: number;
}

/** The rate of generated curves, as Live Link Face records: 60 frames a second. */
export const CURVE_FRAME_RATE: FrameRate = { numerator: 60, denominator: 1 };

/** Frame rates offered in the studio and by `--fps`, keyed by the label users type. */
export const FRAME_RATES: Readonly<Record<string, FrameRate>> = {
  '23.976': { numerator: 24000, denominator: 1001 },
  '24': { numerator: 24, denominator: 1 },
  '25': { numerator: 25, denominator: 1 },
  '29.97': { numerator: 30000, denominator: 1001 },
  '30': { numerator: 30, denominator: 1 },
  '50': { numerator: 50, denominator: 1 },
  '59.94': { numerator: 60000, denominator: 1001 },
  '60': { numerator: 60, denominator: 1 },
};

/** Frames a second as a float, for display and for sampling only. */
export function framesPerSecond(rate: FrameRate): number {
  return rate.numerator / rate.denominator;
}

/** Time of a frame's start in seconds. */
export function frameToSeconds(frame: number, grid: FrameGrid): number {
  return ((frame + (grid.startFrame ?? 0)) * grid.denominator) / grid.numerator;
}

/** Where a time lies among the frames, in frames and parts of one. */
export function secondsToFrame(timeSeconds: number, grid: FrameGrid): number {
  return timeSeconds * framesPerSecond(grid) - (grid.startFrame ?? 0);
}

/** The same frames counted from another one on: frame 0 of the result is frame `first` of `grid`. */
export function gridFrom(grid: FrameGrid, first: number): FrameGrid {
  return first === 0 ? grid : { ...grid, startFrame: (grid.startFrame ?? 0) + first };
}

/** True when both count the same frames at the same times. */
export function isSameGrid(a: FrameGrid, b: FrameGrid): boolean {
  return framesPerSecond(a) === framesPerSecond(b) && (a.startFrame ?? 0) === (b.startFrame ?? 0);
}

/** The frame nearest to a time (half a frame rounds up). */
export function secondsToNearestFrame(timeSeconds: number, grid: FrameGrid): number {
  return Math.round((timeSeconds * grid.numerator) / grid.denominator) - (grid.startFrame ?? 0);
}

/** Frames needed so that the last frame is at or after `durationSeconds`; at least 1. */
export function frameCountFor(durationSeconds: number, rate: FrameRate): number {
  // The small bias keeps 2.0 s at 60 fps at 121 frames even when 2.0 came from a division.
  return Math.max(1, Math.ceil((durationSeconds * rate.numerator) / rate.denominator - 1e-6) + 1);
}

import type { TimeRange } from '../../../core/time/timeRange';

/** Time to pixels and back, for every track: one ruler, one playhead, one time axis. */
export interface TimeScale {
  /** Time at the left edge of the tracks. */
  readonly startSeconds: number;
  readonly pixelsPerSecond: number;
  /** Width of the tracks in CSS pixels. */
  readonly width: number;
}

/** Empty space left and right of a line that is shown whole. */
const FIT_MARGIN_PX = 12;
export const MIN_PIXELS_PER_SECOND = 1;
/** A frame of 60 fps is 50 px wide at most. */
export const MAX_PIXELS_PER_SECOND = 3000;

export function xOf(scale: TimeScale, timeSeconds: number): number {
  return (timeSeconds - scale.startSeconds) * scale.pixelsPerSecond;
}

export function timeAt(scale: TimeScale, x: number): number {
  return scale.startSeconds + x / scale.pixelsPerSecond;
}

/** The scale that shows a stretch of time whole. */
export function fitScale({ startSeconds, endSeconds }: TimeRange, width: number): TimeScale {
  const room = Math.max(50, width - 2 * FIT_MARGIN_PX);
  const pixelsPerSecond = clampZoom(room / Math.max(0.2, endSeconds - startSeconds));
  return { startSeconds: startSeconds - FIT_MARGIN_PX / pixelsPerSecond, pixelsPerSecond, width };
}

/** Zooms so that the time under `x` stays there; never farther out than three times the whole line. */
export function zoomAt(scale: TimeScale, factor: number, x: number, extent: TimeRange): TimeScale {
  const lowest = fitScale(extent, scale.width).pixelsPerSecond / 3;
  const pixelsPerSecond = Math.max(lowest, clampZoom(scale.pixelsPerSecond * factor));
  return { ...scale, pixelsPerSecond, startSeconds: timeAt(scale, x) - x / pixelsPerSecond };
}

/** The left edge that has `timeSeconds` in sight; a page on when the time has run out of it. */
export function scrollToShow(scale: TimeScale, timeSeconds: number): number {
  const x = xOf(scale, timeSeconds);
  if (x >= 0 && x <= scale.width) return scale.startSeconds;
  return timeSeconds - (scale.width * 0.1) / scale.pixelsPerSecond;
}

export interface Tick {
  readonly x: number;
  readonly label: string;
  readonly isMajor: boolean;
}

const SECOND_STEPS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600];
const FRAME_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 9000, 18000, 36000];
const MIN_LABEL_GAP_PX = 72;

/**
 * Ruler ticks in sight. `framesPerSecond` null counts in seconds, else in frames. Each major step has five (or as many
 * whole frames) minor ones. `fromSeconds` is where the line begins.
 */
export function rulerTicks(
  scale: TimeScale,
  framesPerSecond: number | null,
  format: (seconds: number) => string,
  fromSeconds = 0,
): Tick[] {
  const unitSeconds = framesPerSecond ? 1 / framesPerSecond : 1;
  const steps = framesPerSecond ? FRAME_STEPS : SECOND_STEPS;
  const unitPx = unitSeconds * scale.pixelsPerSecond;
  const major = steps.find((step) => step * unitPx >= MIN_LABEL_GAP_PX) ?? steps[steps.length - 1];
  const minorPerMajor = [5, 3, 2].find((count) => !framesPerSecond || major % count === 0) ?? 1;
  const minor = major / minorPerMajor;
  const ticks: Tick[] = [];
  // No ticks before the line begins.
  const first = Math.max(
    Math.ceil(fromSeconds / unitSeconds / minor - 1e-6),
    Math.floor(scale.startSeconds / unitSeconds / minor),
  );
  const last = Math.floor(timeAt(scale, scale.width) / unitSeconds / minor);
  for (let index = first; index <= last; index += 1) {
    const isMajor = index % minorPerMajor === 0;
    const seconds = index === 0 ? 0 : index * minor * unitSeconds;
    ticks.push({ x: xOf(scale, seconds), label: isMajor ? format(seconds) : '', isMajor });
  }
  return ticks;
}

/** True when a stretch of time shows anywhere in the tracks. */
export function isInSight(scale: TimeScale, startSeconds: number, endSeconds: number): boolean {
  return xOf(scale, endSeconds) >= 0 && xOf(scale, startSeconds) <= scale.width;
}

/** Snap targets pull from this far away (design: 6 px). */
export const SNAP_PX = 6;

/**
 * The time a drag snaps to: the nearest target within SNAP_PX of it, else the nearest frame.
 * `frameSeconds` is the length of a frame of the display rate.
 */
export function snapTime(timeSeconds: number, scale: TimeScale, targets: readonly number[], frameSeconds: number): number {
  let best = Math.round(timeSeconds / frameSeconds) * frameSeconds;
  let bestDistance = SNAP_PX / scale.pixelsPerSecond;
  for (const target of targets) {
    const distance = Math.abs(target - timeSeconds);
    if (distance > bestDistance) continue;
    best = target;
    bestDistance = distance;
  }
  return best;
}

/** Keys are grabbed within this distance (design: hit areas of 24 px). */
export const KEY_HIT_PX = 12;

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Index of the nearest point within `radius` of x, y; -1 when none is. */
export function nearestPoint(points: readonly Point[], x: number, y: number, radius = KEY_HIT_PX): number {
  let best = -1;
  let bestDistance = radius * radius;
  points.forEach((point, index) => {
    const distance = (point.x - x) ** 2 + (point.y - y) ** 2;
    if (distance <= bestDistance) {
      best = index;
      bestDistance = distance;
    }
  });
  return best;
}

function clampZoom(pixelsPerSecond: number): number {
  return Math.min(MAX_PIXELS_PER_SECOND, Math.max(MIN_PIXELS_PER_SECOND, pixelsPerSecond));
}

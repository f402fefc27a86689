import type { CurveKey, KeyedCurve } from '../../../core/curves/keyedCurve';
import type { TimeRange } from '../../../core/time/timeRange';
import { evaluateCurve } from '../../../core/curves/evaluateCurve';
import { isInsideOutline } from './key-box';
import { timeAt, xOf, type Point, type TimeScale } from './timeline-geometry';

/** Space above 1 and below 0 in a lane, so that keys at the ends stay whole. */
export const LANE_PAD_PX = 8;

export interface ValueAxis {
  readonly min: number;
  readonly max: number;
  readonly height: number;
  readonly pad: number;
  /** Upper edge of the axis in its canvas; 0 when absent. */
  readonly top?: number;
}

export function yOf(axis: ValueAxis, value: number): number {
  const room = axis.height - 2 * axis.pad;
  return (axis.top ?? 0) + axis.height - axis.pad - ((value - axis.min) / (axis.max - axis.min)) * room;
}

export function valueAt(axis: ValueAxis, y: number): number {
  const room = axis.height - 2 * axis.pad;
  return axis.min + (((axis.top ?? 0) + axis.height - axis.pad - y) / room) * (axis.max - axis.min);
}

/** Value change of a pointer that moved `deltaY` pixels down. */
export function valueDelta(axis: ValueAxis, deltaY: number): number {
  return (-deltaY / (axis.height - 2 * axis.pad)) * (axis.max - axis.min);
}

export function laneAxis(height: number): ValueAxis {
  return { min: 0, max: 1, height, pad: LANE_PAD_PX };
}

export function keyPoints(keys: readonly CurveKey[], scale: TimeScale, axis: ValueAxis): Point[] {
  return keys.map((key) => ({ x: xOf(scale, key.timeSeconds), y: yOf(axis, key.value) }));
}

/** The curve as points two pixels apart over the visible stretch of the line, with every visible key met exactly. */
export function curvePolyline(curve: KeyedCurve, scale: TimeScale, axis: ValueAxis, extent: TimeRange): Point[] {
  const from = Math.max(0, xOf(scale, extent.startSeconds));
  const to = Math.min(scale.width, xOf(scale, extent.endSeconds));
  const xs: number[] = [];
  for (let x = from; x < to; x += 2) xs.push(x);
  xs.push(to);
  for (const key of curve.keys) {
    const x = xOf(scale, key.timeSeconds);
    if (x > from && x < to) xs.push(x);
  }
  xs.sort((a, b) => a - b);
  return xs.map((x) => ({ x, y: yOf(axis, evaluateCurve(curve, timeAt(scale, x))) }));
}

/** Indexes of the keys left and right of a time: what is dragged by the curve between them. */
export function segmentAround(keys: readonly CurveKey[], timeSeconds: number): [number, number] | null {
  const right = keys.findIndex((key) => key.timeSeconds > timeSeconds);
  return right > 0 ? [right - 1, right] : null;
}

/** True when the pointer is on the curve (within 6 px up or down). */
export function isOnCurve(curve: KeyedCurve, scale: TimeScale, axis: ValueAxis, x: number, y: number): boolean {
  return Math.abs(yOf(axis, evaluateCurve(curve, timeAt(scale, x))) - y) <= 6;
}

/** A box in pixels of its lane. */
export interface LaneBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Indexes of the points that lie in a box, edges included. */
export function keysInBox(points: readonly Point[], { left, top, width, height }: LaneBox): number[] {
  return points.flatMap(({ x, y }, index) => (x >= left && x <= left + width && y >= top && y <= top + height ? [index] : []));
}

/** Indexes of the points that a lasso goes around. */
export function keysInOutline(points: readonly Point[], outline: readonly Point[]): number[] {
  return points.flatMap((point, index) => (isInsideOutline(point, outline) ? [index] : []));
}

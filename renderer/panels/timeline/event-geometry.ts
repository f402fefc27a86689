import type { PerformanceEvent } from '../../../core/performance/events/performanceEvent';
import type { TimeRange } from '../../../core/time/timeRange';
import { xOf, type TimeScale } from './timeline-geometry';

/** An event as the lane draws it. */
export interface EventBox {
  readonly event: PerformanceEvent;
  readonly x: number;
  readonly width: number;
  /** Looks fill the lane as labelled blocks; everything else is a mark over them. */
  readonly isLook: boolean;
  readonly isHand: boolean;
  readonly label: string;
}

const DEGREE = Math.PI / 180;
/** Edges are grabbed within this; marks are at least this wide to the pointer. */
const EDGE_PX = 5;
const MARK_PX = 24;

/** Events in sight, looks first, so that marks lie over them. */
export function eventBoxes(events: readonly PerformanceEvent[], scale: TimeScale): EventBox[] {
  const boxes = events.flatMap((event): EventBox[] => {
    const x = xOf(scale, event.startSeconds);
    const width = (event.endSeconds - event.startSeconds) * scale.pixelsPerSecond;
    if (x + width < -MARK_PX || x > scale.width + MARK_PX) return [];
    const isLook = event.type === 'gaze' || event.type === 'saccade';
    return [{ event, x, width, isLook, isHand: event.origin === 'hand', label: eventLabel(event) }];
  });
  return [...boxes.filter(({ isLook }) => isLook), ...boxes.filter(({ isLook }) => !isLook)];
}

/** "down, left" for a look, the kind for everything else. */
export function eventLabel({ type, target }: PerformanceEvent): string {
  if (type !== 'gaze' && type !== 'saccade') return type;
  const [yaw, pitch] = [target?.yawRadians ?? 0, target?.pitchRadians ?? 0];
  const words = [
    pitch > 2.5 * DEGREE ? 'down' : pitch < -2.5 * DEGREE ? 'up' : '',
    yaw > 2.5 * DEGREE ? 'left' : yaw < -2.5 * DEGREE ? 'right' : '',
  ].filter((word) => word !== '');
  return words.length === 0 ? 'listener' : words.join(', ');
}

export type EventHit = { readonly event: PerformanceEvent; readonly part: 'start' | 'body' | 'end' };

/** What lies under x: marks before looks, the edges of an event before its body. */
export function eventAt(boxes: readonly EventBox[], x: number): EventHit | null {
  for (let index = boxes.length - 1; index >= 0; index--) {
    const { event, x: left, width, isLook } = boxes[index];
    const slack = isLook ? 0 : Math.max(0, (MARK_PX - width) / 2);
    if (x < left - slack - (isLook ? EDGE_PX : 0) || x > left + width + slack + (isLook ? EDGE_PX : 0)) continue;
    // An event too narrow for three parts is all body.
    const hasEdges = width > 4 * EDGE_PX;
    if (hasEdges && Math.abs(x - left) <= EDGE_PX) return { event, part: 'start' };
    if (hasEdges && Math.abs(x - left - width) <= EDGE_PX) return { event, part: 'end' };
    if (x >= left - slack && x <= left + width + slack) return { event, part: 'body' };
  }
  return null;
}

/** The event after its body or an edge was dragged by `deltaSeconds`; never shorter than a frame, never outside the line. */
export function draggedTimes(
  event: PerformanceEvent,
  part: EventHit['part'],
  deltaSeconds: number,
  extent: TimeRange,
): { startSeconds: number; endSeconds: number } {
  const { startSeconds, endSeconds } = event;
  const shortest = 1 / 60;
  if (part === 'start')
    return {
      startSeconds: Math.min(endSeconds - shortest, Math.max(extent.startSeconds, startSeconds + deltaSeconds)),
      endSeconds,
    };
  if (part === 'end')
    return {
      startSeconds,
      endSeconds: Math.max(startSeconds + shortest, Math.min(extent.endSeconds, endSeconds + deltaSeconds)),
    };
  const least = Math.min(0, extent.startSeconds - startSeconds);
  const most = Math.max(0, extent.endSeconds - endSeconds);
  const shift = Math.min(most, Math.max(least, deltaSeconds));
  return { startSeconds: startSeconds + shift, endSeconds: endSeconds + shift };
}

/** Half of what the name or picture of a blink, nod or breath takes in the middle of its time, pixels. */
const MARK_REACH_PX = 20;

/** True where a look's name would not stand under the name of a blink, nod or breath. */
export function isLabelFree(x: number, width: number, boxes: readonly EventBox[]): boolean {
  return boxes.every((box) => {
    const middle = box.x + box.width / 2;
    return box.isLook || middle + MARK_REACH_PX < x || middle - MARK_REACH_PX > x + width;
  });
}

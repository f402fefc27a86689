import type { CurveKey } from '../../../core/curves/keyedCurve';
import { valueDelta, type ValueAxis } from './lane-geometry';
import type { TimeScale } from './timeline-geometry';

export interface Modifiers {
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
}

export interface KeyDragStart {
  /** The key under the pointer; its time is what snaps. */
  readonly lead: CurveKey;
  readonly startX: number;
  readonly startY: number;
}

export interface KeyDelta {
  readonly deltaSeconds: number;
  readonly deltaValue: number;
}

/** Movement below this is a click. */
export const DRAG_START_PX = 3;

/**
 * What a pointer at x, y does to the dragged keys. Shift: value only. Ctrl Shift: time only. Snapping puts the lead key on
 * a snap time; the others keep their distance to it. A drag straight up or down never moves a key in time.
 */
export function keyDragDelta(
  start: KeyDragStart,
  x: number,
  y: number,
  scale: TimeScale,
  axis: ValueAxis,
  modifiers: Modifiers,
  snap: (timeSeconds: number, isFree: boolean) => number,
): KeyDelta {
  const isTimeOnly = modifiers.shiftKey && modifiers.ctrlKey;
  const isValueOnly = modifiers.shiftKey && !modifiers.ctrlKey;
  const isFree = modifiers.ctrlKey && !modifiers.shiftKey;
  const wanted = start.lead.timeSeconds + (x - start.startX) / scale.pixelsPerSecond;
  const isStraight = Math.abs(x - start.startX) < DRAG_START_PX;
  const deltaSeconds = isValueOnly || isStraight ? 0 : snap(wanted, isFree) - start.lead.timeSeconds;
  const deltaValue = isTimeOnly ? 0 : valueDelta(axis, y - start.startY);
  return { deltaSeconds, deltaValue };
}

/** The selection after a press on a key: Ctrl or Shift adds or takes away, a plain press keeps a group that holds the key. */
export function pressedSelection(selected: readonly string[], keyId: string, modifiers: Modifiers): string[] {
  if (modifiers.ctrlKey || modifiers.shiftKey) {
    return selected.includes(keyId) ? selected.filter((id) => id !== keyId) : [...selected, keyId];
  }
  return selected.includes(keyId) ? [...selected] : [keyId];
}

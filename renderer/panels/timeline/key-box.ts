import type { KeyTransform } from '../../../core/document/commands/transformKeys';
import type { Point } from './timeline-geometry';

/** The box around selected keys with its handles: scaling in time (left, right), in value (top, bottom), in both (corners). */
export interface KeyBox {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export type BoxEdge = 'left' | 'right' | 'top' | 'bottom' | 'topLeft' | 'topRight' | 'bottomLeft' | 'bottomRight';

export interface BoxHandle extends Point {
  readonly edge: BoxEdge;
}

/** Room between the keys and the box, so that the box never hides a key. */
export const BOX_MARGIN_PX = 12;
const HANDLE_HIT_PX = 9;

/** The box around points; null for fewer than two, which have nothing to scale. */
export function keyBox(points: readonly Point[]): KeyBox | null {
  if (points.length < 2) return null;
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  return {
    left: Math.min(...xs) - BOX_MARGIN_PX,
    right: Math.max(...xs) + BOX_MARGIN_PX,
    top: Math.min(...ys) - BOX_MARGIN_PX,
    bottom: Math.max(...ys) + BOX_MARGIN_PX,
  };
}

/** Handles of the box; those that would scale nothing (all keys at one time, or of one value) are left out. */
export function boxHandles({ left, right, top, bottom }: KeyBox): BoxHandle[] {
  const hasTime = right - left > 2 * BOX_MARGIN_PX + 0.5;
  const hasValue = bottom - top > 2 * BOX_MARGIN_PX + 0.5;
  const [middleX, middleY] = [(left + right) / 2, (top + bottom) / 2];
  return [
    ...(hasTime ? [handle('left', left, middleY), handle('right', right, middleY)] : []),
    ...(hasValue ? [handle('top', middleX, top), handle('bottom', middleX, bottom)] : []),
    ...(hasTime && hasValue
      ? [
          handle('topLeft', left, top),
          handle('topRight', right, top),
          handle('bottomLeft', left, bottom),
          handle('bottomRight', right, bottom),
        ]
      : []),
  ];
}

export function hitBoxHandle(handles: readonly BoxHandle[], x: number, y: number): BoxEdge | null {
  const near = handles.find(
    (candidate) => Math.abs(candidate.x - x) <= HANDLE_HIT_PX && Math.abs(candidate.y - y) <= HANDLE_HIT_PX,
  );
  return near?.edge ?? null;
}

export function boxCursor(edge: BoxEdge): string {
  if (edge === 'left' || edge === 'right') return 'ew-resize';
  if (edge === 'top' || edge === 'bottom') return 'ns-resize';
  return edge === 'topLeft' || edge === 'bottomRight' ? 'nwse-resize' : 'nesw-resize';
}

export interface BoxDrag {
  readonly edge: BoxEdge;
  /** The keys' own extent when the drag began. */
  readonly firstSeconds: number;
  readonly lastSeconds: number;
  readonly lowValue: number;
  readonly highValue: number;
  /** Time and value change of the pointer since then. */
  readonly deltaSeconds: number;
  readonly deltaValue: number;
  /** Alt scales about here instead of the opposite edge. */
  readonly aboutSeconds: number | null;
  readonly snap: (timeSeconds: number) => number;
}

/**
 * What dragging a handle does to the keys: they stretch from the opposite edge (or about a time), the dragged edge lands on
 * a snap time. A box can be turned round, never flattened.
 */
export function boxTransform(drag: BoxDrag): KeyTransform {
  const { edge, firstSeconds, lastSeconds, lowValue, highValue } = drag;
  const lower = edge.toLowerCase();
  const result: { -readonly [field in keyof KeyTransform]: KeyTransform[field] } = {};
  if (lower.includes('left') || lower.includes('right')) {
    const isRight = lower.includes('right');
    const from = isRight ? lastSeconds : firstSeconds;
    const pivot = drag.aboutSeconds ?? (isRight ? firstSeconds : lastSeconds);
    if (Math.abs(from - pivot) > 1e-6) {
      result.pivotSeconds = pivot;
      result.timeScale = awayFromZero((drag.snap(from + drag.deltaSeconds) - pivot) / (from - pivot));
    }
  }
  if (lower.includes('top') || lower.includes('bottom')) {
    const isTop = lower.includes('top');
    const from = isTop ? highValue : lowValue;
    const pivot = isTop ? lowValue : highValue;
    if (Math.abs(from - pivot) > 1e-6) {
      result.pivotValue = pivot;
      result.valueScale = (from + drag.deltaValue - pivot) / (from - pivot);
    }
  }
  return result;
}

/** Keys pressed onto one moment would become one key: a hundredth of the old length is the least. */
function awayFromZero(scale: number): number {
  return Math.abs(scale) >= 0.01 ? scale : scale < 0 ? -0.01 : 0.01;
}

function handle(edge: BoxEdge, x: number, y: number): BoxHandle {
  return { edge, x, y };
}

/** The box between two corners, whichever way it was drawn. */
export function boxBetween(a: Point, b: Point): { left: number; top: number; width: number; height: number } {
  return { left: Math.min(a.x, b.x), top: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) };
}

/** True when a point lies inside a closed outline (even-odd rule): the lasso. */
export function isInsideOutline({ x, y }: Point, outline: readonly Point[]): boolean {
  let inside = false;
  for (let index = 0, before = outline.length - 1; index < outline.length; before = index, index += 1) {
    const [a, b] = [outline[index], outline[before]];
    if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
  }
  return inside;
}

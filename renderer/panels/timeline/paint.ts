import type { CurveShape } from './curve-geometry';
import type { Point } from './timeline-geometry';
import { theme } from '../../ui/theme';

/** Small drawing helpers the tracks share. */

export function strokePoints(context: CanvasRenderingContext2D, points: readonly Point[]): void {
  if (points.length === 0) return;
  context.beginPath();
  points.forEach(({ x, y }, index) => (index === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
  context.stroke();
}

/** A column is at least this thick, so that a flat curve is still seen: twice this, about a line's width. */
const HALF_COLUMN_PX = 0.7;

/** A curve in the colours of the context: a line is stroked, columns are filled. */
export function paintShape(context: CanvasRenderingContext2D, { points, isColumns }: CurveShape): void {
  if (!isColumns) return strokePoints(context, points);
  for (let index = 0; index < points.length; index += 2) {
    const left = Math.round(points[index].x);
    const right = index + 2 < points.length ? Math.round(points[index + 2].x) : left + 1;
    const top = points[index].y - HALF_COLUMN_PX;
    // On whole pixels: neighbours neither leave a seam nor lie over each other.
    context.fillRect(left, top, right - left, points[index + 1].y + HALF_COLUMN_PX - top);
  }
}

/** Fills between the points and a base line. */
export function fillPoints(context: CanvasRenderingContext2D, points: readonly Point[], baseY: number): void {
  if (points.length === 0) return;
  context.beginPath();
  context.moveTo(points[0].x, baseY);
  for (const { x, y } of points) context.lineTo(x, y);
  context.lineTo(points[points.length - 1].x, baseY);
  context.closePath();
  context.fill();
}

/** Half a diagonal of a key; grows under the pointer (design: 4.2 to 5 px). */
export const KEY_RADIUS = 4.2;
export const KEY_RADIUS_HOVER = 5;

export interface DiamondStyle {
  readonly fill: string;
  readonly isSelected: boolean;
  readonly isHovered: boolean;
}

/** A key: a solid diamond with a dark rim, white when selected. */
export function paintDiamond(context: CanvasRenderingContext2D, point: Point, style: DiamondStyle): void {
  paintDiamonds(context, [point], style);
}

/** Keys of one look as one path: ten thousand fills and strokes by themselves would hold the window up. */
export function paintDiamonds(
  context: CanvasRenderingContext2D,
  points: readonly Point[],
  { fill, isSelected, isHovered }: DiamondStyle,
): void {
  if (points.length === 0) return;
  const radius = isHovered || isSelected ? KEY_RADIUS_HOVER : KEY_RADIUS;
  context.beginPath();
  for (const { x, y } of points) {
    context.moveTo(x, y - radius);
    context.lineTo(x + radius, y);
    context.lineTo(x, y + radius);
    context.lineTo(x - radius, y);
    context.closePath();
  }
  context.fillStyle = isSelected ? theme().select : fill;
  context.fill();
  context.lineWidth = 1;
  context.strokeStyle = theme().well;
  context.stroke();
}

/** 45 degree hatch over a rectangle: locked. */
export function paintHatch(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
  color: string,
): void {
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  context.strokeStyle = color;
  context.lineWidth = 1;
  context.beginPath();
  for (let offset = x - height; offset < x + width; offset += 6) {
    context.moveTo(offset, y + height);
    context.lineTo(offset + height, y);
  }
  context.stroke();
  context.restore();
}

export function setFont(context: CanvasRenderingContext2D, sizePx: number, weight = 400): void {
  context.font = `${weight} ${sizePx}px ${theme().font}`;
  context.textBaseline = 'middle';
}

import { theme } from '../../ui/theme';
import { paintDiamonds, paintHatch, type DiamondStyle } from './paint';

export interface SheetScene {
  readonly color: string;
  /** The line's ends. */
  readonly from: number;
  readonly to: number;
  /** Stretches a hand has shaped. */
  readonly stretches: readonly (readonly [number, number])[];
  readonly keys: readonly { readonly x: number; readonly isSelected: boolean; readonly isHovered: boolean }[];
  readonly locked: readonly (readonly [number, number])[];
  /** First and last selected key, when there are two or more. */
  readonly ends: { readonly left: number; readonly right: number } | null;
}

/** A row of the dope sheet: dots where the curves are generated, a bar with keys where a hand shaped them. */
export function paintSheetRow(context: CanvasRenderingContext2D, scene: SheetScene, width: number, height: number): void {
  const middle = height / 2;
  const colors = theme();
  context.strokeStyle = colors.lineStrong;
  context.globalAlpha = 0.7;
  context.lineWidth = 1;
  context.setLineDash([1, 3]);
  context.beginPath();
  context.moveTo(Math.max(0, scene.from), middle + 0.5);
  context.lineTo(Math.min(width, scene.to), middle + 0.5);
  context.stroke();
  context.setLineDash([]);
  context.globalAlpha = 1;
  for (const [from, to] of scene.locked) paintHatch(context, from, 3, to - from, height - 6, colors.lineStrong);
  context.fillStyle = scene.color;
  for (const [from, to] of scene.stretches) context.fillRect(from, middle - 1, to - from, 2);
  if (scene.ends) paintEnds(context, scene.ends, height);
  const style = (isSelected: boolean, isHovered: boolean): DiamondStyle => ({ fill: scene.color, isSelected, isHovered });
  const at = (keys: SheetScene['keys']) => keys.map(({ x }) => ({ x, y: middle }));
  paintDiamonds(context, at(apart(scene.keys.filter(({ isSelected }) => !isSelected))), style(false, false));
  paintDiamonds(context, at(apart(scene.keys.filter(({ isSelected }) => isSelected))), style(true, false));
  const hovered = scene.keys.find(({ isHovered }) => isHovered);
  if (hovered) paintDiamonds(context, at([hovered]), style(hovered.isSelected, true));
}

/** Of keys closer than this one is drawn: a diamond is eight wide, the next hides what lies under it. */
const APART_PX = 2.5;

function apart(keys: SheetScene['keys']): SheetScene['keys'] {
  let last = -Infinity;
  return keys.filter(({ x }) => {
    if (x - last < APART_PX) return false;
    last = x;
    return true;
  });
}

/** Brackets around the selected keys: dragging one retimes them. */
function paintEnds(context: CanvasRenderingContext2D, { left, right }: { left: number; right: number }, height: number): void {
  context.fillStyle = theme().select;
  context.globalAlpha = 0.05;
  context.fillRect(left - 8, 1, right - left + 16, height - 2);
  context.globalAlpha = 0.9;
  for (const [x, inward] of [
    [left - 9, 1],
    [right + 8, -1],
  ]) {
    context.fillRect(x, 3, 1.5, height - 6);
    context.fillRect(inward > 0 ? x : x - 2, 3, 3.5, 1.5);
    context.fillRect(inward > 0 ? x : x - 2, height - 4.5, 3.5, 1.5);
  }
  context.globalAlpha = 1;
}

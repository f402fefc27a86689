import { theme } from '../../ui/theme';
import { fillPoints, paintDiamond, setFont, strokePoints } from './paint';
import { LANE_PAD_PX } from './lane-geometry';
import type { Point } from './timeline-geometry';

export interface LaneKey extends Point {
  readonly isSelected: boolean;
  readonly isHovered: boolean;
}

export interface LaneScene {
  readonly color: string;
  readonly line: readonly Point[];
  readonly keys: readonly LaneKey[];
  /** A guess that waits to be accepted; empty without one. */
  readonly guess: readonly Point[];
  /** No keys at all: the emotion is off. */
  readonly isAtRest: boolean;
}

export function paintLane(
  context: CanvasRenderingContext2D,
  { color, line, keys, guess, isAtRest }: LaneScene,
  width: number,
  height: number,
): void {
  const colors = theme();
  context.fillStyle = colors.lineSubtle;
  context.fillRect(0, LANE_PAD_PX, width, 1);
  context.fillRect(0, height - LANE_PAD_PX, width, 1);
  if (guess.length > 0) paintGuess(context, guess, color, height);
  if (isAtRest) {
    context.globalAlpha = 0.55;
    context.strokeStyle = color;
    context.lineWidth = 1;
    strokePoints(context, line);
    context.globalAlpha = 1;
    if (guess.length > 0) return;
    setFont(context, 11);
    context.fillStyle = colors.text3;
    context.fillText('Double-click to add a key', Math.max(8, (line[0]?.x ?? 0) + 8), height / 2 - 1);
    return;
  }
  context.globalAlpha = 0.18;
  context.fillStyle = color;
  fillPoints(context, line, height - LANE_PAD_PX);
  context.globalAlpha = 1;
  context.strokeStyle = color;
  context.lineWidth = 2;
  context.lineJoin = 'round';
  strokePoints(context, line);
  for (const key of keys) {
    if (key.x > -8 && key.x < width + 8)
      paintDiamond(context, key, { fill: color, isSelected: key.isSelected, isHovered: key.isHovered });
  }
}

/** Dashed and without a fill: it shows, but it does not act. */
function paintGuess(context: CanvasRenderingContext2D, guess: readonly Point[], color: string, height: number): void {
  context.strokeStyle = color;
  context.lineWidth = 1.5;
  context.setLineDash([5, 4]);
  strokePoints(context, guess);
  context.setLineDash([]);
  setFont(context, 11);
  const high = guess.reduce((best, point) => (point.y < best.y ? point : best));
  const [x, y] = [Math.max(8, high.x + 6), Math.min(height - LANE_PAD_PX - 4, high.y + 14)];
  // In a low lane the word stands on its own line: the ground under it keeps it legible.
  context.fillStyle = theme().well;
  context.fillRect(x - 3, y - 10, context.measureText('guess').width + 6, 13);
  context.fillStyle = theme().text2;
  context.fillText('guess', x, y);
}

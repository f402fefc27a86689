import { theme } from '../../ui/theme';
import type { CurveScene, ShownCurve } from './curve-scene';
import { upperEdge, type HandleKnob } from './curve-geometry';
import { valueAt, yOf } from './lane-geometry';
import { fillPoints, paintDiamonds, paintHatch, paintShape, setFont } from './paint';

export function paintCurves(context: CanvasRenderingContext2D, scene: CurveScene, width: number, height: number): void {
  const colors = theme();
  context.fillStyle = '#ffffff';
  context.globalAlpha = 0.05;
  for (const { x, width: band } of scene.closures) context.fillRect(x, 0, band, height);
  context.globalAlpha = 1;
  for (const { x, width: band } of scene.locked) paintHatch(context, x, 0, band, height, colors.line);
  if (!scene.isStacked) paintGrid(context, scene, width);
  paintEdits(context, scene, height);
  for (const x of scene.markers) paintMarkerLine(context, x, height);
  for (const curve of scene.curves) paintCurve(context, curve, height);
  if (!scene.isStacked) paintAxisLabels(context, scene, width);
  paintNames(context, scene, width);
  paintGhost(context, scene);
  paintBox(context, scene);
  for (const knob of scene.knobs) paintKnob(context, knob);
  paintKeys(context, scene);
}

/** The other channels' keys below, the selected and the hovered on top. */
function paintKeys(context: CanvasRenderingContext2D, { keys }: CurveScene): void {
  context.globalAlpha = 0.8;
  const rest = keys.filter(({ isActive, isSelected, isHovered }) => !isActive && !isSelected && !isHovered);
  for (const color of new Set(rest.map((key) => key.color)))
    paintDiamonds(
      context,
      rest.filter((key) => key.color === color),
      { fill: color, isSelected: false, isHovered: false },
    );
  context.globalAlpha = 1;
  const own = keys.filter(({ isActive, isSelected, isHovered }) => isActive && !isSelected && !isHovered);
  if (own.length > 0) paintDiamonds(context, own, { fill: own[0].color, isSelected: false, isHovered: false });
  const selected = keys.filter(({ isSelected }) => isSelected);
  paintDiamonds(context, selected, { fill: theme().select, isSelected: true, isHovered: false });
  for (const key of keys.filter(({ isHovered }) => isHovered)) paintDiamonds(context, [key], { ...key, fill: key.color });
}

/** Where the hand-made stretches of the active channel begin and end, and on which layer they lie. */
function paintEdits(context: CanvasRenderingContext2D, { edits }: CurveScene, height: number): void {
  const colors = theme();
  setFont(context, 11);
  for (const { x, width, label } of edits) {
    context.strokeStyle = colors.accent;
    context.globalAlpha = 0.8;
    context.lineWidth = 1;
    context.setLineDash([2, 3]);
    context.beginPath();
    for (const edge of [x, x + width]) {
      context.moveTo(Math.round(edge) + 0.5, 0);
      context.lineTo(Math.round(edge) + 0.5, height);
    }
    context.stroke();
    context.setLineDash([]);
    context.globalAlpha = 1;
    const left = Math.max(x, 0) + 4;
    context.fillStyle = colors.raised;
    context.fillRect(left, 6, context.measureText(label).width + 16, 18);
    context.fillStyle = colors.accent;
    context.fillRect(left, 6, 3, 18);
    context.fillStyle = colors.text1;
    context.fillText(label, left + 9, 15.5);
  }
}

function paintMarkerLine(context: CanvasRenderingContext2D, x: number, height: number): void {
  context.strokeStyle = theme().lineStrong;
  context.lineWidth = 1;
  context.setLineDash([1, 3]);
  context.beginPath();
  context.moveTo(Math.round(x) + 0.5, 0);
  context.lineTo(Math.round(x) + 0.5, height);
  context.stroke();
  context.setLineDash([]);
}

/** The name of each curve in its colour, above its highest point in sight. */
function paintNames(context: CanvasRenderingContext2D, scene: CurveScene, width: number): void {
  setFont(context, 11);
  for (const { channel, color, labelAt, isDimmed } of scene.curves) {
    if (!labelAt) continue;
    context.globalAlpha = isDimmed ? 0.4 : 1;
    context.fillStyle = color;
    context.textAlign = scene.isStacked ? 'left' : 'center';
    const half = context.measureText(channel).width / 2;
    const x = scene.isStacked ? labelAt.x : Math.min(width - half - 30, Math.max(half + 4, labelAt.x));
    context.fillText(channel, x, Math.max(8, labelAt.y));
  }
  context.globalAlpha = 1;
  context.textAlign = 'left';
}

/** Where keys and curve were before the drag. */
function paintGhost(context: CanvasRenderingContext2D, { ghost }: CurveScene): void {
  if (!ghost) return;
  const colors = theme();
  context.strokeStyle = colors.text3;
  context.fillStyle = colors.text3;
  context.lineWidth = 1;
  context.globalAlpha = 0.7;
  context.setLineDash([3, 3]);
  paintShape(context, ghost.line);
  context.setLineDash([]);
  for (const { x, y } of ghost.keys) {
    context.beginPath();
    context.moveTo(x, y - 4.5);
    context.lineTo(x + 4.5, y);
    context.lineTo(x, y + 4.5);
    context.lineTo(x - 4.5, y);
    context.closePath();
    context.stroke();
  }
  context.globalAlpha = 1;
}

function paintBox(context: CanvasRenderingContext2D, { box, boxHandles }: CurveScene): void {
  if (!box || boxHandles.length === 0) return;
  const colors = theme();
  context.fillStyle = '#ffffff';
  context.globalAlpha = 0.04;
  context.fillRect(box.left, box.top, box.right - box.left, box.bottom - box.top);
  context.globalAlpha = 1;
  context.strokeStyle = colors.text2;
  context.lineWidth = 1;
  context.setLineDash([3, 3]);
  context.strokeRect(
    Math.round(box.left) + 0.5,
    Math.round(box.top) + 0.5,
    Math.round(box.right - box.left),
    Math.round(box.bottom - box.top),
  );
  context.setLineDash([]);
  context.fillStyle = colors.well;
  context.strokeStyle = colors.select;
  context.lineWidth = 1.25;
  for (const { x, y } of boxHandles) {
    context.beginPath();
    context.rect(Math.round(x) - 3.5, Math.round(y) - 3.5, 7, 7);
    context.fill();
    context.stroke();
  }
}

/** A handle: a thin arm from the key to a white ring. */
function paintKnob(context: CanvasRenderingContext2D, { x, y, keyPoint }: HandleKnob): void {
  const colors = theme();
  context.strokeStyle = colors.select;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(keyPoint.x, keyPoint.y);
  context.lineTo(x, y);
  context.stroke();
  context.beginPath();
  context.arc(x, y, 3.5, 0, 2 * Math.PI);
  context.fillStyle = colors.well;
  context.fill();
  context.lineWidth = 1.25;
  context.stroke();
}

/** Grid lines at least 44 px apart, in steps people count in. */
function gridValues({ axis, isPose }: CurveScene): readonly number[] {
  const perUnit = (axis.height - 2 * axis.pad) / (axis.max - axis.min);
  const steps = isPose
    ? [1, 2, 5, 10, 15, 30].map((degrees) => (degrees * Math.PI) / 180)
    : [0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.5, 1];
  const step = steps.find((candidate) => candidate * perUnit >= 44) ?? steps[steps.length - 1];
  const low = valueAt(axis, (axis.top ?? 0) + axis.height);
  const high = valueAt(axis, axis.top ?? 0);
  const values: number[] = [];
  for (let index = Math.ceil(low / step); index * step <= high; index += 1) values.push(index * step);
  return values;
}

function paintGrid(context: CanvasRenderingContext2D, scene: CurveScene, width: number): void {
  const colors = theme();
  for (const value of gridValues(scene)) {
    const isLimit = !scene.isPose && (Math.abs(value) < 1e-9 || Math.abs(value - 1) < 1e-9);
    context.fillStyle = isLimit ? colors.line : colors.lineSubtle;
    context.fillRect(0, Math.round(yOf(scene.axis, value)), width, 1);
  }
}

/** Numbers stand at the right edge, over the curves but under the keys. */
function paintAxisLabels(context: CanvasRenderingContext2D, scene: CurveScene, width: number): void {
  setFont(context, 11);
  context.textAlign = 'right';
  context.fillStyle = theme().text3;
  const values = gridValues(scene);
  const digits = values.length > 1 && Math.abs(values[1] - values[0]) < 0.099 ? 2 : 1;
  for (const value of values) {
    const label = scene.isPose ? `${Math.round((value * 180) / Math.PI)}°` : (value === 0 ? 0 : value).toFixed(digits);
    context.fillText(label, width - 8, Math.max(7, yOf(scene.axis, value) - 6));
  }
  context.textAlign = 'left';
}

/** Generated: thin. Made by hand: bold, with the generated curve grey behind it. */
function paintCurve(context: CanvasRenderingContext2D, curve: ShownCurve, height: number): void {
  const dim = curve.isDimmed ? 0.4 : 1;
  context.lineJoin = 'round';
  context.setLineDash([]);
  context.strokeStyle = theme().lineStrong;
  context.lineWidth = 1;
  context.globalAlpha = dim;
  context.fillStyle = context.strokeStyle;
  for (const line of curve.baseUnder) paintShape(context, line);
  if (curve.isActive) {
    context.globalAlpha = 0.1 * dim;
    context.fillStyle = curve.color;
    for (const shape of curve.hand) fillPoints(context, upperEdge(shape), height);
  }
  context.globalAlpha = (curve.isActive ? 1 : 0.75) * dim;
  context.strokeStyle = curve.color;
  context.fillStyle = curve.color;
  context.lineWidth = 1.25;
  context.setLineDash([...curve.dash]);
  paintShape(context, curve.line);
  context.setLineDash([]);
  context.lineWidth = curve.isActive ? 2.5 : 2;
  for (const line of curve.hand) paintShape(context, line);
  context.globalAlpha = 1;
}

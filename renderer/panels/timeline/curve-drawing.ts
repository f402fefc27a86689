import { CHANNEL_INDEX, isPoseChannel, regionOf, type PerformanceChannel } from '../../../core/rig/channels';
import { isBilabial } from '../../../core/speech/phonemes';
import type { LineModel } from '../../stores/lineModel';
import { theme } from '../../ui/theme';
import { channelDash } from './channel-groups';
import { curveAxis, handKeys, handleKnobs, handStretches, samplePolyline, type HandKey, type HandleKnob } from './curve-geometry';
import { yOf, type ValueAxis } from './lane-geometry';
import { paintDiamond, paintHatch, setFont, strokePoints } from './paint';
import { isInSight, xOf, type Point, type TimeScale } from './timeline-geometry';

interface ShownCurve {
  readonly channel: PerformanceChannel;
  readonly color: string;
  readonly dash: readonly number[];
  readonly isActive: boolean;
  readonly line: readonly Point[];
  /** The generated curve under a hand edit, over the edited stretches only. */
  readonly baseUnder: readonly (readonly Point[])[];
  /** The final curve over the edited stretches: bold. */
  readonly hand: readonly (readonly Point[])[];
}

export interface CurveScene {
  readonly axis: ValueAxis;
  readonly curves: readonly ShownCurve[];
  readonly keys: readonly (HandKey & { readonly isSelected: boolean; readonly isHovered: boolean })[];
  readonly knobs: readonly HandleKnob[];
  readonly closures: readonly { readonly x: number; readonly width: number }[];
  readonly locked: readonly { readonly x: number; readonly width: number }[];
  readonly endX: number;
  readonly isPose: boolean;
}

export interface CurveSceneParts {
  readonly model: LineModel;
  readonly scale: TimeScale;
  readonly height: number;
  readonly shown: readonly PerformanceChannel[];
  readonly active: PerformanceChannel;
  readonly selectedIds: readonly string[];
  readonly hoverKeyId: string;
}

/** Works out what the curve area shows: the other curves thin behind, the active one on top, its keys last. */
export function buildCurveScene({ model, scale, height, shown, active, selectedIds, hoverKeyId }: CurveSceneParts): CurveScene {
  const channels = [...shown.filter((channel) => channel !== active), active];
  const axis = curveAxis(active, height);
  const toBand = (from: number, to: number) => ({ x: xOf(scale, from), width: (to - from) * scale.pixelsPerSecond });
  const lockedLayers = model.layers.filter((layer) => layer.locked);
  return {
    axis,
    curves: channels.map((channel) => shownCurve(model, scale, height, channel, channel === active)),
    keys: handKeys(model.layers, active, scale, axis).map((key) => ({
      ...key,
      isSelected: selectedIds.includes(key.key.id),
      isHovered: key.key.id === hoverKeyId,
    })),
    knobs: handleKnobs(model.layers, active, selectedIds, scale, axis),
    closures: model.speech.phonemes
      .filter((segment) => isBilabial(segment.phoneme) && isInSight(scale, segment.startSeconds, segment.endSeconds))
      .map((segment) => toBand(segment.startSeconds, segment.endSeconds)),
    locked: handStretches(lockedLayers, active).map(({ startSeconds, endSeconds }) => toBand(startSeconds, endSeconds)),
    endX: xOf(scale, model.line.durationSeconds),
    isPose: isPoseChannel(active),
  };
}

function shownCurve(
  model: LineModel,
  scale: TimeScale,
  height: number,
  channel: PerformanceChannel,
  isActive: boolean,
): ShownCurve {
  const axis = curveAxis(channel, height);
  const index = CHANNEL_INDEX[channel];
  const stretches = handStretches(model.layers, channel);
  const lines = (samples: Float32Array | undefined) =>
    samples ? stretches.map((stretch) => samplePolyline(samples, scale, axis, stretch.startSeconds, stretch.endSeconds)) : [];
  const final = model.final?.channels[index];
  return {
    channel,
    color: theme().regions[regionOf(channel)],
    dash: channelDash(channel),
    isActive,
    line: final ? samplePolyline(final, scale, axis) : [],
    baseUnder: lines(model.base?.channels[index]),
    hand: lines(final),
  };
}

const GRID = { weight: [0, 0.2, 0.4, 0.6, 0.8, 1], pose: [-0.5236, -0.2618, 0, 0.2618, 0.5236] };

export function paintCurves(context: CanvasRenderingContext2D, scene: CurveScene, width: number, height: number): void {
  const colors = theme();
  context.fillStyle = '#ffffff';
  context.globalAlpha = 0.05;
  for (const { x, width: band } of scene.closures) context.fillRect(x, 0, band, height);
  context.globalAlpha = 1;
  for (const { x, width: band } of scene.locked) paintHatch(context, x, 0, band, height, colors.line);
  paintGrid(context, scene, width, height);
  for (const curve of scene.curves) paintCurve(context, curve);
  paintAxisLabels(context, scene, width, height);
  for (const knob of scene.knobs) paintKnob(context, knob);
  for (const key of scene.keys) {
    if (key.x < -8 || key.x > width + 8) continue;
    paintDiamond(context, key, { fill: colors.accent, isSelected: key.isSelected, isHovered: key.isHovered });
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

function gridValues(scene: CurveScene, height: number): readonly number[] {
  if (scene.isPose) return GRID.pose;
  return height < 120 ? [0, 0.4, 0.8] : GRID.weight;
}

function paintGrid(context: CanvasRenderingContext2D, scene: CurveScene, width: number, height: number): void {
  context.fillStyle = theme().lineSubtle;
  for (const value of gridValues(scene, height)) context.fillRect(0, Math.round(yOf(scene.axis, value)), width, 1);
}

/** Numbers stand at the right edge, over the curves but under the keys. */
function paintAxisLabels(context: CanvasRenderingContext2D, scene: CurveScene, width: number, height: number): void {
  setFont(context, 11);
  context.textAlign = 'right';
  context.fillStyle = theme().text3;
  for (const value of gridValues(scene, height)) {
    const label = scene.isPose ? `${Math.round((value * 180) / Math.PI)}°` : value.toFixed(1);
    context.fillText(label, width - 8, yOf(scene.axis, value) - 6);
  }
  context.textAlign = 'left';
}

function paintCurve(context: CanvasRenderingContext2D, curve: ShownCurve): void {
  context.lineJoin = 'round';
  context.setLineDash([]);
  context.strokeStyle = theme().lineStrong;
  context.lineWidth = 1;
  for (const line of curve.baseUnder) strokePoints(context, line);
  context.globalAlpha = curve.isActive ? 1 : 0.75;
  context.strokeStyle = curve.color;
  context.lineWidth = 1.25;
  context.setLineDash([...curve.dash]);
  strokePoints(context, curve.line);
  context.setLineDash([]);
  context.lineWidth = curve.isActive ? 2.5 : 2;
  context.strokeStyle = curve.isActive ? theme().accent : curve.color;
  for (const line of curve.hand) strokePoints(context, line);
  context.globalAlpha = 1;
}

import { CHANNEL_INDEX, isPoseChannel, regionOf, type PerformanceChannel } from '../../../core/rig/channels';
import { isBilabial } from '../../../core/speech/phonemes';
import type { SampledTracks } from '../../../core/curves/sampledTracks';
import type { LineModel } from '../../stores/lineModel';
import { theme } from '../../ui/theme';
import { channelDash } from './channel-groups';
import type { AxisOf } from './curve-axes';
import {
  curveShape,
  handKeys,
  handleKnobs,
  handStretches,
  NO_SHAPE,
  type CurveShape,
  type HandKey,
  type HandleKnob,
  type HandStretch,
} from './curve-geometry';
import { boxHandles, keyBox, type BoxHandle, type KeyBox } from './key-box';
import { yOf, type ValueAxis } from './lane-geometry';
import { isInSight, xOf, type Point, type TimeScale } from './timeline-geometry';

/** Everything the curve area shows, worked out from the model; `paintCurves` only draws it. */
export interface ShownCurve {
  readonly channel: PerformanceChannel;
  readonly color: string;
  readonly dash: readonly number[];
  readonly isActive: boolean;
  /** Another channel is soloed, or this one is muted: 40 % opacity. */
  readonly isDimmed: boolean;
  readonly line: CurveShape;
  /** The generated curve under a hand edit, over the edited stretches only. */
  readonly baseUnder: readonly CurveShape[];
  /** The final curve over the edited stretches: bold. */
  readonly hand: readonly CurveShape[];
  /** Where the name stands: above the highest point in sight. */
  readonly labelAt: Point | null;
}

export interface Band {
  readonly x: number;
  readonly width: number;
}

export interface CurveScene {
  readonly axis: ValueAxis;
  readonly curves: readonly ShownCurve[];
  readonly keys: readonly (HandKey & {
    readonly color: string;
    readonly isSelected: boolean;
    readonly isHovered: boolean;
    readonly isActive: boolean;
  })[];
  readonly knobs: readonly HandleKnob[];
  readonly box: KeyBox | null;
  readonly boxHandles: readonly BoxHandle[];
  /** Keys and curve as they were when the drag began. */
  readonly ghost: { readonly keys: readonly Point[]; readonly line: CurveShape } | null;
  readonly closures: readonly Band[];
  readonly locked: readonly Band[];
  /** Edges of the stretch of the active channel that a hand has shaped, with the layer's name. */
  readonly edits: readonly (Band & { readonly label: string })[];
  readonly markers: readonly number[];
  readonly endX: number;
  readonly isPose: boolean;
  readonly isStacked: boolean;
}

/** What is kept of the moment a drag began. */
export interface GhostSource {
  readonly keys: readonly Point[];
  readonly tracks: SampledTracks | null;
}

export interface CurveSceneParts {
  readonly model: LineModel;
  readonly scale: TimeScale;
  readonly height: number;
  readonly shown: readonly PerformanceChannel[];
  readonly active: PerformanceChannel;
  readonly axisOf: AxisOf;
  readonly isStacked: boolean;
  readonly selectedIds: ReadonlySet<string>;
  readonly hoverKeyId: string;
  readonly ghost: GhostSource | null;
  readonly lockedRanges: readonly { readonly startSeconds: number; readonly endSeconds: number }[];
  readonly markerTimes: readonly number[];
  readonly isDimmed: (channel: PerformanceChannel) => boolean;
}

/** Works out what the curve area shows: the other curves thin behind, the active one on top, its keys last. */
export function buildCurveScene(parts: CurveSceneParts): CurveScene {
  const { model, scale, height, shown, active, axisOf, selectedIds, hoverKeyId, ghost } = parts;
  const channels = [...shown.filter((channel) => channel !== active), active];
  const axis = axisOf(active);
  const toBand = (from: number, to: number) => ({ x: xOf(scale, from), width: (to - from) * scale.pixelsPerSecond });
  const lockedLayers = model.layers.filter((layer) => layer.locked);
  const keys = channels.flatMap((channel) => handKeys(model.layers, channel, scale, axisOf(channel)));
  const selectedPoints = keys.filter(({ key }) => selectedIds.has(key.id));
  const box = keyBox(selectedPoints);
  return {
    axis,
    curves: channels.map((channel) => shownCurve(parts, channel)),
    keys: keys.map((key) => ({
      ...key,
      color: theme().regions[regionOf(key.channel)],
      isActive: key.channel === active,
      isSelected: selectedIds.has(key.key.id),
      isHovered: key.key.id === hoverKeyId,
    })),
    knobs: channels.flatMap((channel) => handleKnobs(model.layers, channel, selectedIds, scale, axisOf(channel))),
    box,
    boxHandles: box ? boxHandles(box) : [],
    ghost: ghost && {
      keys: ghost.keys,
      line: ghost.tracks
        ? curveShape(ghost.tracks.channels[CHANNEL_INDEX[active]], scale, axis, ghost.tracks.frameRate)
        : NO_SHAPE,
    },
    closures: model.speech.phonemes
      .filter((segment) => isBilabial(segment.phoneme) && isInSight(scale, segment.startSeconds, segment.endSeconds))
      .map((segment) => toBand(segment.startSeconds, segment.endSeconds)),
    locked: [...handStretches(lockedLayers, active), ...parts.lockedRanges]
      .filter(({ startSeconds, endSeconds }) => isInSight(scale, startSeconds, endSeconds))
      .map(({ startSeconds, endSeconds }) => toBand(startSeconds, endSeconds)),
    edits: height < 200 ? [] : editBands(parts),
    markers: parts.markerTimes.map((time) => xOf(scale, time)),
    endX: xOf(scale, model.extent.endSeconds),
    isPose: isPoseChannel(active),
    isStacked: parts.isStacked,
  };
}

function editBands({ model, active, scale }: CurveSceneParts): (Band & { label: string })[] {
  return model.layers.flatMap((layer) =>
    handStretches([layer], active)
      .filter(({ startSeconds, endSeconds }) => isInSight(scale, startSeconds, endSeconds))
      .map(({ startSeconds, endSeconds }) => ({
        x: xOf(scale, startSeconds),
        width: (endSeconds - startSeconds) * scale.pixelsPerSecond,
        label: `${layer.name}, ${layer.mode}`,
      })),
  );
}

function shownCurve(parts: CurveSceneParts, channel: PerformanceChannel): ShownCurve {
  const { model, scale, height } = parts;
  const axis = parts.axisOf(channel);
  const index = CHANNEL_INDEX[channel];
  const stretches = handStretches(model.layers, channel).filter(({ startSeconds, endSeconds }) =>
    isInSight(scale, startSeconds, endSeconds),
  );
  const shape = (tracks: SampledTracks, stretch: HandStretch) =>
    curveShape(tracks.channels[index], scale, axis, tracks.frameRate, stretch);
  const lines = (tracks: SampledTracks | null) => (tracks ? stretches.map((stretch) => shape(tracks, stretch)) : []);
  const { final, extent } = model;
  const line = final ? shape(final, extent) : NO_SHAPE;
  return {
    channel,
    color: theme().regions[regionOf(channel)],
    dash: channelDash(channel),
    isActive: channel === parts.active,
    isDimmed: parts.isDimmed(channel),
    line,
    baseUnder: lines(model.base),
    hand: lines(final),
    labelAt: height < 200 && !parts.isStacked ? null : labelPoint(line.points, axis, parts.isStacked),
  };
}

/** Above the highest point; a curve that hardly rises has none (its name would stand on the zero line), unless it is stacked. */
function labelPoint(line: readonly Point[], axis: ValueAxis, isStacked: boolean): Point | null {
  if (line.length === 0) return null;
  if (isStacked) return { x: 8, y: yOf(axis, axis.max) + 6 };
  const top = line.reduce((best, point) => (point.y < best.y ? point : best));
  return yOf(axis, axis.min) - top.y < 24 ? null : { x: top.x, y: top.y - 12 };
}

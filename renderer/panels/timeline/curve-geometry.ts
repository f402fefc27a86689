import type { CurveKey, TangentHandle } from '../../../core/curves/keyedCurve';
import { handlesInForce, type HandleSide } from '../../../core/document/commands/setTangentHandle';
import type { LayerId } from '../../../core/document/records';
import { LAYER_BLEND_SECONDS, type CurveSpan, type EditLayer } from '../../../core/layers/editLayer';
import type { PerformanceChannel } from '../../../core/rig/channels';
import { CURVE_FRAME_RATE, framesPerSecond, frameToSeconds, secondsToFrame, type FrameGrid } from '../../../core/time/frameRate';
import type { TimeRange } from '../../../core/time/timeRange';
import { isInSight, xOf, type Point, type TimeScale } from './timeline-geometry';
import type { PlacedKey } from './key-selection';
import { yOf, type ValueAxis } from './lane-geometry';
import { rangeOf } from './sample-range';

const ALL_TIME: TimeRange = { startSeconds: -Infinity, endSeconds: Infinity };

/**
 * Samples on a grid (60 fps from time 0) as points over the visible frames; at most two a pixel column (the highest, then the
 * lowest), so that twenty minutes draw as fast as two seconds. A column reaches to the first frame of the next: no gaps.
 */
export function samplePolyline(
  samples: Float32Array,
  scale: TimeScale,
  axis: ValueAxis,
  grid: FrameGrid = CURVE_FRAME_RATE,
  only: TimeRange = ALL_TIME,
): Point[] {
  const first = Math.max(0, Math.floor(secondsToFrame(Math.max(scale.startSeconds, only.startSeconds), grid) + 1e-6));
  const lastVisible = scale.startSeconds + scale.width / scale.pixelsPerSecond;
  const last = Math.min(samples.length - 1, Math.ceil(secondsToFrame(Math.min(lastVisible, only.endSeconds), grid) - 1e-6));
  const xAt = (frame: number) => xOf(scale, frameToSeconds(frame, grid));
  const points: Point[] = [];
  if (!isDense(scale, grid)) {
    for (let frame = first; frame <= last; frame += 1) points.push({ x: xAt(frame), y: yOf(axis, samples[frame]) });
    return points;
  }
  const step = Math.ceil(framesPerSecond(grid) / scale.pixelsPerSecond);
  for (let frame = first; frame <= last; frame += step) {
    const { low, high } = rangeOf(samples, frame, Math.min(frame + step, last) + 1);
    const x = xAt(frame);
    points.push({ x, y: yOf(axis, high) }, { x, y: yOf(axis, low) });
  }
  return points;
}

/** More than a frame a pixel: a line would run up and down within one column. */
function isDense(scale: TimeScale, grid: FrameGrid): boolean {
  return framesPerSecond(grid) > scale.pixelsPerSecond;
}

/** A curve as it is drawn: a line, or (more than a frame a pixel) columns, each from its highest point to its lowest. */
export interface CurveShape {
  /** Of columns: pairs, the highest point and the lowest. */
  readonly points: readonly Point[];
  readonly isColumns: boolean;
}

export const NO_SHAPE: CurveShape = { points: [], isColumns: false };

/** `samplePolyline` as a shape: upright columns are filled in no time, a line that turns in each of them takes long to stroke and dash. */
export function curveShape(
  samples: Float32Array,
  scale: TimeScale,
  axis: ValueAxis,
  grid: FrameGrid = CURVE_FRAME_RATE,
  only: TimeRange = ALL_TIME,
): CurveShape {
  return { points: samplePolyline(samples, scale, axis, grid, only), isColumns: isDense(scale, grid) };
}

/** The upper edge of a shape. */
export function upperEdge({ points, isColumns }: CurveShape): readonly Point[] {
  return isColumns ? points.filter((_point, index) => index % 2 === 0) : points;
}

export interface HandKey extends Point {
  readonly key: CurveKey;
  readonly layerId: LayerId;
  readonly channel: PerformanceChannel;
  readonly isLocked: boolean;
}

/** Keys this far outside the tracks are still drawn: half a diamond shows. */
const SIGHT_MARGIN_SECONDS = 0.1;

/** Hand-made keys of a channel on all heard layers, topmost last (so that it is hit and drawn on top). */
export function handKeys(
  layers: readonly EditLayer[],
  channel: PerformanceChannel,
  scale: TimeScale,
  axis: ValueAxis,
): HandKey[] {
  return layers
    .filter((layer) => !layer.muted)
    .flatMap((layer) =>
      spansOf(layer, channel).flatMap((span) =>
        keysInSight(span.keys, scale).map((key) => ({
          key,
          layerId: layer.id as LayerId,
          channel,
          isLocked: layer.locked,
          x: xOf(scale, key.timeSeconds),
          y: yOf(axis, key.value),
        })),
      ),
    );
}

/** The part of a sorted list of keys that shows: ten thousand keys cost what is in sight. */
export function keysInSight(keys: readonly CurveKey[], scale: TimeScale): readonly CurveKey[] {
  const from = scale.startSeconds - SIGHT_MARGIN_SECONDS;
  const to = scale.startSeconds + scale.width / scale.pixelsPerSecond + SIGHT_MARGIN_SECONDS;
  if (keys.length === 0 || keys[0].timeSeconds > to || keys[keys.length - 1].timeSeconds < from) return [];
  const first = firstAtOrAfter(keys, from);
  return keys.slice(first, firstAtOrAfter(keys, to));
}

function firstAtOrAfter(keys: readonly CurveKey[], timeSeconds: number): number {
  let [low, high] = [0, keys.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (keys[middle].timeSeconds < timeSeconds) low = middle + 1;
    else high = middle;
  }
  return low;
}

export interface HandleKnob extends Point {
  readonly keyId: string;
  readonly layerId: LayerId;
  readonly channel: PerformanceChannel;
  readonly side: HandleSide;
  /** The key the knob belongs to. */
  readonly keyPoint: Point;
}

/** Bezier handles of the selected keys: a knob for each side that leads somewhere. */
export function handleKnobs(
  layers: readonly EditLayer[],
  channel: PerformanceChannel,
  selectedIds: ReadonlySet<string>,
  scale: TimeScale,
  axis: ValueAxis,
): HandleKnob[] {
  const knobs: HandleKnob[] = [];
  for (const layer of layers.filter((candidate) => !candidate.muted && !candidate.locked)) {
    for (const { keys } of spansOf(layer, channel)) {
      keys.forEach((key, index) => {
        if (!selectedIds.has(key.id) || !isInSight(scale, key.timeSeconds, key.timeSeconds)) return;
        const keyPoint = { x: xOf(scale, key.timeSeconds), y: yOf(axis, key.value) };
        for (const [side, handle] of Object.entries(handlesInForce(keys, index)) as [HandleSide, TangentHandle][]) {
          knobs.push({
            keyId: key.id,
            layerId: layer.id as LayerId,
            channel,
            side,
            keyPoint,
            x: xOf(scale, key.timeSeconds + handle.deltaSeconds),
            y: yOf(axis, key.value + handle.deltaValue),
          });
        }
      });
    }
  }
  return knobs;
}

export interface HandStretch {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** Layers never change in place, so what was found in them stays found. */
const stretchesOf = new WeakMap<readonly EditLayer[], Map<PerformanceChannel | null, readonly HandStretch[]>>();

/** Stretches of a channel (null: of any) that a hand has shaped, with the blend on each side, joined where they touch, in order. */
export function handStretches(layers: readonly EditLayer[], channel: PerformanceChannel | null): readonly HandStretch[] {
  const found = stretchesOf.get(layers) ?? new Map<PerformanceChannel | null, readonly HandStretch[]>();
  stretchesOf.set(layers, found);
  let stretches = found.get(channel);
  if (!stretches) {
    stretches = findStretches(layers, channel);
    found.set(channel, stretches);
  }
  return stretches;
}

function findStretches(layers: readonly EditLayer[], channel: PerformanceChannel | null): HandStretch[] {
  return joinStretches(
    layers
      .filter((layer) => !layer.muted && layer.weight > 0)
      .flatMap((layer) => (channel ? spansOf(layer, channel) : layer.curves.flatMap((curve) => curve.spans)))
      .filter((span) => span.keys.length > 0)
      .map((span) => ({
        startSeconds: span.keys[0].timeSeconds - LAYER_BLEND_SECONDS,
        endSeconds: span.keys[span.keys.length - 1].timeSeconds + LAYER_BLEND_SECONDS,
      })),
  );
}

/** In order of time, overlapping and touching ones joined. */
export function joinStretches(stretches: readonly HandStretch[]): HandStretch[] {
  const joined: HandStretch[] = [];
  for (const stretch of [...stretches].sort((a, b) => a.startSeconds - b.startSeconds)) {
    const last = joined[joined.length - 1];
    if (last && stretch.startSeconds <= last.endSeconds) {
      joined[joined.length - 1] = { ...last, endSeconds: Math.max(last.endSeconds, stretch.endSeconds) };
    } else joined.push(stretch);
  }
  return joined;
}

export function spansOf(layer: EditLayer, channel: PerformanceChannel): readonly CurveSpan[] {
  return layer.curves.find((curve) => curve.channel === channel)?.spans ?? [];
}

/** The hand-made keys left and right of a time on one span of a channel, topmost layer first; null where there are none, or locked ones. */
export function segmentAt(
  layers: readonly EditLayer[],
  channel: PerformanceChannel,
  timeSeconds: number,
): readonly [PlacedKey, PlacedKey] | null {
  for (const layer of [...layers].reverse()) {
    if (layer.muted || layer.locked) continue;
    for (const { keys } of spansOf(layer, channel)) {
      const right = keys.findIndex((key) => key.timeSeconds > timeSeconds);
      if (right <= 0) continue;
      const place = (key: CurveKey): PlacedKey => ({ ref: { layerId: layer.id as LayerId, channel, keyId: key.id }, key });
      return [place(keys[right - 1]), place(keys[right])];
    }
  }
  return null;
}

/** Distance in pixels from a point to a curve of samples, straight up or down. */
export function distanceToSamples(
  samples: Float32Array,
  scale: TimeScale,
  axis: ValueAxis,
  x: number,
  y: number,
  grid: FrameGrid = CURVE_FRAME_RATE,
): number {
  const frame = secondsToFrame(scale.startSeconds + x / scale.pixelsPerSecond, grid);
  const left = Math.floor(frame);
  if (left < 0 || left >= samples.length) return Infinity;
  const right = Math.min(samples.length - 1, left + 1);
  const value = samples[left] + (samples[right] - samples[left]) * (frame - left);
  return Math.abs(yOf(axis, value) - y);
}

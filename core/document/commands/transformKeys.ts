import type { CurveKey, TangentHandle } from '../../curves/keyedCurve';
import { isPoseChannel, type PerformanceChannel } from '../../rig/channels';
import { groupKeys, keyRange, putSpans, requireUnlocked, spansOf, type KeyRef } from '../channelSpans';
import { clampValue, SAME_TIME_SECONDS, sortKeys, type ValueRange } from '../keyList';
import { lineExtent } from '../lineExtent';
import type { TimeRange } from '../../time/timeRange';
import type { RecordDraft } from '../recordDraft';
import type { LineId, LineRecord } from '../records';

/** time' = pivot + (time - pivot) * timeScale + deltaSeconds; the same for values. Everything has a default that does nothing. */
export interface KeyTransform {
  readonly pivotSeconds?: number;
  readonly timeScale?: number;
  readonly deltaSeconds?: number;
  /** A share of the value axis, as `valueShare` gives it. */
  readonly pivotValue?: number;
  readonly valueScale?: number;
  /** Change of a weight; rotations move by the same share of what the curve editor shows (+-POSE_VIEW_RADIANS). */
  readonly deltaValue?: number;
}

/** Half of the value axis of rotations in the curve editor, radians: a weight's 1 is as tall as twice this. */
export const POSE_VIEW_RADIANS = 0.6;

/** A value as a share of its axis: weights are their own share, rotations run from -POSE_VIEW_RADIANS (0) to +POSE_VIEW_RADIANS (1). */
export function valueShare(channel: PerformanceChannel, value: number): number {
  return isPoseChannel(channel) ? (value + POSE_VIEW_RADIANS) / (2 * POSE_VIEW_RADIANS) : value;
}

/**
 * Moves, stretches and scales keys of any number of channels and layers together. The time shift is cut so that no key
 * leaves the line with its pre- and post-roll (their spacing stays; a stretch that is too long is made to fit); each value
 * is clamped alone. Handles scale along. A key that stands still gives way to one that lands on it; spans that come to
 * overlap become one.
 * @throws MienError 'invalid-input' when a layer is locked.
 */
export function transformKeys(
  draft: RecordDraft,
  args: KeyTransform & { readonly lineId: LineId; readonly keys: readonly KeyRef[] },
): void {
  const extent = lineExtent(draft.get<LineRecord>(args.lineId));
  const groups = groupKeys(args.keys);
  const selected = groups.flatMap(({ layerId, channel, keyIds }) => {
    const ids = new Set(keyIds);
    return spansOf(draft, layerId, channel).flatMap((span) => span.keys.filter((key) => ids.has(key.id)));
  });
  const first = selected.reduce((least, key) => Math.min(least, key.timeSeconds), Infinity);
  const last = selected.reduce((most, key) => Math.max(most, key.timeSeconds), -Infinity);
  const place = placing({ ...args, timeScale: fittingScale(args.timeScale ?? 1, last - first, extent) });
  const ends = [place.time(first), place.time(last)];
  const shiftSeconds = keepInside(Math.min(...ends), Math.max(...ends), extent);
  for (const { layerId, channel, keyIds } of groups) {
    const range = keyRange(requireUnlocked(draft, layerId), channel);
    const ids = new Set(keyIds);
    const spans = spansOf(draft, layerId, channel);
    const move = (key: CurveKey) => place.key(key, shiftSeconds, channel, range);
    const moved = spans.flatMap((span) => span.keys.filter((key) => ids.has(key.id)).map(move));
    const isTaken = (key: CurveKey) => moved.some((other) => Math.abs(other.timeSeconds - key.timeSeconds) < SAME_TIME_SECONDS);
    const byId = new Map(moved.map((key) => [key.id, key]));
    const next = spans.map((span) => ({
      ...span,
      keys: sortKeys(
        span.keys.flatMap((key) => {
          const own = byId.get(key.id);
          if (own) return [own];
          return isTaken(key) ? [] : [key];
        }),
      ),
    }));
    putSpans(draft, layerId, channel, next);
  }
}

function placing({
  pivotSeconds = 0,
  timeScale = 1,
  deltaSeconds = 0,
  pivotValue = 0,
  valueScale = 1,
  deltaValue = 0,
}: KeyTransform) {
  // Nothing scaled means nothing computed with the pivot: values that only move in time stay bit-equal.
  const time = (seconds: number) =>
    (timeScale === 1 ? seconds : pivotSeconds + (seconds - pivotSeconds) * timeScale) + deltaSeconds;
  const value = (before: number, channel: PerformanceChannel) => {
    const [unit, origin] = isPoseChannel(channel) ? [2 * POSE_VIEW_RADIANS, -POSE_VIEW_RADIANS] : [1, 0];
    const pivot = origin + pivotValue * unit;
    return (valueScale === 1 ? before : pivot + (before - pivot) * valueScale) + deltaValue * unit;
  };
  const key = (before: CurveKey, shiftSeconds: number, channel: PerformanceChannel, range: ValueRange): CurveKey => ({
    ...before,
    timeSeconds: time(before.timeSeconds) + shiftSeconds,
    value: clampValue(value(before.value, channel), range),
    ...turned(before, timeScale, valueScale),
  });
  return { time, key };
}

/** Handles after a stretch; one turned round in time (negative scale) swaps sides. */
function turned({ inHandle, outHandle }: CurveKey, timeScale: number, valueScale: number): Partial<CurveKey> {
  if (timeScale === 1 && valueScale === 1) return {};
  const scale = (handle: TangentHandle | undefined) =>
    handle && { deltaSeconds: handle.deltaSeconds * timeScale, deltaValue: handle.deltaValue * valueScale };
  const [first, second] = [scale(inHandle), scale(outHandle)];
  const [nextIn, nextOut] = timeScale < 0 ? [second, first] : [first, second];
  return { ...(nextIn && { inHandle: nextIn }), ...(nextOut && { outHandle: nextOut }) };
}

/** The scale, made smaller where the stretched keys would be longer than the line. */
function fittingScale(timeScale: number, lengthSeconds: number, { startSeconds, endSeconds }: TimeRange): number {
  const room = endSeconds - startSeconds;
  return lengthSeconds * Math.abs(timeScale) > room ? Math.sign(timeScale) * (room / lengthSeconds) : timeScale;
}

function keepInside(first: number, last: number, { startSeconds, endSeconds }: TimeRange): number {
  if (first < startSeconds) return startSeconds - first;
  return last > endSeconds ? Math.max(startSeconds - first, endSeconds - last) : 0;
}

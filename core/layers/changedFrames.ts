import { framesInside } from '../curves/sampleCurve';
import type { FrameGrid } from '../time/frameRate';
import type { TimeRange } from '../time/timeRange';
import type { ActiveCurve } from './activeCurves';
import type { FrameRange } from './applyLayers';
import { LAYER_BLEND_SECONDS, type CurveSpan, type EditLayer } from './editLayer';

/** Keys on each side that a changed key can bend: its own slope and its neighbours' reach to the keys after those. */
const REACH_KEYS = 2;

/**
 * The frames at which one channel's curves may differ from before: merged, in order. Records are compared by identity, as
 * the document keeps what an edit did not touch.
 */
export function changedFrames(
  before: readonly ActiveCurve[],
  after: readonly ActiveCurve[],
  frameCount: number,
  rate: FrameGrid,
): FrameRange[] {
  const ranges = changedRanges(before, after);
  const frames = ranges
    .map(({ startSeconds, endSeconds }) =>
      framesInside(startSeconds - LAYER_BLEND_SECONDS, endSeconds + LAYER_BLEND_SECONDS, frameCount, rate),
    )
    .filter(({ first, last }) => first <= last);
  return mergeFrames(frames);
}

/** From the first to the last frame of a span (default: all) at which two versions of a channel differ; null when they do not. */
export function differingFrames(
  before: Float32Array,
  after: Float32Array,
  within: FrameRange = { first: 0, last: after.length - 1 },
): FrameRange | null {
  if (before === after) return null;
  let { first, last } = within;
  while (first <= last && Object.is(before[first], after[first])) first++;
  if (first > last) return null;
  while (Object.is(before[last], after[last])) last--;
  return { first, last };
}

/** Frame ranges in order, overlapping and touching ones joined. */
export function mergeFrames(ranges: readonly FrameRange[]): FrameRange[] {
  const merged: FrameRange[] = [];
  for (const range of [...ranges].sort((a, b) => a.first - b.first)) {
    const last = merged.at(-1);
    if (last && range.first <= last.last + 1)
      merged[merged.length - 1] = { first: last.first, last: Math.max(last.last, range.last) };
    else merged.push(range);
  }
  return merged;
}

function changedRanges(before: readonly ActiveCurve[], after: readonly ActiveCurve[]): TimeRange[] {
  if (!isSameOrder(before, after)) return [...before, ...after].flatMap(({ spans }) => spans.flatMap(wholeRange));
  const earlier = new Map(before.map((curve) => [curve.layer.id, curve]));
  const later = new Map(after.map((curve) => [curve.layer.id, curve]));
  const ranges: TimeRange[] = [];
  for (const id of new Set([...earlier.keys(), ...later.keys()])) {
    const [old, now] = [earlier.get(id), later.get(id)];
    if (old && now && isSameWeight(old.layer, now.layer)) ranges.push(...changedSpans(old.spans, now.spans));
    else ranges.push(...[...(old?.spans ?? []), ...(now?.spans ?? [])].flatMap(wholeRange));
  }
  return ranges;
}

/** True when layers that are in both lists keep their order. */
function isSameOrder(before: readonly ActiveCurve[], after: readonly ActiveCurve[]): boolean {
  const ids = new Set(before.map(({ layer }) => layer.id));
  const kept = after.map(({ layer }) => layer.id).filter((id) => ids.has(id));
  const keptSet = new Set(kept);
  const old = before.map(({ layer }) => layer.id).filter((id) => keptSet.has(id));
  return kept.every((id, index) => id === old[index]);
}

function isSameWeight(a: EditLayer, b: EditLayer): boolean {
  return a === b || (a.mode === b.mode && a.weight === b.weight && a.weightKeys === b.weightKeys);
}

function changedSpans(before: readonly CurveSpan[], after: readonly CurveSpan[]): TimeRange[] {
  if (before === after) return [];
  const old = new Map(before.map((span) => [span.id, span]));
  const ranges: TimeRange[] = [];
  for (const span of after) {
    const was = old.get(span.id);
    old.delete(span.id);
    if (was === span || was?.keys === span.keys) continue;
    ranges.push(...(was ? changedKeys(was, span) : wholeRange(span)));
  }
  for (const gone of old.values()) ranges.push(...wholeRange(gone));
  return ranges;
}

/** The stretch of two versions of a span that differs, with the keys that a changed one can bend. */
function changedKeys({ keys: before }: CurveSpan, { keys: after }: CurveSpan): TimeRange[] {
  if (before.length === 0 || after.length === 0) return [before, after].flatMap((keys) => wholeRange({ id: '', keys }));
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  if (head === before.length && head === after.length) return [];
  return [before, after].map((keys) => ({
    startSeconds: keys[Math.max(0, Math.min(keys.length - 1, head - REACH_KEYS))].timeSeconds,
    endSeconds: keys[Math.max(0, Math.min(keys.length - 1, keys.length - 1 - tail + REACH_KEYS))].timeSeconds,
  }));
}

function wholeRange({ keys }: CurveSpan): TimeRange[] {
  if (keys.length === 0) return [];
  return [{ startSeconds: keys[0].timeSeconds, endSeconds: keys[keys.length - 1].timeSeconds }];
}

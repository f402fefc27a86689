import { evaluateCurve, evaluateFrom, findSegment } from '../curves/evaluateCurve';
import { framesInside } from '../curves/sampleCurve';
import type { SampledTracks } from '../curves/sampledTracks';
import { frameToSeconds, type FrameGrid } from '../time/frameRate';
import type { TimeRange } from '../time/timeRange';
import { activeCurves, type ActiveCurve } from './activeCurves';
import { LAYER_BLEND_SECONDS, type CurveSpan, type EditLayer } from './editLayer';

/**
 * The generated base with all edit layers over it, bottom to top. Override: below + w (hand - below); additive:
 * below + w hand; w = layer weight x its weight curve x the span's mask, which is 1 from the first to the last key and
 * falls smoothly to 0 over LAYER_BLEND_SECONDS on each side. Outside that, and on channels no layer touches, the base's
 * bytes come through unchanged (untouched channels are the base's own arrays: treat tracks as read-only). Muted layers,
 * weight 0, layers beside a soloed one and channels outside a layer's mask do nothing.
 */
export function applyLayers(base: SampledTracks, layers: readonly EditLayer[]): SampledTracks {
  const channels = base.channels.slice();
  for (const [channelIndex, curves] of activeCurves(layers)) {
    channels[channelIndex] = channels[channelIndex].slice();
    applyCurves(channels[channelIndex], curves, base.frameRate, { first: 0, last: base.frameCount - 1 });
  }
  return { ...base, channels };
}

/**
 * Brings `previous` (an earlier result over the same base) up to date inside `range` only, e.g. while a key is dragged:
 * pass the range touched before and after the move, widened by LAYER_BLEND_SECONDS. Frames outside are copied from `previous`.
 */
export function applyLayersInRange(
  base: SampledTracks,
  layers: readonly EditLayer[],
  range: TimeRange,
  previous: SampledTracks,
): SampledTracks {
  const { first, last } = framesInside(range.startSeconds, range.endSeconds, base.frameCount, base.frameRate);
  const channels = previous.channels.slice();
  if (last < first) return { ...base, channels };
  const active = activeCurves(layers);
  for (let index = 0; index < channels.length; index++) {
    if (!active.has(index) && previous.channels[index] === base.channels[index]) continue;
    channels[index] = previous.channels[index].slice();
    channels[index].set(base.channels[index].subarray(first, last + 1), first);
    applyCurves(channels[index], active.get(index) ?? [], base.frameRate, { first, last });
  }
  return { ...base, channels };
}

/** Frames from `first` to `last`, both inclusive. */
export interface FrameRange {
  readonly first: number;
  readonly last: number;
}

/** Puts the curves of one channel over its samples, inside the frames only; the samples hold what lies below. */
export function applyCurves(samples: Float32Array, curves: readonly ActiveCurve[], rate: FrameGrid, frames: FrameRange): void {
  for (const { layer, spans } of curves) applySpans(samples, spans, layer, rate, frames);
}

function applySpans(
  samples: Float32Array,
  allSpans: readonly CurveSpan[],
  layer: EditLayer,
  rate: FrameGrid,
  { first, last }: FrameRange,
): void {
  const spans = allSpans.every((span) => span.keys.length > 0) ? allSpans : allSpans.filter((span) => span.keys.length > 0);
  const from = frameToSeconds(first, rate) - LAYER_BLEND_SECONDS;
  const until = frameToSeconds(last, rate) + LAYER_BLEND_SECONDS;
  for (let index = firstSpanAfter(spans, from); index < spans.length && spans[index].keys[0].timeSeconds <= until; index++) {
    const keys = spans[index].keys;
    const start = keys[0].timeSeconds;
    const end = keys[keys.length - 1].timeSeconds;
    const fadeIn = fadeSeconds(index > 0 ? start - lastTime(spans[index - 1]) : Infinity);
    const fadeOut = fadeSeconds(index + 1 < spans.length ? spans[index + 1].keys[0].timeSeconds - end : Infinity);
    const touched = framesInside(start - fadeIn, end + fadeOut, samples.length, rate);
    const begin = Math.max(touched.first, first);
    let segment = findSegment(keys, frameToSeconds(begin, rate));
    for (let frame = begin; frame <= Math.min(touched.last, last); frame++) {
      const timeSeconds = frameToSeconds(frame, rate);
      const weight = weightAt(layer, timeSeconds) * spanMask(timeSeconds, start, end, fadeIn, fadeOut);
      if (weight <= 0) continue;
      while (segment + 1 < keys.length && keys[segment + 1].timeSeconds <= timeSeconds) segment++;
      const hand = evaluateFrom(keys, segment, timeSeconds);
      samples[frame] += layer.mode === 'override' ? weight * (hand - samples[frame]) : weight * hand;
    }
  }
}

/** A layer's weight at a time: its own, times its curve, both 0..1. */
export function weightAt(layer: Pick<EditLayer, 'weight' | 'weightKeys'>, timeSeconds: number): number {
  const { weight, weightKeys } = layer;
  if (!weightKeys || weightKeys.length === 0) return weight;
  return weight * Math.min(1, Math.max(0, evaluateCurve({ keys: weightKeys }, timeSeconds)));
}

/** Index of the first span that ends at or after a time; spans are sorted and do not overlap. */
function firstSpanAfter(spans: readonly CurveSpan[], timeSeconds: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lastTime(spans[middle]) < timeSeconds) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The fade never reaches into the neighbouring span: its own keys are met exactly. */
function fadeSeconds(gapSeconds: number): number {
  return Math.max(0, Math.min(LAYER_BLEND_SECONDS, gapSeconds));
}

function lastTime(span: CurveSpan): number {
  return span.keys[span.keys.length - 1].timeSeconds;
}

function spanMask(timeSeconds: number, start: number, end: number, fadeIn: number, fadeOut: number): number {
  // Keys are compared with a small bias: a key on a frame must count as inside whatever the division rounded to.
  if (timeSeconds < start - 1e-6) return smoothFall((start - timeSeconds) / fadeIn);
  if (timeSeconds > end + 1e-6) return smoothFall((timeSeconds - end) / fadeOut);
  return 1;
}

/** 1 at 0, 0 at 1 and beyond, with flat ends (smoothstep). */
function smoothFall(x: number): number {
  // At the very end of the fade only rounding is left; it must not write, or bytes outside would change.
  if (!(x < 1 - 1e-6)) return 0;
  return 1 - x * x * (3 - 2 * x);
}

import { evaluateFrom } from '../curves/evaluateCurve';
import { framesInside } from '../curves/sampleCurve';
import type { SampledTracks } from '../curves/sampledTracks';
import { CHANNEL_INDEX } from '../rig/channels';
import { frameToSeconds, type FrameRate } from '../time/frameRate';
import type { TimeRange } from '../time/timeRange';
import { LAYER_BLEND_SECONDS, type CurveSpan, type EditLayer } from './editLayer';

/**
 * The generated base with all edit layers over it, bottom to top. Override: below + w (hand - below); additive:
 * below + w hand; w = layer weight x the span's mask, which is 1 from the first to the last key and falls smoothly to 0
 * over LAYER_BLEND_SECONDS on each side. Outside that, and on channels no layer touches, the base's bytes come through
 * unchanged (untouched channels are the base's own arrays: treat tracks as read-only). Muted layers and weight 0 do nothing.
 */
export function applyLayers(base: SampledTracks, layers: readonly EditLayer[]): SampledTracks {
  const channels = base.channels.slice();
  for (const { channelIndex, layer, spans } of activeCurves(layers)) {
    if (channels[channelIndex] === base.channels[channelIndex]) channels[channelIndex] = channels[channelIndex].slice();
    applySpans(channels[channelIndex], spans, layer, base.frameRate, 0, base.frameCount - 1);
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
  const edited = new Set(active.map((entry) => entry.channelIndex));
  for (let index = 0; index < channels.length; index++) {
    if (!edited.has(index) && previous.channels[index] === base.channels[index]) continue;
    channels[index] = previous.channels[index].slice();
    channels[index].set(base.channels[index].subarray(first, last + 1), first);
  }
  for (const { channelIndex, layer, spans } of active) {
    applySpans(channels[channelIndex], spans, layer, base.frameRate, first, last);
  }
  return { ...base, channels };
}

interface ActiveCurve {
  readonly channelIndex: number;
  readonly layer: EditLayer;
  readonly spans: readonly CurveSpan[];
}

function activeCurves(layers: readonly EditLayer[]): ActiveCurve[] {
  return layers
    .filter((layer) => !layer.muted && layer.weight > 0)
    .flatMap((layer) =>
      layer.curves.map((curve) => ({
        channelIndex: CHANNEL_INDEX[curve.channel],
        layer,
        spans: curve.spans.filter((span) => span.keys.length > 0),
      })),
    )
    .filter((entry) => entry.channelIndex !== undefined && entry.spans.length > 0);
}

function applySpans(
  samples: Float32Array,
  spans: readonly CurveSpan[],
  layer: EditLayer,
  rate: FrameRate,
  firstFrame: number,
  lastFrame: number,
): void {
  for (let index = 0; index < spans.length; index++) {
    const keys = spans[index].keys;
    const start = keys[0].timeSeconds;
    const end = keys[keys.length - 1].timeSeconds;
    const fadeIn = fadeSeconds(index > 0 ? start - lastTime(spans[index - 1]) : Infinity);
    const fadeOut = fadeSeconds(index + 1 < spans.length ? spans[index + 1].keys[0].timeSeconds - end : Infinity);
    const touched = framesInside(start - fadeIn, end + fadeOut, samples.length, rate);
    let segment = -1;
    for (let frame = Math.max(touched.first, firstFrame); frame <= Math.min(touched.last, lastFrame); frame++) {
      const timeSeconds = frameToSeconds(frame, rate);
      const weight = layer.weight * spanMask(timeSeconds, start, end, fadeIn, fadeOut);
      if (weight <= 0) continue;
      while (segment + 1 < keys.length && keys[segment + 1].timeSeconds <= timeSeconds) segment++;
      const hand = evaluateFrom(keys, segment, timeSeconds);
      samples[frame] += layer.mode === 'override' ? weight * (hand - samples[frame]) : weight * hand;
    }
  }
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

import type { CurveKey } from '../../curves/keyedCurve';
import { reduceKeys } from '../../curves/reduceKeys';
import type { ActiveEmotion } from '../../emotion/emotions';
import { CURVE_FRAME_RATE, frameToSeconds, gridFrom, secondsToFrame, secondsToNearestFrame } from '../../time/frameRate';
import type { TimeRange } from '../../time/timeRange';
import { lineExtent } from '../lineExtent';
import { clampValue, SAME_TIME_SECONDS, sortKeys, WEIGHT_RANGE } from '../keyList';
import type { RecordDraft } from '../recordDraft';
import type { EmotionCurveRecord, LineId, LineRecord } from '../records';

/** A point of a stroke: time in seconds of the line, intensity 0..1. */
export interface StrokePoint {
  readonly timeSeconds: number;
  readonly value: number;
}

/**
 * Puts a freehand stroke into an emotion's curve: from its first to its last moment the keys that were there give way to few
 * new ones, within `maxError` of the stroke at every frame. Where a stroke goes back over itself, the later part counts. It is
 * cut to the line with its rolls; a stroke shorter than a frame does nothing.
 */
export function paintEmotion(
  draft: RecordDraft,
  args: {
    readonly lineId: LineId;
    readonly emotion: ActiveEmotion;
    readonly stroke: readonly StrokePoint[];
    /** Default .03: a hand on a mouse is no steadier. */
    readonly maxError?: number;
    readonly idPrefix: string;
  },
): void {
  const { lineId, emotion, maxError = 0.03 } = args;
  const frames = strokeFrames(args.stroke, lineExtent(draft.get<LineRecord>(lineId)));
  if (!frames || frames.values.length < 2) return;
  const startSeconds = frameToSeconds(frames.first, CURVE_FRAME_RATE);
  const endSeconds = frameToSeconds(frames.first + frames.values.length - 1, CURVE_FRAME_RATE);
  const painted = reduceKeys(frames.values, gridFrom(CURVE_FRAME_RATE, frames.first), maxError, `${args.idPrefix}-`).map(
    (key): CurveKey => ({
      ...key,
      value: clampValue(key.value, WEIGHT_RANGE),
    }),
  );
  const present = draft.find<EmotionCurveRecord>(`emotion:${lineId}:${emotion}`)?.keys ?? [];
  const kept = present.filter(
    (key) => key.timeSeconds < startSeconds - SAME_TIME_SECONDS || key.timeSeconds > endSeconds + SAME_TIME_SECONDS,
  );
  draft.put({ id: `emotion:${lineId}:${emotion}`, kind: 'emotion', lineId, emotion, keys: sortKeys([...kept, ...painted]) });
}

/** The stroke at every frame it touches, straight lines between its points. */
function strokeFrames(
  stroke: readonly StrokePoint[],
  { startSeconds, endSeconds }: TimeRange,
): { first: number; values: Float32Array } | null {
  const earliest = Math.ceil(secondsToFrame(startSeconds, CURVE_FRAME_RATE) - 1e-6);
  const latest = Math.floor(secondsToFrame(endSeconds, CURVE_FRAME_RATE));
  const frameOf = (point: StrokePoint) =>
    Math.min(latest, Math.max(earliest, secondsToNearestFrame(point.timeSeconds, CURVE_FRAME_RATE)));
  const points = stroke.map((point) => ({ frame: frameOf(point), value: clampValue(point.value, WEIGHT_RANGE) }));
  if (points.length === 0) return null;
  const first = Math.min(...points.map(({ frame }) => frame));
  const last = Math.max(...points.map(({ frame }) => frame));
  const values = new Float32Array(last - first + 1);
  values[points[0].frame - first] = points[0].value;
  for (let index = 1; index < points.length; index += 1) {
    const [from, to] = [points[index - 1], points[index]];
    const steps = Math.max(1, Math.abs(to.frame - from.frame));
    for (let step = 0; step <= steps; step += 1) {
      const frame = Math.round(from.frame + ((to.frame - from.frame) * step) / steps);
      values[frame - first] = from.value + ((to.value - from.value) * step) / steps;
    }
  }
  return { first, values };
}

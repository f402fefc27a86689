import type { CurveKey } from '../curves/keyedCurve';
import type { ActiveEmotion } from '../emotion/emotions';
import type { PerformanceChannel } from '../rig/channels';
import type { KeyRef } from './channelSpans';
import type { DocumentRecord, EmotionCurveRecord, EventId, LayerCurveRecord, LineId, NonverbalEventRecord } from './records';

/** Keys of one span of one channel, times from the start of the clip. */
export interface ClipSpan {
  readonly channel: PerformanceChannel;
  readonly keys: readonly CurveKey[];
}

export interface ClipEmotion {
  readonly emotion: ActiveEmotion;
  readonly keys: readonly CurveKey[];
}

/** What was copied: plain data, free of the line it came from. Times count from the first copied moment. */
export interface KeyClip {
  /** When the first copied moment was, in the line it came from. */
  readonly startSeconds: number;
  readonly durationSeconds: number;
  readonly spans: readonly ClipSpan[];
  readonly emotions: readonly ClipEmotion[];
  readonly events: readonly NonverbalEventRecord[];
}

export interface ClipSelection {
  readonly lineId: LineId;
  readonly keys?: readonly KeyRef[];
  readonly emotionKeys?: readonly { readonly emotion: ActiveEmotion; readonly keyIds: readonly string[] }[];
  readonly eventIds?: readonly EventId[];
}

/** Gives a record by id: of a document (`(id) => records[id]`) or of a draft. */
export type RecordReader = (id: DocumentRecord['id']) => DocumentRecord | undefined;

/** Copies what is selected; null when nothing of it is there. */
export function copyClip(read: RecordReader, selection: ClipSelection): KeyClip | null {
  const spans = copySpans(read, selection.keys ?? []);
  const emotions = (selection.emotionKeys ?? []).map(({ emotion, keyIds }): ClipEmotion => {
    const curve = read(`emotion:${selection.lineId}:${emotion}`) as EmotionCurveRecord | undefined;
    return { emotion, keys: curve?.keys.filter((key) => keyIds.includes(key.id)) ?? [] };
  });
  const events = (selection.eventIds ?? [])
    .map((id) => read(id) as NonverbalEventRecord | undefined)
    .filter((event) => event !== undefined);
  const keys = [...spans, ...emotions].flatMap((part) => part.keys);
  if (keys.length === 0 && events.length === 0) return null;
  const starts = [...keys.map((key) => key.timeSeconds), ...events.map((event) => event.startSeconds)];
  const ends = [...keys.map((key) => key.timeSeconds), ...events.map((event) => event.endSeconds)];
  const start = starts.reduce((least, time) => Math.min(least, time), Infinity);
  const end = ends.reduce((most, time) => Math.max(most, time), -Infinity);
  const shifted = (list: readonly CurveKey[]) => list.map((key) => ({ ...key, timeSeconds: key.timeSeconds - start }));
  return {
    startSeconds: start,
    durationSeconds: end - start,
    spans: spans.map((span) => ({ ...span, keys: shifted(span.keys) })),
    emotions: emotions.filter(({ keys: own }) => own.length > 0).map((part) => ({ ...part, keys: shifted(part.keys) })),
    events: events.map((event) => ({
      ...event,
      startSeconds: event.startSeconds - start,
      endSeconds: event.endSeconds - start,
    })),
  };
}

function copySpans(read: RecordReader, refs: readonly KeyRef[]): ClipSpan[] {
  const ids = new Set(refs.map((ref) => ref.keyId));
  const curveIds = new Set(refs.map((ref) => `curve:${ref.layerId}:${ref.channel}` as const));
  return [...curveIds].flatMap((curveId) => {
    const curve = read(curveId) as LayerCurveRecord | undefined;
    return (curve?.spans ?? [])
      .map((span): ClipSpan => ({ channel: curve!.channel, keys: span.keys.filter((key) => ids.has(key.id)) }))
      .filter((span) => span.keys.length > 0);
  });
}

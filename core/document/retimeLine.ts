import type { CurveKey, TangentHandle } from '../curves/keyedCurve';
import { spansOf, writeSpans } from './channelSpans';
import { SAME_TIME_SECONDS } from './keyList';
import { lineExtent } from './lineExtent';
import type { RecordDraft } from './recordDraft';
import type {
  EffortGainRecord,
  EmotionCurveRecord,
  EmotionDraftRecord,
  LayerCurveRecord,
  LayerRecord,
  LineId,
  LineRecord,
  MarkerRecord,
  NonverbalEventRecord,
  RangeLockRecord,
} from './records';

/** Where a moment goes: its new time, or null when it is cut out. Must not decrease. */
export type TimeMap = (timeSeconds: number) => number | null;

/** What a retime may move. Words and phonemes are apart: they must go on covering the line. */
export const RETIME_TRACKS = ['keys', 'layerWeights', 'emotions', 'effort', 'events', 'markers', 'locks'] as const;
export type RetimeTrack = (typeof RETIME_TRACKS)[number];

export interface RetimeOptions {
  readonly lineId: LineId;
  readonly map: TimeMap;
  readonly tracks?: readonly RetimeTrack[];
  /** A cut end of an event, marker or lock goes here: the edge of the cut. Default: it is where the map goes on. */
  readonly edge?: (timeSeconds: number) => number;
}

/**
 * Sends everything of a line that stands in time through a map: keys of all layers and channels (locked ones too: half a
 * shift would tear the performance), weight curves, emotions and their drafts, effort, events, markers, range locks. What
 * the map cuts out is removed; what ends up outside the line is cut or removed. Handles of keys stretch with the map.
 */
export function retimeLine(draft: RecordDraft, { lineId, map, tracks = RETIME_TRACKS, edge = identity }: RetimeOptions): void {
  const line = draft.get<LineRecord>(lineId);
  const extent = lineExtent(line);
  const inside: TimeMap = (time) => {
    const mapped = map(time);
    return mapped === null || mapped < extent.startSeconds - 1e-9 || mapped > extent.endSeconds + 1e-9 ? null : mapped;
  };
  const clampedEdge = (time: number) => Math.min(extent.endSeconds, Math.max(extent.startSeconds, map(time) ?? edge(time)));
  const has = (track: RetimeTrack) => tracks.includes(track);
  if (has('keys')) retimeLayerKeys(draft, line, inside);
  if (has('layerWeights')) retimeLayerWeights(draft, line, inside);
  if (has('emotions')) for (const kind of ['emotion', 'draft'] as const) retimeCurves(draft, `${kind}:${lineId}:`, inside);
  if (has('effort')) retimeCurves(draft, `effort:${lineId}`, inside);
  if (has('events')) retimeStretches<NonverbalEventRecord>(draft, `event:${lineId}:`, inside, clampedEdge);
  if (has('locks')) retimeStretches<RangeLockRecord>(draft, `lock:${lineId}:`, inside, clampedEdge);
  if (has('markers')) retimeMarkers(draft, `marker:${lineId}:`, inside, clampedEdge);
}

/** Keys through a map: cut ones go, of two that meet the later stays out, handles stretch. The same array when nothing moved. */
export function retimeKeys(keys: readonly CurveKey[], map: TimeMap): readonly CurveKey[] {
  const next: CurveKey[] = [];
  let isChanged = false;
  for (const key of keys) {
    const timeSeconds = map(key.timeSeconds);
    const last = next.at(-1);
    if (timeSeconds === null || (last && timeSeconds - last.timeSeconds < SAME_TIME_SECONDS)) {
      isChanged = true;
      continue;
    }
    const moved = timeSeconds === key.timeSeconds ? key : { ...key, timeSeconds, ...stretchHandles(key, timeSeconds, map) };
    isChanged ||= moved !== key;
    next.push(moved);
  }
  return isChanged ? next : keys;
}

function stretchHandles(key: CurveKey, timeSeconds: number, map: TimeMap): Partial<CurveKey> {
  const stretch = (handle: TangentHandle | undefined): TangentHandle | undefined => {
    if (!handle) return undefined;
    const end = map(key.timeSeconds + handle.deltaSeconds);
    const deltaSeconds = end === null ? handle.deltaSeconds : end - timeSeconds;
    // A shift must not wear handles down by rounding.
    return Math.abs(deltaSeconds - handle.deltaSeconds) < 1e-9 ? handle : { ...handle, deltaSeconds };
  };
  const [inHandle, outHandle] = [stretch(key.inHandle), stretch(key.outHandle)];
  return { ...(inHandle && { inHandle }), ...(outHandle && { outHandle }) };
}

function retimeLayerKeys(draft: RecordDraft, line: LineRecord, map: TimeMap): void {
  for (const layerId of line.layerIds) {
    for (const id of draft.idsWithPrefix(`curve:${layerId}:`)) {
      const { channel } = draft.get<LayerCurveRecord>(id as LayerCurveRecord['id']);
      const spans = spansOf(draft, layerId, channel);
      const next = spans.map((span) => {
        const keys = retimeKeys(span.keys, map);
        return keys === span.keys ? span : { ...span, keys };
      });
      if (next.some((span, index) => span !== spans[index])) writeSpans(draft, layerId, channel, next);
    }
  }
}

function retimeLayerWeights(draft: RecordDraft, line: LineRecord, map: TimeMap): void {
  for (const layerId of line.layerIds) {
    const layer = draft.get<LayerRecord>(layerId);
    if (!layer.weightKeys) continue;
    const weightKeys = retimeKeys(layer.weightKeys, map);
    if (weightKeys === layer.weightKeys) continue;
    const { weightKeys: _before, ...rest } = layer;
    draft.put(weightKeys.length > 0 ? { ...rest, weightKeys } : rest);
  }
}

function retimeCurves(draft: RecordDraft, prefix: string, map: TimeMap): void {
  for (const id of draft.idsWithPrefix(prefix)) {
    const record = draft.get<EmotionCurveRecord | EmotionDraftRecord | EffortGainRecord>(id as EmotionCurveRecord['id']);
    const keys = retimeKeys(record.keys, map);
    if (keys !== record.keys) draft.put({ ...record, keys });
  }
}

function retimeStretches<T extends NonverbalEventRecord | RangeLockRecord>(
  draft: RecordDraft,
  prefix: string,
  map: TimeMap,
  edge: (timeSeconds: number) => number,
): void {
  for (const id of draft.idsWithPrefix(prefix)) {
    const record = draft.get<T>(id as T['id']);
    const start = map(record.startSeconds);
    const end = map(record.endSeconds);
    const startSeconds = start ?? edge(record.startSeconds);
    const endSeconds = end ?? edge(record.endSeconds);
    // With both ends cut the middle may still be there: a lock over the whole line, a cut at each end.
    if (endSeconds - startSeconds < 1e-6 && record.endSeconds - record.startSeconds >= 1e-6) draft.remove(record.id);
    else if (startSeconds !== record.startSeconds || endSeconds !== record.endSeconds)
      draft.put({ ...record, startSeconds, endSeconds });
  }
}

function retimeMarkers(draft: RecordDraft, prefix: string, map: TimeMap, edge: (timeSeconds: number) => number): void {
  for (const id of draft.idsWithPrefix(prefix)) {
    const marker = draft.get<MarkerRecord>(id as MarkerRecord['id']);
    const time = map(marker.timeSeconds);
    const end = marker.endSeconds === undefined ? undefined : (map(marker.endSeconds) ?? edge(marker.endSeconds));
    const timeSeconds = time ?? (end !== undefined ? edge(marker.timeSeconds) : null);
    if (timeSeconds === null || (end !== undefined && end - timeSeconds < 1e-6)) draft.remove(marker.id);
    else if (timeSeconds !== marker.timeSeconds || end !== marker.endSeconds)
      draft.put({ ...marker, timeSeconds, ...(end !== undefined && { endSeconds: end }) });
  }
}

function identity(timeSeconds: number): number {
  return timeSeconds;
}

import type { CurveKey, TangentHandle } from '../curves/keyedCurve';
import { spansOf, writeSpans } from './channelSpans';
import { putKey, SAME_TIME_SECONDS } from './keyList';
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

/** What the animator wants for one thing instead of the map: it stays at its time, or it goes. */
export type RetimeChoice = 'keep' | 'remove';

export interface RetimeOptions {
  readonly lineId: LineId;
  readonly map: TimeMap;
  readonly tracks?: readonly RetimeTrack[];
  /** A cut end of an event, marker or lock goes here: the edge of the cut. Default: it is where the map goes on. */
  readonly edge?: (timeSeconds: number) => number;
  /** By id of a key, event, marker or lock; what is not named follows the map. */
  readonly choices?: RetimeChoices;
}

export type RetimeChoices = Readonly<Record<string, RetimeChoice>>;

/**
 * Sends everything of a line that stands in time through a map: keys of all layers and channels (locked ones too: half a
 * shift would tear the performance), weight curves, emotions and their drafts, effort, events, markers, range locks. What
 * the map cuts out is removed; what ends up outside the line is cut or removed. Handles of keys stretch with the map.
 */
export function retimeLine(
  draft: RecordDraft,
  { lineId, map, tracks = RETIME_TRACKS, edge = identity, choices = {} }: RetimeOptions,
): void {
  const line = draft.get<LineRecord>(lineId);
  const extent = lineExtent(line);
  const inside: TimeMap = (time) => {
    const mapped = map(time);
    return mapped === null || mapped < extent.startSeconds - 1e-9 || mapped > extent.endSeconds + 1e-9 ? null : mapped;
  };
  const clampedEdge = (time: number) => Math.min(extent.endSeconds, Math.max(extent.startSeconds, map(time) ?? edge(time)));
  const has = (track: RetimeTrack) => tracks.includes(track);
  const keys = (all: readonly CurveKey[]) => retimeKeys(all, inside, choices);
  if (has('keys')) retimeLayerKeys(draft, line, keys);
  if (has('layerWeights')) retimeLayerWeights(draft, line, keys);
  if (has('emotions')) for (const kind of ['emotion', 'draft'] as const) retimeCurves(draft, `${kind}:${lineId}:`, keys);
  if (has('effort')) retimeCurves(draft, `effort:${lineId}`, keys);
  const left = withoutChosen(draft, choices);
  if (has('events')) retimeStretches<NonverbalEventRecord>(draft, left(`event:${lineId}:`), inside, clampedEdge);
  if (has('locks')) retimeStretches<RangeLockRecord>(draft, left(`lock:${lineId}:`), inside, clampedEdge);
  if (has('markers')) retimeMarkers(draft, left(`marker:${lineId}:`), inside, clampedEdge);
}

/** Ids of records that follow the map; those that are to go are removed. */
function withoutChosen(draft: RecordDraft, choices: RetimeChoices): (prefix: string) => string[] {
  return (prefix) =>
    draft.idsWithPrefix(prefix).filter((id) => {
      if (choices[id] === 'remove') draft.remove(id as MarkerRecord['id']);
      return choices[id] === undefined;
    });
}

type KeysThrough = (keys: readonly CurveKey[]) => readonly CurveKey[];

/** Keys through a map: cut ones go, of two that meet the later stays out, handles stretch. The same array when nothing moved. */
export function retimeKeys(keys: readonly CurveKey[], map: TimeMap, choices: RetimeChoices = {}): readonly CurveKey[] {
  const stay = keys.filter((key) => choices[key.id] === 'keep');
  const moving = stay.length === 0 ? keys : keys.filter((key) => choices[key.id] !== 'keep');
  const moved = retimeMoving(moving, map, choices);
  // One that stays was asked for: of two that meet it is the other that gives way.
  return stay.length === 0 ? moved : stay.reduce((all, key) => putKey(all, key), [...moved]);
}

function retimeMoving(keys: readonly CurveKey[], map: TimeMap, choices: RetimeChoices): readonly CurveKey[] {
  const next: CurveKey[] = [];
  let isChanged = false;
  for (const key of keys) {
    const timeSeconds = choices[key.id] === 'remove' ? null : map(key.timeSeconds);
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

function retimeLayerKeys(draft: RecordDraft, line: LineRecord, through: KeysThrough): void {
  for (const layerId of line.layerIds) {
    for (const id of draft.idsWithPrefix(`curve:${layerId}:`)) {
      const { channel } = draft.get<LayerCurveRecord>(id as LayerCurveRecord['id']);
      const spans = spansOf(draft, layerId, channel);
      const next = spans.map((span) => {
        const keys = through(span.keys);
        return keys === span.keys ? span : { ...span, keys };
      });
      if (next.some((span, index) => span !== spans[index])) writeSpans(draft, layerId, channel, next);
    }
  }
}

function retimeLayerWeights(draft: RecordDraft, line: LineRecord, through: KeysThrough): void {
  for (const layerId of line.layerIds) {
    const layer = draft.get<LayerRecord>(layerId);
    if (!layer.weightKeys) continue;
    const weightKeys = through(layer.weightKeys);
    if (weightKeys === layer.weightKeys) continue;
    const { weightKeys: _before, ...rest } = layer;
    draft.put(weightKeys.length > 0 ? { ...rest, weightKeys } : rest);
  }
}

function retimeCurves(draft: RecordDraft, prefix: string, through: KeysThrough): void {
  for (const id of draft.idsWithPrefix(prefix)) {
    const record = draft.get<EmotionCurveRecord | EmotionDraftRecord | EffortGainRecord>(id as EmotionCurveRecord['id']);
    const keys = through(record.keys);
    if (keys !== record.keys) draft.put({ ...record, keys });
  }
}

function retimeStretches<T extends NonverbalEventRecord | RangeLockRecord>(
  draft: RecordDraft,
  ids: readonly string[],
  map: TimeMap,
  edge: (timeSeconds: number) => number,
): void {
  for (const id of ids) {
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

function retimeMarkers(draft: RecordDraft, ids: readonly string[], map: TimeMap, edge: (timeSeconds: number) => number): void {
  for (const id of ids) {
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

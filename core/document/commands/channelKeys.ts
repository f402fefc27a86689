import type { CurveSpan } from '../../layers/editLayer';
import type { PerformanceChannel } from '../../rig/channels';
import { keyRange, putSpans, requireUnlocked, spansOf } from '../channelSpans';
import { autoKey, clampValue, findKeyAt, moveKeys, putKey, removeKeys, sortKeys } from '../keyList';
import { lineExtent } from '../lineExtent';
import type { RecordDraft } from '../recordDraft';
import type { LayerId, LayerRecord, LineId, LineRecord } from '../records';

/**
 * A new key nearer than this to a span becomes part of it; farther away it starts its own. Well over twice the blend of
 * LAYER_BLEND_SECONDS, so that two spans never fade into each other.
 */
export const SPAN_JOIN_SECONDS = 0.3;

export interface SetChannelKeyArgs {
  readonly lineId: LineId;
  /** Where to write; null takes the topmost unlocked layer that is heard. */
  readonly layerId: LayerId | null;
  readonly channel: PerformanceChannel;
  readonly timeSeconds: number;
  readonly value: number;
  /** Ids for what may have to be made. */
  readonly newKeyId: string;
  readonly newSpanId: string;
  readonly newLayerId: LayerId;
}

/** Sets a channel's value by hand at a time, on an edit layer; makes the layer, the span and the key where there is none. */
export function setChannelKey(draft: RecordDraft, args: SetChannelKeyArgs): void {
  const layer = targetLayer(draft, args);
  const spans = spansOf(draft, layer.id, args.channel);
  const value = clampValue(args.value, keyRange(layer, args.channel));
  const owner = spans.find((span) => findKeyAt(span.keys, args.timeSeconds)) ?? nearestSpan(spans, args.timeSeconds);
  const present = owner && findKeyAt(owner.keys, args.timeSeconds);
  if (present && present.value === value) return;
  const key = present ? { ...present, value } : autoKey(args.newKeyId, args.timeSeconds, value);
  const next = owner
    ? spans.map((span) => (span === owner ? { ...span, keys: putKey(span.keys, key) } : span))
    : [...spans, { id: args.newSpanId, keys: [key] }];
  putSpans(draft, layer.id, args.channel, next);
}

interface KeysTarget {
  readonly layerId: LayerId;
  readonly channel: PerformanceChannel;
  readonly keyIds: readonly string[];
}

/** Moves keys of one channel together in time and value; spans that come to overlap become one. */
export function moveChannelKeys(
  draft: RecordDraft,
  args: KeysTarget & { readonly lineId: LineId; readonly deltaSeconds: number; readonly deltaValue: number },
): void {
  if (args.deltaSeconds === 0 && args.deltaValue === 0) return;
  const layer = requireUnlocked(draft, args.layerId);
  const extent = lineExtent(draft.get<LineRecord>(args.lineId));
  const ids = new Set(args.keyIds);
  const spans = spansOf(draft, args.layerId, args.channel);
  const all = spans.flatMap((span) => span.keys);
  const range = keyRange(layer, args.channel);
  const moved = moveKeys(all, ids, { deltaSeconds: args.deltaSeconds, deltaValue: args.deltaValue, range, extent });
  const byId = new Map(moved.map((key) => [key.id, key]));
  const next = spans.map((span) => ({
    ...span,
    keys: sortKeys(span.keys.map((key) => byId.get(key.id)).filter((key) => key !== undefined)),
  }));
  putSpans(draft, args.layerId, args.channel, next);
}

export function removeChannelKeys(draft: RecordDraft, args: KeysTarget): void {
  requireUnlocked(draft, args.layerId);
  const ids = new Set(args.keyIds);
  const spans = spansOf(draft, args.layerId, args.channel);
  const next = spans.map((span) => ({ ...span, keys: removeKeys(span.keys, ids) }));
  putSpans(draft, args.layerId, args.channel, next);
}

/** The layer that keys by hand go to: the one asked for, else the topmost that can take them, else a new one. */
export function targetLayer(
  draft: RecordDraft,
  { lineId, layerId, newLayerId }: Pick<SetChannelKeyArgs, 'lineId' | 'layerId' | 'newLayerId'>,
): LayerRecord {
  const line = draft.get<LineRecord>(lineId);
  if (layerId) return requireUnlocked(draft, layerId);
  for (const id of [...line.layerIds].reverse()) {
    const layer = draft.find<LayerRecord>(id);
    if (layer && !layer.locked && !layer.muted && layer.mode === 'override') return layer;
  }
  const layer: LayerRecord = {
    id: newLayerId,
    kind: 'layer',
    lineId,
    name: `Edits ${line.layerIds.length + 1}`,
    mode: 'override',
    weight: 1,
    muted: false,
    locked: false,
  };
  draft.put(layer);
  draft.put({ ...line, layerIds: [...line.layerIds, layer.id] });
  return layer;
}

function nearestSpan(spans: readonly CurveSpan[], timeSeconds: number): CurveSpan | undefined {
  let best: CurveSpan | undefined;
  let bestDistance = SPAN_JOIN_SECONDS;
  for (const span of spans) {
    const first = span.keys[0].timeSeconds;
    const last = span.keys[span.keys.length - 1].timeSeconds;
    const distance = Math.max(first - timeSeconds, timeSeconds - last, 0);
    if (distance < bestDistance) {
      best = span;
      bestDistance = distance;
    }
  }
  return best;
}

import type { CurveKey, TangentHandle } from '../../curves/keyedCurve';
import type { PerformanceChannel } from '../../rig/channels';
import { mirrorChannel, mirrorValue } from '../../rig/mirrorChannel';
import { channelRange, keyRange, putSpans, spansOf, type KeyRef } from '../channelSpans';
import type { KeyClip } from '../keyClip';
import { clampValue, SAME_TIME_SECONDS, sortKeys } from '../keyList';
import { lineExtent } from '../lineExtent';
import type { RecordDraft } from '../recordDraft';
import type { EmotionCurveRecord, EventId, LayerId, LineId, LineRecord } from '../records';
import { addEvent } from './events';
import { targetLayer } from './channelKeys';

export interface PasteClipArgs {
  readonly lineId: LineId;
  readonly clip: KeyClip;
  /** Where the first copied moment lands. */
  readonly timeSeconds: number;
  /** Where channel keys go; null takes the topmost unlocked layer that is heard, or makes one. */
  readonly layerId: LayerId | null;
  /** Left and right swapped, turns and tilts the other way round. */
  readonly isMirrored?: boolean;
  /** Start of the ids of everything new; unique to this edit. */
  readonly idPrefix: string;
}

/**
 * Pastes keys, emotion keys and events, also into another line. Keys that are there between the first and last pasted key
 * of a channel give way. What would lie outside the line is left out.
 * @returns the pasted channel keys, to select them
 */
export function pasteClip(draft: RecordDraft, args: PasteClipArgs): KeyRef[] {
  const line = draft.get<LineRecord>(args.lineId);
  const { startSeconds, endSeconds } = lineExtent(line);
  const isInside = (time: number) => time >= startSeconds - 1e-9 && time <= endSeconds + 1e-9;
  const place = (key: CurveKey, id: string): CurveKey => ({ ...key, id, timeSeconds: key.timeSeconds + args.timeSeconds });
  const pasted: KeyRef[] = [];
  const layer = args.clip.spans.length === 0 ? null : targetLayer(draft, { ...args, newLayerId: `layer:${args.idPrefix}` });
  args.clip.spans.forEach((span, spanIndex) => {
    const channel = args.isMirrored ? mirrorChannel(span.channel) : span.channel;
    const keys = span.keys
      .map((key, index) => place(args.isMirrored ? mirrorKey(channel, key) : key, `${args.idPrefix}-${spanIndex}-${index}`))
      .filter((key) => isInside(key.timeSeconds))
      .map((key) => ({ ...key, value: clampValue(key.value, layer ? keyRange(layer, channel) : channelRange(channel)) }));
    if (keys.length === 0 || layer === null) return;
    const layerId = layer.id;
    const rest = spansOf(draft, layerId, channel).map((other) => ({ ...other, keys: outside(other.keys, keys) }));
    putSpans(draft, layerId, channel, [...rest, { id: `${args.idPrefix}-${spanIndex}`, keys }]);
    pasted.push(...keys.map((key): KeyRef => ({ layerId, channel, keyId: key.id })));
  });
  args.clip.emotions.forEach(({ emotion, keys: copied }, index) => {
    const keys = copied
      .map((key, at) => place(key, `${args.idPrefix}-e${index}-${at}`))
      .filter((key) => isInside(key.timeSeconds));
    const id = `emotion:${args.lineId}:${emotion}` as const;
    const present = draft.find<EmotionCurveRecord>(id)?.keys ?? [];
    if (keys.length === 0) return;
    draft.put({ id, kind: 'emotion', lineId: args.lineId, emotion, keys: sortKeys([...outside(present, keys), ...keys]) });
  });
  args.clip.events.forEach((copied, index) => {
    const start = copied.startSeconds + args.timeSeconds;
    if (!isInside(start)) return;
    const { id: _id, kind: _kind, lineId: _lineId, locked: _locked, origin: _origin, ...event } = copied;
    const target = event.target && args.isMirrored ? { ...event.target, yawRadians: -event.target.yawRadians } : event.target;
    const eventId: EventId = `event:${args.lineId}:${args.idPrefix}-${index}`;
    const times = { startSeconds: start, endSeconds: copied.endSeconds + args.timeSeconds };
    addEvent(draft, { lineId: args.lineId, eventId, event: { ...event, ...(target && { target }), ...times } });
  });
  return pasted;
}

/** Keys that are not between the first and the last of the new ones. */
function outside(keys: readonly CurveKey[], fresh: readonly CurveKey[]): CurveKey[] {
  const first = fresh[0].timeSeconds - SAME_TIME_SECONDS;
  const last = fresh[fresh.length - 1].timeSeconds + SAME_TIME_SECONDS;
  return keys.filter((key) => key.timeSeconds <= first || key.timeSeconds >= last);
}

function mirrorKey(channel: PerformanceChannel, key: CurveKey): CurveKey {
  const sign = mirrorValue(channel, 1);
  if (sign === 1) return key;
  const turn = (handle: TangentHandle | undefined) => handle && { ...handle, deltaValue: -handle.deltaValue };
  const [inHandle, outHandle] = [turn(key.inHandle), turn(key.outHandle)];
  return { ...key, value: -key.value, ...(inHandle && { inHandle }), ...(outHandle && { outHandle }) };
}

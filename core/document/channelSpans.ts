import type { CurveSpan } from '../layers/editLayer';
import { MienError } from '../errors';
import { isPoseChannel, type PerformanceChannel } from '../rig/channels';
import { putKey, WEIGHT_RANGE, type ValueRange } from './keyList';
import type { RecordDraft } from './recordDraft';
import type { ChannelSettingsRecord, LayerCurveRecord, LayerId, LayerRecord } from './records';

/** What every command on hand-made channel keys needs: ranges, locks, and reading and writing spans. */

/** A hand-made key of a channel: where it lies and its id. */
export interface KeyRef {
  readonly layerId: LayerId;
  readonly channel: PerformanceChannel;
  readonly keyId: string;
}

/** Keys of one channel on one layer, out of a list of refs. */
export interface KeyGroup {
  readonly layerId: LayerId;
  readonly channel: PerformanceChannel;
  readonly keyIds: readonly string[];
}

/** Refs by the curve they lie on, in order of first appearance. */
export function groupKeys(refs: readonly KeyRef[]): KeyGroup[] {
  const groups = new Map<string, { layerId: LayerId; channel: PerformanceChannel; keyIds: string[] }>();
  for (const { layerId, channel, keyId } of refs) {
    const id = `${layerId} ${channel}`;
    const group = groups.get(id) ?? { layerId, channel, keyIds: [] };
    group.keyIds.push(keyId);
    groups.set(id, group);
  }
  return [...groups.values()];
}

/** Rotations may be keyed up to a right angle; nothing on a face goes farther. */
const POSE_RANGE: ValueRange = { min: -Math.PI / 2, max: Math.PI / 2 };

export function channelRange(channel: PerformanceChannel): ValueRange {
  return isPoseChannel(channel) ? POSE_RANGE : WEIGHT_RANGE;
}

/** What a key on a layer may hold: on an additive one also less than nothing, for it takes away as well as it adds. */
export function keyRange(layer: Pick<LayerRecord, 'mode'>, channel: PerformanceChannel): ValueRange {
  const range = channelRange(channel);
  return layer.mode === 'additive' ? { ...range, min: -range.max } : range;
}

/** The layer, when it may be written to. @throws MienError 'invalid-input' when it is locked. */
export function requireUnlocked(draft: RecordDraft, layerId: LayerId): LayerRecord {
  const layer = draft.get<LayerRecord>(layerId);
  if (layer.locked) {
    throw new MienError(
      'invalid-input',
      `The layer "${layer.name}" is locked.`,
      'Unlock it in the Layers panel, or choose another layer.',
    );
  }
  return layer;
}

export function spansOf(draft: RecordDraft, layerId: LayerId, channel: PerformanceChannel): readonly CurveSpan[] {
  return draft.find<LayerCurveRecord>(`curve:${layerId}:${channel}`)?.spans ?? [];
}

/**
 * Writes spans back: empty ones go, they are sorted, overlapping ones become one; a curve without spans is removed.
 * @throws MienError 'invalid-input' when the channel is locked
 */
export function putSpans(draft: RecordDraft, layerId: LayerId, channel: PerformanceChannel, spans: readonly CurveSpan[]): void {
  requireUnlockedChannel(draft, layerId, channel);
  writeSpans(draft, layerId, channel, spans);
}

function requireUnlockedChannel(draft: RecordDraft, layerId: LayerId, channel: PerformanceChannel): void {
  const lineId = draft.find<LayerRecord>(layerId)?.lineId;
  const settings = lineId && draft.find<ChannelSettingsRecord>(`channels:${lineId}`)?.channels[channel];
  if (settings?.locked) {
    throw new MienError('invalid-input', `The channel ${channel} is locked.`, 'Unlock it in the channel list.');
  }
}

/** As `putSpans`, also on a locked channel: for edits that move everything in time (ripple, another recording). */
export function writeSpans(draft: RecordDraft, layerId: LayerId, channel: PerformanceChannel, spans: readonly CurveSpan[]): void {
  const id = `curve:${layerId}:${channel}` as const;
  const tidy = joinOverlapping(spans.filter((span) => span.keys.length > 0));
  if (tidy.length === 0) {
    if (draft.find(id)) draft.remove(id);
    return;
  }
  draft.put({ id, kind: 'curve', layerId, channel, spans: tidy });
}

function joinOverlapping(spans: readonly CurveSpan[]): CurveSpan[] {
  const sorted = [...spans].sort((a, b) => a.keys[0].timeSeconds - b.keys[0].timeSeconds);
  const joined: CurveSpan[] = [];
  for (const span of sorted) {
    const last = joined.at(-1);
    if (last && span.keys[0].timeSeconds <= last.keys[last.keys.length - 1].timeSeconds) {
      joined[joined.length - 1] = { ...last, keys: span.keys.reduce((keys, key) => putKey(keys, key), [...last.keys]) };
    } else {
      joined.push(span);
    }
  }
  return joined;
}

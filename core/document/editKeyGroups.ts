import type { CurveKey } from '../curves/keyedCurve';
import { groupKeys, keyRange, putSpans, requireUnlocked, spansOf, type KeyRef } from './channelSpans';
import { clampValue } from './keyList';
import type { RecordDraft } from './recordDraft';

/** Rewrites the keys of one span; `ids` are the chosen ones among them. Values are clamped to what the layer and channel take afterwards. */
export type SpanEdit = (keys: readonly CurveKey[], ids: ReadonlySet<string>, ref: Omit<KeyRef, 'keyId'>) => readonly CurveKey[];

/**
 * Runs an edit on every span that holds one of the keys, on any number of layers and channels.
 * @throws MienError 'invalid-input' when a layer or channel is locked
 */
export function editKeyGroups(draft: RecordDraft, refs: readonly KeyRef[], edit: SpanEdit): void {
  for (const { layerId, channel, keyIds } of groupKeys(refs)) {
    const ids = new Set(keyIds);
    const range = keyRange(requireUnlocked(draft, layerId), channel);
    let isChanged = false;
    const spans = spansOf(draft, layerId, channel).map((span) => {
      if (!span.keys.some((key) => ids.has(key.id))) return span;
      const keys = edit(span.keys, ids, { layerId, channel }).map((key) => {
        const value = clampValue(key.value, range);
        return value === key.value ? key : { ...key, value };
      });
      if (keys.length === span.keys.length && keys.every((key, index) => key === span.keys[index])) return span;
      isChanged = true;
      return { ...span, keys };
    });
    if (isChanged) putSpans(draft, layerId, channel, spans);
  }
}

import type { CurveKey } from '../../curves/keyedCurve';
import { autoKey, clampValue, findKeyAt, moveKeys, putKey, removeKeys, WEIGHT_RANGE } from '../keyList';
import { lineExtent } from '../lineExtent';
import type { RecordDraft } from '../recordDraft';
import type { LayerId, LayerRecord, LineRecord } from '../records';
import { requireUnlocked } from '../channelSpans';

/** Sets the weight of a layer at a time: changes the key that is there, else adds one. The first key makes the curve. */
export function setLayerWeightKey(
  draft: RecordDraft,
  args: { layerId: LayerId; timeSeconds: number; value: number; newKeyId: string },
): void {
  const layer = requireUnlocked(draft, args.layerId);
  const keys = layer.weightKeys ?? [];
  const value = clampValue(args.value, WEIGHT_RANGE);
  const present = findKeyAt(keys, args.timeSeconds);
  if (present && present.value === value) return;
  putWeightKeys(draft, layer, putKey(keys, present ? { ...present, value } : autoKey(args.newKeyId, args.timeSeconds, value)));
}

/** Moves keys of a layer's weight curve together in time and value. */
export function moveLayerWeightKeys(
  draft: RecordDraft,
  args: { layerId: LayerId; keyIds: readonly string[]; deltaSeconds: number; deltaValue: number },
): void {
  const layer = requireUnlocked(draft, args.layerId);
  const { deltaSeconds, deltaValue } = args;
  if (!layer.weightKeys || (deltaSeconds === 0 && deltaValue === 0)) return;
  const extent = lineExtent(draft.get<LineRecord>(layer.lineId));
  const move = { deltaSeconds, deltaValue, range: WEIGHT_RANGE, extent };
  putWeightKeys(draft, layer, moveKeys(layer.weightKeys, new Set(args.keyIds), move));
}

/** Removes keys of a layer's weight curve; without any the layer has its plain weight everywhere. */
export function removeLayerWeightKeys(draft: RecordDraft, args: { layerId: LayerId; keyIds: readonly string[] }): void {
  const layer = requireUnlocked(draft, args.layerId);
  const keys = layer.weightKeys ?? [];
  const left = removeKeys(keys, new Set(args.keyIds));
  if (left.length !== keys.length) putWeightKeys(draft, layer, left);
}

function putWeightKeys(draft: RecordDraft, layer: LayerRecord, weightKeys: readonly CurveKey[]): void {
  const { weightKeys: _before, ...rest } = layer;
  draft.put(weightKeys.length > 0 ? { ...rest, weightKeys } : rest);
}

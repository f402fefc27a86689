import type { CurveKey } from '../../curves/keyedCurve';
import type { ActiveEmotion } from '../../emotion/emotions';
import { autoKey, clampValue, findKeyAt, moveKeys, putKey, removeKeys, WEIGHT_RANGE } from '../keyList';
import { lineExtent } from '../lineExtent';
import type { RecordDraft } from '../recordDraft';
import type { EmotionCurveRecord, LineId, LineRecord } from '../records';

interface EmotionTarget {
  readonly lineId: LineId;
  readonly emotion: ActiveEmotion;
}

/** Sets the intensity at a time: changes the key that is there, else adds one under `newKeyId`. */
export function setEmotionKey(
  draft: RecordDraft,
  args: EmotionTarget & { readonly timeSeconds: number; readonly value: number; readonly newKeyId: string },
): void {
  const keys = keysOf(draft, args);
  const value = clampValue(args.value, WEIGHT_RANGE);
  const present = findKeyAt(keys, args.timeSeconds);
  if (present && present.value === value) return;
  putKeys(draft, args, putKey(keys, present ? { ...present, value } : autoKey(args.newKeyId, args.timeSeconds, value)));
}

/** Moves keys together in time and value. */
export function moveEmotionKeys(
  draft: RecordDraft,
  args: EmotionTarget & { readonly keyIds: readonly string[]; readonly deltaSeconds: number; readonly deltaValue: number },
): void {
  const extent = lineExtent(draft.get<LineRecord>(args.lineId));
  const { deltaSeconds, deltaValue } = args;
  if (deltaSeconds === 0 && deltaValue === 0) return;
  const move = { deltaSeconds, deltaValue, range: WEIGHT_RANGE, extent };
  putKeys(draft, args, moveKeys(keysOf(draft, args), new Set(args.keyIds), move));
}

export function removeEmotionKeys(draft: RecordDraft, args: EmotionTarget & { readonly keyIds: readonly string[] }): void {
  const keys = keysOf(draft, args);
  const left = removeKeys(keys, new Set(args.keyIds));
  if (left.length !== keys.length) putKeys(draft, args, left);
}

function keysOf(draft: RecordDraft, { lineId, emotion }: EmotionTarget): readonly CurveKey[] {
  return draft.find<EmotionCurveRecord>(`emotion:${lineId}:${emotion}`)?.keys ?? [];
}

function putKeys(draft: RecordDraft, { lineId, emotion }: EmotionTarget, keys: readonly CurveKey[]): void {
  draft.put({ id: `emotion:${lineId}:${emotion}`, kind: 'emotion', lineId, emotion, keys });
}

import type { CurveKey } from '../../curves/keyedCurve';
import type { EmotionDraft } from '../../emotion/suggest/suggestEmotions';
import type { ActiveEmotion } from '../../emotion/emotions';
import type { RecordDraft } from '../recordDraft';
import type { EffortGainRecord, EmotionCurveRecord, EmotionDraftRecord, LineId } from '../records';

const draftId = (lineId: LineId, emotion: ActiveEmotion) => `draft:${lineId}:${emotion}` as const;

/** Puts guesses beside the emotion curves, in place of earlier ones. They act only when they are taken over. */
export function setEmotionDrafts(draft: RecordDraft, args: { lineId: LineId; drafts: readonly EmotionDraft[] }): void {
  for (const id of draft.idsWithPrefix(`draft:${args.lineId}:`)) draft.remove(id as EmotionDraftRecord['id']);
  for (const { emotion, keys } of args.drafts) {
    draft.put({ id: draftId(args.lineId, emotion), kind: 'draft', lineId: args.lineId, emotion, keys });
  }
}

/** Makes a guess the emotion's curve; keys that were there are replaced. `newKeyId` names the keys. */
export function acceptEmotionDraft(
  draft: RecordDraft,
  args: { lineId: LineId; emotion: ActiveEmotion; newKeyId: () => string },
): void {
  const { lineId, emotion } = args;
  const guess = draft.find<EmotionDraftRecord>(draftId(lineId, emotion));
  if (!guess) return;
  const keys: CurveKey[] = guess.keys.map((key) => ({ ...key, id: args.newKeyId() }));
  const record: EmotionCurveRecord = { id: `emotion:${lineId}:${emotion}`, kind: 'emotion', lineId, emotion, keys };
  draft.put(record);
  draft.remove(guess.id);
}

export function dismissEmotionDraft(draft: RecordDraft, args: { lineId: LineId; emotion: ActiveEmotion }): void {
  if (draft.find(draftId(args.lineId, args.emotion))) draft.remove(draftId(args.lineId, args.emotion));
}

/** Keys of the gain on the voice's effort, 0..2, in order of time; none gives the voice as heard. */
export function setEffortGain(draft: RecordDraft, args: { lineId: LineId; keys: readonly CurveKey[] }): void {
  const id: EffortGainRecord['id'] = `effort:${args.lineId}`;
  if (args.keys.length === 0) {
    if (draft.find(id)) draft.remove(id);
    return;
  }
  const keys = args.keys.map((key) => ({ ...key, value: Math.min(2, Math.max(0, key.value)) }));
  draft.put({ id, kind: 'effort', lineId: args.lineId, keys });
}

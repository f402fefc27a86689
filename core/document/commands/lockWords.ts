import type { RecordDraft } from '../recordDraft';
import type { LineId, SpeechRecord } from '../records';

/** Locks words (aligning again must not move them or their phonemes), or unlocks them. */
export function lockWords(draft: RecordDraft, args: { lineId: LineId; indices: readonly number[]; locked: boolean }): void {
  const speech = draft.get<SpeechRecord>(`speech:${args.lineId}`);
  const chosen = new Set(args.indices);
  const words = speech.words.map((word, index) => {
    if (!chosen.has(index) || (word.locked ?? false) === args.locked) return word;
    const { locked: _before, ...rest } = word;
    return args.locked ? { ...rest, locked: true } : rest;
  });
  if (words.some((word, index) => word !== speech.words[index])) draft.put({ ...speech, words });
}

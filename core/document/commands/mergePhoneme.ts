import { requireUnlockedPhonemes } from '../phonemeLock';
import type { RecordDraft } from '../recordDraft';
import type { LineId, SpeechRecord } from '../records';

/** Joins a phoneme with the next one; the first one's name stays. */
export function mergePhoneme(draft: RecordDraft, args: { lineId: LineId; index: number }): void {
  const speech = draft.get<SpeechRecord>(`speech:${args.lineId}`);
  const first = speech.phonemes[args.index];
  const second = speech.phonemes[args.index + 1];
  if (!first || !second) return;
  requireUnlockedPhonemes(speech, [args.index, args.index + 1]);
  const phonemes = [...speech.phonemes];
  phonemes.splice(args.index, 2, { ...first, endSeconds: second.endSeconds, confidence: 1 });
  draft.put({ ...speech, phonemes });
}

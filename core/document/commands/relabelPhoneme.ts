import type { Phoneme } from '../../speech/phonemes';
import { requireUnlockedPhonemes } from '../phonemeLock';
import type { RecordDraft } from '../recordDraft';
import type { LineId, SpeechRecord } from '../records';

/** Gives a phoneme another name; its times stay. Stress stays only when a vowel stays a vowel the dictionary stressed. */
export function relabelPhoneme(draft: RecordDraft, args: { lineId: LineId; index: number; phoneme: Phoneme }): void {
  const speech = draft.get<SpeechRecord>(`speech:${args.lineId}`);
  const segment = speech.phonemes[args.index];
  if (!segment || (segment.phoneme === args.phoneme && segment.confidence === 1)) return;
  requireUnlockedPhonemes(speech, [args.index]);
  const phonemes = [...speech.phonemes];
  phonemes[args.index] = {
    phoneme: args.phoneme,
    startSeconds: segment.startSeconds,
    endSeconds: segment.endSeconds,
    confidence: 1,
  };
  draft.put({ ...speech, phonemes });
}

import { requireUnlockedPhonemes } from '../phonemeLock';
import type { RecordDraft } from '../recordDraft';
import type { LineId, SpeechRecord } from '../records';
import { MIN_PHONEME_SECONDS } from './moveBoundary';

/** Cuts a phoneme in two of the same name. Does nothing where a half would be too short. */
export function splitPhoneme(draft: RecordDraft, args: { lineId: LineId; index: number; timeSeconds: number }): void {
  const speech = draft.get<SpeechRecord>(`speech:${args.lineId}`);
  const segment = speech.phonemes[args.index];
  if (!segment) return;
  const { timeSeconds } = args;
  if (timeSeconds - segment.startSeconds < MIN_PHONEME_SECONDS || segment.endSeconds - timeSeconds < MIN_PHONEME_SECONDS) return;
  requireUnlockedPhonemes(speech, [args.index]);
  const phonemes = [...speech.phonemes];
  phonemes.splice(
    args.index,
    1,
    { ...segment, endSeconds: timeSeconds, confidence: 1 },
    { ...segment, startSeconds: timeSeconds, confidence: 1 },
  );
  draft.put({ ...speech, phonemes });
}

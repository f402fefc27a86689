import type { PhonemeSegment, WordSegment } from '../../speech/segments';
import type { RecordDraft } from '../recordDraft';
import type { LineId, LineRecord } from '../records';

export interface SetSpeechArgs {
  readonly lineId: LineId;
  readonly transcript: string;
  readonly phonemes: readonly PhonemeSegment[];
  readonly words: readonly WordSegment[];
}

/** Takes in what the recogniser or the aligner said; hand-made edges of before are gone with it (and come back with undo). */
export function setSpeech(draft: RecordDraft, { lineId, transcript, phonemes, words }: SetSpeechArgs): void {
  const line = draft.get<LineRecord>(lineId);
  if (line.transcript !== transcript) draft.put({ ...line, transcript });
  draft.put({
    id: `speech:${lineId}`,
    kind: 'speech',
    lineId,
    words,
    phonemes,
    recognisedPhonemes: phonemes,
    recognisedWords: words,
  });
}

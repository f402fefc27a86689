import { requireUnlockedPhonemes } from '../phonemeLock';
import type { RecordDraft } from '../recordDraft';
import type { LineId, SpeechRecord } from '../records';
import { MIN_PHONEME_SECONDS, moveWordEdges } from './moveBoundary';

export interface SlidePhonemeArgs {
  readonly lineId: LineId;
  readonly index: number;
  readonly deltaSeconds: number;
}

/** Moves a phoneme as it is; its neighbours give and take. The first and the last segment cannot slide: they touch the ends. */
export function slidePhoneme(draft: RecordDraft, { lineId, index, deltaSeconds }: SlidePhonemeArgs): void {
  const speech = draft.get<SpeechRecord>(`speech:${lineId}`);
  const before = speech.phonemes[index - 1];
  const segment = speech.phonemes[index];
  const after = speech.phonemes[index + 1];
  if (!before || !segment || !after) return;
  requireUnlockedPhonemes(speech, [index - 1, index, index + 1]);
  const lowest = Math.min(0, before.startSeconds + MIN_PHONEME_SECONDS - segment.startSeconds);
  const highest = Math.max(0, after.endSeconds - MIN_PHONEME_SECONDS - segment.endSeconds);
  const shift = Math.min(highest, Math.max(lowest, deltaSeconds));
  if (shift === 0) return;
  const startSeconds = segment.startSeconds + shift;
  const endSeconds = segment.endSeconds + shift;
  const phonemes = [...speech.phonemes];
  phonemes[index - 1] = { ...before, endSeconds: startSeconds };
  phonemes[index] = { ...segment, startSeconds, endSeconds, confidence: 1 };
  phonemes[index + 1] = { ...after, startSeconds: endSeconds };
  // The edge that leads goes first, so that a word of this one phoneme is never turned inside out.
  const edges: [number, number][] = [
    [segment.endSeconds, endSeconds],
    [segment.startSeconds, startSeconds],
  ];
  if (shift < 0) edges.reverse();
  const words = edges.reduce((moved, [from, to]) => moveWordEdges(moved, from, to), speech.words);
  draft.put({ ...speech, phonemes, words });
}

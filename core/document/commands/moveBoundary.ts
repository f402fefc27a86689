import type { PhonemeSegment, WordSegment } from '../../speech/segments';
import { MienError } from '../../errors';
import { requireUnlockedPhonemes } from '../phonemeLock';
import type { RecordDraft } from '../recordDraft';
import type { LineId, SpeechRecord } from '../records';

/** No phoneme may become shorter than this; two analysis hops. */
export const MIN_PHONEME_SECONDS = 0.02;
/** Word edges this close to a phoneme edge are the same edge and follow it. */
const SAME_EDGE_SECONDS = 0.002;

export interface MoveBoundaryArgs {
  readonly lineId: LineId;
  /** The edge between segment `boundaryIndex` and the next one. */
  readonly boundaryIndex: number;
  readonly timeSeconds: number;
}

/**
 * Rolling edit: one phoneme grows, its neighbour shrinks, nothing else moves. Word edges on the same spot go along.
 * The time is cut so that both keep MIN_PHONEME_SECONDS. The recogniser's own phonemes stay as they were.
 */
export function moveBoundary(draft: RecordDraft, { lineId, boundaryIndex, timeSeconds }: MoveBoundaryArgs): void {
  const speech = draft.get<SpeechRecord>(`speech:${lineId}`);
  const left = speech.phonemes[boundaryIndex];
  const right = speech.phonemes[boundaryIndex + 1];
  if (!left || !right)
    throw new MienError('invalid-input', 'There is no phoneme edge there.', 'Point at an edge between two phonemes.');
  requireUnlockedPhonemes(speech, [boundaryIndex, boundaryIndex + 1]);
  const target = clampBetween(left, right, timeSeconds);
  if (target === left.endSeconds) return;
  const phonemes = [...speech.phonemes];
  // A hand on the edge settles the doubt on both sides.
  phonemes[boundaryIndex] = { ...left, endSeconds: target, confidence: 1 };
  phonemes[boundaryIndex + 1] = { ...right, startSeconds: target, confidence: 1 };
  draft.put({ ...speech, phonemes, words: moveWordEdges(speech.words, left.endSeconds, target) });
}

/** Word edges at `fromSeconds` brought to `toSeconds`, never past the word's other edge nor into the neighbouring word. */
export function moveWordEdges(words: readonly WordSegment[], fromSeconds: number, toSeconds: number): readonly WordSegment[] {
  const isThere = (time: number) => Math.abs(time - fromSeconds) < SAME_EDGE_SECONDS;
  if (!words.some((word) => isThere(word.startSeconds) || isThere(word.endSeconds))) return words;
  const moved = words.map((word) => {
    if (isThere(word.startSeconds) && toSeconds < word.endSeconds) return { ...word, startSeconds: toSeconds };
    if (isThere(word.endSeconds) && toSeconds > word.startSeconds) return { ...word, endSeconds: toSeconds };
    return word;
  });
  for (let index = 1; index < moved.length; index++) {
    const [left, right] = [moved[index - 1], moved[index]];
    if (right.startSeconds >= left.endSeconds) continue;
    // The word that stood still keeps its edge, the moved one stops there; where nothing would be left it stays as it was.
    if (right === words[index])
      moved[index - 1] = right.startSeconds > left.startSeconds ? { ...left, endSeconds: right.startSeconds } : words[index - 1];
    else moved[index] = left.endSeconds < right.endSeconds ? { ...right, startSeconds: left.endSeconds } : words[index];
  }
  return moved;
}

function clampBetween(left: PhonemeSegment, right: PhonemeSegment, timeSeconds: number): number {
  const lowest = left.startSeconds + MIN_PHONEME_SECONDS;
  const highest = right.endSeconds - MIN_PHONEME_SECONDS;
  // Two phonemes that together are shorter than two minima cannot be rolled at all.
  if (lowest > highest) return left.endSeconds;
  return Math.min(highest, Math.max(lowest, timeSeconds));
}

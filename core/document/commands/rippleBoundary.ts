import type { RecordDraft } from '../recordDraft';
import type { LineId, SpeechRecord } from '../records';
import { insertPhoneme } from './editPhonemes';
import { mergePhoneme } from './mergePhoneme';
import { MIN_PHONEME_SECONDS } from './moveBoundary';
import { rippleDelete, rippleInsert } from './rippleTime';

interface EdgeArgs {
  readonly lineId: LineId;
  /** The edge between segment `boundaryIndex` and the next one. */
  readonly boundaryIndex: number;
  readonly timeSeconds: number;
}

/**
 * Moves an edge and everything after it: the phoneme before grows or shrinks, all tracks behind keep their lengths and come
 * later or earlier. Changes below MIN_PHONEME_SECONDS are none.
 */
export function rippleBoundary(draft: RecordDraft, { lineId, boundaryIndex, timeSeconds }: EdgeArgs): void {
  const { phonemes } = draft.get<SpeechRecord>(`speech:${lineId}`);
  const left = phonemes[boundaryIndex];
  if (!left) return;
  const edge = left.endSeconds;
  const target = Math.max(left.startSeconds + MIN_PHONEME_SECONDS, timeSeconds);
  if (Math.abs(target - edge) < MIN_PHONEME_SECONDS - 1e-9) return;
  if (target < edge) return rippleDelete(draft, { lineId, range: { startSeconds: target, endSeconds: edge } });
  rippleInsert(draft, { lineId, timeSeconds: edge, seconds: target - edge });
  // The room that opened is silence of its own, unless the phoneme before is silence already.
  const after = draft.get<SpeechRecord>(`speech:${lineId}`).phonemes;
  const grown = after[boundaryIndex];
  if (grown && grown.endSeconds < target - 1e-6) mergePhoneme(draft, { lineId, index: boundaryIndex });
}

/** Moves the edge of one phoneme only; what it leaves becomes silence. Towards the left the phoneme before ends earlier, towards the right the next one begins later. */
export function detachBoundary(draft: RecordDraft, { lineId, boundaryIndex, timeSeconds }: EdgeArgs): void {
  const { phonemes } = draft.get<SpeechRecord>(`speech:${lineId}`);
  const [left, right] = [phonemes[boundaryIndex], phonemes[boundaryIndex + 1]];
  if (!left || !right) return;
  const edge = left.endSeconds;
  const lowest = left.startSeconds + MIN_PHONEME_SECONDS;
  const highest = right.endSeconds - MIN_PHONEME_SECONDS;
  const target = Math.min(highest, Math.max(lowest, timeSeconds));
  if (Math.abs(target - edge) < MIN_PHONEME_SECONDS - 1e-9) return;
  const range = { startSeconds: Math.min(edge, target), endSeconds: Math.max(edge, target) };
  insertPhoneme(draft, { lineId, phoneme: 'SIL', range });
}

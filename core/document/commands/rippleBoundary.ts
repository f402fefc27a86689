import type { RecordDraft } from '../recordDraft';
import type { LineId, SpeechRecord } from '../records';
import { requireUnlockedPhonemes } from '../phonemeLock';
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
 * @throws MienError 'invalid-input' when the phoneme that would change its length is locked; locked ones behind keep theirs
 */
export function rippleBoundary(draft: RecordDraft, { lineId, boundaryIndex, timeSeconds }: EdgeArgs): void {
  const speech = draft.get<SpeechRecord>(`speech:${lineId}`);
  const left = speech.phonemes[boundaryIndex];
  if (!left) return;
  requireUnlockedPhonemes(speech, [boundaryIndex]);
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

/**
 * Moves the edge of one phoneme only; what it leaves becomes silence. Towards the left the phoneme before ends earlier, towards
 * the right the next one begins later.
 * @throws MienError 'invalid-input' when that phoneme is locked
 */
export function detachBoundary(draft: RecordDraft, { lineId, boundaryIndex, timeSeconds }: EdgeArgs): void {
  const speech = draft.get<SpeechRecord>(`speech:${lineId}`);
  const { phonemes } = speech;
  const [left, right] = [phonemes[boundaryIndex], phonemes[boundaryIndex + 1]];
  if (!left || !right) return;
  const edge = left.endSeconds;
  const lowest = left.startSeconds + MIN_PHONEME_SECONDS;
  const highest = right.endSeconds - MIN_PHONEME_SECONDS;
  const target = Math.min(highest, Math.max(lowest, timeSeconds));
  if (Math.abs(target - edge) < MIN_PHONEME_SECONDS - 1e-9) return;
  requireUnlockedPhonemes(speech, [target < edge ? boundaryIndex : boundaryIndex + 1]);
  const range = { startSeconds: Math.min(edge, target), endSeconds: Math.max(edge, target) };
  insertPhoneme(draft, { lineId, phoneme: 'SIL', range });
}

import type { Phoneme } from '../../speech/phonemes';
import { lockedSpeech, wordsAroundLocked } from '../../speech/lockedSpeech';
import type { PhonemeSegment } from '../../speech/segments';
import { isMiddleIn, laidOver, type TimeRange } from '../../time/timeRange';
import type { RecordDraft } from '../recordDraft';
import type { LineId, SpeechRecord } from '../records';
import { MIN_PHONEME_SECONDS } from './moveBoundary';
import { coverLine } from './rippleTime';

/**
 * Puts a new phoneme into a stretch; the ones it covers give way: cut at its edges, or gone. The stretch is cut to the line
 * and is at least MIN_PHONEME_SECONDS long. Does nothing where it would cover a locked phoneme.
 */
export function insertPhoneme(draft: RecordDraft, args: { lineId: LineId; phoneme: Phoneme; range: TimeRange }): void {
  const speech = draft.get<SpeechRecord>(`speech:${args.lineId}`);
  const end = speech.phonemes.at(-1)?.endSeconds ?? 0;
  const startSeconds = Math.max(0, Math.min(end - MIN_PHONEME_SECONDS, args.range.startSeconds));
  const endSeconds = Math.min(end, Math.max(startSeconds + MIN_PHONEME_SECONDS, args.range.endSeconds));
  const overlaps = (segment: PhonemeSegment) => segment.startSeconds < endSeconds && segment.endSeconds > startSeconds;
  if (end <= 0 || speech.phonemes.some((segment) => segment.locked && overlaps(segment))) return;
  const isLeft = (length: number) => length >= MIN_PHONEME_SECONDS - 1e-9;
  const before = speech.phonemes
    .filter(
      (segment) =>
        segment.startSeconds < startSeconds && isLeft(Math.min(segment.endSeconds, startSeconds) - segment.startSeconds),
    )
    .map((segment) => (segment.endSeconds > startSeconds ? { ...segment, endSeconds: startSeconds } : segment));
  const after = speech.phonemes
    .filter(
      (segment) => segment.endSeconds > endSeconds && isLeft(segment.endSeconds - Math.max(segment.startSeconds, endSeconds)),
    )
    .map((segment) => (segment.startSeconds < endSeconds ? { ...segment, startSeconds: endSeconds } : segment));
  const made: PhonemeSegment = { phoneme: args.phoneme, startSeconds, endSeconds, confidence: 1 };
  draft.put({ ...speech, phonemes: joinEdges([...before, made, ...after], end) });
}

/** Locks phonemes (aligning again must not move them), or unlocks them. */
export function lockPhonemes(draft: RecordDraft, args: { lineId: LineId; indices: readonly number[]; locked: boolean }): void {
  const speech = draft.get<SpeechRecord>(`speech:${args.lineId}`);
  const chosen = new Set(args.indices);
  const phonemes = speech.phonemes.map((segment, index) => {
    if (!chosen.has(index) || (segment.locked ?? false) === args.locked) return segment;
    const { locked: _before, ...rest } = segment;
    return args.locked ? { ...rest, locked: true } : rest;
  });
  if (phonemes.some((segment, index) => segment !== speech.phonemes[index])) draft.put({ ...speech, phonemes });
}

/**
 * Brings back what the recogniser said in a range: its phonemes whose middle lies in it replace the present ones whose
 * middle does. Without a range the whole line, words too. Locked phonemes and words stay as they are; what would lie under
 * them gives way.
 */
export function restorePhonemes(draft: RecordDraft, args: { lineId: LineId; range?: TimeRange }): void {
  const speech = draft.get<SpeechRecord>(`speech:${args.lineId}`);
  const { range } = args;
  const back = range ? speech.recognisedPhonemes.filter((segment) => isMiddleIn(segment, range)) : speech.recognisedPhonemes;
  if (back.length === 0) return;
  const locked = lockedSpeech(speech);
  const kept = locked.phonemes;
  const end = speech.phonemes.at(-1)?.endSeconds ?? back[back.length - 1].endSeconds;
  const restored = range ? laidOver(speech.phonemes, back, MIN_PHONEME_SECONDS) : back;
  const phonemes = kept.length === 0 && !range ? back : joinEdges(laidOver(restored, kept, MIN_PHONEME_SECONDS), end, kept);
  if (range) draft.put({ ...speech, phonemes });
  else draft.put({ ...speech, phonemes, words: wordsAroundLocked(speech.recognisedWords, locked.words, MIN_PHONEME_SECONDS) });
}

/**
 * Slivers that were dropped leave gaps: the earlier neighbour closes them, the later one where that is locked; longer ones
 * become silence.
 * @param kept segments that stay as they are though they may not be locked themselves
 */
function joinEdges(
  segments: readonly PhonemeSegment[],
  durationSeconds: number,
  kept: readonly PhonemeSegment[] = [],
): PhonemeSegment[] {
  const isSliver = (gap: number) => gap > 0 && gap < MIN_PHONEME_SECONDS;
  const closed: PhonemeSegment[] = [];
  segments.forEach((segment, index) => {
    if (segment.locked || kept.includes(segment)) return closed.push({ ...segment, locked: true });
    const before = closed.at(-1);
    const next = segments[index + 1]?.startSeconds ?? durationSeconds;
    const isBehindLock = before?.locked && isSliver(segment.startSeconds - before.endSeconds);
    const startSeconds = isBehindLock ? before.endSeconds : segment.startSeconds;
    closed.push({ ...segment, startSeconds, endSeconds: isSliver(next - segment.endSeconds) ? next : segment.endSeconds });
  });
  const keptAt = new Map(kept.map((segment) => [segment.startSeconds, segment]));
  return coverLine(closed, durationSeconds).map((segment) => keptAt.get(segment.startSeconds) ?? segment);
}

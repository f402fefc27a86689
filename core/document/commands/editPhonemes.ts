import type { Phoneme } from '../../speech/phonemes';
import type { PhonemeSegment } from '../../speech/segments';
import type { TimeRange } from '../../time/timeRange';
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
 * middle does. Without a range the whole line, words too.
 */
export function restorePhonemes(draft: RecordDraft, args: { lineId: LineId; range?: TimeRange }): void {
  const speech = draft.get<SpeechRecord>(`speech:${args.lineId}`);
  const { range } = args;
  if (!range) {
    draft.put({ ...speech, phonemes: speech.recognisedPhonemes, words: speech.recognisedWords });
    return;
  }
  const isIn = (segment: PhonemeSegment) => {
    const middle = (segment.startSeconds + segment.endSeconds) / 2;
    return middle >= range.startSeconds && middle < range.endSeconds;
  };
  const original = speech.recognisedPhonemes.filter(isIn);
  if (original.length === 0) return;
  const first = original[0].startSeconds;
  const last = original[original.length - 1].endSeconds;
  const cut = (segment: PhonemeSegment): PhonemeSegment[] => {
    if (segment.endSeconds <= first || segment.startSeconds >= last) return [segment];
    const left = { ...segment, endSeconds: Math.min(segment.endSeconds, first) };
    const right = { ...segment, startSeconds: Math.max(segment.startSeconds, last) };
    return [left, right].filter((part) => part.endSeconds - part.startSeconds >= MIN_PHONEME_SECONDS - 1e-9);
  };
  const kept = speech.phonemes.flatMap(cut);
  const before = kept.filter((segment) => segment.startSeconds < first);
  const after = kept.filter((segment) => segment.startSeconds >= last - 1e-9);
  const end = speech.phonemes.at(-1)?.endSeconds ?? last;
  draft.put({ ...speech, phonemes: joinEdges([...before, ...original, ...after], end) });
}

/** Slivers that were dropped leave gaps: the earlier neighbour closes them; longer ones become silence. */
function joinEdges(segments: readonly PhonemeSegment[], durationSeconds: number): PhonemeSegment[] {
  const closed = segments.map((segment, index) => {
    const next = segments[index + 1];
    const gap = next ? next.startSeconds - segment.endSeconds : durationSeconds - segment.endSeconds;
    if (gap === 0 || gap >= MIN_PHONEME_SECONDS) return segment;
    return { ...segment, endSeconds: next ? next.startSeconds : durationSeconds };
  });
  return coverLine(closed, durationSeconds);
}

import type { PhonemeSegment } from '../../speech/segments';
import { requireUnlockedPhonemes } from '../phonemeLock';
import type { RecordDraft } from '../recordDraft';
import type { LineId, SpeechRecord } from '../records';
import { MIN_PHONEME_SECONDS } from './moveBoundary';

export interface SlideWordArgs {
  readonly lineId: LineId;
  readonly wordIndex: number;
  readonly deltaSeconds: number;
  /** Who gives and takes: 'edges' the one phoneme on each side, 'words' all of the words on both sides, in proportion. */
  readonly neighbours: 'edges' | 'words';
}

/** Times this close are the same edge. */
const SAME_SECONDS = 0.002;

/**
 * Moves a word with its phonemes, which keep their lengths; what lies on both sides stretches and shrinks, down to
 * MIN_PHONEME_SECONDS. A word whose phonemes touch an end of the line, or that has none, stays.
 * @throws MienError 'invalid-input' when a phoneme that would change is locked
 */
export function slideWord(draft: RecordDraft, { lineId, wordIndex, deltaSeconds, neighbours }: SlideWordArgs): void {
  const speech = draft.get<SpeechRecord>(`speech:${lineId}`);
  const { phonemes, words } = speech;
  const own = indicesIn(phonemes, words[wordIndex]);
  if (!own || own.first === 0 || own.last === phonemes.length - 1) return;
  const isWide = neighbours === 'words';
  const left = (isWide && indicesIn(phonemes, words[wordIndex - 1])?.first) || own.first - 1;
  const right = (isWide && indicesIn(phonemes, words[wordIndex + 1])?.last) || own.last + 1;
  const [from, to] = [Math.min(left, own.first - 1), Math.max(right, own.last + 1)];
  requireUnlockedPhonemes(
    speech,
    Array.from({ length: to - from + 1 }, (_unused, offset) => from + offset),
  );

  const start = phonemes[own.first].startSeconds;
  const end = phonemes[own.last].endSeconds;
  const [low, high] = [phonemes[from].startSeconds, phonemes[to].endSeconds];
  const lowest = Math.min(0, -(start - low) * roomIn(phonemes.slice(from, own.first)));
  const highest = Math.max(0, (high - end) * roomIn(phonemes.slice(own.last + 1, to + 1)));
  const shift = Math.min(highest, Math.max(lowest, deltaSeconds));
  if (shift === 0) return;
  const moved = (time: number) => {
    if (time <= low || time >= high) return time;
    if (time < start - SAME_SECONDS) return low + ((time - low) * (start + shift - low)) / (start - low);
    if (time > end + SAME_SECONDS) return high - ((high - time) * (high - end - shift)) / (high - end);
    return time + shift;
  };
  const place = <T extends { readonly startSeconds: number; readonly endSeconds: number }>(segment: T): T => {
    const [startSeconds, endSeconds] = [moved(segment.startSeconds), moved(segment.endSeconds)];
    const isSame = startSeconds === segment.startSeconds && endSeconds === segment.endSeconds;
    return isSame ? segment : { ...segment, startSeconds, endSeconds };
  };
  draft.put({
    ...speech,
    // A hand on the word settles the doubt about its phonemes.
    phonemes: phonemes.map((segment, index) =>
      index >= own.first && index <= own.last ? { ...place(segment), confidence: 1 } : place(segment),
    ),
    words: words.map(place),
  });
}

/** The phonemes of a stretch: first and last index; null when there is none. */
function indicesIn(
  phonemes: readonly PhonemeSegment[],
  stretch: { readonly startSeconds: number; readonly endSeconds: number } | undefined,
): { readonly first: number; readonly last: number } | null {
  if (!stretch) return null;
  const isIn = ({ startSeconds, endSeconds }: PhonemeSegment) =>
    startSeconds >= stretch.startSeconds - SAME_SECONDS && endSeconds <= stretch.endSeconds + SAME_SECONDS;
  const first = phonemes.findIndex(isIn);
  return first < 0 ? null : { first, last: phonemes.findLastIndex(isIn) };
}

/** The share of their time that segments can give until the shortest is as short as one may be. */
function roomIn(segments: readonly PhonemeSegment[]): number {
  const shortest = Math.min(...segments.map(({ startSeconds, endSeconds }) => endSeconds - startSeconds));
  return Math.max(0, 1 - MIN_PHONEME_SECONDS / shortest);
}

import { isMiddleIn, type TimeRange } from '../time/timeRange';
import type { PhonemeSegment, WordSegment } from './segments';
import type { TranscriptWord } from './text/normaliseText';

/** What a line held before it is aligned again. */
export interface PreviousSpeech {
  readonly phonemes: readonly PhonemeSegment[];
  readonly words: readonly WordSegment[];
}

/** A stretch of a line that stays as it is. */
export interface KeptBlock {
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly phonemes: readonly PhonemeSegment[];
  /** Indices of the old words inside. */
  readonly words: readonly number[];
}

const SAME_SECONDS = 1e-6;

/**
 * What stays when a line is aligned again: every locked word, every locked phoneme outside the words and, when only
 * some words changed, all that lies more than one word away from them. Edges are edges of phonemes. A locked phoneme inside a word
 * that is not locked is no block: the word is aligned around it (pinnedPhonemes.ts).
 */
export function keptBlocks(
  { phonemes, words }: PreviousSpeech,
  durationSeconds: number,
  changed?: { readonly from: number; readonly to: number },
): KeptBlock[] {
  const kept: TimeRange[] = [];
  for (const word of words) if (word.locked) kept.push(word);
  for (const phoneme of phonemes) if (phoneme.locked && !words.some((word) => isMiddleIn(phoneme, word))) kept.push(phoneme);
  if (changed) {
    const before = words[changed.from - 2];
    const after = words[changed.to + 1];
    if (before !== undefined) kept.push({ startSeconds: 0, endSeconds: before.endSeconds });
    if (after !== undefined) kept.push({ startSeconds: after.startSeconds, endSeconds: durationSeconds });
  }
  // A changed word that is locked is an error of the caller; its lock wins.
  const merged: { startSeconds: number; endSeconds: number }[] = [];
  for (const { startSeconds, endSeconds } of kept
    .map((stretch) => toPhonemeEdges(stretch, phonemes))
    .sort((a, b) => a.startSeconds - b.startSeconds)) {
    const last = merged[merged.length - 1];
    if (last !== undefined && startSeconds <= last.endSeconds + SAME_SECONDS)
      last.endSeconds = Math.max(last.endSeconds, endSeconds);
    else merged.push({ startSeconds, endSeconds });
  }
  return merged.map((stretch) => ({
    ...stretch,
    phonemes: phonemes.filter((phoneme) => isInside(phoneme, stretch)),
    words: words.flatMap((word, index) => (isInside(word, stretch) ? [index] : [])),
  }));
}

/** Grown until no phoneme is cut. */
function toPhonemeEdges(stretch: TimeRange, phonemes: readonly PhonemeSegment[]): TimeRange {
  const touched = phonemes.filter(
    ({ startSeconds, endSeconds }) =>
      endSeconds > stretch.startSeconds + SAME_SECONDS && startSeconds < stretch.endSeconds - SAME_SECONDS,
  );
  if (touched.length === 0) return stretch;
  return { startSeconds: touched[0].startSeconds, endSeconds: touched[touched.length - 1].endSeconds };
}

function isInside(segment: TimeRange, stretch: TimeRange): boolean {
  const middle = (segment.startSeconds + segment.endSeconds) / 2;
  return middle > stretch.startSeconds && middle < stretch.endSeconds;
}

export interface PlacedWords {
  /** Before each block, and after the last: the new words to align there, by index. */
  readonly between: readonly (readonly number[])[];
  /** New text of kept words that were renamed, by old index. */
  readonly texts: ReadonlyMap<number, string>;
  readonly notices: readonly string[];
}

/** Which new words go between which blocks: those that are the old words of a block stay in it. */
export function placeWords(
  blocks: readonly KeptBlock[],
  old: readonly WordSegment[],
  words: readonly TranscriptWord[],
): PlacedWords {
  // Words that the aligner added are none of the transcript.
  const written = old.flatMap((word, index) => (word.flag === 'unwritten' || word.flag === 'repeated' ? [] : [index]));
  const partner = pairs(
    written.map((index) => old[index].text),
    words.map((word) => word.text),
  );
  const newOf = new Map(written.map((index, i) => [index, partner[i]]));
  const blockOf = new Map(blocks.flatMap((block, b) => block.words.map((index) => [index, b] as const)));
  const texts = new Map<number, string>();
  const notices: string[] = [];
  const kept = new Set<number>();
  for (const index of blockOf.keys()) {
    const now = newOf.get(index);
    if (now === undefined) continue;
    if (now >= 0) {
      kept.add(now);
      texts.set(index, words[now].text);
    } else
      notices.push(
        `"${old[index].text}" at ${old[index].startSeconds.toFixed(2)} s is locked and was kept, although the new text does not hold it.`,
      );
  }
  // The stretch a new word belongs to: right of the last block that holds a word before it, or whose time lies before its old place.
  const between: number[][] = Array.from({ length: blocks.length + 1 }, () => []);
  const oldOf = new Map([...newOf].filter(([, now]) => now >= 0).map(([index, now]) => [now, index]));
  let stretch = 0;
  words.forEach((word, now) => {
    const index = oldOf.get(now);
    const block = index === undefined ? undefined : blockOf.get(index);
    if (block !== undefined) {
      stretch = block + 1;
      return;
    }
    if (index !== undefined) {
      const middle = (old[index].startSeconds + old[index].endSeconds) / 2;
      while (stretch < blocks.length && blocks[stretch].endSeconds <= middle && !holdsLaterWord(blocks[stretch], now, newOf))
        stretch++;
    }
    // Between two words of one block there is no room.
    if (stretch > 0 && holdsLaterWord(blocks[stretch - 1], now, newOf))
      notices.push(
        `"${word.text}" stands between words that are kept as they are, so there is no sound for it. Unlock one of them.`,
      );
    else between[stretch].push(now);
  });
  return { between, texts, notices };
}

function holdsLaterWord(block: KeptBlock, now: number, newOf: ReadonlyMap<number, number>): boolean {
  return block.words.some((index) => (newOf.get(index) ?? -1) > now);
}

/** For each old text its new index or -1: a longest common subsequence; between its members equal counts pair off in order. */
export function pairs(old: readonly string[], now: readonly string[]): number[] {
  const a = old.map(plain);
  const b = now.map(plain);
  const result = new Array<number>(a.length).fill(-1);
  // Equal ends cost nothing, so that a long line with one changed word is quick.
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) result[head] = head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) {
    result[a.length - 1 - tail] = b.length - 1 - tail;
    tail++;
  }
  const aEnd = a.length - tail;
  const bEnd = b.length - tail;
  commonSubsequence(a.slice(head, aEnd), b.slice(head, bEnd)).forEach((at, i) => (result[head + i] = at < 0 ? -1 : head + at));
  for (let i = head; i < aEnd; i++) {
    if (result[i] >= 0) continue;
    let end = i;
    while (end < aEnd && result[end] < 0) end++;
    const from = i === 0 ? 0 : result[i - 1] + 1;
    const to = end < a.length ? result[end] : b.length;
    if (end - i === to - from) for (let k = i; k < end; k++) result[k] = from + k - i;
    i = end - 1;
  }
  return result;
}

/** More cells than this are not worth the time: then nothing but equal ends is paired. */
const MOST_CELLS = 9_000_000;

function commonSubsequence(a: readonly string[], b: readonly string[]): number[] {
  const result = new Array<number>(a.length).fill(-1);
  if (a.length * b.length > MOST_CELLS) return result;
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      lengths[i * width + j] =
        a[i] === b[j] ? lengths[(i + 1) * width + j + 1] + 1 : Math.max(lengths[(i + 1) * width + j], lengths[i * width + j + 1]);
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) result[i++] = j++;
    else if (lengths[(i + 1) * width + j] >= lengths[i * width + j + 1]) i++;
    else j++;
  }
  return result;
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}']/gu, '');
}

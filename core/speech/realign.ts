import { alignTranscript } from './alignTranscript';
import type { DecoderTables } from './decoderTables';
import { decodePhones } from './decodePhones';
import { keptBlocks, placeWords, type KeptBlock, type PreviousSpeech } from './keptBlocks';
import type { Heard } from './listen';
import { pinnedPhonemes, pinPosteriors, snapToPinned, stampPinned } from './pinnedPhonemes';
import { slicePosteriors } from './posteriors';
import type { PhonemeSegment, WordSegment } from './segments';
import { spansToSegments } from './spansToSegments';
import type { Lexicon } from './text/lexicon';
import type { TranscriptWord } from './text/normaliseText';

export interface Realigned extends PreviousSpeech {
  /** Sentences about words that could not be placed. */
  readonly notices: readonly string[];
}

export interface RealignOptions {
  /** Old words `from` <= i < `to` changed: only they and one word on each side are aligned anew. Absent: the whole line. */
  readonly changed?: { readonly from: number; readonly to: number };
}

const FRAME_SECONDS = 0.01;
/** Words that no sound is left for get at least this much each, out of their neighbours' silence. */
const LEAST_WORD_SECONDS = 0.02;

/**
 * Aligns a line to changed words and keeps what must stay: locked words and phonemes, and everything away from the change. What
 * is kept is copied as it is (the same objects); each stretch between is aligned on its own to the words that belong there.
 */
export function realign(
  heard: Heard,
  words: readonly TranscriptWord[],
  previous: PreviousSpeech,
  lexicon: Lexicon,
  tables: DecoderTables,
  options: RealignOptions = {},
): Realigned {
  const { durationSeconds } = heard;
  const blocks = keptBlocks(previous, durationSeconds, options.changed);
  const pins = pinnedPhonemes(previous, blocks);
  const placed = placeWords(blocks, previous.words, words);
  const phonemes: PhonemeSegment[] = [];
  const found: WordSegment[] = [];
  const notices = [...placed.notices];
  let at = 0;
  for (let i = 0; i <= blocks.length; i++) {
    const block: KeptBlock | undefined = blocks[i];
    const end = block?.startSeconds ?? durationSeconds;
    const between = placed.between[i].map((index) => words[index]);
    if (end - at > 1e-9) {
      const inside = pins.filter(({ startSeconds, endSeconds }) => startSeconds >= at - 1e-9 && endSeconds <= end + 1e-9);
      const stretch = alignStretch(heard, between, inside, at, end, lexicon, tables);
      phonemes.push(...stretch.phonemes);
      found.push(...stretch.words);
      notices.push(...stretch.notices);
    } else if (between.length > 0) {
      notices.push(noRoom(between, at));
    }
    if (block === undefined) break;
    phonemes.push(...block.phonemes);
    found.push(...block.words.map((index) => withText(previous.words[index], placed.texts.get(index))));
    at = block.endSeconds;
  }
  return { phonemes, words: found, notices };
}

function withText(word: WordSegment, text: string | undefined): WordSegment {
  return text === undefined || text === word.text ? word : { ...word, text };
}

function alignStretch(
  heard: Heard,
  words: readonly TranscriptWord[],
  pins: readonly PhonemeSegment[],
  startSeconds: number,
  endSeconds: number,
  lexicon: Lexicon,
  tables: DecoderTables,
): Realigned {
  const { frameCount } = heard.posteriors;
  const first = Math.min(frameCount - 1, Math.round(startSeconds / FRAME_SECONDS));
  const last = Math.min(frameCount, Math.max(first + 1, Math.round(endSeconds / FRAME_SECONDS)));
  const posteriors = slicePosteriors(heard.posteriors, first, last);
  const pinned = pinPosteriors(posteriors, pins, first);
  const alignment = alignTranscript(pinned, words, lexicon, tables);
  // Locked phonemes need not be parts of a word.
  const spans = alignment?.spans ?? decodePhones(pinned, { ...tables, words: null });
  const length = endSeconds - startSeconds;
  const local = spansToSegments(spans, posteriors, Math.max(length, (last - first - 1) * FRAME_SECONDS + 1e-6));
  const phonemes = stampPinned(fit(local, first * FRAME_SECONDS, startSeconds, endSeconds), pins);
  if (alignment === null) {
    if (words.length === 0) return { phonemes, words: [], notices: [] };
    return { phonemes, words: squeezed(words, startSeconds, endSeconds), notices: [noRoom(words, startSeconds)] };
  }
  const found = fit(alignment.words, first * FRAME_SECONDS, startSeconds, endSeconds);
  return { phonemes, words: snapToPinned(found, pins), notices: [] };
}

/** Times of a stretch as times of the line; what begins or ends the stretch meets its edges exactly. */
function fit<T extends { readonly startSeconds: number; readonly endSeconds: number }>(
  segments: readonly T[],
  offset: number,
  startSeconds: number,
  endSeconds: number,
): T[] {
  return segments.map((segment, i) => ({
    ...segment,
    startSeconds: isPhone(segment) && i === 0 ? startSeconds : Math.max(startSeconds, round(offset + segment.startSeconds)),
    endSeconds:
      isPhone(segment) && i === segments.length - 1 ? endSeconds : Math.min(endSeconds, round(offset + segment.endSeconds)),
  }));
}

function isPhone(segment: object): boolean {
  return 'phoneme' in segment;
}

/** Sums of hundredths without their noise. */
function round(seconds: number): number {
  return Math.round(seconds * 1e6) / 1e6;
}

/** Words without sound, side by side: nothing is dropped in silence. */
function squeezed(words: readonly TranscriptWord[], startSeconds: number, endSeconds: number): WordSegment[] {
  const each = Math.min(LEAST_WORD_SECONDS * 10, (endSeconds - startSeconds) / words.length);
  return words.map(({ text }, i) => ({
    text,
    startSeconds: startSeconds + i * each,
    endSeconds: i === words.length - 1 ? Math.min(endSeconds, startSeconds + (i + 1) * each) : startSeconds + (i + 1) * each,
    confidence: 0,
    flag: 'missing' as const,
  }));
}

function noRoom(words: readonly TranscriptWord[], atSeconds: number): string {
  const named = words.map(({ text }) => `"${text}"`);
  return `There is no sound left for ${named.slice(0, 5).join(', ')}${named.length > 5 ? ` and ${named.length - 5} more words` : ''} at ${atSeconds.toFixed(2)} s, between what is locked.`;
}

import type { DecoderTables } from './decoderTables';
import { searchCosts, searchPhones, type PhoneSpan } from './phoneSearch';
import type { Posteriors } from './posteriors';
import { searchWords, type SearchedSpan } from './wordSearch';

export type { PhoneSpan } from './phoneSearch';

const SILENCE = 0;
/** A longer stretch is searched window after window (30 s), so that what the search remembers does not grow with it. */
const WINDOW_FRAMES = 3000;
/** Of a window that is not the last, spans that end in its last 2 s are searched again by the next one, which hears what follows. */
const LOOKAHEAD_FRAMES = 200;
/** Phones before a window that the grammar may look back on. */
const REMEMBERED = 4;

/**
 * The likeliest phone sequence of frames `fromFrame`..`toFrame` from sound alone, by the commonest words (where the tables hold them), a
 * grammar of phones for all others, usual lengths and the frames' scores; the same search as training/viterbi.py, which documents the
 * score. Time grows with the length, memory does not.
 * @returns spans that touch each other and cover the frames; none for no frames
 */
export function decodePhones(
  posteriors: Posteriors,
  tables: DecoderTables,
  fromFrame = 0,
  toFrame = posteriors.frameCount,
  windowFrames = WINDOW_FRAMES,
): PhoneSpan[] {
  const spans: PhoneSpan[] = [];
  let history = tables.words?.sentence ?? 0;
  for (let first = fromFrame; first < toFrame;) {
    const end = Math.min(toFrame, first + windowFrames);
    const found = searchWindow(posteriors, tables, first, end, spans, history);
    const count = end === toFrame ? found.length : countToKeep(found, end - LOOKAHEAD_FRAMES);
    // A phone longer than the window leaves nothing to keep before it: it is cut there, and a silence put together again.
    const kept = count > 0 ? found.slice(0, count) : [{ ...found[0], endFrame: Math.min(found[0].endFrame, end) }];
    history = (count > 0 ? found[count]?.history : found[0].history) ?? history;
    for (const { phone, firstFrame, endFrame } of kept) {
      const before = spans.at(-1);
      if (phone === SILENCE && before?.phone === SILENCE) spans[spans.length - 1] = { ...before, endFrame };
      else spans.push({ phone, firstFrame, endFrame });
    }
    first = kept[kept.length - 1].endFrame;
  }
  return spans;
}

function searchWindow(
  posteriors: Posteriors,
  tables: DecoderTables,
  first: number,
  end: number,
  spans: readonly PhoneSpan[],
  history: number,
): SearchedSpan[] {
  const costs = searchCosts(tables);
  if (tables.words !== null) return searchWords(posteriors, costs, tables.words, first, end, history);
  const before = spans.slice(-REMEMBERED).map(({ phone }) => phone);
  return searchPhones(posteriors, costs, first, end, before).map((span) => ({ ...span, history }));
}

/** How many of a window's spans stand: those that end by a frame, without the beginning of a word that goes on behind it. */
function countToKeep(found: readonly SearchedSpan[], lastFrame: number): number {
  let count = found.filter((span) => span.endFrame <= lastFrame).length;
  while (count > 0 && found[count].history === null) count--;
  return count;
}

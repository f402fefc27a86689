import type { DecoderTables } from './decoderTables';
import { searchCosts, searchPhones, type PhoneSpan } from './phoneSearch';
import type { Posteriors } from './posteriors';

export type { PhoneSpan } from './phoneSearch';

const SILENCE = 0;
/** A longer stretch is searched window after window (30 s), so that what the search remembers does not grow with it. */
const WINDOW_FRAMES = 3000;
/** Of a window that is not the last, spans that end in its last 2 s are searched again by the next one, which hears what follows. */
const LOOKAHEAD_FRAMES = 200;
/** Phones before a window that the grammar may look back on. */
const REMEMBERED = 4;

/**
 * The likeliest phone sequence of frames `fromFrame`..`toFrame` from sound alone, by a grammar of phones, usual lengths and the frames'
 * scores; the same search as training/viterbi.py, which documents the score. Time grows with the length, memory does not.
 * @returns spans that touch each other and cover the frames; none for no frames
 */
export function decodePhones(
  posteriors: Posteriors,
  tables: DecoderTables,
  fromFrame = 0,
  toFrame = posteriors.frameCount,
  windowFrames = WINDOW_FRAMES,
): PhoneSpan[] {
  const costs = searchCosts(tables);
  const spans: PhoneSpan[] = [];
  for (let first = fromFrame; first < toFrame;) {
    const end = Math.min(toFrame, first + windowFrames);
    const last = end === toFrame;
    const before = spans.slice(-REMEMBERED).map(({ phone }) => phone);
    const found = searchPhones(posteriors, costs, first, end, before);
    const kept = last ? found : found.filter((span) => span.endFrame <= end - LOOKAHEAD_FRAMES);
    // A phone longer than the window leaves nothing to keep before it: it is cut there, and a silence put together again.
    if (kept.length === 0) kept.push({ ...found[0], endFrame: Math.min(found[0].endFrame, end) });
    if (kept[0].phone === SILENCE && before.at(-1) === SILENCE) {
      const silence = spans.pop()!;
      kept[0] = { ...kept[0], firstFrame: silence.firstFrame };
    }
    spans.push(...kept);
    first = kept[kept.length - 1].endFrame;
  }
  return spans;
}

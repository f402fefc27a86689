import type { UnitSpan } from './alignStates';
import { FILLER, type AlignmentGraph } from './alignmentGraph';
import { decodePhones } from './decodePhones';
import type { DecoderTables } from './decoderTables';
import { isVowel, PHONEMES } from './phonemes';
import type { Posteriors } from './posteriors';
import type { WordSegment } from './segments';
import { meanPosterior } from './spansToSegments';
import type { Lexicon } from './text/lexicon';
import type { TranscriptWord } from './text/normaliseText';
import { editDistance } from './editDistance';

const FRAME_SECONDS = 0.01;
/** What stands for speech that nobody wrote down. */
export const UNWRITTEN_TEXT = '…';
/** Words before and after the stretch that may have been said again. */
const REACH = 3;
/** A repetition may differ from the written pronunciation in this share of its phones. */
const LIKE_ENOUGH = 0.4;

/**
 * Words for the speech that a transcript does not hold: "repeated" with the text of the words around it that were said twice,
 * else "unwritten". A stretch without a vowel is a noise and no word.
 */
export function unwrittenWords(
  path: readonly UnitSpan[],
  graph: AlignmentGraph,
  posteriors: Posteriors,
  tables: DecoderTables,
  words: readonly TranscriptWord[],
  lexicon: Lexicon,
): WordSegment[] {
  const found: WordSegment[] = [];
  path.forEach((span, i) => {
    if (graph.units[span.unit].phone !== FILLER) return;
    const spans = decodePhones(posteriors, tables, span.firstFrame, span.endFrame).filter(({ phone }) => phone > 0);
    if (!spans.some(({ phone }) => isVowel(PHONEMES[phone]))) return;
    const said = spans.map(({ phone }) => phone);
    const before = path.slice(0, i).reduce((last, { unit }) => Math.max(last, graph.units[unit].word), -1);
    const again = repeatedWords(said, before, words, lexicon);
    found.push({
      text: again ?? UNWRITTEN_TEXT,
      startSeconds: spans[0].firstFrame * FRAME_SECONDS,
      endSeconds: spans[spans.length - 1].endFrame * FRAME_SECONDS,
      confidence: spans.reduce((sum, one) => sum + meanPosterior(posteriors, one), 0) / spans.length,
      flag: again === null ? 'unwritten' : 'repeated',
    });
  });
  return found;
}

/** Text of the run of words beside the stretch (up to `before`, or behind it) that sounds like what was said; null for none. */
function repeatedWords(
  said: readonly number[],
  before: number,
  words: readonly TranscriptWord[],
  lexicon: Lexicon,
): string | null {
  let best: { text: string; misfit: number } | null = null;
  for (let count = 1; count <= REACH; count++) {
    for (const from of [before - count + 1, before + 1]) {
      if (from < 0 || from + count > words.length) continue;
      const run = words.slice(from, from + count);
      const phones = run.flatMap((word) => word.spoken[0].flatMap((spoken) => [...lexicon(spoken).pronunciations[0].phones]));
      const misfit = editDistance(said, phones) / Math.max(said.length, phones.length);
      if (misfit <= LIKE_ENOUGH && (best === null || misfit < best.misfit))
        best = { text: run.map(({ text }) => text).join(' '), misfit };
    }
  }
  return best?.text ?? null;
}

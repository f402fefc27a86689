import { alignStates, type AlignmentCosts, type AlignmentProbe, type UnitSpan } from './alignStates';
import { buildAlignmentGraph, FILLER, type AlignmentGraph, type LeastFrames } from './alignmentGraph';
import { decodePhones } from './decodePhones';
import type { DecoderTables } from './decoderTables';
import { murmurFrames } from './murmur';
import { PHONEMES } from './phonemes';
import type { Posteriors } from './posteriors';
import { refineBoundaries } from './refineBoundaries';
import type { WordSegment } from './segments';
import { meanPosterior, type StressedSpan } from './spansToSegments';
import type { Lexicon } from './text/lexicon';
import type { TranscriptWord } from './text/normaliseText';
import type { WordWindow } from './subtitleWindows';
import { unwrittenWords } from './unwrittenWords';

export interface TranscriptAlignmentOptions {
  /** Where each word may lie; given up when the words do not fit into them. */
  readonly windows?: readonly WordWindow[];
  readonly probe?: AlignmentProbe;
}

export interface TranscriptAlignment {
  /** Phones of the transcript in time; speech outside it is filled by `decodePhones`. */
  readonly spans: readonly StressedSpan[];
  readonly words: readonly WordSegment[];
  /**
   * How badly the transcript explains the speech; 0 = as well as the best free choice of phones. Mean loss inside its
   * words (natural log a frame) plus `OUTSIDE_WEIGHT` times the share of speech (not of a crowd's murmur) that it does not explain.
   */
  readonly mismatch: number;
}

const FRAME_SECONDS = 0.01;
/** Shortest phone 20 ms: flaps and reduced vowels are that short. A filler shorter than .2 s would eat hard phones. */
const LEAST: LeastFrames = { phone: 2, silence: 3, filler: 20 };
/** A word is missing when its phones are this unlikely and hardly longer than they must be. */
const MISSING_CONFIDENCE = 0.08;
const MISSING_PHONE_FRAMES = 3;
/** A line that is all outside its transcript counts as 3 a frame: what wrong words lose at most. */
const OUTSIDE_WEIGHT = 3;
/**
 * Chosen on the 192 lines of the validation speakers of speechocean762 with the model of 2026-11-29: right transcripts have 32 words flagged
 * (38 at a filler frame of -2, 26 at -3), of 120 transcripts that lack two words 97 are noticed (104, 84).
 */
const COSTS: AlignmentCosts = { silenceEntry: -5, fillerFrame: -2.5, fillerEntry: -40 };
/**
 * Weights of the search where the words are known; those for sound alone (tune.py) are others: there they are set against what words are
 * likely. Durations weigh more than when the phones are not known. Chosen there too.
 */
const WEIGHTS = { minFrames: 3, priorScale: 0.5, durationScale: 1, voiceScale: 0.5, closedScale: 0.15, teethScale: 0.3 };

/**
 * Finds the words of a transcript in a line: Viterbi over all pronunciations, optional silences and speech outside the
 * transcript, on the acoustic model's log-probabilities. No word is dropped: one that was not said gets a short span, a low
 * confidence and the flag "missing". Speech outside the transcript becomes words flagged "repeated" or "unwritten".
 * @returns null when the line is too short to hold the transcript
 */
export function alignTranscript(
  posteriors: Posteriors,
  words: readonly TranscriptWord[],
  lexicon: Lexicon,
  tables: DecoderTables,
  { windows, probe }: TranscriptAlignmentOptions = {},
): TranscriptAlignment | null {
  const graph = buildAlignmentGraph(words, lexicon, LEAST);
  const searched: DecoderTables = { ...tables, search: { ...tables.search, ...WEIGHTS } };
  const search = (within?: readonly WordWindow[]) => alignStates(posteriors, graph, searched, COSTS, { windows: within, probe });
  const coarse = (windows && search(windows)) ?? search();
  if (coarse === null) return null;
  const missing = missingWords(coarse, graph, posteriors);
  const path = refineBoundaries(coarse, graph, posteriors, searched, (word) => missing.has(word));
  const found = wordsOf(path, graph, posteriors, words, missing);
  return {
    spans: path.flatMap((span) => phonesOf(span, graph, posteriors, tables)),
    words: [...found, ...unwrittenWords(path, graph, posteriors, tables, words, lexicon)].sort(
      (a, b) => a.startSeconds - b.startSeconds,
    ),
    mismatch: mismatchOf(path, graph, posteriors, murmurFrames(posteriors, tables.murmur)),
  };
}

function phonesOf(span: UnitSpan, graph: AlignmentGraph, posteriors: Posteriors, tables: DecoderTables): StressedSpan[] {
  const unit = graph.units[span.unit];
  if (unit.phone === FILLER) return decodePhones(posteriors, tables, span.firstFrame, span.endFrame);
  return [{ phone: unit.phone, firstFrame: span.firstFrame, endFrame: span.endFrame, stress: unit.stress }];
}

/** The spans of one word on a path. */
interface WordRun {
  readonly word: number;
  readonly first: number;
  readonly last: number;
  readonly phones: number;
  readonly frames: number;
  /** Mean posterior of its phones. */
  readonly confidence: number;
}

/** Words in their order. Silence between the parts of one written word ("1984") belongs to it. */
function wordRuns(path: readonly UnitSpan[], graph: AlignmentGraph, posteriors: Posteriors): WordRun[] {
  const runs: WordRun[] = [];
  for (let first = 0; first < path.length;) {
    const word = graph.units[path[first].unit].word;
    let last = first;
    let phones = 0;
    let frames = 0;
    let sum = 0;
    for (let i = first; word >= 0 && i < path.length; i++) {
      const unit = graph.units[path[i].unit];
      if (unit.word !== word && unit.word >= 0) break;
      if (unit.word !== word) continue;
      last = i;
      phones++;
      const length = path[i].endFrame - path[i].firstFrame;
      frames += length;
      sum += length * meanPosterior(posteriors, { phone: unit.phone, ...path[i] });
    }
    if (word >= 0) runs.push({ word, first, last, phones, frames, confidence: sum / frames });
    first = last + 1;
  }
  return runs;
}

function missingWords(path: readonly UnitSpan[], graph: AlignmentGraph, posteriors: Posteriors): ReadonlySet<number> {
  const isMissing = ({ confidence, frames, phones }: WordRun) =>
    confidence < MISSING_CONFIDENCE && frames <= MISSING_PHONE_FRAMES * phones;
  return new Set(
    wordRuns(path, graph, posteriors)
      .filter(isMissing)
      .map(({ word }) => word),
  );
}

function wordsOf(
  path: readonly UnitSpan[],
  graph: AlignmentGraph,
  posteriors: Posteriors,
  words: readonly TranscriptWord[],
  missing: ReadonlySet<number>,
): WordSegment[] {
  return wordRuns(path, graph, posteriors).map(({ word, first, last, confidence }) => ({
    text: words[word].text,
    startSeconds: path[first].firstFrame * FRAME_SECONDS,
    endSeconds: path[last].endFrame * FRAME_SECONDS,
    confidence,
    ...(missing.has(word) ? { flag: 'missing' as const } : {}),
  }));
}

function mismatchOf(path: readonly UnitSpan[], graph: AlignmentGraph, posteriors: Posteriors, murmur: Uint8Array): number {
  let inside = 0;
  let outside = 0;
  let gap = 0;
  for (const span of path) {
    const { phone } = graph.units[span.unit];
    const length = span.endFrame - span.firstFrame;
    if (phone === FILLER) outside += murmur.subarray(span.firstFrame, span.endFrame).filter((isMurmur) => isMurmur === 0).length;
    if (phone <= 0) continue;
    inside += length;
    for (let frame = span.firstFrame; frame < span.endFrame; frame++) gap += gapOf(posteriors, frame, phone);
  }
  return -gap / Math.max(1, inside) + (OUTSIDE_WEIGHT * outside) / Math.max(1, inside + outside);
}

/** Log-probability of a phone against the best phone of the frame; at most 0. */
function gapOf(posteriors: Posteriors, frame: number, phone: number): number {
  const row = frame * PHONEMES.length;
  let best = -Infinity;
  for (let p = 0; p < PHONEMES.length; p++) best = Math.max(best, posteriors.phoneLogProbs[row + p]);
  return posteriors.phoneLogProbs[row + phone] - best;
}

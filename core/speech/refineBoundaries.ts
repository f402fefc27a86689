import type { UnitSpan } from './alignStates';
import { FILLER, type AlignmentGraph } from './alignmentGraph';
import type { DecoderTables } from './decoderTables';
import { scoresOfFrames } from './frameScores';
import { PHONEMES } from './phonemes';
import type { Posteriors } from './posteriors';

const COUNT = PHONEMES.length;
const FRAME_SECONDS = 0.01;
/** A boundary moves by at most this much, 10 ms each. */
const REACH_FRAMES = 30;
/** Shortest phone, silence, and phone of a word that was not said. */
const LEAST_PHONE_FRAMES = 3;
const LEAST_SILENCE_FRAMES = 3;
const LEAST_MISSING_FRAMES = 2;
/** Weight of the durations' log-probability against the frames' scores, and of the frames' prior. Chosen on validation speakers. */
const DURATION_WEIGHT = 8;
const PRIOR_SCALE = 1;
/** Share of the speaker's own tempo (mean of ln(duration / usual duration), at most a factor of two) by which usual durations give way. */
const TEMPO_SHARE = 0.3;
const MOST_TEMPO = 0.7;
/** Fewer phones than this say nothing about tempo. */
const TEMPO_PHONES = 4;

interface Stretch {
  readonly phones: readonly number[];
  readonly isMissing: readonly boolean[];
  /** End of each unit, in frames from the beginning of the stretch. */
  readonly ends: readonly number[];
  /** Scores by frame and phone, [frame * 40 + phone]. */
  readonly scores: Float32Array;
}

/** The best score up to each end frame `firstEnd` + i of a unit, and where the unit begins then. */
interface Column {
  readonly firstEnd: number;
  readonly best: Float64Array;
  readonly begins: Int32Array;
}

/**
 * Moves the boundaries of a found path to where they fit the sound and the usual length of each phone together (log-normal, from
 * training speakers). The search before it knows only geometric lengths, which make many phones as short as they may be. Which units
 * there are, and in what order, stays; speech outside the transcript is not touched, nor do words that were not said get longer.
 * @param isMissing by index of a word: it was not said
 * @returns spans of the same units that cover the same frames
 */
export function refineBoundaries(
  path: readonly UnitSpan[],
  graph: AlignmentGraph,
  posteriors: Posteriors,
  tables: DecoderTables,
  isMissing: (word: number) => boolean,
): UnitSpan[] {
  const refined: UnitSpan[] = [];
  for (let from = 0; from < path.length;) {
    let to = from;
    while (to < path.length && graph.units[path[to].unit].phone !== FILLER) to++;
    if (to > from) refined.push(...refineStretch(path.slice(from, to), graph, posteriors, tables, isMissing));
    if (to < path.length) refined.push(path[to]);
    from = to + 1;
  }
  return refined;
}

function refineStretch(
  path: readonly UnitSpan[],
  graph: AlignmentGraph,
  posteriors: Posteriors,
  tables: DecoderTables,
  isMissing: (word: number) => boolean,
): readonly UnitSpan[] {
  const first = path[0].firstFrame;
  const frames = path[path.length - 1].endFrame - first;
  const units = path.map(({ unit }) => graph.units[unit]);
  const stretch: Stretch = {
    phones: units.map(({ phone }) => phone),
    isMissing: units.map(({ word }) => word >= 0 && isMissing(word)),
    ends: path.map(({ endFrame }) => endFrame - first),
    scores: scoresOfFrames(
      posteriors,
      first,
      first + frames,
      tables.logPrior.map((value) => PRIOR_SCALE * value),
      tables.search,
    ),
  };
  const tempo = tempoOf(stretch, tables);
  const columns: Column[] = [];
  for (let k = 0; k < path.length; k++) {
    const column = nextColumn(stretch, k, frames, columns.at(-1), lengthScores(stretch, k, tempo, tables));
    if (column === null) return path;
    columns.push(column);
  }
  const refined: UnitSpan[] = [];
  for (let k = path.length - 1, end = frames; k >= 0; k--) {
    const begin = columns[k].begins[end - columns[k].firstEnd];
    refined.push({ unit: path[k].unit, firstFrame: first + begin, endFrame: first + end });
    end = begin;
  }
  return refined.reverse();
}

/** Best ways to end unit k at each frame within reach of where it ended; null when there is none. */
function nextColumn(
  { phones, isMissing, ends, scores }: Stretch,
  k: number,
  frames: number,
  before: Column | undefined,
  lengthScore: Float64Array,
): Column | null {
  const isLast = k === phones.length - 1;
  const low = isLast ? frames : Math.max(0, ends[k] - REACH_FRAMES);
  const high = isLast ? frames : Math.min(frames, ends[k] + REACH_FRAMES);
  const firstBegin = before?.firstEnd ?? 0;
  const reached = before?.best ?? Float64Array.of(0);
  // Sums of the phone's scores from the first frame on which the unit may begin.
  const sums = new Float64Array(high - firstBegin + 1);
  for (let f = firstBegin; f < high; f++) sums[f - firstBegin + 1] = sums[f - firstBegin] + scores[f * COUNT + phones[k]];
  const least = leastFrames(phones[k], isMissing[k]);
  const best = new Float64Array(high - low + 1).fill(-Infinity);
  const begins = new Int32Array(high - low + 1);
  for (let end = low; end <= high; end++) {
    for (let begin = firstBegin; begin - firstBegin < reached.length && end - begin >= least; begin++) {
      const score = reached[begin - firstBegin] + sums[end - firstBegin] - sums[begin - firstBegin] + lengthScore[end - begin];
      if (score <= best[end - low]) continue;
      best[end - low] = score;
      begins[end - low] = begin;
    }
  }
  return best.every((score) => score === -Infinity) ? null : { firstEnd: low, best, begins };
}

function leastFrames(phone: number, isMissing: boolean): number {
  if (phone === 0) return LEAST_SILENCE_FRAMES;
  return isMissing ? LEAST_MISSING_FRAMES : LEAST_PHONE_FRAMES;
}

/** Score of each length in frames that unit k can have; silence and words that were not said may have any. */
function lengthScores({ phones, isMissing, ends }: Stretch, k: number, tempo: number, tables: DecoderTables): Float64Array {
  const longest = ends[k] - (k === 0 ? 0 : ends[k - 1]) + 2 * REACH_FRAMES + 1;
  const scores = new Float64Array(longest + 1);
  if (phones[k] === 0 || isMissing[k]) return scores;
  const mean = tables.durationLogMean[phones[k]] + tempo;
  const sd = tables.durationLogSd[phones[k]];
  return scores.map((_, length) => -0.5 * DURATION_WEIGHT * ((Math.log(Math.max(1, length) * FRAME_SECONDS) - mean) / sd) ** 2);
}

/** How much longer than usual this speaker's phones are, as a logarithm; see TEMPO_SHARE. */
function tempoOf({ phones, ends }: Stretch, tables: DecoderTables): number {
  const longer = phones.flatMap((phone, k) => {
    const seconds = (ends[k] - (k === 0 ? 0 : ends[k - 1])) * FRAME_SECONDS;
    return phone === 0 ? [] : [Math.log(seconds) - tables.durationLogMean[phone]];
  });
  if (longer.length < TEMPO_PHONES) return 0;
  const mean = longer.reduce((sum, value) => sum + value, 0) / longer.length;
  return TEMPO_SHARE * Math.max(-MOST_TEMPO, Math.min(MOST_TEMPO, mean));
}

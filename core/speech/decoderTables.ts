import { MienError } from '../errors';
import { PHONEMES } from './phonemes';

/**
 * Bigram, durations and search weights of the phone decoder, as written by training/decoder_stats.py and tune.py into
 * models/acoustic.decoder.json. Natural logarithms; every array is in the order of `PHONEMES`.
 */
export interface DecoderTables {
  readonly frameSeconds: number;
  /** ln P(next segment is j | segment i), row-major 40 x 40; segments, not frames. */
  readonly bigram: Float64Array;
  /** ln P(a line starts with this segment). */
  readonly startLogProb: Float64Array;
  /** Mean and standard deviation of ln(duration in seconds). */
  readonly durationLogMean: Float64Array;
  readonly durationLogSd: Float64Array;
  /** ln of the phone's share of all frames. */
  readonly logPrior: Float64Array;
  readonly search: SearchWeights;
}

/** What tune.py chose on validation speakers; training/viterbi.py says what each does. */
export interface SearchWeights {
  readonly minFrames: number;
  readonly bigramScale: number;
  readonly segmentBonus: number;
  readonly priorScale: number;
  readonly durationScale: number;
}

/**
 * Checks and packs the parsed JSON of models/acoustic.decoder.json.
 * @throws MienError 'model-unavailable' when it is not what this version of Mien knows
 */
export function loadDecoderTables(json: unknown): DecoderTables {
  const source = record(json, 'it is not an object');
  const phones = source.phones;
  if (!Array.isArray(phones) || phones.length !== PHONEMES.length || phones.some((name, i) => name !== PHONEMES[i])) {
    throw wrong('its phones are not in the order of this version');
  }
  const rows = source.bigram;
  if (!Array.isArray(rows) || rows.length !== PHONEMES.length) throw wrong('"bigram" has not 40 rows');
  const bigram = new Float64Array(PHONEMES.length ** 2);
  rows.forEach((row, i) => bigram.set(numbers(row, `bigram[${i}]`), i * PHONEMES.length));
  const search = record(source.search, '"search" is missing');
  const minFrames = number(search.minFrames, 'search.minFrames');
  if (!Number.isInteger(minFrames) || minFrames < 1 || minFrames > 20)
    throw wrong('"search.minFrames" is not a whole number from 1 to 20');
  return {
    frameSeconds: number(source.frameSeconds, 'frameSeconds'),
    bigram,
    startLogProb: numbers(source.startLogProb, 'startLogProb'),
    durationLogMean: numbers(source.durationLogMean, 'durationLogMean'),
    durationLogSd: numbers(source.durationLogSd, 'durationLogSd'),
    logPrior: numbers(source.logPrior, 'logPrior'),
    search: {
      minFrames,
      bigramScale: number(search.bigramScale, 'search.bigramScale'),
      segmentBonus: number(search.segmentBonus, 'search.segmentBonus'),
      priorScale: number(search.priorScale, 'search.priorScale'),
      durationScale: number(search.durationScale, 'search.durationScale'),
    },
  };
}

function record(value: unknown, why: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw wrong(why);
  return value as Record<string, unknown>;
}

function number(value: unknown, name: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw wrong(`"${name}" is not a number`);
  return value;
}

function numbers(value: unknown, name: string): Float64Array {
  if (!Array.isArray(value) || value.length !== PHONEMES.length) throw wrong(`"${name}" has not 40 numbers`);
  return Float64Array.from(value, (item, i) => number(item, `${name}[${i}]`));
}

function wrong(why: string): MienError {
  return new MienError(
    'model-unavailable',
    `The tables of the speech model cannot be used: ${why}.`,
    'Install Mien again, or rebuild models/acoustic.decoder.json with training/decoder_stats.py.',
  );
}

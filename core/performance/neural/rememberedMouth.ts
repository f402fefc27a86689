import type { PhonemeSegment } from '../../speech/segments';
import type { InferenceRunner } from '../inferenceRunner';
import type { LineCut } from '../lineCut';
import type { PerformanceInput } from '../performanceEngine';
import type { Rows } from './chunks';

/** Mouths remembered for one line: the whole one, and the stretches around the last places of the playhead. */
const KEPT_PER_LINE = 3;

interface Entry {
  readonly input: PerformanceInput;
  readonly runner: InferenceRunner;
  readonly key: string;
  readonly rows: Rows;
}

const kept = new WeakMap<readonly PhonemeSegment[], readonly Entry[]>();

/**
 * The mouth of a stretch as the nets speak it, sampled once while the line stays as it is: a drag of an emotion or of a style
 * then asks nothing of the mouth's nets. Remembered are results of the very same question only, so that they never depend on what was asked
 * before. A line is known by the identity of its phones.
 */
export async function rememberedMouth(
  input: PerformanceInput,
  runner: InferenceRunner,
  { first, frameCount }: LineCut,
  sample: () => Promise<Rows>,
): Promise<Rows> {
  const { seed, durationSeconds, preRollSeconds = 0, postRollSeconds = 0 } = input;
  const key = JSON.stringify([seed, durationSeconds, preRollSeconds, postRollSeconds, first, frameCount]);
  const isSame = (entry: Entry) =>
    entry.key === key && entry.runner === runner && entry.input.prosody === input.prosody && entry.input.words === input.words;
  const known = kept.get(input.phonemes)?.find(isSame);
  if (known) return known.rows;
  const rows = await sample();
  const others = (kept.get(input.phonemes) ?? []).filter((entry) => !isSame(entry));
  kept.set(input.phonemes, [{ input, runner, key, rows }, ...others].slice(0, KEPT_PER_LINE));
  return rows;
}

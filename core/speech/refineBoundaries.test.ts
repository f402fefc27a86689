import { describe, expect, it } from 'vitest';
import { FILLER, type AlignmentGraph } from './alignmentGraph';
import { PHONEME_INDEX, type Phoneme } from './phonemes';
import { refineBoundaries } from './refineBoundaries';
import { decoderForTests } from './testing/decoderForTests';
import { beats, fakePosteriors } from './testing/fakePosteriors';

const tables = decoderForTests();

/** Only the units matter here; -1 as a word is silence or filler. */
function graphOf(units: readonly { readonly phone: number; readonly word: number }[]): AlignmentGraph {
  return {
    units,
    stateUnit: new Int32Array(),
    repeats: new Uint8Array(),
    chained: new Uint8Array(),
    entries: new Map(),
    finals: [],
    longestJump: 1,
  };
}

function pathOf(names: readonly (Phoneme | 'filler')[], ends: readonly number[]) {
  const units = names.map((name) => ({
    phone: name === 'filler' ? FILLER : PHONEME_INDEX[name],
    word: name === 'filler' || name === 'SIL' ? -1 : 0,
  }));
  const path = ends.map((endFrame, unit) => ({ unit, firstFrame: unit === 0 ? 0 : ends[unit - 1], endFrame }));
  return { graph: graphOf(units), path };
}

const noneMissing = () => false;
const endsOf = (path: readonly { readonly endFrame: number }[]) => path.map(({ endFrame }) => endFrame);

describe('refineBoundaries', () => {
  const said = beats('SIL M AA M AA SIL');
  const posteriors = fakePosteriors(said);
  const names = ['SIL', 'M', 'AA', 'M', 'AA', 'SIL'] as const;
  const true_ = said.map((_, i) => said.slice(0, i + 1).reduce((sum, [, frames]) => sum + frames, 0));

  it('finds clear boundaries again from wrong ones', () => {
    const wrong = true_.map((end, i) => (i === true_.length - 1 ? end : end + (i % 2 === 0 ? 3 : -3)));
    const { graph, path } = pathOf(names, wrong);
    expect(endsOf(refineBoundaries(path, graph, posteriors, tables, noneMissing))).toEqual(true_);
  });

  it('gives phones that nothing tells apart their usual lengths, and missing words none', () => {
    const flat = { ...posteriors, phoneLogProbs: posteriors.phoneLogProbs.map(() => -Math.log(40)) };
    const end = posteriors.frameCount;
    const squeezed = [10, 12, 14, 16, end - 10, end];
    const { graph, path } = pathOf(names, squeezed);
    const lengths = (missing: (word: number) => boolean) => {
      const ends = endsOf(refineBoundaries(path, graph, flat, tables, missing));
      return ends.map((one, i) => one - (i === 0 ? 0 : ends[i - 1]));
    };
    // Usual lengths: M 10, AA 13 frames. The path had given them 2, 2, 2 and 54.
    for (const length of lengths(noneMissing).slice(1, 5)) {
      expect(length).toBeGreaterThanOrEqual(5);
      expect(length).toBeLessThanOrEqual(20);
    }
    // A frame more at most: the lips of the class output still have their say.
    expect(Math.min(...lengths(() => true))).toBeLessThanOrEqual(3);
  });

  it('leaves speech outside the transcript where it was and covers the same frames', () => {
    const end = posteriors.frameCount;
    const { graph, path } = pathOf(
      ['SIL', 'M', 'AA', 'filler', 'M', 'AA'],
      [...true_.slice(0, 3), true_[2] + 20, true_[3] + 15, end],
    );
    const refined = refineBoundaries(path, graph, posteriors, tables, noneMissing);
    expect(refined.map(({ unit }) => unit)).toEqual(path.map(({ unit }) => unit));
    expect(refined[3]).toEqual(path[3]);
    refined.forEach((span, i) => expect(span.firstFrame).toBe(i === 0 ? 0 : refined[i - 1].endFrame));
    expect(refined.at(-1)!.endFrame).toBe(end);
  });

  it('keeps the path where phones have no room', () => {
    const { graph, path } = pathOf(['M', 'AA', 'M'], [2, 4, 6]);
    expect(refineBoundaries(path, graph, posteriors, tables, noneMissing)).toEqual(path);
  });
});

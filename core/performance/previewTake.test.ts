import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ActiveEmotion } from '../emotion/emotions';
import { CHANNEL_INDEX } from '../rig/channels';
import { curveGridOf } from './curveGrid';
import { firstFrameOf } from './lineCut';
import { fakeNets } from './neural/testing/fakeNets';
import { neuralEngine } from './neural/neuralEngine';
import { DEFAULT_STYLE, type PerformanceInput } from './performanceEngine';
import { performTake, previewTake, type TakeRecipe } from './performTake';
import { performByRules } from './pipeline';
import { rulesEngine } from './rules/rulesEngine';
import { HAND_MADE_SCRIPT, heldEmotion, inputOf } from './testing/handMadeLine';
import { worstDifference } from './testing/worstDifference';

const linesOf = (count: number, more: Partial<PerformanceInput> = {}) =>
  inputOf(Array.from({ length: count }, () => HAND_MADE_SCRIPT).join(' | '), { seed: 6, ...more });
const around = (seconds: number) => ({ startSeconds: seconds - 0.5, endSeconds: seconds + 1.5 });

describe('a window of the line by the rules', () => {
  it('equals the whole line on its frames, for any window', () => {
    const input = linesOf(1, { emotions: heldEmotion('fear', 0.8) });
    const whole = performByRules(input);
    fc.assert(
      fc.property(
        fc.double({ min: -0.5, max: 5, noNaN: true }),
        fc.double({ min: 0.05, max: 2, noNaN: true }),
        (startSeconds, length) => {
          const window = performByRules(input, { startSeconds, endSeconds: startSeconds + length });
          expect(firstFrameOf(window, whole.frameRate)).toBe(Math.max(0, Math.ceil(startSeconds * 60 - 1e-6)));
          expect(worstDifference(window, whole)).toBeLessThan(1e-6);
        },
      ),
      { numRuns: 25 },
    );
  });

  it.each([
    ['joy', 1, {}],
    ['anger', 4, { preRollSeconds: 1.4, postRollSeconds: 2 }],
    ['sadness', 11, { style: { ...DEFAULT_STYLE, browAmount: 1.7, smoothing: 0.8, headAmount: 2 } }],
    ['surprise', 3, { preRollSeconds: 0.3 }],
  ] as [ActiveEmotion, number, Partial<PerformanceInput>][])(
    'is what settles: %s, %i times the script',
    async (emotion, count, more) => {
      const recipe = linesOf(count, { emotions: { ...heldEmotion(emotion, 0.5), fear: heldEmotion('fear', 0.7).fear }, ...more });
      const { tracks: whole } = await performTake(rulesEngine, recipe);
      for (const share of [-0.1, 0, 0.21, 0.5, 0.77, 1]) {
        const window = await previewTake(rulesEngine, recipe, { only: around(share * recipe.durationSeconds) });
        expect(worstDifference(window, whole)).toBeLessThan(1e-6);
      }
    },
  );

  it('holds with a lip nudge and stretches that have their own seed', async () => {
    const seedRanges = [{ startSeconds: 3, endSeconds: 7, regions: ['upper' as const, 'mouth' as const], seed: 91 }];
    const recipe: TakeRecipe = { ...linesOf(2), seedRanges, emotions: heldEmotion('fear', 0.7), lipNudgeSeconds: -0.15 };
    const { tracks: whole } = await performTake(rulesEngine, recipe);
    for (const seconds of [0, 2.7, 5, 6.9, 8.4]) {
      const window = await previewTake(rulesEngine, recipe, { only: around(seconds) });
      expect(worstDifference(window, whole)).toBeLessThan(1e-5);
    }
  });

  it('is made in stretches on a long line, equal to the line made at once, and can be cancelled between two', async () => {
    const recipe = linesOf(15, { emotions: heldEmotion('anger', 0.7), preRollSeconds: 1.5 });
    const shares: number[] = [];
    const made = await rulesEngine.generate(recipe, { onProgress: (share) => shares.push(share) });
    expect(shares.length).toBeGreaterThan(2);
    const whole = performByRules(recipe);
    expect(made.frameCount).toBe(whole.frameCount);
    expect(worstDifference(made, whole)).toBeLessThan(1e-6);
    const signal = { aborted: false };
    const onProgress = () => void (signal.aborted = true);
    await expect(rulesEngine.generate(recipe, { signal, onProgress })).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('has no frames where the line has none', async () => {
    const window = await previewTake(rulesEngine, linesOf(1), { only: around(100) });
    expect(window.frameCount).toBe(0);
  });
});

describe('a window of the line by the nets', () => {
  it('asks the nets for as much on ten minutes as on ten seconds', async () => {
    const asked = async (count: number) => {
      const nets = fakeNets();
      const recipe = linesOf(count, { emotions: heldEmotion('joy', 0.4) });
      const window = await previewTake(neuralEngine, recipe, { runner: nets, only: around(5) });
      expect(window.frameCount).toBe(120);
      expect(firstFrameOf(window, curveGridOf(recipe).frameRate)).toBe(270);
      return nets.runs.reduce((sum, run) => sum + run.length, 0);
    };
    expect(await asked(113)).toBe(await asked(2));
  });

  it('samples the mouth once while an emotion or a style is dragged, and again when the seed or the place is another', async () => {
    const nets = fakeNets();
    const recipe = linesOf(3);
    const mouths = async (more: Partial<TakeRecipe>, seconds = 5) => {
      nets.runs.length = 0;
      await previewTake(neuralEngine, { ...recipe, ...more }, { runner: nets, only: around(seconds) });
      return nets.runs.filter(({ model }) => model === 'mouth_denoiser').length;
    };
    expect(await mouths({ emotions: heldEmotion('joy', 0.3) })).toBeGreaterThan(0);
    expect(await mouths({ emotions: heldEmotion('joy', 0.5) })).toBe(0);
    expect(await mouths({ emotions: heldEmotion('anger', 0.5) })).toBe(0);
    expect(await mouths({ style: { ...recipe.style, jaw: 0.8, lip: 0.2, rounding: 1 } })).toBe(0);
    expect(await mouths({ seed: 9 })).toBeGreaterThan(0);
    expect(await mouths({}, 9)).toBeGreaterThan(0);
    expect(await mouths({}, 9)).toBe(0);
  });

  it('makes a long line in stretches as if at once', async () => {
    const style = { ...DEFAULT_STYLE, browAmount: 1.6, smoothing: 0.7, headAmount: 1.5 };
    const recipe = linesOf(9, { emotions: heldEmotion('sadness', 0.6), style });
    const { tracks } = await performTake(neuralEngine, recipe, { runner: fakeNets() });
    // A window across the border of two stretches is made at once.
    const window = await previewTake(neuralEngine, recipe, { runner: fakeNets(), only: around(29.5) });
    const jaw = CHANNEL_INDEX.jawOpen;
    window.channels[jaw].forEach((value, frame) =>
      expect(Math.abs(value - tracks.channels[jaw][1740 + frame])).toBeLessThan(0.03),
    );
  });

  it('gives the same whole line, whatever was asked before', async () => {
    const recipe = linesOf(2, { emotions: heldEmotion('fear', 0.6) });
    const fresh = await performTake(neuralEngine, { ...recipe, phonemes: [...recipe.phonemes] }, { runner: fakeNets() });
    const nets = fakeNets();
    await previewTake(neuralEngine, recipe, { runner: nets, only: around(3) });
    expect((await performTake(neuralEngine, recipe, { runner: nets })).tracks).toEqual(fresh.tracks);
    expect((await performTake(neuralEngine, recipe, { runner: nets })).tracks).toEqual(fresh.tracks);
  });
});

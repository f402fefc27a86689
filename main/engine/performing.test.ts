import { describe, expect, it } from 'vitest';
import { frameGridOf } from '../../core/performance/curveGrid';
import type { PerformanceInput } from '../../core/performance/performanceEngine';
import { performTake, previewTake, type TakeRecipe } from '../../core/performance/performTake';
import { rulesEngine } from '../../core/performance/rules/rulesEngine';
import { HAND_MADE_SCRIPT, heldEmotion, inputOf } from '../../core/performance/testing/handMadeLine';
import { worstDifference } from '../../core/performance/testing/worstDifference';
import { gridFrom } from '../../core/time/frameRate';
import type { PreviewRequest } from '../ipc/api';
import { Jobs } from '../jobs/jobs';
import type { EngineContext } from './engineContext';
import { Performing } from './performing';
import { splitChannels } from './channelSamples';

const line = inputOf(HAND_MADE_SCRIPT, { seed: 3, preRollSeconds: 0.7 });
const { durationSeconds, prosody, phonemes, words, ...rest } = line;
const settings = { ...rest, lineId: 'line:a' as const, engine: 'rules' as const, inputHash: 'h' };
const gain = () => ({ keys: [{ id: 'g', timeSeconds: 0, value: 1.5, interpolation: 'linear', tangentMode: 'auto' } as const] });

/** The engine around the rules, noting what it performs from. Every request is cloned, as between processes. */
function setUp() {
  const recipes: TakeRecipe[] = [];
  const told: number[] = [];
  const context = {
    stages: {
      perform: (_engine: string, recipe: TakeRecipe, options: object) => {
        recipes.push(recipe);
        return performTake(rulesEngine, recipe, options);
      },
      preview: (_engine: string, recipe: TakeRecipe, options: Parameters<typeof previewTake>[2]) => {
        recipes.push(recipe);
        return previewTake(rulesEngine, recipe, options);
      },
    },
    store: { get: () => ({ durationSeconds, prosody }) },
    jobs: new Jobs(({ fraction }) => told.push(fraction)),
  } as unknown as EngineContext;
  const performing = new Performing(context);
  let job = 0;
  return {
    recipes,
    told,
    perform: (more: Partial<PerformanceInput> & { effortGain?: ReturnType<typeof gain> } = {}) =>
      performing.perform(structuredClone({ ...settings, phonemes, words, speechKey: 'k', jobId: `${job++}`, ...more })),
    preview: (more: Partial<PreviewRequest> = {}) => {
      const only = { startSeconds: 1, endSeconds: 2 };
      return performing.preview(structuredClone({ ...settings, only, speechKey: 'k', jobId: `${job++}`, ...more }));
    },
  };
}

describe('Performing', () => {
  it('answers null to a preview of speech it does not have, and takes it along', async () => {
    const engine = setUp();
    expect(await engine.preview()).toBeNull();
    const answer = await engine.preview({ speech: { phonemes, words } });
    expect(answer).toMatchObject({ inputHash: 'h', firstFrame: 120, frameCount: 60 });
    expect(await engine.preview()).toMatchObject({ frameCount: 60 });
    expect(engine.told).toEqual([]);
  });

  it('gives the frames that the whole line has there', async () => {
    const engine = setUp();
    const emotions = heldEmotion('joy', 0.7);
    const whole = await engine.perform({ emotions });
    const grid = frameGridOf(line);
    const tracks = splitChannels(whole.samples, whole.frameCount, grid);
    const answer = (await engine.preview({ emotions }))!;
    const window = splitChannels(answer.samples, answer.frameCount, gridFrom(grid, answer.firstFrame));
    expect(worstDifference(window, tracks)).toBeLessThan(1e-6);
  });

  it('performs from the same objects as long as they are equal, so that nothing of the line is worked out again', async () => {
    const engine = setUp();
    await engine.perform({ effortGain: gain() });
    await engine.preview({ effortGain: gain(), emotions: heldEmotion('anger', 0.3) });
    await engine.preview({ effortGain: { keys: [] } });
    const [whole, same, other] = engine.recipes;
    expect(same.phonemes).toBe(whole.phonemes);
    expect(same.words).toBe(whole.words);
    expect(same.effortGain).toBe(whole.effortGain);
    expect(other.effortGain).toEqual({ keys: [] });
  });
});

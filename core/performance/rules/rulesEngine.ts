import { inStretches } from '../inStretches';
import type { PerformanceEngine } from '../performanceEngine';
import { performByRules, planPerformance } from '../pipeline';
import { spliceTracks } from '../spliceTracks';
import { throwIfAborted } from '../throwIfAborted';

/** The deterministic engine: no model, no randomness beyond the seed, the same curves on every machine within rounding. */
export const rulesEngine: PerformanceEngine = {
  id: 'rules',
  models: [],
  generate: async (input, { previous, range, regions, only, signal, onProgress } = {}) => {
    throwIfAborted(signal);
    const fresh = only
      ? performByRules(input, only)
      : await inStretches(planPerformance(input), { signal, onProgress }, (stretch) => performByRules(input, stretch));
    onProgress?.(1);
    return previous ? spliceTracks(previous, fresh, { range, regions }) : fresh;
  },
};

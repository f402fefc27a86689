import type { PerformanceEngine } from '../performanceEngine';
import { performByRules } from '../pipeline';
import { spliceTracks } from '../spliceTracks';
import { throwIfAborted } from '../throwIfAborted';

/** The deterministic engine: no model, no randomness beyond the seed, the same curves on every machine within rounding. */
export const rulesEngine: PerformanceEngine = {
  id: 'rules',
  models: [],
  // A line takes milliseconds, so there is nothing to gain from giving way in the middle of it.
  generate: async (input, { previous, range, regions, only, signal, onProgress } = {}) => {
    throwIfAborted(signal);
    const fresh = performByRules(input, only);
    onProgress?.(1);
    return previous ? spliceTracks(previous, fresh, { range, regions }) : fresh;
  },
};

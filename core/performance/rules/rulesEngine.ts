import type { PerformanceEngine } from '../performanceEngine';
import { performByRules } from '../pipeline';

/** The deterministic engine: no model, no randomness beyond the seed, the same curves on every machine within rounding. */
export const rulesEngine: PerformanceEngine = {
  id: 'rules',
  generate: performByRules,
};

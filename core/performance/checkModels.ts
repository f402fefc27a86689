import { MienError } from '../errors';
import type { PerformanceEngine } from './performanceEngine';

/**
 * Refuses an engine whose models are not there, before any work is done for it.
 * @param models names of models/manifest.json
 * @throws MienError 'model-unavailable'
 */
export function checkModels(engine: PerformanceEngine, models: readonly string[]): void {
  const missing = engine.models.filter((name) => !models.includes(name));
  if (missing.length === 0) return;
  throw new MienError(
    'model-unavailable',
    `The ${engine.id} engine needs ${missing.join(', ')}, and models/manifest.json does not list ${missing.length === 1 ? 'it' : 'them'}.`,
    'Use the rules engine (--engine rules).',
  );
}

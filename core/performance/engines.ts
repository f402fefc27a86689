import { MienError } from '../errors';
import { neuralEngine } from './neural/neuralEngine';
import type { EngineId, PerformanceEngine } from './performanceEngine';
import { rulesEngine } from './rules/rulesEngine';

/** Every engine there is. What an engine needs (models) it checks itself when it is asked to generate. */
const ENGINES: Readonly<Record<EngineId, PerformanceEngine>> = { rules: rulesEngine, neural: neuralEngine };

export const ENGINE_IDS = Object.keys(ENGINES) as readonly EngineId[];

/** @throws MienError 'invalid-input' */
export function engineNamed(id: EngineId): PerformanceEngine {
  if (Object.hasOwn(ENGINES, id)) return ENGINES[id];
  throw new MienError('invalid-input', `There is no engine "${String(id)}".`, `Choose one of ${ENGINE_IDS.join(', ')}.`);
}

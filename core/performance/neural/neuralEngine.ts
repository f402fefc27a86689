import { checkModels } from '../checkModels';
import type { PerformanceEngine } from '../performanceEngine';
import { MienError } from '../../errors';

/**
 * The neural engine's place: its models are not part of this version, and it says so. It never falls back to the rules
 * in silence.
 */
export const neuralEngine: PerformanceEngine = {
  id: 'neural',
  models: ['mouth_vae', 'mouth_denoiser', 'upper_vae', 'upper_denoiser'],
  generate: async (_input, { runner } = {}) => {
    checkModels(neuralEngine, runner?.models ?? []);
    throw new MienError(
      'model-unavailable',
      'This version of Mien cannot run the neural models that lie beside it.',
      'Use the rules engine, or install the version the models belong to.',
    );
  },
};

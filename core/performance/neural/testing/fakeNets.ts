import type { FloatTensor, InferenceRunner } from '../../inferenceRunner';
import { createRows, rowsOf, type Rows } from '../chunks';
import { LATENT_CHANNELS, MOUTH_REGION, NEURAL_MODELS, UPPER_REGION } from '../neuralModels';

/** For tests only: nets of the released shapes and reach whose arithmetic is a mean of neighbours. Counts what was asked of it. */
export function fakeNets(): InferenceRunner & { readonly runs: { readonly model: string; readonly length: number }[] } {
  const runs: { model: string; length: number }[] = [];
  return {
    provider: 'cpu',
    models: ['acoustic', ...NEURAL_MODELS],
    runs,
    run: async (model, feeds): Promise<Record<string, FloatTensor>> => {
      const input = rowsOf(feeds.z ?? feeds.curves);
      runs.push({ model, length: input.length });
      const region = model.startsWith('mouth') ? MOUTH_REGION : UPPER_REGION;
      if (model.endsWith('denoiser')) return { x0: tensor(denoise(input, rowsOf(feeds.conditions), feeds.level, region.stride)) };
      if (model.endsWith('decoder')) return { curves: tensor(stretch(input, region.channels.length, region.stride)) };
      return { z: tensor(squeeze(input, region.stride)) };
    },
  };
}

const tensor = (rows: Rows): FloatTensor => ({ data: rows.data, dims: [1, rows.channels, rows.length] });

/** Sees 28 latents to each side, as the released nets do; zero beyond the ends, as their padding is. */
function denoise(z: Rows, conditions: Rows, level: FloatTensor, stride: number): Rows {
  const out = createRows(LATENT_CHANNELS, z.length);
  for (let channel = 0; channel < LATENT_CHANNELS; channel++) {
    for (let n = 0; n < z.length; n++) {
      let sum = 0;
      for (const offset of [-28, -9, -1, 0, 1, 5, 28]) {
        const at = n + offset;
        if (at < 0 || at >= z.length) continue;
        const row = (channel * 7) % conditions.channels;
        sum += z.data[channel * z.length + at] + 0.5 * conditions.data[row * conditions.length + at * stride];
      }
      out.data[channel * z.length + n] = Math.tanh(0.3 * sum) * (1 + 0.1 * level.data[0]);
    }
  }
  return out;
}

function stretch(z: Rows, channels: number, stride: number): Rows {
  const out = createRows(channels, z.length * stride);
  for (let channel = 0; channel < channels; channel++) {
    for (let frame = 0; frame < out.length; frame++) {
      const n = Math.floor(frame / stride);
      const read = (at: number) => z.data[(channel % LATENT_CHANNELS) * z.length + Math.min(z.length - 1, Math.max(0, at))];
      out.data[channel * out.length + frame] = 0.2 + 0.1 * (read(n - 1) + read(n) + read(n + 1));
    }
  }
  return out;
}

function squeeze(curves: Rows, stride: number): Rows {
  const out = createRows(LATENT_CHANNELS, curves.length / stride);
  for (let channel = 0; channel < LATENT_CHANNELS; channel++) {
    for (let n = 0; n < out.length; n++) {
      out.data[channel * out.length + n] = (curves.data[channel * curves.length + n * stride] - 0.2) / 0.3;
    }
  }
  return out;
}

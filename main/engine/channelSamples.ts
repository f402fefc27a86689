import type { SampledTracks } from '../../core/curves/sampledTracks';
import { MienError } from '../../core/errors';
import { PERFORMANCE_CHANNEL_COUNT } from '../../core/rig/channels';
import { CURVE_FRAME_RATE, type FrameGrid } from '../../core/time/frameRate';

/** @throws MienError 'invalid-input' for samples that are no numbers */
export function splitChannels(samples: Float32Array, frameCount: number, grid: FrameGrid = CURVE_FRAME_RATE): SampledTracks {
  if (!samples.every(Number.isFinite)) {
    throw new MienError('invalid-input', 'The curves hold values that are no numbers.', 'Undo the last edit and export again.');
  }
  const channels = Array.from({ length: PERFORMANCE_CHANNEL_COUNT }, (_unused, index) =>
    samples.subarray(index * frameCount, (index + 1) * frameCount),
  );
  return { frameRate: grid, frameCount, channels };
}

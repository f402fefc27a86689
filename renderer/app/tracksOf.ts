import type { SampledTracks } from '../../core/curves/sampledTracks';
import { MienError } from '../../core/errors';
import { PERFORMANCE_CHANNEL_COUNT } from '../../core/rig/channels';
import { CURVE_FRAME_RATE, type FrameGrid } from '../../core/time/frameRate';
import type { PerformResult } from '../../main/ipc/api';

/** Tracks over the result's own memory; nothing is copied. */
export function tracksOf(
  { frameCount, samples }: Pick<PerformResult, 'frameCount' | 'samples'>,
  grid: FrameGrid = CURVE_FRAME_RATE,
): SampledTracks {
  if (samples.length !== frameCount * PERFORMANCE_CHANNEL_COUNT) {
    throw new MienError('internal', 'The engine returned curves of an unexpected size.', 'Generate the line again (Ctrl G).');
  }
  const channels = Array.from({ length: PERFORMANCE_CHANNEL_COUNT }, (_, channel) =>
    samples.subarray(channel * frameCount, (channel + 1) * frameCount),
  );
  return { frameRate: grid, frameCount, channels };
}

import type { SampledTracks } from '../curves/sampledTracks';
import { channelIndicesOf } from '../rig/faceRegions';
import { framesPerSecond } from '../time/frameRate';

/**
 * The mouth earlier (below 0) or later than the sound; eyes, brows and head stay. Between two frames it is the mean of
 * both, so limits and closures hold; the ends are held.
 */
export function nudgeLips(tracks: SampledTracks, nudgeSeconds: number): SampledTracks {
  const frames = nudgeSeconds * framesPerSecond(tracks.frameRate);
  if (frames === 0) return tracks;
  const channels = [...tracks.channels];
  for (const index of channelIndicesOf(['mouth'])) channels[index] = shifted(tracks.channels[index], frames);
  return { ...tracks, channels };
}

function shifted(samples: Float32Array, frames: number): Float32Array {
  const last = samples.length - 1;
  return samples.map((_, frame) => {
    const from = Math.min(last, Math.max(0, frame - frames));
    const before = Math.floor(from);
    const after = Math.min(last, before + 1);
    return samples[before] + (samples[after] - samples[before]) * (from - before);
  });
}

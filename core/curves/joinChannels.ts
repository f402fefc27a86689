import type { SampledTracks } from './sampledTracks';

/** All samples in one array, channel-major, as they cross between processes: a copy. */
export function joinChannels({ channels, frameCount }: SampledTracks): Float32Array {
  const samples = new Float32Array(channels.length * frameCount);
  channels.forEach((channel, index) => samples.set(channel, index * frameCount));
  return samples;
}

import type { SampledTracks } from '../../core/curves/sampledTracks';
import { CHANNEL_INDEX, type PerformanceChannel } from '../../core/rig/channels';
import { secondsToFrame } from '../../core/time/frameRate';

/** A face at one moment: the value of any channel. */
export type Pose = (channel: PerformanceChannel) => number;

export const REST_POSE: Pose = () => 0;

/** The pose at a time, linear between frames; holds at the ends. */
export function poseAt(tracks: SampledTracks, timeSeconds: number): Pose {
  const position = Math.min(tracks.frameCount - 1, Math.max(0, secondsToFrame(timeSeconds, tracks.frameRate)));
  const left = Math.floor(position);
  const right = Math.min(tracks.frameCount - 1, left + 1);
  const share = position - left;
  return (channel) => {
    const samples = tracks.channels[CHANNEL_INDEX[channel]];
    return samples[left] + (samples[right] - samples[left]) * share;
  };
}

import { isPoseChannel, PERFORMANCE_CHANNELS, type PerformanceChannel } from './channels';

/** The channel on the other side of the face; middle channels are their own mirror. */
export function mirrorChannel(channel: PerformanceChannel): PerformanceChannel {
  return MIRRORED[channel];
}

/** A channel's value as it appears in a mirror: turns and tilts change sign, nods and weights do not. */
export function mirrorValue(channel: PerformanceChannel, value: number): number {
  return isPoseChannel(channel) && !channel.endsWith('Pitch') ? -value : value;
}

function swapSides(channel: string): string {
  if (channel.startsWith('leftEye')) return channel.replace('leftEye', 'rightEye');
  if (channel.startsWith('rightEye')) return channel.replace('rightEye', 'leftEye');
  if (channel.endsWith('Left')) return channel.replace(/Left$/, 'Right');
  return channel.replace(/Right$/, 'Left');
}

const MIRRORED = Object.fromEntries(PERFORMANCE_CHANNELS.map((channel) => [channel, swapSides(channel)])) as Record<
  PerformanceChannel,
  PerformanceChannel
>;

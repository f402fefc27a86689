/**
 * ARKit-52 in the column order of a real Live Link Face CSV (note jawRight before jawLeft, mouthRight before mouthLeft),
 * then head and eye rotation in radians. Other sources order the pairs differently: always map by name.
 * Source: Apple ARFaceAnchor.BlendShapeLocation; Live Link Face CSV header.
 */
export const ARKIT_CHANNELS = [
  'eyeBlinkLeft',
  'eyeLookDownLeft',
  'eyeLookInLeft',
  'eyeLookOutLeft',
  'eyeLookUpLeft',
  'eyeSquintLeft',
  'eyeWideLeft',
  'eyeBlinkRight',
  'eyeLookDownRight',
  'eyeLookInRight',
  'eyeLookOutRight',
  'eyeLookUpRight',
  'eyeSquintRight',
  'eyeWideRight',
  'jawForward',
  'jawRight',
  'jawLeft',
  'jawOpen',
  'mouthClose',
  'mouthFunnel',
  'mouthPucker',
  'mouthRight',
  'mouthLeft',
  'mouthSmileLeft',
  'mouthSmileRight',
  'mouthFrownLeft',
  'mouthFrownRight',
  'mouthDimpleLeft',
  'mouthDimpleRight',
  'mouthStretchLeft',
  'mouthStretchRight',
  'mouthRollLower',
  'mouthRollUpper',
  'mouthShrugLower',
  'mouthShrugUpper',
  'mouthPressLeft',
  'mouthPressRight',
  'mouthLowerDownLeft',
  'mouthLowerDownRight',
  'mouthUpperUpLeft',
  'mouthUpperUpRight',
  'browDownLeft',
  'browDownRight',
  'browInnerUp',
  'browOuterUpLeft',
  'browOuterUpRight',
  'cheekPuff',
  'cheekSquintLeft',
  'cheekSquintRight',
  'noseSneerLeft',
  'noseSneerRight',
  'tongueOut',
] as const;
export type ArkitChannel = (typeof ARKIT_CHANNELS)[number];

/** Rotations in radians. Positive yaw turns to the character's left (+X), positive pitch looks down, roll tilts about +Z. */
export const POSE_CHANNELS = [
  'headYaw',
  'headPitch',
  'headRoll',
  'leftEyeYaw',
  'leftEyePitch',
  'leftEyeRoll',
  'rightEyeYaw',
  'rightEyePitch',
  'rightEyeRoll',
] as const;
export type PoseChannel = (typeof POSE_CHANNELS)[number];

/** All 61 channels in the column order of the Live Link Face CSV. */
export const PERFORMANCE_CHANNELS = [...ARKIT_CHANNELS, ...POSE_CHANNELS] as const;
export type PerformanceChannel = ArkitChannel | PoseChannel;
export const PERFORMANCE_CHANNEL_COUNT = 61;

/** Position of each channel in `PERFORMANCE_CHANNELS`. */
export const CHANNEL_INDEX: Readonly<Record<PerformanceChannel, number>> = Object.fromEntries(
  PERFORMANCE_CHANNELS.map((channel, index) => [channel, index]),
) as Record<PerformanceChannel, number>;

export type ChannelRegion = 'jaw' | 'mouth' | 'cheek' | 'eyes' | 'brows' | 'head';

/** The region (and so the colour and the timeline group) of a channel, as in design tokens: jaw 5, mouth 23, cheek 5, eyes 14 + 6, brows 5, head 3. */
export function regionOf(channel: PerformanceChannel): ChannelRegion {
  if (channel.startsWith('jaw') || channel === 'tongueOut') return 'jaw';
  if (channel.startsWith('mouth')) return 'mouth';
  if (channel.startsWith('cheek') || channel.startsWith('nose')) return 'cheek';
  if (channel.startsWith('brow')) return 'brows';
  if (channel.startsWith('head')) return 'head';
  return 'eyes';
}

/** True for the nine rotation channels, whose values are radians and not weights. */
export function isPoseChannel(channel: PerformanceChannel): channel is PoseChannel {
  return (POSE_CHANNELS as readonly string[]).includes(channel);
}

/** True when the string names one of the 61 channels. */
export function isPerformanceChannel(name: string): name is PerformanceChannel {
  return Object.prototype.hasOwnProperty.call(CHANNEL_INDEX, name);
}

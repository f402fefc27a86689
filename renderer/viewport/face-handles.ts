import type { ArkitChannel } from '../../core/rig/channels';

/** Which of the moved vertices a handle stands on. */
export type AnchorPick = 'most' | 'lowest' | 'innermost';

/** A handle on the face: where it stands, and the channels a drag of it keys. */
export interface FaceHandle {
  readonly id: string;
  readonly label: string;
  /** The vertex most moved by this channel (on the handle's side) carries the handle. */
  readonly anchor: { readonly channels: readonly ArkitChannel[]; readonly pick: AnchorPick };
  /** -1 right, 1 left, 0 middle of the face. */
  readonly side: -1 | 0 | 1;
  readonly channels: readonly ArkitChannel[];
  /** What Ctrl takes along, each with its share of the strongest channel. */
  readonly neighbours: readonly { readonly channel: ArkitChannel; readonly with: ArkitChannel; readonly share: number }[];
}

type SidedHandle = Omit<FaceHandle, 'side'>;

/** Written for the left side; the right one is mirrored. */
const LEFT_HANDLES: readonly SidedHandle[] = [
  {
    id: 'lipCornerLeft',
    label: 'Left lip corner',
    anchor: { channels: ['mouthSmileLeft', 'mouthStretchLeft', 'mouthDimpleLeft'], pick: 'most' },
    channels: ['mouthSmileLeft', 'mouthFrownLeft', 'mouthStretchLeft', 'mouthPucker'],
    neighbours: [
      { channel: 'cheekSquintLeft', with: 'mouthSmileLeft', share: 0.5 },
      { channel: 'mouthDimpleLeft', with: 'mouthStretchLeft', share: 0.4 },
    ],
  },
  {
    id: 'browInnerLeft',
    label: 'Left brow, inner end',
    anchor: { channels: ['browInnerUp', 'browDownLeft'], pick: 'most' },
    channels: ['browInnerUp', 'browDownLeft'],
    neighbours: [{ channel: 'browOuterUpLeft', with: 'browInnerUp', share: 0.6 }],
  },
  {
    id: 'browOuterLeft',
    label: 'Left brow, outer end',
    anchor: { channels: ['browOuterUpLeft'], pick: 'most' },
    channels: ['browOuterUpLeft', 'browDownLeft'],
    neighbours: [{ channel: 'browInnerUp', with: 'browOuterUpLeft', share: 0.5 }],
  },
  {
    id: 'upperLidLeft',
    label: 'Left upper lid',
    anchor: { channels: ['eyeBlinkLeft'], pick: 'most' },
    channels: ['eyeBlinkLeft', 'eyeWideLeft'],
    neighbours: [
      { channel: 'eyeSquintLeft', with: 'eyeBlinkLeft', share: 0.4 },
      { channel: 'browOuterUpLeft', with: 'eyeWideLeft', share: 0.5 },
    ],
  },
  {
    id: 'lowerLidLeft',
    label: 'Left lower lid',
    anchor: { channels: ['eyeSquintLeft'], pick: 'most' },
    channels: ['eyeSquintLeft'],
    neighbours: [{ channel: 'cheekSquintLeft', with: 'eyeSquintLeft', share: 0.7 }],
  },
  {
    id: 'cheekLeft',
    label: 'Left cheek',
    anchor: { channels: ['cheekSquintLeft'], pick: 'most' },
    channels: ['cheekSquintLeft', 'cheekPuff'],
    neighbours: [{ channel: 'eyeSquintLeft', with: 'cheekSquintLeft', share: 0.5 }],
  },
];

const MIDDLE_HANDLES: readonly FaceHandle[] = [
  {
    id: 'upperLip',
    label: 'Upper lip',
    anchor: { channels: ['mouthUpperUpLeft', 'mouthUpperUpRight'], pick: 'innermost' },
    side: 0,
    channels: ['mouthUpperUpLeft', 'mouthUpperUpRight', 'mouthRollUpper', 'mouthShrugUpper'],
    neighbours: [
      { channel: 'noseSneerLeft', with: 'mouthUpperUpLeft', share: 0.4 },
      { channel: 'noseSneerRight', with: 'mouthUpperUpRight', share: 0.4 },
    ],
  },
  {
    id: 'lowerLip',
    label: 'Lower lip',
    anchor: { channels: ['mouthLowerDownLeft', 'mouthLowerDownRight'], pick: 'innermost' },
    side: 0,
    channels: ['mouthLowerDownLeft', 'mouthLowerDownRight', 'mouthRollLower', 'mouthShrugLower'],
    neighbours: [{ channel: 'jawOpen', with: 'mouthLowerDownLeft', share: 0.3 }],
  },
  {
    id: 'jaw',
    label: 'Jaw',
    anchor: { channels: ['jawOpen'], pick: 'lowest' },
    side: 0,
    channels: ['jawOpen', 'jawLeft', 'jawRight'],
    neighbours: [
      { channel: 'mouthLowerDownLeft', with: 'jawOpen', share: 0.25 },
      { channel: 'mouthLowerDownRight', with: 'jawOpen', share: 0.25 },
    ],
  },
];

/** `eyeBlinkLeft` to `eyeBlinkRight` and back; channels without a side stay. */
export function mirrorChannel(channel: ArkitChannel): ArkitChannel {
  if (channel.endsWith('Left')) return channel.replace(/Left$/, 'Right') as ArkitChannel;
  if (channel.endsWith('Right')) return channel.replace(/Right$/, 'Left') as ArkitChannel;
  return channel;
}

function mirrored(handle: SidedHandle): FaceHandle {
  return {
    id: handle.id.replace(/Left$/, 'Right'),
    label: handle.label.replace(/^Left/, 'Right'),
    anchor: { ...handle.anchor, channels: handle.anchor.channels.map(mirrorChannel) },
    side: -1,
    channels: handle.channels.map(mirrorChannel),
    neighbours: handle.neighbours.map(({ channel, with: leader, share }) => ({
      channel: mirrorChannel(channel),
      with: mirrorChannel(leader),
      share,
    })),
  };
}

export const FACE_HANDLES: readonly FaceHandle[] = [
  ...LEFT_HANDLES.map((handle): FaceHandle => ({ ...handle, side: 1 })),
  ...LEFT_HANDLES.map(mirrored),
  ...MIDDLE_HANDLES,
];

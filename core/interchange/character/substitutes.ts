import { isPerformanceChannel, type ArkitChannel } from '../../rig/channels';

interface Substitute {
  readonly by: ArkitChannel;
  /** Weight of the stand-in for weight 1 of the missing shape; below 0 takes it back. */
  readonly share: number;
}

/** For both sides; `by` may have sides itself or be one shape for both. */
const bySide = (missing: string, by: string, share: number): [ArkitChannel, readonly Substitute[]][] =>
  (['Left', 'Right'] as const).map((side) => [
    `${missing}${side}` as ArkitChannel,
    [{ by: (isPerformanceChannel(by) ? by : `${by}${side}`) as ArkitChannel, share }],
  ]);

/**
 * What shows a missing shape best, nearest first. Shares by eye on the bundled character: enough to read as the same
 * intention, never so much that the stand-in's own meaning takes over.
 */
export const SUBSTITUTES: Readonly<Partial<Record<ArkitChannel, readonly Substitute[]>>> = Object.fromEntries([
  // Lips that cannot close over an open jaw: the jaw closes instead.
  ['mouthClose', [{ by: 'jawOpen', share: -1 }]],
  ['mouthFunnel', [{ by: 'mouthPucker', share: 0.6 }]],
  ['mouthPucker', [{ by: 'mouthFunnel', share: 0.6 }]],
  ['mouthRollUpper', [{ by: 'mouthPressLeft', share: 0.3 }]],
  ['mouthShrugLower', [{ by: 'mouthRollLower', share: 0.4 }]],
  ['browInnerUp', [{ by: 'browOuterUpLeft', share: 0.6 }]],
  ['jawLeft', [{ by: 'mouthLeft', share: 0.5 }]],
  ['jawRight', [{ by: 'mouthRight', share: 0.5 }]],
  ...bySide('mouthStretch', 'mouthSmile', 0.4),
  ...bySide('mouthDimple', 'mouthSmile', 0.25),
  ...bySide('mouthUpperUp', 'noseSneer', 0.5),
  ...bySide('noseSneer', 'mouthUpperUp', 0.4),
  ...bySide('cheekSquint', 'eyeSquint', 0.5),
  ...bySide('eyeSquint', 'eyeBlink', 0.3),
  ...bySide('mouthPress', 'mouthRollLower', 0.3),
  ...bySide('mouthLowerDown', 'jawOpen', 0.15),
  ...bySide('browOuterUp', 'browInnerUp', 0.4),
] as [ArkitChannel, readonly Substitute[]][]);

import type { ArkitChannel } from '../../core/rig/channels';
import { mirrorChannel, type FaceHandle } from './face-handles';

export interface PixelVector {
  readonly x: number;
  readonly y: number;
}

/** A channel a handle keys: where it stands at the start of a drag, and how its anchor moves on the screen for weight 1. */
export interface HandleMotion {
  readonly channel: ArkitChannel;
  readonly startValue: number;
  readonly pixelsPerWeight: PixelVector;
}

export interface HandleModifiers {
  /** Fine: a tenth of the drag. */
  readonly shift: boolean;
  /** Both sides of the face. */
  readonly alt: boolean;
  /** Also the neighbours. */
  readonly ctrl: boolean;
}

const FINE = 0.1;
/** A channel that moves its anchor by less than this (pixels for weight 1) cannot be meant by a drag. */
const SMALLEST_MOTION_PIXELS = 2;
/** Keeps two nearly parallel channels from running against each other: a share of the strongest motion, squared. */
const RIDGE = 0.02;
const SWEEPS = 40;

/**
 * Values of the channels after a drag: those whose motions together bring the anchor nearest to the pointer, each within 0..1
 * (least squares with bounds, by coordinate descent; a dozen sweeps settle it for up to four channels).
 */
export function solveDrag(motions: readonly HandleMotion[], drag: PixelVector): Map<ArkitChannel, number> {
  const usable = motions.filter(({ pixelsPerWeight: { x, y } }) => Math.hypot(x, y) >= SMALLEST_MOTION_PIXELS);
  const strongest = Math.max(0, ...usable.map(({ pixelsPerWeight: { x, y } }) => x * x + y * y));
  const change = usable.map(() => 0);
  let restX = drag.x;
  let restY = drag.y;
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    usable.forEach(({ startValue, pixelsPerWeight: { x, y } }, index) => {
      const before = change[index];
      const pull = x * (restX + before * x) + y * (restY + before * y);
      const wanted = pull / (x * x + y * y + RIDGE * strongest);
      const after = Math.min(1 - startValue, Math.max(-startValue, wanted));
      change[index] = after;
      restX -= (after - before) * x;
      restY -= (after - before) * y;
    });
  }
  return new Map(usable.map(({ channel, startValue }, index) => [channel, clamp(startValue + change[index])]));
}

/** What a drag of a handle keys, with its modifiers. `startOf` gives the value of any channel at the start of the drag. */
export function dragHandle(
  handle: FaceHandle,
  motions: readonly HandleMotion[],
  drag: PixelVector,
  modifiers: HandleModifiers,
  startOf: (channel: ArkitChannel) => number,
): Map<ArkitChannel, number> {
  const reach = modifiers.shift ? FINE : 1;
  const values = solveDrag(motions, { x: drag.x * reach, y: drag.y * reach });
  if (modifiers.ctrl) {
    for (const { channel, with: leader, share } of handle.neighbours) {
      const led = values.get(leader);
      if (led !== undefined && !values.has(channel))
        values.set(channel, clamp(startOf(channel) + (led - startOf(leader)) * share));
    }
  }
  if (modifiers.alt && handle.side !== 0) {
    for (const [channel, value] of [...values]) {
      const other = mirrorChannel(channel);
      if (other !== channel) values.set(other, clamp(startOf(other) + value - startOf(channel)));
    }
  }
  for (const [channel, value] of [...values]) {
    // A key that changes nothing would only pin the curve.
    if (Math.abs(value - startOf(channel)) < 1e-4) values.delete(channel);
  }
  return values;
}

/** "mouthSmileLeft 0.08 → 0.14", the strongest change first. */
export function describeDrag(values: ReadonlyMap<ArkitChannel, number>, startOf: (channel: ArkitChannel) => number): string[] {
  return [...values]
    .sort(([a, first], [b, second]) => Math.abs(second - startOf(b)) - Math.abs(first - startOf(a)))
    .slice(0, 3)
    .map(([channel, value]) => `${channel} ${startOf(channel).toFixed(2)} → ${value.toFixed(2)}`);
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}

import type { CurveKey } from '../curves/keyedCurve';
import type { PerformanceChannel } from '../rig/channels';
import type { ChannelMask } from './channelMask';

export type LayerMode = 'override' | 'additive';

/**
 * A stretch of hand-made keys on one channel. It acts from its first to its last key and fades to the curve below
 * over LAYER_BLEND_SECONDS on each side; outside that it does nothing.
 */
export interface CurveSpan {
  readonly id: string;
  readonly keys: readonly CurveKey[];
}

/** The hand-made spans of one channel on one layer; sorted by time, spans do not overlap. */
export interface LayerCurve {
  readonly channel: PerformanceChannel;
  readonly spans: readonly CurveSpan[];
}

/** An edit layer over the generated base. Upper layers come later in the list and win. */
export interface EditLayer {
  readonly id: string;
  readonly name: string;
  readonly mode: LayerMode;
  /** 0..1 */
  readonly weight: number;
  readonly muted: boolean;
  readonly locked: boolean;
  /** With any layer soloed, only soloed ones act. */
  readonly solo?: boolean;
  /** Weight over time, 0..1, times `weight`; absent or empty: 1 everywhere. Keys in order of time. */
  readonly weightKeys?: readonly CurveKey[];
  /** Channels the layer acts on; absent: all. */
  readonly mask?: ChannelMask;
  readonly curves: readonly LayerCurve[];
}

/** Fade on each side of a span: 4 frames at 60 fps (design/ui: "a 4-frame blend each side"). */
export const LAYER_BLEND_SECONDS = 4 / 60;

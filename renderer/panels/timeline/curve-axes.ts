import type { SampledTracks } from '../../../core/curves/sampledTracks';
import { POSE_VIEW_RADIANS } from '../../../core/document/commands/transformKeys';
import { CHANNEL_INDEX, isPoseChannel, type PerformanceChannel } from '../../../core/rig/channels';
import type { CurveScaling, ViewState } from '../../stores/viewState';
import type { ValueAxis } from './lane-geometry';
import { rangeOf } from './sample-range';

/** The part of the value axis in sight, as shares of the whole: 0 its bottom, 1 its top. */
export interface ValueView {
  readonly from: number;
  readonly to: number;
}

export const WHOLE_VALUE_VIEW: ValueView = { from: 0, to: 1 };
/** How far out and in the value axis goes: three times the whole, a hundredth of it. */
const WIDEST_VIEW = 3;
const NARROWEST_VIEW = 0.01;

/** Value axis of the curve area for a channel: weights fill 0..1 (a little beyond, so that keys at the ends stay whole), rotations +-0.6 rad. */
export function curveAxis(channel: PerformanceChannel, height: number, view: ValueView = WHOLE_VALUE_VIEW): ValueAxis {
  const pad = Math.min(14, Math.max(6, height * 0.09));
  const [low, high] = isPoseChannel(channel) ? [-POSE_VIEW_RADIANS, POSE_VIEW_RADIANS] : [0, 1];
  return { min: low + view.from * (high - low), max: low + view.to * (high - low), height, pad };
}

export type AxisOf = (channel: PerformanceChannel) => ValueAxis;

export interface CurveAxesParts {
  readonly scaling: CurveScaling;
  readonly view: ValueView;
  readonly height: number;
  /** Channels shown, in the order they are stacked. */
  readonly channels: readonly PerformanceChannel[];
  readonly tracks: SampledTracks | null;
}

/** The value axis of each shown channel. */
export function curveAxes({ scaling, view, height, channels, tracks }: CurveAxesParts): AxisOf {
  if (scaling === 'normalised' && tracks) return (channel) => normalisedAxis(channel, height, view, tracks);
  if (scaling === 'stacked') {
    const rowHeight = height / Math.max(1, channels.length);
    return (channel) => {
      const row = Math.max(0, channels.indexOf(channel));
      return { ...curveAxis(channel, rowHeight), pad: Math.min(6, rowHeight * 0.12), top: row * rowHeight };
    };
  }
  return (channel) => curveAxis(channel, height, view);
}

/** The axes as the view asks for them; channels in their order of display, the active one always among them. */
export function curveAxesOf(
  state: Pick<ViewState, 'curveScaling' | 'valueFrom' | 'valueTo' | 'shownChannels' | 'activeChannel'>,
  tracks: SampledTracks | null,
  height: number,
): AxisOf {
  return curveAxes({
    scaling: state.curveScaling,
    view: { from: state.valueFrom, to: state.valueTo },
    height,
    channels: shownWithActive(state.shownChannels, state.activeChannel),
    tracks,
  });
}

export function shownWithActive(shown: readonly PerformanceChannel[], active: PerformanceChannel): readonly PerformanceChannel[] {
  return shown.includes(active) ? shown : [...shown, active];
}

/** From the lowest to the highest value of the curve; one that never moves keeps its plain axis. */
function normalisedAxis(channel: PerformanceChannel, height: number, view: ValueView, tracks: SampledTracks): ValueAxis {
  const plain = curveAxis(channel, height);
  const samples = tracks.channels[CHANNEL_INDEX[channel]];
  const { low, high } = rangeOf(samples, 0, samples.length);
  // A hundredth of the axis: below that a curve is rest and noise, not motion.
  if (!(high - low > (plain.max - plain.min) / 100)) return curveAxis(channel, height, view);
  return { ...plain, min: low + view.from * (high - low), max: low + view.to * (high - low) };
}

/** The view after a zoom that keeps the value under the pointer (`share` 0 bottom..1 top of the area) where it is. */
export function zoomValues(view: ValueView, factor: number, share: number): ValueView {
  const size = view.to - view.from;
  const next = Math.min(WIDEST_VIEW, Math.max(NARROWEST_VIEW, size / factor));
  const from = view.from + size * share - next * share;
  return { from, to: from + next };
}

/** The view that holds values low..high (in the channel's own unit) with a tenth of room above and below. */
export function frameValues(channel: PerformanceChannel, low: number, high: number): ValueView {
  const whole = curveAxis(channel, 100);
  const size = whole.max - whole.min;
  const middle = ((low + high) / 2 - whole.min) / size;
  const half = Math.max(0.05, ((high - low) / size) * 0.6);
  return { from: middle - half, to: middle + half };
}

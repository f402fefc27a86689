import type { ChannelSettings } from '../../../core/layers/channelSettings';
import type { ChannelRegion, PerformanceChannel } from '../../../core/rig/channels';
import type { ViewState } from '../../stores/viewState';
import { rangeOf } from './sample-range';
import { CHANNELS_BY_REGION, REGION_NAMES, REGION_ORDER } from './channel-groups';

/** A row of the channel list: the head of a group, or a channel in it. */
export type ChannelRow =
  | {
      readonly kind: 'head';
      readonly id: string;
      readonly region: ChannelRegion | null;
      readonly name: string;
      readonly channels: readonly PerformanceChannel[];
      readonly isClosed: boolean;
    }
  | { readonly kind: 'channel'; readonly id: string; readonly channel: PerformanceChannel };

export interface ChannelRowParts {
  readonly search: string;
  readonly filter: ViewState['channelFilter'];
  readonly closed: readonly ChannelRegion[];
  readonly keyCounts: ReadonlyMap<PerformanceChannel, number>;
  readonly settings: Readonly<Partial<Record<PerformanceChannel, ChannelSettings>>>;
}

/**
 * The list as rows of one height: pinned channels first, then the regions. A search opens every region and finds by any
 * part of the name, words in any order ("smile left").
 */
export function channelRows({ search, filter, closed, keyCounts, settings }: ChannelRowParts): ChannelRow[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (channel: PerformanceChannel) =>
    words.every((word) => channel.toLowerCase().includes(word)) &&
    (filter === 'all' || (filter === 'keyed' ? (keyCounts.get(channel) ?? 0) > 0 : settings[channel]?.pinned === true));
  const all = REGION_ORDER.flatMap((region) => CHANNELS_BY_REGION[region]);
  const pinned = all.filter((channel) => settings[channel]?.pinned && fits(channel));
  const rows: ChannelRow[] = [];
  if (pinned.length > 0 && filter !== 'pinned') {
    rows.push({ kind: 'head', id: 'pinned', region: null, name: 'Pinned', channels: pinned, isClosed: false });
    rows.push(...pinned.map((channel): ChannelRow => ({ kind: 'channel', id: `pinned ${channel}`, channel })));
  }
  for (const region of REGION_ORDER) {
    const channels = CHANNELS_BY_REGION[region].filter(fits);
    if (channels.length === 0) continue;
    const isClosed = words.length === 0 && filter === 'all' && closed.includes(region);
    rows.push({ kind: 'head', id: region, region, name: REGION_NAMES[region], channels, isClosed });
    if (!isClosed) rows.push(...channels.map((channel): ChannelRow => ({ kind: 'channel', id: channel, channel })));
  }
  return rows;
}

/** Curves never change in place: an edit draws anew the small line of the channel it touched, not all of them. */
const drawn = new WeakMap<Float32Array, string>();

/** A curve as a small line, 28 points across, as an SVG path of one size. Values 0..1 (or the curve's own range when that is wider). */
export function sparkline(samples: Float32Array, width: number, height: number): string {
  let path = drawn.get(samples);
  if (path === undefined) {
    path = drawSparkline(samples, width, height);
    drawn.set(samples, path);
  }
  return path;
}

const SPARK_POINTS = 28;

function drawSparkline(samples: Float32Array, width: number, height: number): string {
  if (samples.length < 2) return '';
  const whole = rangeOf(samples, 0, samples.length);
  const low = Math.min(0, whole.low);
  const high = Math.max(0.35, whole.high);
  const parts: string[] = [];
  for (let index = 0; index < SPARK_POINTS; index += 1) {
    // The largest of each stretch: a blink of four frames must not fall between two points.
    const from = Math.floor((index / SPARK_POINTS) * samples.length);
    const to = Math.max(from + 1, Math.floor(((index + 1) / SPARK_POINTS) * samples.length));
    const stretch = rangeOf(samples, from, to);
    const value = Math.abs(stretch.low) > Math.abs(stretch.high) ? stretch.low : stretch.high;
    const x = (index / (SPARK_POINTS - 1)) * width;
    const y = height - 1 - ((value - low) / (high - low)) * (height - 2);
    parts.push(`${x.toFixed(1)} ${y.toFixed(1)}`);
  }
  return `M${parts.join('L')}`;
}

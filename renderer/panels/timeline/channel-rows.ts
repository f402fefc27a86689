import type { ChannelSettings } from '../../../core/layers/channelSettings';
import type { ChannelRegion, PerformanceChannel } from '../../../core/rig/channels';
import type { ViewState } from '../../stores/viewState';
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

/** A curve as a small line, `points` across: for the list. Values 0..1 (or the curve's own range when that is wider). */
export function sparkline(samples: Float32Array, width: number, height: number, points = 28): string {
  if (samples.length < 2) return '';
  let low = 0;
  let high = 0.35;
  for (const value of samples) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const parts: string[] = [];
  for (let index = 0; index < points; index += 1) {
    // The largest of each stretch: a blink of four frames must not fall between two points.
    const from = Math.floor((index / points) * samples.length);
    const to = Math.max(from + 1, Math.floor(((index + 1) / points) * samples.length));
    let value = samples[from];
    for (let frame = from; frame < to; frame += 1) if (Math.abs(samples[frame]) > Math.abs(value)) value = samples[frame];
    const x = (index / (points - 1)) * width;
    const y = height - 1 - ((value - low) / (high - low)) * (height - 2);
    parts.push(`${x.toFixed(1)} ${y.toFixed(1)}`);
  }
  return `M${parts.join('L')}`;
}

import type { ChannelSettings } from '../../core/layers/channelSettings';
import type { ChannelSettingsRecord, DocumentRecords, LineId, MarkerRecord, RangeLockRecord } from '../../core/document/records';
import { regionOf, type PerformanceChannel } from '../../core/rig/channels';

/** Markers, range locks and channel settings of a line: what the tracks show beside curves and speech. */
export interface LineExtras {
  /** In order of time. */
  readonly markers: readonly MarkerRecord[];
  readonly locks: readonly RangeLockRecord[];
  readonly channels: Readonly<Partial<Record<PerformanceChannel, ChannelSettings>>>;
}

/** Records never change in place, so what was found in them stays found. */
const cache = new WeakMap<DocumentRecords, Map<LineId, LineExtras>>();

export function lineExtras(records: DocumentRecords, lineId: LineId): LineExtras {
  const known = cache.get(records) ?? new Map<LineId, LineExtras>();
  cache.set(records, known);
  let extras = known.get(lineId);
  if (!extras) {
    extras = findExtras(records, lineId);
    known.set(lineId, extras);
  }
  return extras;
}

function findExtras(records: DocumentRecords, lineId: LineId): LineExtras {
  const markers: MarkerRecord[] = [];
  const locks: RangeLockRecord[] = [];
  for (const id in records) {
    if (id.startsWith(`marker:${lineId}:`)) markers.push(records[id] as MarkerRecord);
    else if (id.startsWith(`lock:${lineId}:`)) locks.push(records[id] as RangeLockRecord);
  }
  return {
    markers: markers.sort((a, b) => a.timeSeconds - b.timeSeconds),
    locks: locks.sort((a, b) => a.startSeconds - b.startSeconds),
    channels: (records[`channels:${lineId}`] as ChannelSettingsRecord | undefined)?.channels ?? {},
  };
}

/** A lock without regions and channels holds for all of them. */
export function isLockFor(lock: RangeLockRecord, channel: PerformanceChannel): boolean {
  if (lock.regions.length === 0 && lock.channels.length === 0) return true;
  return lock.regions.includes(regionOf(channel)) || lock.channels.includes(channel);
}

/** Channels that show at 40 %: muted ones, and with any soloed all others. */
export function isDimmedChannel(extras: LineExtras, channel: PerformanceChannel): boolean {
  const settings = extras.channels[channel];
  if (settings?.muted) return true;
  return !settings?.solo && Object.values(extras.channels).some((other) => other?.solo);
}

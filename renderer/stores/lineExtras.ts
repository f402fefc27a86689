import type { ChannelSettings } from '../../core/layers/channelSettings';
import type { CurveKey } from '../../core/curves/keyedCurve';
import type {
  ChannelSettingsRecord,
  DocumentRecords,
  EffortGainRecord,
  EmotionDraftRecord,
  LineId,
  MarkerRecord,
  RangeLockRecord,
} from '../../core/document/records';
import { ACTIVE_EMOTIONS } from '../../core/emotion/emotions';
import { regionOf, type PerformanceChannel } from '../../core/rig/channels';

/** Markers, range locks and channel settings of a line: what the tracks show beside curves and speech. */
export interface LineExtras {
  /** In order of time. */
  readonly markers: readonly MarkerRecord[];
  readonly locks: readonly RangeLockRecord[];
  readonly channels: Readonly<Partial<Record<PerformanceChannel, ChannelSettings>>>;
  /** Guessed emotion curves, in the order of the lanes. */
  readonly drafts: readonly EmotionDraftRecord[];
  /** Keys of the gain on the voice's effort, 0..2; none: as heard. */
  readonly effortGain: readonly CurveKey[];
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
    drafts: ACTIVE_EMOTIONS.flatMap((emotion) => (records[`draft:${lineId}:${emotion}`] as EmotionDraftRecord | undefined) ?? []),
    effortGain: (records[`effort:${lineId}`] as EffortGainRecord | undefined)?.keys ?? [],
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

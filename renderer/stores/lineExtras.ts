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

const NO_KEYS: readonly CurveKey[] = [];
const NO_CHANNELS: LineExtras['channels'] = {};

/** Records never change in place, so what was found in them stays found. */
const cache = new WeakMap<DocumentRecords, Map<LineId, LineExtras>>();

/** What was found last for a line: an edit elsewhere must not make every track draw again. */
const latest = new Map<LineId, LineExtras>();

export function lineExtras(records: DocumentRecords, lineId: LineId): LineExtras {
  const known = cache.get(records) ?? new Map<LineId, LineExtras>();
  cache.set(records, known);
  let extras = known.get(lineId);
  if (!extras) {
    extras = keepSame(latest.get(lineId), findExtras(records, lineId));
    latest.set(lineId, extras);
    known.set(lineId, extras);
  }
  return extras;
}

/** `next` with every part that is the same as before being the very one of before; all the same: what was before. */
function keepSame(before: LineExtras | undefined, next: LineExtras): LineExtras {
  if (!before) return next;
  const list = <T>(old: readonly T[], now: readonly T[]) =>
    old.length === now.length && old.every((part, index) => part === now[index]) ? old : now;
  const kept: LineExtras = {
    ...next,
    markers: list(before.markers, next.markers),
    locks: list(before.locks, next.locks),
    drafts: list(before.drafts, next.drafts),
  };
  return (Object.keys(kept) as (keyof LineExtras)[]).every((part) => kept[part] === before[part]) ? before : kept;
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
    channels: (records[`channels:${lineId}`] as ChannelSettingsRecord | undefined)?.channels ?? NO_CHANNELS,
    drafts: ACTIVE_EMOTIONS.flatMap((emotion) => (records[`draft:${lineId}:${emotion}`] as EmotionDraftRecord | undefined) ?? []),
    effortGain: (records[`effort:${lineId}`] as EffortGainRecord | undefined)?.keys ?? NO_KEYS,
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

import type { ChannelMask } from '../../layers/channelMask';
import type { RecordDraft } from '../recordDraft';
import type { LineId, LineRecord, LockId, RangeLockRecord } from '../records';
import { lineExtent } from '../lineExtent';

/** Locks a range (for some regions or channels, else for all): regeneration leaves it byte-equal. */
export function addRangeLock(
  draft: RecordDraft,
  args: { lineId: LineId; lockId: LockId; startSeconds: number; endSeconds: number; mask?: ChannelMask; name?: string },
): void {
  const line = draft.get<LineRecord>(args.lineId);
  const { regions, channels } = args.mask ?? { regions: [], channels: [] };
  const lock: RangeLockRecord = {
    id: args.lockId,
    kind: 'lock',
    lineId: line.id,
    startSeconds: args.startSeconds,
    endSeconds: args.endSeconds,
    regions,
    channels,
    ...(args.name !== undefined && { name: args.name }),
  };
  draft.put(cutToLine(lock, line));
}

export type LockChange = Partial<Pick<RangeLockRecord, 'startSeconds' | 'endSeconds' | 'regions' | 'channels' | 'name'>>;

export function setRangeLock(draft: RecordDraft, args: { lockId: LockId; change: LockChange }): void {
  const before = draft.get<RangeLockRecord>(args.lockId);
  draft.put(cutToLine({ ...before, ...args.change }, draft.get<LineRecord>(before.lineId)));
}

export function removeRangeLocks(draft: RecordDraft, lockIds: readonly LockId[]): void {
  for (const id of lockIds) if (draft.find(id)) draft.remove(id);
}

function cutToLine(lock: RangeLockRecord, line: LineRecord): RangeLockRecord {
  const extent = lineExtent(line);
  const cut = (time: number) => Math.min(extent.endSeconds, Math.max(extent.startSeconds, time));
  const [first, second] = [cut(lock.startSeconds), cut(lock.endSeconds)];
  return { ...lock, startSeconds: Math.min(first, second), endSeconds: Math.max(first, second) };
}

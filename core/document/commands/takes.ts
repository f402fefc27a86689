import { isKept, type PerformanceEvent } from '../../performance/events/performanceEvent';
import { rollFramesOf } from '../lineBase';
import type { RecordDraft } from '../recordDraft';
import type { ChunkId, LineId, LineRecord, TakeId, TakeRecord } from '../records';

export interface TakeResult {
  readonly lineId: LineId;
  readonly inputHash: string;
  readonly frameCount: number;
  readonly chunkIds: readonly ChunkId[];
  /** Used when the line has no take yet, or when `asNewTake`. */
  readonly newTakeId: TakeId;
  readonly asNewTake?: boolean;
  /** What the engine planned; default none. */
  readonly events?: readonly PerformanceEvent[];
}

/** Puts generated curves, which lie on the line's frames, into the active take, or (beside a captured one, or when asked) into a new one that becomes active. */
export function applyTake(draft: RecordDraft, result: TakeResult): void {
  const line = draft.get<LineRecord>(result.lineId);
  const { inputHash, frameCount, chunkIds } = result;
  const made = {
    inputHash,
    frameCount,
    chunkIds,
    seed: line.seed,
    engine: line.engine,
    events: (result.events ?? []).filter((event) => !isKept(event)),
    ...rollFramesOf(line),
    ...(line.seedRanges && { seedRanges: line.seedRanges }),
  };
  const active = line.activeTakeId === '' ? undefined : draft.find<TakeRecord>(line.activeTakeId);
  if (active && !active.captured && !result.asNewTake) {
    const { seedRanges: _before, leadFrames: _lead, tailFrames: _tail, ...rest } = active;
    draft.put({ ...rest, ...made });
    return;
  }
  const take: TakeRecord = { id: result.newTakeId, kind: 'take', lineId: line.id, name: nextTakeName(draft, line), ...made };
  draft.put(take);
  draft.put({ ...line, activeTakeId: take.id, takeIds: [...line.takeIds, take.id] });
}

/** Makes another take the base, and brings back the seed and engine it was made with. */
export function selectTake(draft: RecordDraft, args: { lineId: LineId; takeId: TakeId }): void {
  const line = draft.get<LineRecord>(args.lineId);
  const take = draft.get<TakeRecord>(args.takeId);
  if (line.activeTakeId === take.id) return;
  const { seedRanges: _before, ...rest } = line;
  draft.put({
    ...rest,
    activeTakeId: take.id,
    seed: take.seed ?? line.seed,
    engine: take.engine ?? line.engine,
    ...(take.seedRanges && { seedRanges: take.seedRanges }),
  });
}

/** Removes a take that is not in use: neither the base nor a part of the mix. */
export function removeTake(draft: RecordDraft, args: { lineId: LineId; takeId: TakeId }): void {
  const line = draft.get<LineRecord>(args.lineId);
  const mixed = Object.values(line.takeMix ?? {}).some(
    (share) => share?.takeId === args.takeId || share?.blendTakeId === args.takeId,
  );
  if (mixed || line.activeTakeId === args.takeId || !line.takeIds.includes(args.takeId)) return;
  draft.put({ ...line, takeIds: line.takeIds.filter((id) => id !== args.takeId) });
  draft.remove(args.takeId);
}

/** One more than the highest number in use, so that names never repeat after a removal. */
function nextTakeName(draft: RecordDraft, line: LineRecord): string {
  const numbers = line.takeIds.map((id) => Number(/(\d+)$/.exec(draft.find<TakeRecord>(id)?.name ?? '')?.[1] ?? 0));
  return `Take ${Math.max(0, ...numbers) + 1}`;
}

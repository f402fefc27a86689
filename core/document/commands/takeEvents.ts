import type { PerformanceEvent } from '../../performance/events/performanceEvent';
import { eventIdOf } from '../performedEvents';
import type { RecordDraft } from '../recordDraft';
import type { EventId, LineId, LineRecord, NonverbalEventRecord } from '../records';
import { cutToLine } from './events';

/** Keys that engines give: "blink:1:7". An event with one came from a plan, whatever was done to it since. */
const PLANNED_KEY = /^[a-z]+:\d+:\d+[a-z]*\+*$/;

/**
 * Changes an event. One that was only planned gets a record of its own with the same key, which from then on stands for
 * it: it is the animator's, or locked, and survives being made again.
 */
export function changeEvent(
  draft: RecordDraft,
  args: { lineId: LineId; event: PerformanceEvent; change: Partial<Omit<NonverbalEventRecord, 'id' | 'kind' | 'lineId'>> },
): EventId {
  const id = eventIdOf(args.lineId, args.event.key);
  const before = draft.find<NonverbalEventRecord>(id) ?? recordOf(args.lineId, args.event);
  const isOnlyLock = Object.keys(args.change).every((field) => field === 'locked');
  if (before.locked && !isOnlyLock) return id;
  const next = { ...before, ...(isOnlyLock ? {} : { origin: 'hand' as const }), ...args.change };
  // Unlocked and untouched it is a planned event like any other, and needs no record.
  if (next.origin === 'generated' && !next.locked) {
    if (draft.find(id)) draft.remove(id);
    return id;
  }
  draft.put(cutToLine(next, draft.get<LineRecord>(args.lineId)));
  return id;
}

/** Removes an event. One that was planned stays as a record of intensity 0: it must not come back. Locked ones stay. */
export function removeEvent(draft: RecordDraft, args: { lineId: LineId; event: PerformanceEvent }): void {
  const { event, lineId } = args;
  if (event.locked) return;
  if (PLANNED_KEY.test(event.key)) changeEvent(draft, { lineId, event, change: { intensity: 0 } });
  else if (draft.find(eventIdOf(lineId, event.key))) draft.remove(eventIdOf(lineId, event.key));
}

/** Adds an event of the animator's, cut to the line. */
export function addHandEvent(
  draft: RecordDraft,
  args: {
    lineId: LineId;
    key: string;
    event: Pick<PerformanceEvent, 'type' | 'startSeconds' | 'endSeconds' | 'intensity' | 'target'>;
  },
): void {
  const { lineId, key, event } = args;
  const record = recordOf(lineId, { ...event, key, locked: false, origin: 'hand' });
  draft.put(cutToLine(record, draft.get<LineRecord>(lineId)));
}

function recordOf(lineId: LineId, event: PerformanceEvent): NonverbalEventRecord {
  const { key, headShare: _share, distanceMetres: _distance, ...fields } = event;
  return { ...fields, id: eventIdOf(lineId, key), kind: 'event', lineId };
}

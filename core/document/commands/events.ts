import { MienError } from '../../errors';
import type { RecordDraft } from '../recordDraft';
import type { EventId, LineId, LineRecord, NonverbalEventRecord } from '../records';
import { lineExtent } from '../lineExtent';

/** Shortest event: one frame at 60 fps. */
export const MIN_EVENT_SECONDS = 1 / 60;

type EventFields = Omit<NonverbalEventRecord, 'id' | 'kind' | 'lineId' | 'locked' | 'origin' | 'intensity'>;

/** Adds an event by hand; it is cut to the line. */
export function addEvent(
  draft: RecordDraft,
  args: { lineId: LineId; eventId: EventId; event: EventFields & Partial<Pick<NonverbalEventRecord, 'intensity' | 'origin'>> },
): void {
  const line = draft.get<LineRecord>(args.lineId);
  const { intensity = 1, origin = 'hand' } = args.event;
  const event = { ...args.event, id: args.eventId, kind: 'event', lineId: line.id, intensity, locked: false, origin } as const;
  draft.put(cutToLine(event, line));
}

export type EventChange = Partial<Omit<NonverbalEventRecord, 'id' | 'kind' | 'lineId'>>;

/**
 * Changes fields of an event. An event that was planned by the engine becomes the animator's, so that regeneration keeps
 * it. `lookAtId: undefined` and `target: undefined` take those away.
 * @throws MienError 'invalid-input' when it is locked and the change does not unlock it
 */
export function setEvent(draft: RecordDraft, args: { eventId: EventId; change: EventChange }): void {
  const before = draft.get<NonverbalEventRecord>(args.eventId);
  if (before.locked && args.change.locked === undefined) throw lockedEvent(before);
  const isOnlyLock = Object.keys(args.change).every((field) => field === 'locked');
  const next = { ...before, ...(isOnlyLock ? {} : { origin: 'hand' as const }), ...args.change };
  draft.put(withoutUndefined(cutToLine(next, draft.get<LineRecord>(before.lineId))));
}

/** Moves events together; the shift is cut so that none leaves the line. Locked ones stay. */
export function moveEvents(draft: RecordDraft, args: { eventIds: readonly EventId[]; deltaSeconds: number }): void {
  const events = args.eventIds.map((id) => draft.get<NonverbalEventRecord>(id)).filter((event) => !event.locked);
  if (events.length === 0 || args.deltaSeconds === 0) return;
  const { startSeconds, endSeconds } = lineExtent(draft.get<LineRecord>(events[0].lineId));
  const lowest = startSeconds - Math.min(...events.map((event) => event.startSeconds));
  const highest = endSeconds - Math.max(...events.map((event) => event.endSeconds));
  const shift = Math.min(Math.max(highest, lowest), Math.max(lowest, args.deltaSeconds));
  if (shift === 0) return;
  for (const event of events) {
    draft.put({
      ...event,
      startSeconds: event.startSeconds + shift,
      endSeconds: event.endSeconds + shift,
      origin: 'hand',
    });
  }
}

/** Removes events; locked ones stay. */
export function removeEvents(draft: RecordDraft, eventIds: readonly EventId[]): void {
  for (const id of eventIds) if (draft.find<NonverbalEventRecord>(id)?.locked === false) draft.remove(id);
}

/** The event cut to its line, at least MIN_EVENT_SECONDS long, its intensity to 0..2: what the schema of a project takes. */
export function cutToLine(event: NonverbalEventRecord, line: LineRecord): NonverbalEventRecord {
  const intensity = Math.min(2, Math.max(0, event.intensity));
  const extent = lineExtent(line);
  const latest = Math.max(extent.startSeconds, extent.endSeconds - MIN_EVENT_SECONDS);
  const startSeconds = Math.min(latest, Math.max(extent.startSeconds, event.startSeconds));
  const endSeconds = Math.min(extent.endSeconds, Math.max(startSeconds + MIN_EVENT_SECONDS, event.endSeconds));
  return { ...event, intensity, startSeconds, endSeconds: Math.max(startSeconds, endSeconds) };
}

function withoutUndefined(event: NonverbalEventRecord): NonverbalEventRecord {
  return Object.fromEntries(Object.entries(event).filter(([, value]) => value !== undefined)) as unknown as NonverbalEventRecord;
}

function lockedEvent({ type }: NonverbalEventRecord): MienError {
  return new MienError('invalid-input', `This ${type} is locked.`, 'Unlock it first (L).');
}

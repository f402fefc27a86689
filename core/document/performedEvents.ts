import { byTime, isKept, type PerformanceEvent } from '../performance/events/performanceEvent';
import type { DocumentRecords, EventId, LineId, LineRecord, LookAtRecord, NonverbalEventRecord, TakeRecord } from './records';
import { stagePupilDistance } from './commands/stageCharacter';
import { eventsOf } from './selectors';

/** The record of an event: the same key, so that a changed one hides the planned one it came from. */
export function eventIdOf(lineId: LineId, key: string): EventId {
  return `event:${lineId}:${key}`;
}

/** A record as engines see it: a named target becomes its direction, distance and the share of the head. */
export function performedEventOf(record: NonverbalEventRecord, records: DocumentRecords): PerformanceEvent {
  const { id, lineId, type, startSeconds, endSeconds, intensity, locked, origin } = record;
  const lookAt = record.lookAtId ? (records[record.lookAtId] as LookAtRecord | undefined) : undefined;
  const target = lookAt?.direction ?? record.target;
  return {
    key: id.slice(`event:${lineId}:`.length),
    type,
    startSeconds,
    endSeconds,
    intensity,
    ...(target && { target }),
    ...(lookAt && { headShare: lookAt.headShare }),
    ...(lookAt?.distanceMetres !== undefined && {
      distanceMetres: lookAt.distanceMetres,
      pupilDistanceMetres: stagePupilDistance(records),
    }),
    locked,
    origin,
  };
}

/** The events of a line that an engine must keep: the animator's, those heard in the sound, and locked ones. */
export function keptEventsOf(records: DocumentRecords, lineId: LineId): PerformanceEvent[] {
  return eventsOf(records, lineId)
    .map((record) => performedEventOf(record, records))
    .filter(isKept);
}

/** All events the line shows: records, and those its take planned that no record replaces. Removed ones are left out. */
export function shownEventsOf(records: DocumentRecords, line: LineRecord, take: TakeRecord | null): PerformanceEvent[] {
  const own = keptEventsOf(records, line.id);
  const keys = new Set(own.map(({ key }) => key));
  const planned = (take?.events ?? []).filter(({ key }) => !keys.has(key));
  return [...own.filter(({ intensity }) => intensity > 0), ...planned].sort(byTime);
}

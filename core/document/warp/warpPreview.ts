import { layerCurvesOf, emotionsOf, eventsOf, layerRecordsOf, lineOf, locksOf, markersOf } from '../selectors';
import type { DocumentRecords, LineId } from '../records';
import type { TimeWarp, WarpStatus } from './timeWarp';

/** One thing made by hand and where it goes with another recording. */
export interface WarpItem {
  /** Id of the key, event, marker or lock. */
  readonly id: string;
  /** As a person knows it: "jawOpen, Edits 1", "joy", "blink". */
  readonly label: string;
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly status: WarpStatus;
}

export interface WarpPreview {
  readonly items: readonly WarpItem[];
  readonly counts: Readonly<Record<WarpStatus, number>>;
  readonly matchedShare: number;
}

/** What a warp would do with everything a line has by hand, in order of time. Changes nothing. */
export function warpPreview(records: DocumentRecords, lineId: LineId, warp: TimeWarp): WarpPreview {
  const line = lineOf(records, lineId);
  if (!line) return { items: [], counts: { kept: 0, warped: 0, conflict: 0 }, matchedShare: warp.matchedShare };
  const item = (id: string, label: string, fromSeconds: number, endSeconds = fromSeconds): WarpItem => {
    const states = [warp.status(fromSeconds), warp.status(endSeconds)];
    const status = states.includes('conflict') ? 'conflict' : states.includes('warped') ? 'warped' : 'kept';
    return { id, label, fromSeconds, toSeconds: warp.map(fromSeconds), status };
  };
  const items = [
    ...layerRecordsOf(records, line).flatMap((layer) => [
      ...layerCurvesOf(records, layer.id).flatMap(({ channel, spans }) =>
        spans.flatMap((span) => span.keys.map((key) => item(key.id, `${channel}, ${layer.name}`, key.timeSeconds))),
      ),
      ...(layer.weightKeys ?? []).map((key) => item(key.id, `weight, ${layer.name}`, key.timeSeconds)),
    ]),
    ...Object.entries(emotionsOf(records, lineId)).flatMap(([emotion, { keys }]) =>
      keys.map((key) => item(key.id, emotion, key.timeSeconds)),
    ),
    // What the engine planned is planned anew.
    ...eventsOf(records, lineId)
      .filter((event) => event.origin !== 'generated' || event.locked)
      .map((event) => item(event.id, event.type, event.startSeconds, event.endSeconds)),
    ...markersOf(records, lineId).map((marker) => item(marker.id, marker.name, marker.timeSeconds, marker.endSeconds)),
    ...locksOf(records, lineId).map((lock) => item(lock.id, lock.name ?? 'lock', lock.startSeconds, lock.endSeconds)),
  ].sort((a, b) => a.fromSeconds - b.fromSeconds);
  const counts = { kept: 0, warped: 0, conflict: 0 };
  for (const { status } of items) counts[status] += 1;
  return { items, counts, matchedShare: warp.matchedShare };
}

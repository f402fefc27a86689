import type { RecordDraft } from '../recordDraft';
import type { LineId, LineRecord, MarkerId, MarkerRecord } from '../records';
import { lineExtent } from '../lineExtent';

export type MarkerChange = Partial<Omit<MarkerRecord, 'id' | 'kind' | 'lineId'>>;

/** Adds a marker; a marker with an end is a named stretch. */
export function addMarker(
  draft: RecordDraft,
  args: { lineId: LineId; markerId: MarkerId; marker: Omit<MarkerRecord, 'id' | 'kind' | 'lineId'> },
): void {
  const line = draft.get<LineRecord>(args.lineId);
  draft.put(cutToLine({ ...args.marker, id: args.markerId, kind: 'marker', lineId: line.id }, line));
}

/** Changes fields of a marker; `endSeconds: undefined` makes it a moment again. */
export function setMarker(draft: RecordDraft, args: { markerId: MarkerId; change: MarkerChange }): void {
  const before = draft.get<MarkerRecord>(args.markerId);
  const next = { ...before, ...args.change };
  draft.put(cutToLine(next, draft.get<LineRecord>(before.lineId)));
}

export function removeMarkers(draft: RecordDraft, markerIds: readonly MarkerId[]): void {
  for (const id of markerIds) if (draft.find(id)) draft.remove(id);
}

function cutToLine({ endSeconds, ...marker }: MarkerRecord, line: LineRecord): MarkerRecord {
  const extent = lineExtent(line);
  const cut = (time: number) => Math.min(extent.endSeconds, Math.max(extent.startSeconds, time));
  const timeSeconds = cut(marker.timeSeconds);
  return { ...marker, timeSeconds, ...(endSeconds !== undefined && { endSeconds: Math.max(timeSeconds, cut(endSeconds)) }) };
}

import type { StoreApi } from 'zustand/vanilla';
import type { DocumentRecord, DocumentRecords, LayerRecord, LineId } from '../../core/document/records';
import type { DocumentState } from '../stores/documentState';
import type { SessionState } from '../stores/sessionState';

/** A line counts as exported until anything of it changes: what lies in the files is then no longer what the studio shows. */
export function forgetChangedExports(
  documentState: Pick<StoreApi<DocumentState>, 'subscribe'>,
  session: Pick<StoreApi<SessionState>, 'getState' | 'setState'>,
): void {
  documentState.subscribe(({ records }, { records: before }) => {
    const { exportedLines } = session.getState();
    if (records === before || exportedLines.length === 0) return;
    const changed = changedLines(before, records);
    if (exportedLines.some((id) => changed.has(id)))
      session.setState({ exportedLines: exportedLines.filter((id) => !changed.has(id)) });
  });
}

/** Lines any record of which came, went or changed. */
export function changedLines(before: DocumentRecords, after: DocumentRecords): ReadonlySet<LineId> {
  const changed = new Set<LineId>();
  const note = (record: DocumentRecord, records: DocumentRecords) => {
    const lineId = lineIdOf(record, records);
    if (lineId) changed.add(lineId);
  };
  for (const [id, record] of Object.entries(after)) if (before[id] !== record) note(record, after);
  for (const [id, record] of Object.entries(before)) if (!(id in after)) note(record, before);
  return changed;
}

function lineIdOf(record: DocumentRecord, records: DocumentRecords): LineId | null {
  if (record.kind === 'line') return record.id;
  if (record.kind === 'curve') return (records[record.layerId] as LayerRecord | undefined)?.lineId ?? null;
  return 'lineId' in record ? record.lineId : null;
}

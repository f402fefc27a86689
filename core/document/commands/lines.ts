import type { EngineId, PerformanceStyle } from '../../performance/performanceEngine';
import type { RecordDraft } from '../recordDraft';
import type { DocumentRecords, LineId, LineRecord, ProjectRecord, SpeechRecord } from '../records';

/** An empty project. */
export function emptyProject(name: string): DocumentRecords {
  return { project: { id: 'project', kind: 'project', name, lineIds: [] } };
}

/** Puts a line with its speech at the end of the list. */
export function addLine(draft: RecordDraft, args: { line: LineRecord; speech: SpeechRecord }): void {
  const project = draft.get<ProjectRecord>('project');
  draft.put({ ...project, lineIds: [...project.lineIds, args.line.id] });
  draft.put(args.line);
  draft.put(args.speech);
}

/** Takes a line out with everything that belongs to it. */
export function removeLine(draft: RecordDraft, lineId: LineId): void {
  const project = draft.get<ProjectRecord>('project');
  const line = draft.get<LineRecord>(lineId);
  draft.put({ ...project, lineIds: project.lineIds.filter((id) => id !== lineId) });
  for (const layerId of line.layerIds) {
    for (const id of draft.idsWithPrefix(`curve:${layerId}:`)) draft.remove(id as LineId);
    draft.remove(layerId);
  }
  for (const takeId of line.takeIds) draft.remove(takeId);
  for (const kind of ['emotion', 'draft', 'event', 'marker', 'lock'])
    for (const id of draft.idsWithPrefix(`${kind}:${lineId}:`)) draft.remove(id as LineId);
  for (const kind of ['speech', 'effort', 'channels'] as const)
    if (draft.find(`${kind}:${lineId}`)) draft.remove(`${kind}:${lineId}`);
  draft.remove(lineId);
}

export function renameLine(draft: RecordDraft, args: { lineId: LineId; name: string }): void {
  const line = draft.get<LineRecord>(args.lineId);
  const name = args.name.trim();
  if (name !== '' && name !== line.name) draft.put({ ...line, name });
}

/** Sets fields of the line's style; the rest stays. */
export function setStyle(draft: RecordDraft, args: { lineId: LineId; style: Partial<PerformanceStyle> }): void {
  const line = draft.get<LineRecord>(args.lineId);
  const style = { ...line.style, ...args.style };
  const fields = Object.keys(style) as (keyof PerformanceStyle)[];
  if (fields.some((field) => style[field] !== line.style[field])) draft.put({ ...line, style });
}

/** Sets the seed; kept as a 32-bit unsigned number. */
export function setSeed(draft: RecordDraft, args: { lineId: LineId; seed: number }): void {
  const line = draft.get<LineRecord>(args.lineId);
  const seed = Math.round(args.seed) >>> 0;
  if (seed !== line.seed) draft.put({ ...line, seed });
}

export function setEngine(draft: RecordDraft, args: { lineId: LineId; engine: EngineId }): void {
  const line = draft.get<LineRecord>(args.lineId);
  if (args.engine !== line.engine) draft.put({ ...line, engine: args.engine });
}

export function setProjectName(draft: RecordDraft, name: string): void {
  const project = draft.get<ProjectRecord>('project');
  if (name !== project.name) draft.put({ ...project, name });
}

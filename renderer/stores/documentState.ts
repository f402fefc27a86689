import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DocumentStore } from '../../core/document/documentStore';
import type { DocumentRecords } from '../../core/document/records';
import type { ChosenFile } from '../../main/ipc/api';

/** What panels see of the document: persisted and undoable. Only DocumentStore changes it. */
export interface DocumentState {
  readonly records: DocumentRecords;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly undoLabel: string;
  readonly redoLabel: string;
  readonly isDirty: boolean;
  readonly isDragging: boolean;
  readonly historyDepth: number;
  /** The file the project lives in; null before the first save. */
  readonly file: ChosenFile | null;
}

export function createDocumentState(document: DocumentStore): StoreApi<DocumentState> {
  const read = () => ({
    records: document.records,
    canUndo: document.canUndo,
    canRedo: document.canRedo,
    undoLabel: document.undoLabel,
    redoLabel: document.redoLabel,
    isDirty: document.isDirty,
    isDragging: document.isDragging,
    historyDepth: document.history.length,
  });
  const store = createStore<DocumentState>(() => ({ ...read(), file: null }));
  document.subscribe(() => store.setState(read()));
  return store;
}

import type { ChunkStore } from '../../core/document/chunkStore';
import type { CommittedChange, DocumentStore } from '../../core/document/documentStore';
import { journalEntryOf } from '../../core/document/journalEntry';
import type { ChunkId, TakeRecord } from '../../core/document/records';
import type { FileHandle, JournalApi } from '../../main/ipc/api';

export interface JournalParts {
  readonly api: JournalApi;
  readonly document: DocumentStore;
  readonly chunks: ChunkStore;
  readonly nowMs: () => number;
  /** Shown once until writing works again. */
  readonly onFailure: (why: string) => void;
}

/** Writes every committed change down before the studio shows it, so that a crash loses nothing. */
export class Journal {
  private isOpen = false;
  private hasFailed = false;

  constructor(private readonly parts: JournalParts) {
    parts.document.onCommit = (change) => this.write(change);
  }

  /** False until `begin`: nothing is written down yet. */
  get isBegun(): boolean {
    return this.isOpen;
  }

  /** Changes from now on belong to this project; without a file the journal starts from the records as they are. */
  begin(project: {
    readonly file: FileHandle | null;
    readonly name: string;
    readonly token: string | null;
    readonly resume?: FileHandle | null;
  }): void {
    const { file, name, token, resume = null } = project;
    // Without a file to build on the journal holds the document itself.
    const snapshot = file === null ? JSON.stringify(this.parts.document.records) : null;
    this.isOpen = true;
    this.report(this.parts.api.begin({ project: file, name, token, snapshot, resume }));
  }

  markSave(token: string): void {
    this.report(this.parts.api.markSave(token));
  }

  saved(project: FileHandle, token: string): void {
    this.report(this.parts.api.saved({ project, token }));
  }

  private write(change: CommittedChange): void {
    if (!this.isOpen) return;
    const { kind, label, diff } = change;
    this.report(this.parts.api.append(JSON.stringify(journalEntryOf(kind, label, diff, this.parts.nowMs()))));
    const fresh = Object.values(diff).flatMap(({ before, after }) =>
      after?.kind === 'take' ? newChunks(before?.kind === 'take' ? before : null, after) : [],
    );
    if (fresh.length > 0) void this.parts.api.appendChunks(this.parts.chunks.pick(fresh)).catch(() => undefined);
  }

  /** The edit stands either way; but the user must know that it is not safe yet. */
  private report(failure: string | null): void {
    if (failure && !this.hasFailed) this.parts.onFailure(failure);
    this.hasFailed = failure !== null;
  }
}

function newChunks(before: TakeRecord | null, after: TakeRecord): ChunkId[] {
  const known = new Set(before?.chunkIds);
  return after.chunkIds.filter((id) => !known.has(id));
}

import type { DocumentEdit, DocumentStore, TemporaryTransaction } from '../../core/document/documentStore';
import type { LineId } from '../../core/document/records';
import type { ViewState } from '../stores/viewState';
import type { StoreApi } from 'zustand/vanilla';
import type { SessionState } from '../stores/sessionState';
import type { Jobs } from './jobs';
import type { Regeneration } from './regeneration';

/** What a widget holds during a drag; it never touches the store. */
export interface EditDrag {
  update(edit: DocumentEdit): void;
  /** One undo step, or nothing when all is as before. */
  commit(): void;
  discard(): void;
}

/** The only way from a widget to the document: every edit, drag, undo and redo, and what follows from them. */
export class Edits {
  private openDrag: EditDrag | null = null;

  constructor(
    private readonly document: DocumentStore,
    private readonly regeneration: Regeneration,
    private readonly view: StoreApi<ViewState>,
    private readonly session: StoreApi<SessionState>,
    private readonly jobs: Jobs,
    /** Hash of what the shown line's base depends on, as the document has it now. */
    private readonly inputHash: () => string,
  ) {}

  /** One change, one undo step. A refused edit says why and changes nothing. */
  run(label: string, edit: DocumentEdit): boolean {
    this.openDrag?.commit();
    const hashBefore = this.inputHash();
    try {
      const step = this.document.transact(label, edit);
      this.refreshIfChanged(hashBefore);
      return step !== null;
    } catch (error) {
      this.jobs.fail(label, error);
      return false;
    }
  }

  /** Starts a drag; an older one that was never ended is put back. */
  begin(label: string): EditDrag {
    this.openDrag?.discard();
    const lineId = this.view.getState().lineId;
    const hashBefore = this.inputHash();
    const transaction = this.document.begin(label);
    const drag: EditDrag = {
      update: (edit) => this.updateDrag(drag, transaction, edit, hashBefore),
      commit: () => this.endDrag(drag, hashBefore, () => this.commitDrag(transaction, lineId)),
      discard: () => this.endDrag(drag, hashBefore, () => transaction.discard()),
    };
    this.openDrag = drag;
    return drag;
  }

  /** Escape: puts an open drag back. True when there was one. */
  discardDrag(): boolean {
    if (!this.openDrag) return false;
    this.openDrag.discard();
    return true;
  }

  undo(): void {
    if (this.discardDrag()) return;
    const hashBefore = this.inputHash();
    const label = this.document.undo();
    if (label) this.jobs.say(`Undone: ${label}`);
    this.afterTravel(hashBefore);
  }

  redo(): void {
    const hashBefore = this.inputHash();
    const label = this.document.redo();
    if (label) this.jobs.say(`Done again: ${label}`);
    this.afterTravel(hashBefore);
  }

  /** To the state right after a step of the history; 0: as it was opened. */
  goTo(stepId: number): void {
    this.discardDrag();
    const hashBefore = this.inputHash();
    const depth = this.document.history.length;
    const count = this.document.jumpTo(stepId);
    if (count === 0) return;
    const steps = count === 1 ? '1 step' : `${count} steps`;
    this.jobs.say(this.document.history.length < depth ? `Undone: ${steps}` : `Done again: ${steps}`);
    this.afterTravel(hashBefore);
  }

  private updateDrag(drag: EditDrag, transaction: TemporaryTransaction, edit: DocumentEdit, hashBefore: string): void {
    if (this.openDrag !== drag) return;
    try {
      transaction.update(edit);
      this.refreshIfChanged(hashBefore);
    } catch (error) {
      drag.discard();
      this.jobs.fail(transaction.label, error);
    }
  }

  private commitDrag(transaction: TemporaryTransaction, lineId: LineId | null): void {
    transaction.commit(lineId ? this.regeneration.commitPreview(lineId) : undefined);
  }

  private endDrag(drag: EditDrag, hashBefore: string, end: () => void): void {
    if (this.openDrag !== drag) return;
    this.openDrag = null;
    end();
    this.session.setState({ dragReadout: null });
    this.refreshIfChanged(hashBefore);
  }

  /** Undo may bring back inputs whose curves were never made (their result came too late); the line then is made again. */
  private afterTravel(hashBefore: string): void {
    this.refreshIfChanged(hashBefore);
    const { lineId } = this.view.getState();
    if (lineId && !this.document.records[lineId]) {
      const first = (this.document.records.project as { lineIds?: readonly LineId[] } | undefined)?.lineIds?.[0] ?? null;
      this.view.setState({ lineId: first });
    }
  }

  /** Only what the base depends on makes it again; a hand key never does. A preview that is shown must end, too. */
  private refreshIfChanged(hashBefore: string): void {
    const { lineId } = this.view.getState();
    if (!lineId) return;
    if (this.inputHash() !== hashBefore || this.session.getState().preview) this.regeneration.refresh(lineId);
  }
}

import { MienError } from '../errors';
import {
  applyDiff,
  composeDiffs,
  diffBytes,
  EMPTY_DIFF,
  isEmptyDiff,
  pruneDiff,
  reverseDiff,
  revertDiff,
  type RecordChange,
  type RecordDiff,
} from './recordDiff';
import { RecordDraft } from './recordDraft';
import type { DocumentRecords } from './records';

/** A change of the document, written against a draft. It may run several times (a drag re-runs it), so it must be pure. */
export type DocumentEdit = (draft: RecordDraft) => void;

/** One step of the history: what the Undo menu names and takes back. */
export interface HistoryStep {
  readonly id: number;
  /** In words, without "Undo": "Move key, jawOpen". */
  readonly label: string;
  readonly diff: RecordDiff;
}

/**
 * A drag: any number of live updates, one undo step, or nothing at all. Every update starts again from the document as
 * it was at `begin`, so a drag that comes back leaves no trace.
 */
export interface TemporaryTransaction {
  readonly label: string;
  update(edit: DocumentEdit): void;
  /** Ends the drag as one undo step; null when nothing changed in the end. `extra` runs on top of the last update. */
  commit(extra?: DocumentEdit): HistoryStep | null;
  /** Ends the drag and puts everything back. */
  discard(): void;
  readonly isOpen: boolean;
}

/** What was committed, in the order it happened: for the journal of unsaved work. */
export interface CommittedChange {
  readonly kind: 'step' | 'amend' | 'undo' | 'redo';
  readonly label: string;
  /** From the state before to the state after, also of an undo. */
  readonly diff: RecordDiff;
}

/** One line of the history panel. */
export interface HistoryEntry {
  readonly id: number;
  readonly label: string;
  /** False: taken back, waiting for redo. */
  readonly isDone: boolean;
}

/** Memory the history may hold, by estimate; older steps fall off the end. Tens of thousands of ordinary edits. */
const HISTORY_BYTES = 256 * 1024 ** 2;

/**
 * The document with its history: plain records, changed only by transactions, each a reversible diff (design: habits
 * of tldraw's HistoryManager and theatre.js' temporary transactions). Pure: no clock, no randomness, no DOM.
 */
export class DocumentStore {
  private current: DocumentRecords;
  private saved: DocumentRecords;
  private done: HistoryStep[] = [];
  private undone: HistoryStep[] = [];
  private open: OpenTransaction | null = null;
  private nextStepId = 1;
  private readonly listeners = new Set<() => void>();
  private historyBytes = 0;

  /** Called with every committed change before anybody sees it; must not throw. Live updates of a drag are no commits. */
  onCommit: ((change: CommittedChange) => void) | null = null;

  /** @param historyLimitBytes smaller in tests */
  constructor(
    records: DocumentRecords = {},
    private readonly historyLimitBytes: number = HISTORY_BYTES,
  ) {
    this.current = records;
    this.saved = records;
  }

  get records(): DocumentRecords {
    return this.current;
  }

  get canUndo(): boolean {
    return this.done.length > 0;
  }

  get canRedo(): boolean {
    return this.undone.length > 0;
  }

  get undoLabel(): string {
    return this.done.at(-1)?.label ?? '';
  }

  get redoLabel(): string {
    return this.undone.at(-1)?.label ?? '';
  }

  /** Steps done, oldest first. */
  get history(): readonly HistoryStep[] {
    return this.done;
  }

  /** All steps in order of time, those waiting for redo at the end: for the history panel. */
  get timeline(): HistoryEntry[] {
    const entry = (isDone: boolean) => (step: HistoryStep) => ({ id: step.id, label: step.label, isDone });
    return [...this.done.map(entry(true)), ...[...this.undone].reverse().map(entry(false))];
  }

  /** Steps undone, the next redo first. */
  get undoneSteps(): readonly HistoryStep[] {
    return [...this.undone].reverse();
  }

  /** True while a drag is in progress. */
  get isDragging(): boolean {
    return this.open !== null;
  }

  /** True when the records differ from the last `markSaved` or `replace`. Undoing back to that point makes it false again. */
  get isDirty(): boolean {
    if (this.current === this.saved) return false;
    const ids = Object.keys(this.current);
    if (ids.length !== Object.keys(this.saved).length) return true;
    return ids.some((id) => this.current[id] !== this.saved[id]);
  }

  /** Calls back after every change of records or history. Returns an unsubscribe function. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /**
   * Takes another document in place of this one and forgets the history (open, new project).
   * @param saved what its file holds, when that is older (recovered work)
   */
  replace(records: DocumentRecords, saved: DocumentRecords = records): void {
    this.open = null;
    this.current = records;
    this.saved = saved;
    this.historyBytes = 0;
    this.done = [];
    this.undone = [];
    this.emit();
  }

  markSaved(records: DocumentRecords = this.current): void {
    this.saved = records;
    this.emit();
  }

  /**
   * Makes one change as one undo step. Returns null when the edit changed nothing. When the edit throws, nothing changed.
   * @throws MienError 'invalid-input' while a drag is open: its end decides what this would change.
   */
  transact(label: string, edit: DocumentEdit): HistoryStep | null {
    this.requireNoDrag();
    const draft = new RecordDraft(this.current);
    edit(draft);
    return this.pushStep(label, draft.diff());
  }

  /** Starts a drag. Only one can be open. */
  begin(label: string): TemporaryTransaction {
    this.requireNoDrag();
    const transaction = new OpenTransaction(label, this.current, {
      show: (records) => {
        this.current = records;
        this.emit();
      },
      close: (diff) => {
        this.open = null;
        this.current = transaction.base;
        const step = this.pushStep(label, diff);
        if (!step) this.emit();
        return step;
      },
    });
    this.open = transaction;
    return transaction;
  }

  /**
   * Folds a late result into the last step (or, with no step done, into the ground under the history), so that it is
   * undone together with what caused it. Steps waiting for redo stay true: the first one that touches an amended record
   * learns its new state before. Returns false, and changes nothing, while a drag is open.
   */
  amendLast(edit: DocumentEdit): boolean {
    if (this.open) return false;
    const draft = new RecordDraft(this.current);
    edit(draft);
    const diff = draft.diff();
    if (isEmptyDiff(diff)) return true;
    const last = this.done.at(-1);
    if (last) {
      const composed = composeDiffs(last.diff, diff);
      this.historyBytes += diffBytes(composed) - diffBytes(last.diff);
      this.done[this.done.length - 1] = { ...last, diff: composed };
    }
    this.rebaseUndone(diff);
    this.onCommit?.({ kind: 'amend', label: last?.label ?? '', diff });
    this.current = applyDiff(this.current, diff);
    this.emit();
    return true;
  }

  /** Takes the last step back; during a drag it only ends the drag. Returns the label of what was undone, or ''. */
  undo(): string {
    if (this.open) {
      const { label } = this.open;
      this.open.discard();
      return label;
    }
    const step = this.done.pop();
    if (!step) return '';
    this.undone.push(step);
    this.onCommit?.({ kind: 'undo', label: step.label, diff: reverseDiff(step.diff) });
    this.current = revertDiff(this.current, step.diff);
    this.emit();
    return step.label;
  }

  /** Makes the last undone step again. Does nothing during a drag. Returns its label, or ''. */
  redo(): string {
    if (this.open) return '';
    const step = this.undone.pop();
    if (!step) return '';
    this.done.push(step);
    this.onCommit?.({ kind: 'redo', label: step.label, diff: step.diff });
    this.current = applyDiff(this.current, step.diff);
    this.emit();
    return step.label;
  }

  /**
   * Goes to the state right after a step of the timeline, with as many undos or redos as that takes; 0 goes to before the
   * first step that is kept. An open drag is discarded. Returns how many steps were gone.
   */
  jumpTo(stepId: number): number {
    this.open?.discard();
    let count = 0;
    if (this.undone.some((step) => step.id === stepId)) {
      for (let at = 0; at !== stepId; count += 1) {
        at = this.undone[this.undone.length - 1].id;
        this.redo();
      }
      return count;
    }
    if (stepId !== 0 && !this.done.some((step) => step.id === stepId)) return 0;
    for (; this.done.length > 0 && this.done[this.done.length - 1].id !== stepId; count += 1) this.undo();
    return count;
  }

  private pushStep(label: string, changes: RecordDiff): HistoryStep | null {
    const diff = pruneDiff(changes);
    if (isEmptyDiff(diff)) return null;
    const step: HistoryStep = { id: this.nextStepId, label, diff };
    this.nextStepId += 1;
    this.done.push(step);
    this.forgetUndone();
    this.historyBytes += diffBytes(diff);
    this.forgetOldest();
    this.onCommit?.({ kind: 'step', label, diff });
    this.current = applyDiff(this.current, diff);
    this.emit();
    return step;
  }

  private forgetUndone(): void {
    for (const step of this.undone) this.historyBytes -= diffBytes(step.diff);
    this.undone = [];
  }

  /** The newest step always stays: what was just done can be taken back, however large it is. */
  private forgetOldest(): void {
    let count = 0;
    while (this.historyBytes > this.historyLimitBytes && count < this.done.length - 1) {
      this.historyBytes -= diffBytes(this.done[count].diff);
      count += 1;
    }
    if (count > 0) this.done.splice(0, count);
  }

  /** `undone` is a stack: its last entry is the next redo, so the walk goes from the end. */
  private rebaseUndone(amendment: RecordDiff): void {
    const waiting = new Set(Object.keys(amendment));
    for (let index = this.undone.length - 1; index >= 0 && waiting.size > 0; index -= 1) {
      const step = this.undone[index];
      const touched = [...waiting].filter((id) => id in step.diff);
      if (touched.length === 0) continue;
      const diff: Record<string, RecordChange> = { ...step.diff };
      for (const id of touched) {
        diff[id] = { before: amendment[id].after, after: step.diff[id].after };
        waiting.delete(id);
      }
      this.undone[index] = { ...step, diff };
    }
  }

  private requireNoDrag(): void {
    if (this.open) {
      throw new MienError(
        'invalid-input',
        `"${this.open.label}" is still being dragged.`,
        'Let go of the mouse button or press Escape first.',
      );
    }
  }

  private emit(): void {
    for (const listener of [...this.listeners]) listener();
  }
}

interface TransactionHost {
  show(records: DocumentRecords): void;
  close(diff: RecordDiff): HistoryStep | null;
}

class OpenTransaction implements TemporaryTransaction {
  isOpen = true;
  private diff: RecordDiff = EMPTY_DIFF;

  constructor(
    readonly label: string,
    readonly base: DocumentRecords,
    private readonly host: TransactionHost,
  ) {}

  update(edit: DocumentEdit): void {
    if (!this.isOpen) return;
    const draft = new RecordDraft(this.base);
    edit(draft);
    this.diff = draft.diff();
    this.host.show(applyDiff(this.base, this.diff));
  }

  commit(extra?: DocumentEdit): HistoryStep | null {
    if (!this.isOpen) return null;
    let diff = this.diff;
    if (extra) {
      const draft = new RecordDraft(applyDiff(this.base, diff));
      extra(draft);
      diff = composeDiffs(diff, draft.diff());
    }
    this.isOpen = false;
    return this.host.close(diff);
  }

  discard(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.host.close(EMPTY_DIFF);
  }
}

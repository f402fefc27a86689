import type { LineId } from '../../core/document/records';

export type BatchOutcome = 'done' | 'skipped' | 'failed' | 'cancelled';

export interface BatchResult {
  readonly lineId: LineId;
  readonly name: string;
  readonly outcome: BatchOutcome;
  /** What was made, or why not and what to do. */
  readonly note: string;
}

/** Work on many lines, one after the other. */
export interface BatchRun {
  readonly title: string;
  readonly total: number;
  readonly results: readonly BatchResult[];
  /** The line at work; '' when all is over. */
  readonly current: string;
  readonly startedAtMs: number;
  readonly isCancelling: boolean;
}

import type { StoreApi } from 'zustand/vanilla';
import type { LineId } from '../../core/document/records';
import { MienError, toPlainError } from '../../core/errors';
import type { IdSource } from '../../core/document/ids';
import type { StudioApi } from '../../main/ipc/api';
import type { Job, SessionState } from '../stores/sessionState';

let nextToastId = 1;

/** Long work and its messages: one list for the status bar, one for errors. */
export class Jobs {
  /** Work that runs in this window, by job. */
  private readonly here = new Map<string, AbortController>();
  private statusTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly api: StudioApi,
    private readonly session: StoreApi<SessionState>,
    private readonly ids: IdSource,
  ) {
    api.engine.onProgress((progress) =>
      this.patch(progress.jobId, { step: progress.step, fraction: Math.min(1, Math.max(0, progress.fraction)) }),
    );
    api.engine.onRestart((reason) => this.fail('The engine stopped and was started again', reason));
  }

  /**
   * Runs work under a job that shows progress and can be cancelled. Failures become one message with its remedy;
   * returns null then, and when the user cancelled.
   */
  async run<T>(title: string, lineId: LineId | null, work: (jobId: string) => Promise<T>): Promise<T | null> {
    const job: Job = {
      id: `job:${this.ids.next()}`,
      lineId,
      title,
      step: '',
      fraction: 0,
      startedAtMs: performance.now(),
      isCancelling: false,
    };
    this.session.setState((state) => ({ jobs: [...state.jobs, job] }));
    try {
      return await work(job.id);
    } catch (error) {
      if (toPlainError(error).code === 'cancelled') this.say(`${title}: cancelled`);
      else this.fail(title, error);
      return null;
    } finally {
      this.session.setState((state) => ({ jobs: state.jobs.filter((other) => other.id !== job.id) }));
    }
  }

  /** As `run`, for work in this window: it tells of its own progress and ends when the signal says so. */
  runHere<T>(
    title: string,
    lineId: LineId | null,
    work: (here: { jobId: string; signal: AbortSignal; progress: (step: string, fraction: number) => void }) => Promise<T>,
  ): Promise<T | null> {
    return this.run(title, lineId, async (jobId) => {
      const stop = new AbortController();
      this.here.set(jobId, stop);
      const progress = (step: string, fraction: number) => !stop.signal.aborted && this.patch(jobId, { step, fraction });
      try {
        return await work({ jobId, signal: stop.signal, progress });
      } finally {
        this.here.delete(jobId);
      }
    });
  }

  /** As `run`, but a failure is the caller's: for work on many lines that writes its own report. */
  async attempt<T>(title: string, lineId: LineId | null, work: (jobId: string) => Promise<T>): Promise<T> {
    const outcomes: ({ value: T } | { error: unknown })[] = [];
    await this.run(title, lineId, async (jobId) => {
      outcomes.push(
        await work(jobId).then(
          (value) => ({ value }),
          (error: unknown) => ({ error }),
        ),
      );
    });
    const [outcome] = outcomes;
    if (outcome && 'value' in outcome) return outcome.value;
    throw outcome?.error;
  }

  cancel(jobId: string): void {
    this.patch(jobId, { isCancelling: true, step: 'Cancelling' });
    const here = this.here.get(jobId);
    if (here) return here.abort();
    this.api.engine.cancel(jobId).catch((error: unknown) => this.fail('Cancel', error));
  }

  cancelAll(): void {
    for (const job of this.session.getState().jobs) this.cancel(job.id);
  }

  /** A line in the status bar for six seconds; with `undoLabel` it offers to undo that step while it is the last. */
  say(status: string, undoLabel = ''): void {
    this.session.setState({ status, statusUndo: undoLabel });
    clearTimeout(this.statusTimer);
    this.statusTimer = setTimeout(() => this.session.setState({ status: '', statusUndo: '' }), 6000);
  }

  /** An error the user sees until he closes it. The same one twice in a row is shown once. */
  fail(what: string, error: unknown): void {
    const plain = toPlainError(error);
    if (!(error instanceof MienError) && plain.code === 'internal') console.error(what, error);
    this.session.setState((state) => {
      const last = state.toasts.at(-1);
      if (last && last.what === what && last.error.message === plain.message) return {};
      nextToastId += 1;
      return { toasts: [...state.toasts.slice(-2), { id: nextToastId, what, error: plain }] };
    });
  }

  dismiss(toastId: number): void {
    this.session.setState((state) => ({ toasts: state.toasts.filter((toast) => toast.id !== toastId) }));
  }

  private patch(jobId: string, change: Partial<Job>): void {
    this.session.setState((state) =>
      state.jobs.some((job) => job.id === jobId)
        ? { jobs: state.jobs.map((job) => (job.id === jobId ? { ...job, ...change } : job)) }
        : {},
    );
  }
}

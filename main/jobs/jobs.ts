import { setImmediate as nextTurn } from 'node:timers/promises';
import { MienError } from '../../core/errors';
import type { LineId } from '../../core/document/records';
import type { JobProgress } from '../ipc/api';

/** Progress is told at most this often; a status bar cannot show more. */
const TELL_EVERY_MS = 50;

/** One running job: tells its progress and stops when it was cancelled. */
export class Job {
  private lastTold = -Infinity;
  private step = '';

  constructor(
    readonly jobId: string,
    readonly lineId: LineId | undefined,
    readonly signal: AbortSignal,
    private readonly tell: (progress: JobProgress) => void,
  ) {}

  /** Tells a step and how far the whole job is (0..1). A new step is always told. */
  progress(step: string, fraction: number): void {
    const now = performance.now();
    if (step === this.step && now - this.lastTold < TELL_EVERY_MS) return;
    this.step = step;
    this.lastTold = now;
    this.tell({ jobId: this.jobId, lineId: this.lineId, step, fraction: Math.min(1, Math.max(0, fraction)) });
  }

  /** Lets messages in (a cancel among them), then stops here if the job was cancelled. */
  async breathe(): Promise<void> {
    await nextTurn();
    this.throwIfCancelled();
  }

  throwIfCancelled(): void {
    if (this.signal.aborted)
      throw new MienError('cancelled', `${this.step || 'The job'} was cancelled.`, 'Start it again when you want it.');
  }
}

/** All jobs that run, by id. */
export class Jobs {
  private readonly running = new Map<string, AbortController>();

  constructor(private readonly tell: (progress: JobProgress) => void) {}

  /** Runs work as a job; whatever it throws after a cancel is told as 'cancelled'. */
  async run<T>(jobId: string, lineId: LineId | undefined, work: (job: Job) => Promise<T>): Promise<T> {
    if (this.running.has(jobId))
      throw new MienError('invalid-input', `A job ${jobId} is running already.`, 'Wait for it or cancel it.');
    const controller = new AbortController();
    this.running.set(jobId, controller);
    const job = new Job(jobId, lineId, controller.signal, this.tell);
    try {
      const value = await work(job);
      job.throwIfCancelled();
      return value;
    } catch (error) {
      job.throwIfCancelled();
      throw error;
    } finally {
      this.running.delete(jobId);
    }
  }

  /** Asks a job to stop; one that is not running (done, never started) is left alone. */
  cancel(jobId: string): void {
    this.running.get(jobId)?.abort();
  }
}

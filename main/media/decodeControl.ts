import { setImmediate as nextTurn } from 'node:timers/promises';
import { MienError } from '../../core/errors';

/** Every file may take this long, plus a share of its size: ten times what the slowest machine we saw needs. */
const BASE_SECONDS = 60;
const SECONDS_PER_MEGABYTE = 10;

/** Lets a decoder be cancelled, keeps the event loop alive, and ends decoding that does not come to an end. */
export class DecodeControl {
  private readonly deadlineMs: number;
  private readonly fileName: string;
  private readonly signal: AbortSignal | undefined;

  constructor(fileName: string, byteCount: number, signal?: AbortSignal) {
    this.fileName = fileName;
    this.signal = signal;
    this.deadlineMs = performance.now() + (BASE_SECONDS + (byteCount / 1e6) * SECONDS_PER_MEGABYTE) * 1000;
  }

  /** Seconds left before the deadline; never negative. */
  get secondsLeft(): number {
    return Math.max(0, (this.deadlineMs - performance.now()) / 1000);
  }

  /**
   * Call between chunks.
   * @throws MienError 'cancelled' after an abort, 'audio-unreadable' after the deadline
   */
  async breathe(): Promise<void> {
    await nextTurn();
    if (this.signal?.aborted) throw new MienError('cancelled', `Reading ${this.fileName} was cancelled.`, 'Import it again.');
    if (performance.now() > this.deadlineMs) {
      throw new MienError(
        'audio-unreadable',
        `${this.fileName} could not be decoded in a sensible time; it is probably damaged.`,
        'Convert it to wav with another program and import that.',
      );
    }
  }
}

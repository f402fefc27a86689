import { MienError } from '../errors';
import type { CancelSignal } from '../speech/cancelSignal';

/** @throws MienError 'cancelled' after an abort */
export function throwIfAborted(signal: CancelSignal | undefined): void {
  if (signal?.aborted) throw new MienError('cancelled', 'Performing was cancelled.', 'Generate the line again (Ctrl G).');
}

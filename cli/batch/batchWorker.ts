import { toPlainError, type PlainError } from '../../core/errors';
import { closureInWords, lineResult } from '../line/describeLine';
import { generateLine, type GenerateRequest } from '../line/generateLine';
import { findResources } from '../resources';

/** First argument of a worker process; people never type it. */
export const BATCH_WORKER_ARGUMENT = '--batch-worker';

export interface WorkerOrder {
  readonly request: GenerateRequest;
}

export type WorkerNews =
  | { readonly kind: 'progress'; readonly step: string; readonly fraction: number }
  | { readonly kind: 'notice'; readonly notice: string }
  | { readonly kind: 'done'; readonly result: Record<string, unknown>; readonly summary: string }
  | { readonly kind: 'failed'; readonly error: PlainError };

/**
 * Generates the lines its parent sends, one after the other, until the parent disconnects; a line that is being written then is
 * given up properly, so that no half file stays. Progress goes out at most ten times a second.
 * @param cancel also aborted by Ctrl-C
 */
export function serveBatchWorker(cancel: AbortController): void {
  const send = (news: WorkerNews): void => {
    if (process.connected) process.send?.(news);
  };
  let lastProgressMs = 0;
  let busy = false;
  process.on('disconnect', () => {
    cancel.abort();
    if (!busy) process.exit(0);
  });
  process.on('message', ({ request }: WorkerOrder) => {
    busy = true;
    generateLine(request, {
      resources: findResources(),
      signal: cancel.signal,
      onNotice: (notice) => send({ kind: 'notice', notice }),
      onProgress: (step, fraction) => {
        if (performance.now() - lastProgressMs < 100) return;
        lastProgressMs = performance.now();
        send({ kind: 'progress', step, fraction });
      },
    })
      .then(
        (line) => send({ kind: 'done', result: lineResult(request.file, line), summary: closureInWords(line.performed.closure) }),
        (thrown: unknown) => send({ kind: 'failed', error: toPlainError(thrown) }),
      )
      .finally(() => {
        busy = false;
        if (!process.connected) process.exit(0);
      });
  });
}

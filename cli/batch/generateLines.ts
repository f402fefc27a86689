import { fork, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { MienError, toPlainError } from '../../core/errors';
import { closureInWords, lineResult } from '../line/describeLine';
import { generateLine, type GenerateHooks, type GenerateRequest } from '../line/generateLine';
import { throwIfCancelled } from '../line/hearLine';
import { BATCH_WORKER_ARGUMENT, type WorkerNews, type WorkerOrder } from './batchWorker';
import type { BatchRow } from './reportCsv';

/** Told about each line; `index` is its place in the list. */
export interface BatchHooks extends Omit<GenerateHooks, 'onProgress' | 'onNotice'> {
  readonly onProgress: (index: number, step: string, fraction: number) => void;
  readonly onNotice: (index: number, notice: string) => void;
}

/**
 * Generates every line: in this process, or with `jobs` > 1 in that many processes at once. A line that fails is a row, not an error.
 * @throws MienError 'cancelled'; lines that were not finished have written nothing
 */
export async function generateLines(requests: readonly GenerateRequest[], jobs: number, hooks: BatchHooks): Promise<BatchRow[]> {
  const rows: BatchRow[] = [];
  let next = 0;
  /** Takes lines from the list until it is empty. */
  const work = async (generate: (request: GenerateRequest, index: number) => Promise<BatchRow>): Promise<void> => {
    while (next < requests.length) {
      throwIfCancelled(hooks.signal);
      const index = next++;
      rows[index] = await generate(requests[index], index);
      hooks.onProgress(index, 'Done', 1);
    }
  };
  const count = Math.min(jobs, requests.length);
  if (count <= 1) {
    await work((request, index) => generateHere(request, index, hooks));
  } else {
    const threads = Math.max(1, Math.floor(availableParallelism() / count));
    const workers = Array.from({ length: count }, () => new LineWorker(workerFile(hooks.resources.root), hooks));
    try {
      await Promise.all(workers.map((worker) => work((request, index) => worker.generate({ ...request, threads }, index))));
    } finally {
      for (const worker of workers) worker.end();
    }
  }
  throwIfCancelled(hooks.signal);
  return rows;
}

async function generateHere(request: GenerateRequest, index: number, hooks: BatchHooks): Promise<BatchRow> {
  try {
    const line = await generateLine(request, {
      ...hooks,
      onProgress: (step, fraction) => hooks.onProgress(index, step, fraction),
      onNotice: (notice) => hooks.onNotice(index, notice),
    });
    return {
      file: request.file,
      state: 'done',
      result: lineResult(request.file, line),
      summary: closureInWords(line.performed.closure),
    };
  } catch (thrown) {
    throwIfCancelled(hooks.signal);
    return { file: request.file, state: 'failed', error: toPlainError(thrown) };
  }
}

/** The built command line; a checkout that runs from its sources has built it through cli/bin/mien.mjs. */
function workerFile(root: string): string {
  const file = path.join(root, 'out', 'cli', 'mien.mjs');
  if (existsSync(file)) return file;
  throw new MienError(
    'internal',
    'The built command line (out/cli/mien.mjs) is missing, so --jobs cannot start processes.',
    'Run "npm run build", or leave --jobs out.',
  );
}

/** One process that generates lines. When it dies (memory, a native fault) its line fails and the next line gets a new process. */
class LineWorker {
  private child: ChildProcess | null = null;

  constructor(
    private readonly file: string,
    private readonly hooks: BatchHooks,
  ) {
    hooks.signal.addEventListener('abort', () => this.child?.kill('SIGTERM'), { once: true });
  }

  generate(request: GenerateRequest, index: number): Promise<BatchRow> {
    this.child ??= fork(this.file, [BATCH_WORKER_ARGUMENT], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const child = this.child;
    return new Promise((resolve) => {
      const finish = (row: BatchRow): void => {
        child.off('message', onNews).off('exit', onEnd).off('error', onEnd);
        resolve(row);
      };
      const onEnd = (): void => {
        this.child = null;
        const error = new MienError(
          'internal',
          `The process that generated ${path.basename(request.file)} ended early.`,
          'Try this line alone; if it fails again, report it.',
        );
        finish({ file: request.file, state: 'failed', error: error.toPlain() });
      };
      const onNews = (news: WorkerNews): void => {
        if (news.kind === 'progress') this.hooks.onProgress(index, news.step, news.fraction);
        else if (news.kind === 'notice') this.hooks.onNotice(index, news.notice);
        else if (news.kind === 'done') finish({ file: request.file, state: 'done', result: news.result, summary: news.summary });
        else finish({ file: request.file, state: 'failed', error: news.error });
      };
      child.on('message', onNews).once('exit', onEnd).once('error', onEnd);
      child.send({ request } satisfies WorkerOrder);
    });
  }

  end(): void {
    if (this.child?.connected) this.child.disconnect();
    this.child = null;
  }
}

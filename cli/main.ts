import { BATCH_WORKER_ARGUMENT, serveBatchWorker } from './batch/batchWorker';
import { run } from './run';

const cancel = new AbortController();
let asked = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // The second time the user means it: a step that does not look at the signal must not hold them.
    if (asked) process.exit(1);
    asked = true;
    cancel.abort();
  });
}
// `mien ... | head` closes the pipe early; that is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

if (process.argv[2] === BATCH_WORKER_ARGUMENT && process.send) {
  serveBatchWorker(cancel);
} else {
  process.exitCode = await run(process.argv.slice(2), {
    out: (line) => process.stdout.write(`${line}\n`),
    err: (text) => process.stderr.write(text),
    signal: cancel.signal,
    interactive: process.stderr.isTTY === true,
  });
}

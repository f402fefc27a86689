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

process.exitCode = await run(process.argv.slice(2), {
  out: (line) => process.stdout.write(`${line}\n`),
  err: (text) => process.stderr.write(text),
  signal: cancel.signal,
  interactive: process.stderr.isTTY === true,
});

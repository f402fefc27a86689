import { run } from '../run';

export interface CliOutcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** Lines of standard output as objects (with --json). */
  readonly events: readonly Record<string, unknown>[];
  /** The final object. */
  readonly result: Record<string, unknown>;
}

/** Runs a command line in this process and catches what it prints. */
export async function runCli(
  args: readonly string[],
  signal: AbortSignal = new AbortController().signal,
  onLine?: (line: string) => void,
): Promise<CliOutcome> {
  const lines: string[] = [];
  let err = '';
  const code = await run(args, {
    out: (line) => {
      lines.push(line);
      onLine?.(line);
    },
    err: (text) => (err += text),
    signal,
    interactive: false,
  });
  const events = args.includes('--json') ? lines.map((line) => JSON.parse(line) as Record<string, unknown>) : [];
  return { code, out: lines.join('\n'), err, events, result: events.at(-1) ?? {} };
}

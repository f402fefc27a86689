import { toPlainError, type PlainError } from '../core/errors';
import type { CommandIo } from './commandIo';
import { UsageError } from './usageError';

/** Says how the work goes: sentences for people, or with `--json` one object a line for programs. */
export interface Reporter {
  readonly json: boolean;
  /** `fraction` 0..1 over the whole command. */
  progress(step: string, fraction: number): void;
  /** Something the user should know that is no failure. */
  notice(message: string): void;
  /** The final result: an object for programs, lines for people. */
  result(value: Readonly<Record<string, unknown>>, lines: readonly string[]): void;
  failure(thrown: unknown): void;
}

export function createReporter(io: CommandIo, json: boolean): Reporter {
  let shown = '';
  const clear = (): void => {
    if (shown !== '' && io.interactive) io.err('\r\u001b[K');
    shown = '';
  };
  return {
    json,
    progress(step, fraction) {
      if (json) io.out(JSON.stringify({ event: 'progress', step, fraction: Math.round(fraction * 1000) / 1000 }));
      else if (io.interactive) {
        shown = `${step} ${Math.round(fraction * 100)} %`;
        io.err(`\r\u001b[K${shown}`);
      }
    },
    notice(message) {
      clear();
      if (json) io.out(JSON.stringify({ event: 'notice', message }));
      else io.err(`Note: ${message}\n`);
    },
    result(value, lines) {
      clear();
      if (json) io.out(JSON.stringify({ event: 'result', ...value }));
      else for (const line of lines) io.out(line);
    },
    failure(thrown) {
      clear();
      const error = describeFailure(thrown);
      if (json) io.out(JSON.stringify({ event: 'error', ...error }));
      io.err(`mien: ${error.message}\n${error.remedy}\n`);
    },
  };
}

/** Message and remedy of anything thrown; wrong usage carries the code 'usage'. */
export function describeFailure(thrown: unknown): Omit<PlainError, 'code'> & { readonly code: string } {
  if (thrown instanceof UsageError) return { code: 'usage', message: thrown.message, remedy: thrown.remedy };
  const error = toPlainError(thrown);
  // Stages word a cancel for the studio ("import again"); here only this is true.
  if (error.code === 'cancelled')
    return {
      ...error,
      message: 'Cancelled.',
      remedy: 'Files that were not finished were not written; run the command again when you like.',
    };
  return error;
}

/** What a command may touch of the outside world; tests pass their own. */
export interface CommandIo {
  /** Writes one line to standard output. */
  readonly out: (line: string) => void;
  /** Writes text to standard error as it is. */
  readonly err: (line: string) => void;
  /** Aborts on Ctrl-C. */
  readonly signal: AbortSignal;
  /** True when standard error is a terminal: progress may redraw one line. */
  readonly interactive: boolean;
}

/** One thing a technical animator would want to know before export. */
export interface LintFinding {
  readonly severity: 'error' | 'warning' | 'info';
  /** Short stable name of the rule, e.g. "closure-missed". */
  readonly rule: string;
  readonly message: string;
  /** Frames concerned, counted from the start of the sound, at most the first hundred. */
  readonly frames?: readonly number[];
}

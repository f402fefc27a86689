import type { PlainError } from '../../core/errors';

/** What became of one line of a batch. */
export interface BatchRow {
  readonly file: string;
  /** `kept`: left out by --resume. */
  readonly state: 'done' | 'kept' | 'failed';
  readonly result?: Readonly<Record<string, unknown>>;
  readonly summary?: string;
  readonly error?: PlainError;
}

const HEADER = ['file', 'state', 'durationSeconds', 'totalSeconds', 'closed', 'labials', 'findings', 'message'];

/** The report as CSV (RFC 4180 quoting), one row a line. */
export function reportCsv(rows: readonly BatchRow[]): string {
  const cells = rows.map(({ file, state, result, error }) => {
    const closure = (result?.closure ?? {}) as { closed?: number; total?: number };
    const timings = (result?.timings ?? {}) as { totalSeconds?: number };
    const findings = (result?.findings ?? []) as readonly { severity: string; rule: string }[];
    return [
      file,
      state,
      result?.durationSeconds ?? '',
      timings.totalSeconds ?? '',
      closure.closed ?? '',
      closure.total ?? '',
      findings.map(({ severity, rule }) => `${severity}:${rule}`).join(' '),
      error ? `${error.message} ${error.remedy}` : '',
    ];
  });
  return [HEADER, ...cells].map((row) => row.map(quote).join(',')).join('\r\n') + '\r\n';
}

/** A leading = + - @ would run as a formula in a spreadsheet; an apostrophe keeps it text. */
function quote(value: unknown): string {
  const text = String(value);
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * The few error classes of Mien. Each says what failed and where (`message`) and what the user can do (`remedy`).
 * They cross process borders as plain `{ code, message, remedy }` objects.
 */
export type MienErrorCode =
  | 'audio-unreadable'
  | 'audio-unsupported'
  | 'audio-empty'
  | 'text-unusable'
  | 'model-unavailable'
  | 'project-unreadable'
  | 'project-from-future'
  | 'character-unreadable'
  | 'export-failed'
  | 'file-access'
  | 'invalid-input'
  | 'cancelled'
  | 'internal';

/** What crosses IPC and what the CLI prints. */
export interface PlainError {
  readonly code: MienErrorCode;
  readonly message: string;
  readonly remedy: string;
}

/** An error a user may read: `message` says what failed and where, `remedy` what to do next. */
export class MienError extends Error {
  readonly code: MienErrorCode;
  readonly remedy: string;

  constructor(code: MienErrorCode, message: string, remedy: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'MienError';
    this.code = code;
    this.remedy = remedy;
  }

  /** The serialisable form; never carries the stack. */
  toPlain(): PlainError {
    return { code: this.code, message: this.message, remedy: this.remedy };
  }
}

/** Turns anything thrown into a `PlainError`; unknown errors become `internal` with a remedy that asks for a report. */
export function toPlainError(thrown: unknown): PlainError {
  if (thrown instanceof MienError) return thrown.toPlain();
  if (isPlainError(thrown)) return { code: thrown.code, message: thrown.message, remedy: thrown.remedy };
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: 'internal', message, remedy: 'This is a fault in Mien. Please report it with the steps that led here.' };
}

function isPlainError(value: unknown): value is PlainError {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    'message' in value &&
    'remedy' in value &&
    typeof value.message === 'string' &&
    typeof value.remedy === 'string'
  );
}

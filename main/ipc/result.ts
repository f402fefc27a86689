import { toPlainError, type PlainError } from '../../core/errors';

/** Every answer across a process border: Electron would flatten a thrown error to a string, so errors travel as values. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: PlainError };

/** Runs work and catches everything it throws as `PlainError`. `onUnexpected` sees the original of errors nobody planned for. */
export async function settle<T>(work: () => Promise<T> | T, onUnexpected?: (thrown: unknown) => void): Promise<Result<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (thrown) {
    const error = toPlainError(thrown);
    if (error.code === 'internal') onUnexpected?.(thrown);
    return { ok: false, error };
  }
}

/** The value of a result, or its error thrown as a plain object (the context bridge keeps its fields). */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw result.error;
}

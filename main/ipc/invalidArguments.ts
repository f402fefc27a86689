import * as v from 'valibot';
import { MienError } from '../../core/errors';

/** The first thing wrong with a call's arguments, in words. */
export function invalidArguments(method: string, issues: readonly v.BaseIssue<unknown>[]): MienError {
  const [first] = issues;
  const where = first ? (v.getDotPath(first) ?? 'arguments') : 'arguments';
  return new MienError(
    'invalid-input',
    `${method}: ${where}: ${first?.message ?? 'not what was expected'}`,
    'This is a fault in Mien. Please report it with the steps that led here.',
  );
}

import type { DocumentRecord, DocumentRecords } from './records';

/** One record before and after a change; undefined means "was not there". */
export interface RecordChange {
  readonly before: DocumentRecord | undefined;
  readonly after: DocumentRecord | undefined;
}

/** A reversible change of the document, by record id. */
export type RecordDiff = Readonly<Record<string, RecordChange>>;

export const EMPTY_DIFF: RecordDiff = {};

export function isEmptyDiff(diff: RecordDiff): boolean {
  for (const _id in diff) return false;
  return true;
}

/** The records with the change made. Records the diff does not name are shared, not copied. */
export function applyDiff(records: DocumentRecords, diff: RecordDiff): DocumentRecords {
  return replaceRecords(records, diff, 'after');
}

/** The records with the change taken back. */
export function revertDiff(records: DocumentRecords, diff: RecordDiff): DocumentRecords {
  return replaceRecords(records, diff, 'before');
}

/** One diff that does what `first` then `second` do. Records that end where they began drop out. */
export function composeDiffs(first: RecordDiff, second: RecordDiff): RecordDiff {
  const composed: Record<string, RecordChange> = { ...first };
  for (const id of Object.keys(second)) {
    const before = id in first ? first[id].before : second[id].before;
    const after = second[id].after;
    if (before === after) delete composed[id];
    else composed[id] = { before, after };
  }
  return composed;
}

/** The change that takes this one back. */
export function reverseDiff(diff: RecordDiff): RecordDiff {
  const reversed: Record<string, RecordChange> = {};
  for (const id of Object.keys(diff)) reversed[id] = { before: diff[id].after, after: diff[id].before };
  return reversed;
}

/**
 * What a diff holds in memory, by estimate: its records and their lists, and entries that the state before does not share.
 * Records are immutable, so the answer for a diff never changes.
 */
export function diffBytes(diff: RecordDiff): number {
  let bytes = 0;
  for (const id of Object.keys(diff)) bytes += RECORD_BYTES + ownBytes(diff[id].before, diff[id].after);
  return bytes;
}

/** Engines need about 16 bytes a field and 8 a list entry; rounded up. */
const RECORD_BYTES = 300;
const ENTRY_BYTES = 8;
const OBJECT_BYTES = 150;

/** Bytes of `after` (or, when it is gone, of `before`) that the other side does not share. */
function ownBytes(before: unknown, after: unknown): number {
  const [kept, other] = after === undefined ? [before, undefined] : [after, before];
  if (typeof kept !== 'object' || kept === null || kept === other) return 0;
  if (Array.isArray(kept)) {
    const shared = new Set<unknown>(Array.isArray(other) ? other : []);
    let bytes = ENTRY_BYTES * kept.length;
    for (const entry of kept)
      if (typeof entry === 'object' && !shared.has(entry)) bytes += OBJECT_BYTES + ownBytes(undefined, entry);
    return bytes;
  }
  const old = (typeof other === 'object' && other !== null ? other : {}) as Record<string, unknown>;
  let bytes = 0;
  for (const [field, value] of Object.entries(kept)) bytes += typeof value === 'object' ? ownBytes(old[field], value) : 0;
  return bytes;
}

function replaceRecords(records: DocumentRecords, diff: RecordDiff, side: 'before' | 'after'): DocumentRecords {
  if (isEmptyDiff(diff)) return records;
  const next: Record<string, DocumentRecord> = { ...records };
  for (const id of Object.keys(diff)) {
    const record = diff[id][side];
    if (record) next[id] = record;
    else delete next[id];
  }
  return next;
}

/** The diff without changes that end in an equal record (a drag that came back), so that they make no undo step. */
export function pruneDiff(diff: RecordDiff): RecordDiff {
  const pruned: Record<string, RecordChange> = {};
  for (const id of Object.keys(diff)) {
    if (!isDeepEqual(diff[id].before, diff[id].after)) pruned[id] = diff[id];
  }
  return pruned;
}

/** Equality of plain data: objects, arrays and primitives, as records are. */
function isDeepEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  const keys = Object.keys(left);
  return keys.length === Object.keys(right).length && keys.every((key) => key in right && isDeepEqual(left[key], right[key]));
}

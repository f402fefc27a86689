import * as v from 'valibot';
import { MienError } from '../errors';
import type { RecordDiff } from './recordDiff';
import type { DocumentRecord, DocumentRecords, LayerCurveRecord } from './records';
import { RecordSchema } from './schema';

/*
 * What the journal holds of one committed change: the new state of every record it touched. Replayed in order over the
 * saved document it gives the document as it was when the last entry was written.
 */

/** step, amend: a change; undo, redo: travel in the history; save: the document as of here is being written to a file. */
export type JournalEntryKind = 'step' | 'amend' | 'undo' | 'redo' | 'save';

export interface JournalEntry {
  readonly kind: JournalEntryKind;
  /** Milliseconds since 1970, by the clock of the machine. */
  readonly atMs: number;
  /** As in the history: "Move key, jawOpen". */
  readonly label: string;
  /** Only of 'save': what the file will carry, so that journal and file can be matched. */
  readonly token?: string;
  /** New records by id; null: removed. */
  readonly records: Readonly<Record<string, DocumentRecord | null>>;
  /** Spans of a curve that did not change, by id: they are taken from the state before. */
  readonly keptSpans?: Readonly<Record<string, readonly string[]>>;
}

/** The entry of a change. Spans of layer curves that the change shares with the state before are named, not repeated. */
export function journalEntryOf(
  kind: Exclude<JournalEntryKind, 'save'>,
  label: string,
  diff: RecordDiff,
  atMs: number,
): JournalEntry {
  const records: Record<string, DocumentRecord | null> = {};
  const keptSpans: Record<string, string[]> = {};
  for (const [id, { before, after }] of Object.entries(diff)) {
    if (after?.kind === 'curve' && before?.kind === 'curve') {
      const same = new Set<unknown>(before.spans);
      const kept = after.spans.filter((span) => same.has(span));
      if (kept.length > 0) keptSpans[id] = kept.map((span) => span.id);
      records[id] = { ...after, spans: after.spans.filter((span) => !same.has(span)) };
    } else {
      records[id] = after ?? null;
    }
  }
  return { kind, atMs, label, records, ...(Object.keys(keptSpans).length > 0 && { keptSpans }) };
}

const EntrySchema = v.object({
  kind: v.picklist(['step', 'amend', 'undo', 'redo', 'save']),
  atMs: v.pipe(v.number(), v.finite()),
  label: v.pipe(v.string(), v.maxLength(1000)),
  token: v.optional(v.pipe(v.string(), v.maxLength(100))),
  records: v.record(v.pipe(v.string(), v.maxLength(400)), v.nullable(RecordSchema)),
  keptSpans: v.optional(v.record(v.string(), v.array(v.pipe(v.string(), v.maxLength(300))))),
});

/**
 * An entry from the text of a journal.
 * @throws MienError 'project-unreadable' when it is none
 */
export function parseJournalEntry(text: string): JournalEntry {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw damaged(cause);
  }
  const parsed = v.safeParse(EntrySchema, value);
  if (!parsed.success) throw damaged(parsed.issues[0]?.message);
  return parsed.output as unknown as JournalEntry;
}

/** The document after an entry. Kept spans that are not there any more mean that the journal is not of this document. */
export function applyJournalEntry(records: DocumentRecords, entry: JournalEntry): DocumentRecords {
  if (Object.keys(entry.records).length === 0) return records;
  const next: Record<string, DocumentRecord> = { ...records };
  for (const [id, record] of Object.entries(entry.records)) {
    if (record === null) delete next[id];
    else if (record.id !== id) throw damaged(`a record is stored under the id ${id}`);
    else next[id] = withKeptSpans(record, records[id], entry.keptSpans?.[id] ?? []);
  }
  return next;
}

function withKeptSpans(record: DocumentRecord, before: DocumentRecord | undefined, kept: readonly string[]): DocumentRecord {
  if (kept.length === 0) return record;
  if (record.kind !== 'curve' || before?.kind !== 'curve') throw damaged('a curve it builds on is missing');
  const old = new Map(before.spans.map((span) => [span.id, span]));
  const spans = kept.map((id) => {
    const span = old.get(id);
    if (!span) throw damaged('a part of a curve it builds on is missing');
    return span;
  });
  const all = [...spans, ...record.spans].sort((a, b) => a.keys[0].timeSeconds - b.keys[0].timeSeconds);
  return { ...record, spans: all } satisfies LayerCurveRecord;
}

function damaged(cause: unknown): MienError {
  return new MienError(
    'project-unreadable',
    `The journal of unsaved work is damaged${typeof cause === 'string' ? `: ${cause}` : ''}.`,
    'Open the saved version instead.',
    { cause },
  );
}

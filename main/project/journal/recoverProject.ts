import * as v from 'valibot';
import { applyJournalEntry, parseJournalEntry, type JournalEntry } from '../../../core/document/journalEntry';
import type { DocumentRecords } from '../../../core/document/records';
import { RecordsSchema } from '../../../core/document/schema';
import { MienError } from '../../../core/errors';
import { PERFORMANCE_CHANNEL_COUNT } from '../../../core/rig/channels';
import { decodeFrame } from './journalFrames';
import { readJournal } from './journalFile';

export interface RecoveredWork {
  /** Changes since the saved version (undo and redo count too: they are work). */
  readonly editCount: number;
  /** When the last one was made, milliseconds since 1970; null without any. */
  readonly lastEditAtMs: number | null;
  readonly lastLabel: string;
  readonly records: DocumentRecords;
  readonly chunks: Readonly<Record<string, Float32Array>>;
  readonly name: string;
}

/** The saved file a journal may belong to. */
export interface SavedBase {
  readonly records: DocumentRecords;
  /** Names the version of the file (UnpackedProject.token). */
  readonly token: string;
}

/**
 * What a journal holds beyond the saved file. A torn end is left out, and so is everything from the first entry that does
 * not fit; nothing is written.
 * @param base the saved file; null for a project that was never saved
 * @returns null when the journal is not of this version of the file
 * @throws MienError 'project-unreadable' when the journal cannot be read at all
 */
export function recoverWork(journalFile: string, base: SavedBase | null): RecoveredWork | null {
  const { header, frames } = readJournal(journalFile);
  const decoded = frames.map(decodeFrame);
  const entries: JournalEntry[] = [];
  for (const frame of decoded) {
    if (frame.kind !== 'entry') continue;
    const entry = tryRead(() => parseJournalEntry(frame.json));
    if (!entry) break;
    entries.push(entry);
  }
  const start = startOf(header.token, header.snapshot, entries, base);
  if (!start) return null;
  let { records } = start;
  let editCount = 0;
  let last: JournalEntry | null = null;
  for (const entry of start.entries) {
    if (entry.kind === 'save') continue;
    const current = records;
    const next = tryRead(() => applyJournalEntry(current, entry));
    if (!next) break;
    records = next;
    last = entry;
    // A late result belongs to the edit that asked for it.
    if (entry.kind !== 'amend') editCount += 1;
  }
  const chunks: Record<string, Float32Array> = {};
  for (const frame of decoded)
    if (frame.kind === 'chunk' && frame.samples.length === PERFORMANCE_CHANNEL_COUNT * 60) chunks[frame.id] = frame.samples;
  return { editCount, lastEditAtMs: last?.atMs ?? null, lastLabel: last?.label ?? '', records, chunks, name: header.name };
}

/** Where the journal begins for this base: at its start, or behind the save that made the base. */
function startOf(
  token: string | null,
  snapshot: string | null,
  entries: readonly JournalEntry[],
  base: SavedBase | null,
): { records: DocumentRecords; entries: readonly JournalEntry[] } | null {
  if (!base) {
    const records = tryRead(() => v.parse(RecordsSchema, JSON.parse(snapshot ?? '')));
    return records && { records, entries };
  }
  // The latest mark first: the file may have been saved more than once before the journal was begun anew.
  for (let index = entries.length - 1; index >= 0; index--)
    if (entries[index].kind === 'save' && entries[index].token === base.token)
      return { records: base.records, entries: entries.slice(index + 1) };
  return token === base.token ? { records: base.records, entries } : null;
}

function tryRead<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof MienError || error instanceof SyntaxError || error instanceof v.ValiError) return null;
    throw error;
  }
}

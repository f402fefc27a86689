import type { DocumentRecords } from '../../../core/document/records';
import { brokenReference } from '../../../core/document/schema';
import { MienError } from '../../../core/errors';
import { unpackProject, type UnpackedProject } from '../unpackProject';
import { recoverWork } from './recoverProject';

export interface OpenedWork extends Omit<UnpackedProject, 'token'> {
  /** Of the file's version; null without a file. */
  readonly token: string | null;
  /** What the file holds; `records` is newer when work was recovered. */
  readonly savedRecords: DocumentRecords;
  readonly notices: readonly string[];
}

/**
 * A project file with the work of its journal on top, or a project that only a journal knows.
 * @param bytes of the file; null for a project that was never saved
 * @param journalPath null to open the file as it is
 * @throws MienError 'project-unreadable' or 'project-from-future'
 */
export function openWithJournal(bytes: Uint8Array | null, journalPath: string | null): OpenedWork {
  const file = bytes && unpackProject(bytes);
  const work = journalPath === null ? null : recoverWork(journalPath, file && { records: file.records, token: file.token });
  if (!file) {
    if (!work || brokenReference(work.records, () => true)) throw nothingToRecover();
    // Nothing of it is in a file: all of it counts as unsaved.
    const { records, chunks } = work;
    return { records, savedRecords: {}, chunks, parts: new Map(), token: null, notices: [] };
  }
  const opened = { ...file, savedRecords: file.records };
  if (journalPath === null) return { ...opened, notices: [] };
  if (!work)
    return { ...opened, notices: ['The unsaved work found is of another version of this file; the saved version was opened.'] };
  // Curves that are missing can be generated again; anything else that is missing means that the journal is damaged.
  if (brokenReference(work.records, () => true)) {
    return { ...opened, notices: ['The unsaved work found is damaged; the saved version was opened.'] };
  }
  return { ...opened, records: work.records, chunks: { ...file.chunks, ...work.chunks }, notices: [] };
}

function nothingToRecover(): MienError {
  return new MienError(
    'project-unreadable',
    'The unsaved work cannot be recovered: its journal is damaged.',
    'Import the recordings again.',
  );
}

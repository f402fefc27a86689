import { parseJournalEntry } from '../../../core/document/journalEntry';
import { decodeFrame } from './journalFrames';
import { readJournal } from './journalFile';

export interface JournalSummary {
  readonly name: string;
  readonly editCount: number;
  readonly lastEditAtMs: number;
  readonly lastLabel: string;
}

/**
 * What a journal holds, for a question to the user: counted without opening the project, so it is exact unless the app died
 * between writing the file and beginning the journal anew. Null when there is nothing to recover.
 * @param savedAtMs when the file was last written: a save marked before that is taken to have come through
 * @throws MienError 'project-unreadable'
 */
export function summariseJournal(journalFile: string, savedAtMs: number | null): JournalSummary | null {
  const { header, frames } = readJournal(journalFile);
  let editCount = 0;
  let last = { atMs: header.startedAtMs, label: '' };
  for (const payload of frames) {
    const frame = decodeFrame(payload);
    if (frame.kind !== 'entry') continue;
    const entry = parseJournalEntry(frame.json);
    if (entry.kind === 'save') {
      if (savedAtMs !== null && savedAtMs >= entry.atMs) editCount = 0;
      continue;
    }
    if (entry.kind !== 'amend') editCount += 1;
    last = entry;
  }
  if (editCount === 0) return null;
  return { name: header.name, editCount, lastEditAtMs: last.atMs, lastLabel: last.label };
}

import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { ipcMain } from 'electron';
import * as v from 'valibot';
import { toPlainError } from '../../core/errors';
import type { AutosavedCopy, FileHandle, PendingWork } from '../ipc/api';
import { JOURNAL_CHANNEL } from '../ipc/channels';
import type { FileHandles } from '../ipc/fileHandles';
import { JOURNAL_ARGUMENTS, type JournalMethod } from '../ipc/schemas';
import { toFileError } from '../project/fileErrors';
import { autosaveOf, type JournalSession } from '../project/journal/journalSession';
import { summariseJournal, type JournalSummary } from '../project/journal/summariseJournal';
import { isOwnPage } from './lockDown';
import { log } from './log';

interface JournalContext {
  readonly session: JournalSession;
  readonly files: FileHandles;
}

/** Answers the journal's calls that must be done when they return: the window waits for the disk's cache, not for a Promise. */
export function serveJournal({ session, files }: JournalContext): void {
  const methods: { [M in JournalMethod]: (...args: v.InferOutput<(typeof JOURNAL_ARGUMENTS)[M]>) => void } = {
    begin: ({ project, resume, ...rest }) => {
      const journalled = { ...rest, projectPath: project && files.pathOf(project as FileHandle) };
      if (resume) session.resume(journalled, files.pathOf(resume as FileHandle));
      else session.begin(journalled);
    },
    append: (entryJson) => session.append(entryJson),
    markSave: (token) => session.markSave(token),
    saved: ({ project, token }) => {
      const projectPath = files.pathOf(project as FileHandle);
      session.saved(projectPath, nameOf(projectPath), token);
    },
  };
  ipcMain.on(JOURNAL_CHANNEL, (event, method: unknown, args: unknown) => {
    event.returnValue = answer(() => {
      if (!event.senderFrame || !isOwnPage(event.senderFrame.url)) throw new Error('refused: a page that is not ours');
      if (typeof method !== 'string' || !Object.hasOwn(JOURNAL_ARGUMENTS, method)) throw new Error('refused: no such method');
      const known = method as JournalMethod;
      const parsed = v.parse(JOURNAL_ARGUMENTS[known] as v.GenericSchema<unknown, unknown[]>, args);
      (methods[known] as (...all: unknown[]) => void)(...parsed);
    });
  });
}

/** Null when the work was done, else why not, in words for the user. */
function answer(work: () => void): string | null {
  try {
    work();
    return null;
  } catch (error) {
    log.error('journal', error);
    return toPlainError(toFileError(error, 'write down the edit for recovery')).message;
  }
}

/** The journal's calls that only ask. */
export function journalHandlers({ session, files }: JournalContext) {
  const pendingOf = (journalPath: string, projectPath: string | null): PendingWork | null => {
    const isThere = projectPath !== null && existsSync(projectPath);
    const savedAtMs = isThere ? statSync(projectPath).mtimeMs : null;
    const offer = (summary: JournalSummary, isDamaged: boolean): PendingWork => ({
      ...summary,
      isDamaged,
      savedAtMs,
      journal: files.grant(journalPath, 'read').handle,
      journalBytes: statSync(journalPath).size,
      project: isThere ? files.grant(projectPath, 'write') : null,
      autosave: autosavedCopy(journalPath),
    });
    try {
      const summary = summariseJournal(journalPath, savedAtMs);
      if (summary && (projectPath === null || isThere)) return offer(summary, false);
      if (!summary) session.remove(journalPath);
    } catch (error) {
      log.warn(`a journal cannot be read: ${toPlainError(error).message}`);
      const copy = autosavedCopy(journalPath);
      if (copy)
        return offer(
          { name: nameOf(projectPath ?? 'Untitled'), editCount: 0, lastEditAtMs: copy.savedAtMs, lastLabel: '' },
          true,
        );
      session.setAside(journalPath);
    }
    return null;
  };
  const autosavedCopy = (journalPath: string): AutosavedCopy | null => {
    const autosave = autosaveOf(journalPath);
    if (!existsSync(autosave)) return null;
    const { mtimeMs, size } = statSync(autosave);
    return { file: files.grant(autosave, 'read').handle, savedAtMs: mtimeMs, bytes: size };
  };
  return {
    'journal.pending': (): PendingWork[] => {
      // A window that was loaded again has lost what it knew: what it journalled is to be recovered like any other.
      session.close();
      return session
        .leftBehind()
        .map(({ journalPath, projectPath }) => pendingOf(journalPath, projectPath))
        .filter((work) => work !== null);
    },
    'journal.find': (project: string): PendingWork | null => {
      const projectPath = files.pathOf(project as FileHandle);
      const journalPath = session.journalOf(projectPath);
      return journalPath && journalPath !== session.journalPath ? pendingOf(journalPath, projectPath) : null;
    },
    'journal.appendChunks': (chunks: Readonly<Record<string, Float32Array>>): void => session.appendChunks(chunks),
    'journal.setAside': (journal: string): void => session.setAside(files.pathOf(journal as FileHandle)),
    'journal.autosaveTarget': (): FileHandle => files.grant(session.autosavePath(), 'write').handle,
  };
}

function nameOf(projectPath: string): string {
  return path.basename(projectPath, path.extname(projectPath));
}

import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { decodeFrame, encodeChunk, encodeEntry, saveMark } from './journalFrames';
import { JournalWriter, readJournal, type JournalHeader } from './journalFile';
import { parseJournalEntry } from '../../../core/document/journalEntry';

/** The project whose work is journalled. */
export interface JournalledProject {
  /** Absolute path of its file; null: never saved. */
  readonly projectPath: string | null;
  readonly name: string;
  /** Carried by the saved file; null without a file. */
  readonly token: string | null;
  /** JSON of the records without a file to build on. */
  readonly snapshot: string | null;
}

const SUFFIX = '.journal';
export const AUTOSAVE_SUFFIX = '.autosave';
const OPEN_LIST = 'open-journals.json';

/**
 * The journal of the open project, kept in main, which is always there: begun with the first change, appended to before the
 * studio shows a change as done, begun anew by every save, removed when the project is left in peace. What is still there at
 * the next start is work to be recovered.
 */
export class JournalSession {
  private project: JournalledProject | null = null;
  private writer: JournalWriter | null = null;

  /** @param recoveryFolder in the app's data: journals of projects without a file (or beside which nothing can be written) */
  constructor(
    private readonly recoveryFolder: string,
    private readonly nowMs: () => number = Date.now,
  ) {}

  /** True when work was journalled that no save has taken over. */
  get hasEntries(): boolean {
    return this.writer !== null;
  }

  get journalPath(): string | null {
    return this.writer?.file ?? null;
  }

  /** From now on changes belong to this project. The journal of the one before is removed: it was saved or given up. */
  begin(project: JournalledProject): void {
    this.discard();
    this.project = project;
  }

  /** As `begin`, going on with the journal that the project was recovered from. */
  resume(project: JournalledProject, journalPath: string): void {
    if (this.writer?.file !== journalPath) this.discard();
    this.writer?.close();
    this.project = project;
    this.writer = JournalWriter.resume(journalPath);
    this.noteOpen(journalPath);
  }

  /** Writes one entry; when this returns, it survives the end of every process of the app. Throws what the disk says. */
  append(entryJson: string): void {
    this.openWriter().append(encodeEntry(entryJson));
  }

  /** Curves that entries name. They can be made again; so they only follow while there is work to recover. */
  appendChunks(chunks: Readonly<Record<string, Float32Array>>): void {
    if (!this.writer) return;
    for (const [id, samples] of Object.entries(chunks)) this.writer.append(encodeChunk(id, samples));
  }

  /** A save begins: the file will carry `token` and hold everything up to here. */
  markSave(token: string): void {
    // Also with nothing to save: an edit during the save must find the mark before it.
    this.append(JSON.stringify(saveMark(token, this.nowMs())));
  }

  /** The file is written: a new journal begins that holds only what came after the mark. */
  saved(projectPath: string, name: string, token: string): void {
    this.removeAutosave();
    const old = this.writer;
    this.writer = null;
    this.project = { projectPath, name, token, snapshot: null };
    if (!old) return;
    old.close();
    const rest = framesAfterSave(old.file, token);
    const target = this.pathFor(projectPath);
    if (rest.some((frame) => decodeFrame(frame).kind === 'entry')) {
      const fresh = `${target}.new`;
      rmSync(fresh, { force: true });
      const writer = JournalWriter.create(fresh, this.header());
      for (const frame of rest) writer.append(frame);
      writer.sync();
      writer.close();
      renameSync(fresh, target);
      syncFolder(path.dirname(target));
      this.writer = JournalWriter.resume(target);
      this.noteOpen(target);
      if (old.file !== target) this.remove(old.file);
    } else {
      this.remove(old.file);
    }
  }

  /**
   * Where an autosave of the open project goes: beside its journal, under the journal's name, so that copies of two projects
   * never meet. Removed with the journal.
   */
  autosavePath(): string {
    if (this.writer) return autosaveOf(this.writer.file);
    mkdirSync(this.recoveryFolder, { recursive: true });
    const projectPath = this.project?.projectPath ?? null;
    if (projectPath === null) return path.join(this.recoveryFolder, `untitled${AUTOSAVE_SUFFIX}`);
    return autosaveOf(this.pathFor(projectPath));
  }

  /** Removes the journal: its work is saved or not wanted. */
  discard(): void {
    this.removeAutosave();
    const { writer } = this;
    this.writer = null;
    this.project = null;
    if (!writer) return;
    writer.close();
    this.remove(writer.file);
  }

  /** Closes the file and leaves it for the next start. */
  close(): void {
    this.writer?.close();
    this.writer = null;
  }

  /** Journals that earlier runs (or a window that died) left behind, with the project each belongs to. */
  leftBehind(): { readonly journalPath: string; readonly projectPath: string | null }[] {
    const ownFolder = existsSync(this.recoveryFolder)
      ? readdirSync(this.recoveryFolder)
          .filter((name) => name.endsWith(SUFFIX))
          .map((name) => path.join(this.recoveryFolder, name))
      : [];
    const noted = this.openList();
    const all = new Map<string, string | null>(ownFolder.map((file) => [file, null]));
    for (const { journalPath, projectPath } of noted) if (existsSync(journalPath)) all.set(journalPath, projectPath);
    return [...all].map(([journalPath, projectPath]) => ({ journalPath, projectPath }));
  }

  /** The journal that lies where one of this project would, or null. */
  journalOf(projectPath: string): string | null {
    return this.candidates(projectPath).find((file) => existsSync(file)) ?? null;
  }

  /** Deletes a journal of an earlier run. */
  remove(journalPath: string): void {
    rmSync(journalPath, { force: true });
    this.writeOpenList(this.openList().filter((entry) => entry.journalPath !== journalPath));
  }

  /** Puts a journal that is not wanted now, and its autosave, out of the way without losing them: one generation is kept. */
  setAside(journalPath: string): void {
    const unused = `${journalPath.slice(0, -SUFFIX.length)}.unused`;
    if (existsSync(journalPath)) renameSync(journalPath, unused);
    const autosave = autosaveOf(journalPath);
    if (existsSync(autosave)) renameSync(autosave, `${unused}${AUTOSAVE_SUFFIX}`);
    this.remove(journalPath);
  }

  /** Also one that a run before this left: the work in it is in the file now, or was given up. */
  private removeAutosave(): void {
    if (this.project) rmSync(this.autosavePath(), { force: true });
  }

  private openWriter(): JournalWriter {
    if (this.writer) return this.writer;
    if (!this.project) throw new Error('no project is open');
    const { projectPath } = this.project;
    mkdirSync(this.recoveryFolder, { recursive: true });
    const files = this.candidates(projectPath);
    for (const file of files) {
      try {
        // A journal that nobody wanted to recover.
        if (existsSync(file)) this.setAside(file);
        this.writer = JournalWriter.create(file, this.header());
        this.noteOpen(file);
        return this.writer;
      } catch (error) {
        if (file === files.at(-1)) throw error;
      }
    }
    throw new Error('unreachable');
  }

  private header(): JournalHeader {
    const { name, token, snapshot } = this.project!;
    return { version: 1, name, startedAtMs: this.nowMs(), token, snapshot };
  }

  /** Beside the project; where that folder is read-only, or without a file, in the app's data. */
  private candidates(projectPath: string | null): string[] {
    const own = path.join(
      this.recoveryFolder,
      `${projectPath === null ? `untitled-${this.nowMs().toString(36)}` : shortHash(projectPath)}${SUFFIX}`,
    );
    if (projectPath === null) return [own];
    return [path.join(path.dirname(projectPath), `.${path.basename(projectPath)}${SUFFIX}`), own];
  }

  private pathFor(projectPath: string): string {
    mkdirSync(this.recoveryFolder, { recursive: true });
    const [beside, own] = this.candidates(projectPath);
    try {
      const probe = `${beside}.new`;
      closeSync(openSync(probe, 'a'));
      rmSync(probe, { force: true });
      return beside;
    } catch {
      return own;
    }
  }

  private noteOpen(journalPath: string): void {
    const others = this.openList().filter((entry) => entry.journalPath !== journalPath);
    this.writeOpenList([...others, { journalPath, projectPath: this.project?.projectPath ?? null }]);
  }

  private openList(): { journalPath: string; projectPath: string | null }[] {
    try {
      const list: unknown = JSON.parse(readFileSync(path.join(this.recoveryFolder, OPEN_LIST), 'utf8'));
      return Array.isArray(list) ? list.filter(isOpenEntry) : [];
    } catch {
      return [];
    }
  }

  private writeOpenList(list: readonly { journalPath: string; projectPath: string | null }[]): void {
    const file = path.join(this.recoveryFolder, OPEN_LIST);
    if (list.length === 0) return rmSync(file, { force: true });
    mkdirSync(this.recoveryFolder, { recursive: true });
    writeFileSync(`${file}.new`, JSON.stringify(list));
    renameSync(`${file}.new`, file);
  }
}

/** The autosave that belongs to a journal. */
export function autosaveOf(journalPath: string): string {
  return `${journalPath.slice(0, -SUFFIX.length)}${AUTOSAVE_SUFFIX}`;
}

/** Frames behind the mark of a save: what came before it, curves too, is in the file. */
function framesAfterSave(file: string, token: string): readonly Buffer[] {
  const { frames } = readJournal(file);
  for (let index = frames.length - 1; index >= 0; index--) {
    const frame = decodeFrame(frames[index]);
    if (frame.kind !== 'entry') continue;
    const entry = parseJournalEntry(frame.json);
    if (entry.kind === 'save' && entry.token === token) return frames.slice(index + 1);
  }
  return [];
}

function isOpenEntry(value: unknown): value is { journalPath: string; projectPath: string | null } {
  if (typeof value !== 'object' || value === null) return false;
  const { journalPath, projectPath } = value as Record<string, unknown>;
  return (
    typeof journalPath === 'string' && path.isAbsolute(journalPath) && (projectPath === null || typeof projectPath === 'string')
  );
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function syncFolder(folder: string): void {
  try {
    const descriptor = openSync(folder, 'r');
    fsyncSync(descriptor);
    closeSync(descriptor);
  } catch {
    // Not every system can open a folder.
  }
}

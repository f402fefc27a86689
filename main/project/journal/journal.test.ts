import { mkdtempSync, readFileSync, rmSync, writeFileSync, appendFileSync, existsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { journalEntryOf } from '../../../core/document/journalEntry';
import type { DocumentStore } from '../../../core/document/documentStore';
import { editedStore, numberedEdit, documentAfter } from '../testing/numberedEdits';
import { exampleProject } from '../testing/exampleProject';
import { crc32 } from './crc32';
import { encodeChunk, encodeEntry } from './journalFrames';
import { JournalWriter, readJournal } from './journalFile';
import { autosaveOf, JournalSession } from './journalSession';
import { recoverWork } from './recoverProject';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'mien-journal-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const HEADER = { version: 1, name: 'p', startedAtMs: 0, token: 'start', snapshot: null } as const;
const base = { records: exampleProject().records, token: 'start' };

function journalled(session: JournalSession): DocumentStore {
  const { store } = editedStore();
  store.onCommit = ({ kind, label, diff }) => session.append(JSON.stringify(journalEntryOf(kind, label, diff, 5000)));
  return store;
}

describe('crc32', () => {
  it('is the one of the standard check', () => {
    expect(crc32(Buffer.from('123456789'))).toBe(0xcbf43926);
    expect(crc32(new Uint8Array(0))).toBe(0);
  });
});

describe('a journal file', () => {
  it('cut at any byte gives every whole entry before the cut and goes on from there', () => {
    const file = path.join(folder, 'j');
    const writer = JournalWriter.create(file, HEADER);
    const ends = [statSync(file).size];
    for (const text of ['one', 'two', 'three']) {
      writer.append(encodeEntry(text));
      ends.push(statSync(file).size);
    }
    writer.close();
    const whole = readFileSync(file);
    for (let cut = ends[0]; cut <= whole.length; cut++) {
      writeFileSync(file, whole.subarray(0, cut));
      const content = readJournal(file);
      expect(content.frames).toHaveLength(ends.filter((end) => end <= cut).length - 1);
      expect(content.isTorn).toBe(!ends.includes(cut));
      if (cut % 7 !== 0) continue;
      const resumed = JournalWriter.resume(file);
      resumed.append(encodeEntry('more'));
      resumed.close();
      expect(readJournal(file).frames.at(-1)!.toString('utf8', 1)).toBe('more');
      expect(readJournal(file).isTorn).toBe(false);
    }
  });

  it('with a flipped bit ends before it', () => {
    const file = path.join(folder, 'j');
    const writer = JournalWriter.create(file, HEADER);
    for (const text of ['one', 'two']) writer.append(encodeEntry(text));
    writer.close();
    const bytes = readFileSync(file);
    bytes[bytes.length - 1] ^= 1;
    writeFileSync(file, bytes);
    expect(readJournal(file).frames.map((frame) => frame.toString('utf8', 1))).toEqual(['one']);
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['text', Buffer.from('this is no journal at all')],
    ['only its first bytes', Buffer.from('MIENJNL1')],
    ['a length of 4 GB', Buffer.concat([Buffer.from('MIENJNL1'), Buffer.alloc(12, 0xff)])],
  ])('made of %s is refused with one clear error', (_name, bytes) => {
    const file = path.join(folder, 'j');
    writeFileSync(file, bytes);
    expect(() => readJournal(file)).toThrow(/journal of unsaved work cannot be read/);
  });

  it('never overwrites one that is there', () => {
    const file = path.join(folder, 'j');
    JournalWriter.create(file, HEADER).close();
    expect(() => JournalWriter.create(file, HEADER)).toThrow(/EEXIST/);
  });
});

describe('recoverWork', () => {
  const projectPath = () => path.join(folder, 'project.mien');
  const begin = () => {
    const session = new JournalSession(path.join(folder, 'recovery'), () => 4000);
    session.begin({ projectPath: projectPath(), name: 'Harbour', token: 'start', snapshot: null });
    return session;
  };

  it('replays edits, undo and redo over the saved file, and says how many and when', () => {
    const session = begin();
    const store = journalled(session);
    for (let number = 1; number <= 20; number++) numberedEdit(store, number);
    session.appendChunks(exampleProject().chunks);
    session.close();
    const work = recoverWork(session.journalOf(projectPath())!, base)!;
    expect(work.records).toEqual(documentAfter(20));
    // One of the twenty changes nothing.
    expect(work).toMatchObject({ editCount: 19, lastEditAtMs: 5000, name: 'Harbour' });
    expect(work.chunks).toEqual(exampleProject().chunks);
  });

  it('does not repeat spans that an edit left alone', () => {
    const session = begin();
    const store = journalled(session);
    for (let number = 1; number <= 40; number++) numberedEdit(store, number);
    session.close();
    const sizes = readJournal(session.journalOf(projectPath())!).frames.map((frame) => frame.length);
    expect(Math.max(...sizes)).toBeLessThan(JSON.stringify(store.records).length);
    expect(recoverWork(session.journalOf(projectPath())!, base)!.records).toEqual(store.records);
  });

  it('goes on from the save that made the file, whichever came last', () => {
    const session = begin();
    const store = journalled(session);
    numberedEdit(store, 1);
    session.markSave('saved-1');
    numberedEdit(store, 2);
    // The file was written, then the process died before the journal was begun anew.
    session.close();
    const file = session.journalOf(projectPath())!;
    expect(recoverWork(file, { records: documentAfter(1), token: 'saved-1' })).toMatchObject({
      editCount: 1,
      records: documentAfter(2),
    });
    expect(recoverWork(file, base)).toMatchObject({ editCount: 2, records: documentAfter(2) });
    expect(recoverWork(file, { records: base.records, token: 'of another file' })).toBeNull();
  });

  it('after a save holds only what came during it, and nothing when nothing did', () => {
    const session = begin();
    const store = journalled(session);
    numberedEdit(store, 1);
    session.markSave('t');
    numberedEdit(store, 2);
    const target = path.join(folder, 'saved as.mien');
    session.saved(target, 'saved as', 't');
    expect(session.journalOf(projectPath())).toBeNull();
    numberedEdit(store, 3);
    const saved = { records: documentAfter(1), token: 't' };
    expect(recoverWork(session.journalOf(target)!, saved)).toMatchObject({ editCount: 2, records: documentAfter(3) });
    session.markSave('u');
    session.saved(target, 'saved as', 'u');
    expect(session.journalOf(target)).toBeNull();
  });

  it('of a project without a file starts from its snapshot', () => {
    const session = new JournalSession(path.join(folder, 'recovery'));
    session.begin({ projectPath: null, name: 'Untitled', token: null, snapshot: JSON.stringify(base.records) });
    const store = journalled(session);
    numberedEdit(store, 1);
    session.close();
    const [left] = new JournalSession(path.join(folder, 'recovery')).leftBehind();
    expect(left.projectPath).toBeNull();
    expect(recoverWork(left.journalPath, null)).toMatchObject({ editCount: 1, records: documentAfter(1) });
  });

  it('stops at an entry that cannot be one, and keeps what came before', () => {
    const session = begin();
    const store = journalled(session);
    numberedEdit(store, 1);
    session.append('{"kind":"step","atMs":1,"label":"x","records":{"project":{"kind":"virus"}}}');
    numberedEdit(store, 2);
    session.close();
    expect(recoverWork(session.journalOf(projectPath())!, base)).toMatchObject({ editCount: 1, records: documentAfter(1) });
  });

  it('leaves out curves of a wrong size or with values that are no numbers', () => {
    const session = begin();
    numberedEdit(journalled(session), 1);
    session.appendChunks({ 'chunk:short': new Float32Array(3), 'chunk:nan': new Float32Array(61 * 60).fill(NaN) });
    session.close();
    expect(recoverWork(session.journalOf(projectPath())!, base)!.chunks).toEqual({});
    expect(encodeChunk('chunk:x', new Float32Array(2)).length).toBe(3 + 7 + 8);
  });
});

describe('JournalSession', () => {
  it('lists what was left behind, goes on with it, sets it aside and removes it', () => {
    const recovery = path.join(folder, 'recovery');
    const projectPath = path.join(folder, 'project.mien');
    const project = { projectPath, name: 'p', token: 'start', snapshot: null };
    const first = new JournalSession(recovery);
    first.begin(project);
    const store = journalled(first);
    numberedEdit(store, 1);
    first.close();
    appendFileSync(path.join(folder, '.project.mien.journal'), 'torn');

    const second = new JournalSession(recovery);
    expect(second.leftBehind()).toEqual([{ journalPath: path.join(folder, '.project.mien.journal'), projectPath }]);
    second.resume(project, second.journalOf(projectPath)!);
    store.onCommit = ({ kind, label, diff }) => second.append(JSON.stringify(journalEntryOf(kind, label, diff, 6000)));
    numberedEdit(store, 2);
    second.close();
    expect(recoverWork(second.journalOf(projectPath)!, base)).toMatchObject({ editCount: 2, records: documentAfter(2) });

    const third = new JournalSession(recovery);
    const autosave = autosaveOf(third.journalOf(projectPath)!);
    expect(autosave).toBe(path.join(folder, '.project.mien.autosave'));
    writeFileSync(autosave, 'a whole copy');
    third.setAside(third.journalOf(projectPath)!);
    expect(readFileSync(path.join(folder, '.project.mien.unused.autosave'), 'utf8')).toBe('a whole copy');
    expect(existsSync(autosave)).toBe(false);
    expect(third.leftBehind()).toEqual([]);
    expect(existsSync(path.join(folder, '.project.mien.unused'))).toBe(true);
  });

  it('writes nothing before the first change and leaves nothing when it is given up', () => {
    const session = new JournalSession(path.join(folder, 'recovery'));
    session.begin({ projectPath: path.join(folder, 'a.mien'), name: 'a', token: 't', snapshot: null });
    expect(session.hasEntries).toBe(false);
    numberedEdit(journalled(session), 1);
    expect(session.hasEntries).toBe(true);
    session.discard();
    expect(session.leftBehind()).toEqual([]);
    expect(session.journalOf(path.join(folder, 'a.mien'))).toBeNull();
  });

  it.skipIf(process.platform === 'win32')('falls back to the app data where the project folder is gone', () => {
    const session = new JournalSession(path.join(folder, 'recovery'));
    const projectPath = path.join(folder, 'gone', 'a.mien');
    session.begin({ projectPath, name: 'a', token: 't', snapshot: null });
    numberedEdit(journalled(session), 1);
    session.close();
    expect(session.journalOf(projectPath)).toMatch(/recovery/);
  });
});

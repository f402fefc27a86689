import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { journalEntryOf } from '../../../core/document/journalEntry';
import { exampleProject, packToBytes } from '../testing/exampleProject';
import { documentAfter, editedStore, numberedEdit } from '../testing/numberedEdits';
import { JournalSession } from './journalSession';
import { openWithJournal } from './openWithJournal';
import { RecoverySounds } from './recoverySounds';
import { summariseJournal } from './summariseJournal';
import { unpackProject } from '../unpackProject';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'mien-open-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A journal of three edits on the file of this token; null: a project without a file. */
function journalOf(token: string | null): string {
  const session = new JournalSession(path.join(folder, 'recovery'), () => 1000);
  const { store } = editedStore();
  const projectPath = token === null ? null : path.join(folder, 'a.mien');
  session.begin({ projectPath, name: 'a', token, snapshot: token === null ? JSON.stringify(store.records) : null });
  store.onCommit = ({ kind, label, diff }) => session.append(JSON.stringify(journalEntryOf(kind, label, diff, 2000)));
  for (let number = 1; number <= 3; number++) numberedEdit(store, number);
  const file = session.journalPath!;
  session.close();
  return file;
}

describe('openWithJournal', () => {
  it('puts unsaved work over the file, and keeps apart what the file holds', async () => {
    const bytes = await packToBytes({ ...exampleProject(), token: 't' });
    const opened = openWithJournal(bytes, journalOf('t'));
    expect(opened.records).toEqual(documentAfter(3));
    expect(opened.savedRecords).toEqual(exampleProject().records);
    expect(opened.notices).toEqual([]);
    expect(openWithJournal(bytes, null).records).toEqual(exampleProject().records);
  });

  it('knows a file of the command line by its content', async () => {
    const bytes = await packToBytes(exampleProject());
    const { token } = unpackProject(bytes);
    expect(token).toMatch(/^sha256:/);
    expect(openWithJournal(bytes, journalOf(token)).records).toEqual(documentAfter(3));
  });

  it('opens the saved version and says so when the journal is of another', async () => {
    const opened = openWithJournal(await packToBytes({ ...exampleProject(), token: 'other' }), journalOf('t'));
    expect(opened.records).toEqual(exampleProject().records);
    expect(opened.notices[0]).toMatch(/another version/);
  });

  it('opens a project that only its journal knows', () => {
    const opened = openWithJournal(null, journalOf(null));
    expect(opened.records).toEqual(documentAfter(3));
    expect(opened.token).toBeNull();
  });

  it('refuses a journal without a file that needs one', () => {
    expect(() => openWithJournal(null, journalOf('t'))).toThrow(/cannot be recovered/);
  });
});

describe('summariseJournal', () => {
  it('counts what is newer than the file', () => {
    expect(summariseJournal(journalOf('t'), 500)).toMatchObject({
      name: 'a',
      editCount: 3,
      lastEditAtMs: 2000,
      lastLabel: 'Key 3',
    });
  });

  it('finds nothing where a save came through after the last edit', () => {
    const session = new JournalSession(path.join(folder, 'recovery'), () => 3000);
    session.begin({ projectPath: path.join(folder, 'b.mien'), name: 'b', token: 't', snapshot: null });
    session.markSave('u');
    session.close();
    expect(summariseJournal(session.journalOf(path.join(folder, 'b.mien'))!, 3500)).toBeNull();
  });
});

describe('RecoverySounds', () => {
  it('keeps an import until it is cleared', async () => {
    const sounds = new RecoverySounds(path.join(folder, 'recovery'));
    await sounds.keep('audio/x.wav', import.meta.filename, new Uint8Array([1, 2]));
    const kept = await sounds.find('audio/x.wav');
    expect(kept!.prosody).toEqual(new Uint8Array([1, 2]));
    expect(kept!.sound.length).toBeGreaterThan(1000);
    expect(await sounds.find('audio/y.wav')).toBeNull();
    await sounds.clear();
    expect(await sounds.find('audio/x.wav')).toBeNull();
  });
});

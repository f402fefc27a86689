/**
 * A process that works on a project until it is killed: edits with a journal, saves or autosaves meanwhile, and prints
 * "ack N" the moment edit N is acknowledged. Started by crashRecovery.test.ts.
 */
import { writeSync } from 'node:fs';
import path from 'node:path';
import { journalEntryOf } from '../../../core/document/journalEntry';
import { JournalSession } from '../journal/journalSession';
import { packProject } from '../packProject';
import { writeFileAtomic } from '../writeFileAtomic';
import { exampleProject } from './exampleProject';
import { numberedEdit, editedStore } from './numberedEdits';

const [folder, mode] = process.argv.slice(2);
const projectPath = path.join(folder, 'project.mien');
const { store, firstEdit } = editedStore();
const session = new JournalSession(path.join(folder, 'recovery'));
session.begin({ projectPath, name: 'project', token: 'start', snapshot: null });
store.onCommit = ({ kind, label, diff }) => session.append(JSON.stringify(journalEntryOf(kind, label, diff, Date.now())));

const say = (text: string) => writeSync(1, `${text}\n`);
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function write(target: string, token: string | undefined, records: typeof store.records): Promise<void> {
  const content = { ...exampleProject(), records, ...(token && { token }) };
  await writeFileAtomic(target, (block) =>
    packProject(content, async (bytes) => {
      await block(bytes);
      // Long enough to be killed in the middle, and to be edited meanwhile.
      await pause(2);
    }),
  );
}

async function saveForever(): Promise<void> {
  for (let count = 1; ; count++) {
    await pause(20);
    const token = `save-${count}`;
    const { records } = store;
    say(`${mode} ${count}`);
    if (mode === 'save') {
      session.markSave(token);
      await write(projectPath, token, records);
      session.saved(projectPath, 'project', token);
    } else {
      await write(path.join(folder, '.project.mien.autosave'), undefined, records);
    }
    say(`done ${count}`);
  }
}

async function editForever(): Promise<void> {
  for (let number = firstEdit; ; number++) {
    numberedEdit(store, number);
    say(`ack ${number}`);
    await pause(1);
  }
}

void editForever();
if (mode !== 'edit') void saveForever();

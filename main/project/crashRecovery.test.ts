import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../core/testing/seededRandom';
import { JournalSession } from './journal/journalSession';
import { recoverWork } from './journal/recoverProject';
import { exampleProject, packToBytes } from './testing/exampleProject';
import { documentAfter } from './testing/numberedEdits';
import { unpackProject } from './unpackProject';

/** Kills of each kind; the issue asks for 3 here and 30 in the long run. */
const KILLS = process.env.MIEN_LONG === '1' ? 30 : 3;
let bundleFolder: string;
let script: string;

beforeAll(async () => {
  bundleFolder = mkdtempSync(path.join(tmpdir(), 'mien-kill-bundle-'));
  script = path.join(bundleFolder, 'editing.cjs');
  await build({
    entryPoints: [path.join(import.meta.dirname, 'testing/editingProcess.ts')],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile: script,
    logLevel: 'error',
  });
});
afterAll(() => rmSync(bundleFolder, { recursive: true, force: true }));

interface Killed {
  readonly acknowledged: number;
  readonly phase: string;
}

/** Starts the process, waits for `acks` edits and the phase, kills it `delayMs` later; what it had printed counts. */
function workAndKill(folder: string, mode: string, acks: number, delayMs: number): Promise<Killed> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, folder, mode], { stdio: ['ignore', 'pipe', 'pipe'] });
    let printed = '';
    let errors = '';
    let isDoomed = false;
    child.stderr.on('data', (text) => (errors += String(text)));
    child.stdout.on('data', (text) => {
      printed += String(text);
      const last = Number(/ack (\d+)\n(?![\s\S]*ack \d+\n)/.exec(printed)?.[1] ?? 0);
      const marks = printed.match(/^(save|autosave) \d+$/gm)?.length ?? 0;
      const done = printed.match(/^done \d+$/gm)?.length ?? 0;
      const isPhase = mode === 'edit' || marks > done;
      if (isDoomed || last < acks || !isPhase) return;
      isDoomed = true;
      setTimeout(() => child.kill('SIGKILL'), delayMs);
    });
    child.on('error', reject);
    child.on('close', (_code, signal) => {
      if (signal !== 'SIGKILL') return reject(new Error(`it ended by itself: ${errors}`));
      const acknowledged = Math.max(0, ...[...printed.matchAll(/^ack (\d+)$/gm)].map((match) => Number(match[1])));
      const marks = printed.match(/^(save|autosave) \d+$/gm)?.length ?? 0;
      const done = printed.match(/^done \d+$/gm)?.length ?? 0;
      resolve({ acknowledged, phase: marks > done ? `in ${mode}` : 'between' });
    });
  });
}

/** Opens what is left, as the studio does: the file, and what its journal holds beyond it. */
function reopen(folder: string) {
  const projectPath = path.join(folder, 'project.mien');
  const file = unpackProject(new Uint8Array(readFileSync(projectPath)));
  const journal = new JournalSession(path.join(folder, 'recovery')).journalOf(projectPath);
  const work = journal ? recoverWork(journal, file) : null;
  return { file, work, records: work?.records ?? file.records };
}

describe('a process that is killed with work unsaved', () => {
  for (const mode of ['edit', 'autosave', 'save']) {
    const rounds = Array.from({ length: KILLS }, (_unused, index) => index + 1);
    it.each(rounds)(`during ${mode}: every acknowledged edit is there, the file is whole (%i)`, async (round) => {
      const random = seededRandom(round * 1000 + mode.length);
      const folder = mkdtempSync(path.join(tmpdir(), 'mien-kill-'));
      try {
        writeFileSync(path.join(folder, 'project.mien'), await packToBytes({ ...exampleProject(), token: 'start' }));
        const acks = 5 + Math.floor(random() * 60);
        const { acknowledged } = await workAndKill(folder, mode, acks, random() * 12);
        expect(acknowledged).toBeGreaterThanOrEqual(acks);
        const { records } = reopen(folder);
        // An edit may have been written down and its acknowledgement not printed any more.
        const candidates = [documentAfter(acknowledged), documentAfter(acknowledged + 1)];
        const found = candidates.findIndex((candidate) => JSON.stringify(sorted(candidate)) === JSON.stringify(sorted(records)));
        expect(found, `after ${acknowledged} acknowledged edits`).toBeGreaterThanOrEqual(0);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });
  }

  it('leaves nothing to recover when all was saved', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'mien-kill-'));
    try {
      const projectPath = path.join(folder, 'project.mien');
      const session = new JournalSession(path.join(folder, 'recovery'));
      session.begin({ projectPath, name: 'p', token: 'start', snapshot: null });
      session.markSave('t');
      session.saved(projectPath, 'p', 't');
      expect(session.journalOf(projectPath)).toBeNull();
      expect(session.leftBehind()).toEqual([]);
      expect(existsSync(path.join(folder, '.project.mien.journal'))).toBe(false);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

function sorted(records: object): [string, unknown][] {
  return Object.entries(records).sort(([a], [b]) => (a < b ? -1 : 1));
}

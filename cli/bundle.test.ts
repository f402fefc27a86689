import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findResources } from './resources';
import { runCli } from './testing/runCli';

const { root, dialogue } = findResources();
const sample = path.join(dialogue, 'sample.wav');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'mien-bin-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Starts the command as `npx mien` does: through its bin file, in a process of its own. */
function mien(args: readonly string[], onOutput?: (text: string, kill: (signal: NodeJS.Signals) => void) => void) {
  return new Promise<{ code: number | null; out: string; err: string }>((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(root, 'cli/bin/mien.mjs'), ...args], { cwd: folder });
    let [out, err] = ['', ''];
    child.stdout.on('data', (text: Buffer) => {
      out += text.toString();
      onOutput?.(out, (signal) => child.kill(signal));
    });
    child.stderr.on('data', (text: Buffer) => (err += text.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

describe('the command as people start it', () => {
  it('builds itself and gives the same curves as the code it was built from', async () => {
    const { code, err } = await mien(['generate', sample, '--seed', '5', '--out', 'bundled.csv']);
    expect(err).toBe('');
    expect(code).toBe(0);
    const inProcess = path.join(folder, 'direct.csv');
    expect((await runCli(['generate', sample, '--seed', '5', '--out', inProcess])).code).toBe(0);
    expect(await readFile(path.join(folder, 'bundled.csv'), 'utf8')).toBe(await readFile(inProcess, 'utf8'));
  });

  it('exit codes reach the shell', async () => {
    expect((await mien(['--version'])).code).toBe(0);
    expect((await mien(['generate', 'nowhere.wav', '--out', 'x.glb'])).code).toBe(1);
    expect((await mien(['generate', 'nowhere.wav'])).code).toBe(2);
  });

  it('a batch in several processes gives what one gives, and survives a bad line', async () => {
    const list = path.join(folder, 'list.csv');
    const rows = [
      'file,name,seed',
      `${sample},one,5`,
      `${path.join(dialogue, 'fear.flac')},two,`,
      `${path.join(dialogue, 'LICENCE.md')},bad,`,
    ];
    await writeFile(list, rows.join('\n'));
    const { code, out } = await mien(['batch', 'list.csv', '--out', 'many', '--formats', 'csv', '--jobs', '2', '--json']);
    expect(code).toBe(1);
    const events = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(events.at(-1)).toMatchObject({
      done: 2,
      failed: 1,
      lines: [{ state: 'done' }, { state: 'done' }, { state: 'failed' }],
    });
    expect((await readdir(path.join(folder, 'many'))).sort()).toEqual(['one.csv', 'two.csv']);
    expect(await readFile(path.join(folder, 'many/one.csv'), 'utf8')).toBe(
      await readFile(path.join(folder, 'direct.csv'), 'utf8'),
    );
  });

  // Windows has no SIGINT for child processes.
  it.skipIf(process.platform === 'win32')('Ctrl-C ends it with 1 and leaves nothing half written', async () => {
    let sent = false;
    const { code, out } = await mien(['generate', sample, '--out', 'cut.glb', '--out', 'cut.fbx', '--json'], (text, kill) => {
      if (!sent && text.includes('Listening')) {
        sent = true;
        kill('SIGINT');
      }
    });
    expect(sent).toBe(true);
    expect(code).toBe(1);
    expect(out).toContain('"code":"cancelled"');
    expect((await readdir(folder)).filter((name) => name.startsWith('cut') || name.endsWith('.tmp'))).toEqual([]);
  });
});

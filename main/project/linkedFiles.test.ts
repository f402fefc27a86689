import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeLink, findLink, wayFrom } from './linkedFiles';

let root: string;
let project: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'mien-links-'));
  project = path.join(root, 'show');
  mkdirSync(path.join(project, 'takes'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const write = (file: string, text: string): string => {
  writeFileSync(file, text);
  return file;
};

describe('a linked file', () => {
  it('is named by its way from the project, on every system alike', async () => {
    const sound = write(path.join(root, 'élan 1.wav'), 'sound');
    const link = await describeLink(sound, project);
    expect(link).toMatchObject({ relativePath: '../élan 1.wav', bytes: 5 });
    expect(link.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(await findLink(link, project)).toEqual({ state: 'found', path: sound });
    expect(wayFrom(project, project)).toBeNull();
  });

  it('that was moved or renamed into the project is found by its content', async () => {
    const sound = write(path.join(root, 'a.wav'), 'sound of a');
    const link = await describeLink(sound, project);
    const moved = path.join(project, 'takes', 'renamed.wav');
    renameSync(sound, moved);
    write(path.join(project, 'other.wav'), 'sound of b');
    expect(await findLink(link, project)).toEqual({ state: 'found', path: moved });
  });

  it('that is gone is missing; one with other content is changed, whatever its length', async () => {
    const sound = write(path.join(project, 'a.wav'), 'sound');
    const link = await describeLink(sound, project);
    write(sound, 'noise');
    expect(await findLink(link, project)).toEqual({ state: 'changed' });
    write(sound, 'another length');
    expect(await findLink(link, project)).toEqual({ state: 'changed' });
    rmSync(sound);
    expect(await findLink(link, project)).toEqual({ state: 'missing' });
  });

  it('is never a folder, and never what the hash does not name', async () => {
    const link = { relativePath: '../../../../../../etc/hostname', sha256: '0'.repeat(64), bytes: 3 };
    expect((await findLink(link, project)).state).not.toBe('found');
    expect(await findLink({ ...link, relativePath: 'takes' }, project)).toEqual({ state: 'missing' });
    if (process.platform !== 'win32') {
      symlinkSync('/dev/zero', path.join(project, 'endless.wav'));
      expect(await findLink({ ...link, relativePath: 'endless.wav' }, project)).toEqual({ state: 'missing' });
    }
  });

  it('that cannot be read is an error with a remedy', async () => {
    await expect(describeLink(path.join(root, 'none.wav'), project)).rejects.toMatchObject({ code: 'file-access' });
  });
});

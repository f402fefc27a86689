import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeFileAtomic } from './writeFileAtomic';

const text = (value: string) => new TextEncoder().encode(value);
let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'mien-atomic-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('writeFileAtomic', () => {
  it('writes all blocks in order and counts them', async () => {
    const target = path.join(folder, 'späce ✓.mien');
    const bytes = await writeFileAtomic(target, async (write) => {
      await write(text('one '));
      await write(new Uint8Array(0));
      await write(text('two'));
    });
    expect(bytes).toBe(7);
    expect(readFileSync(target, 'utf8')).toBe('one two');
    expect(readdirSync(folder)).toEqual(['späce ✓.mien']);
  });

  it('leaves the old file whole and nothing else when producing fails half-way', async () => {
    const target = path.join(folder, 'a.mien');
    writeFileSync(target, 'old');
    const failing = writeFileAtomic(target, async (write) => {
      await write(text('new'));
      throw new Error('half-way');
    });
    await expect(failing).rejects.toThrow('half-way');
    expect(readFileSync(target, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['a.mien']);
  });

  it('says what is wrong when the folder is not there', async () => {
    const failing = writeFileAtomic(path.join(folder, 'none', 'a.mien'), async (write) => write(text('x')));
    await expect(failing).rejects.toMatchObject({ code: 'file-access', message: expect.stringContaining('a.mien') });
  });

  it('refuses to replace a folder and leaves no temporary file', async () => {
    const failing = writeFileAtomic(folder, async (write) => write(text('x')));
    await expect(failing).rejects.toMatchObject({ code: 'file-access' });
    expect(readdirSync(folder)).toEqual([]);
    expect(readdirSync(path.dirname(folder)).filter((name) => /^\.mien-.*\.tmp$/.test(name))).toEqual([]);
  });

  it.skipIf(process.platform === 'win32')('writes through a symbolic link and keeps the link', async () => {
    const real = path.join(folder, 'real.mien');
    const link = path.join(folder, 'link.mien');
    writeFileSync(real, 'old');
    symlinkSync(real, link);
    await writeFileAtomic(link, async (write) => write(text('new')));
    expect(readFileSync(real, 'utf8')).toBe('new');
    expect(readFileSync(link, 'utf8')).toBe('new');
  });
});

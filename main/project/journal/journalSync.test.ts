import { mkdtempSync, rmSync } from 'node:fs';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { JournalWriter } from './journalFile';

vi.mock('node:fs', async (original) => {
  const real = await original<typeof fs>();
  return { ...real, fsync: vi.fn(real.fsync), fsyncSync: vi.fn(real.fsyncSync) };
});

const header = { version: 1 as const, name: 'x', startedAtMs: 0, token: null, snapshot: '{}' };
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mien-sync-'));
  vi.useFakeTimers();
  vi.mocked(fs.fsync).mockClear();
  vi.mocked(fs.fsyncSync).mockClear();
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

describe('the journal on the disk', () => {
  it('is flushed within a second of every entry, by the clock of the process', () => {
    const writer = JournalWriter.create(path.join(folder, 'a.journal'), header);
    vi.advanceTimersByTime(1000);
    vi.mocked(fs.fsync).mockClear();
    writer.append(Buffer.from('J{}'));
    expect(fs.fsync).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1000);
    expect(fs.fsync).toHaveBeenCalledTimes(1);
    // Nothing new: nothing to flush.
    vi.advanceTimersByTime(10_000);
    expect(fs.fsync).toHaveBeenCalledTimes(1);
    writer.close();
  });

  it('does not put the flush off while entries keep coming', () => {
    const writer = JournalWriter.create(path.join(folder, 'a.journal'), header);
    for (let at = 0; at < 5000; at += 100) {
      writer.append(Buffer.from('J{}'));
      vi.advanceTimersByTime(100);
    }
    expect(vi.mocked(fs.fsync).mock.calls.length).toBeGreaterThanOrEqual(5);
    writer.close();
  });

  it('is flushed at once when it is closed with something unflushed', () => {
    const writer = JournalWriter.create(path.join(folder, 'a.journal'), header);
    writer.append(Buffer.from('J{}'));
    writer.close();
    expect(fs.fsyncSync).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(5000);
    expect(fs.fsync).not.toHaveBeenCalled();
  });
});

import { MienError } from '../../core/errors';
import type { FileHandle } from '../ipc/api';
import type { FileAccess, Grant } from '../ipc/fileHandles';

/** A window's call and main's grant travel on different ways; the grant was sent first but may arrive second. */
const GRANT_WAIT_MS = 5000;

/** What main has allowed the engine to read and write, by handle. */
export class Grants {
  private readonly grants = new Map<FileHandle, Grant>();
  private readonly waiting = new Map<FileHandle, (() => void)[]>();

  /** @param waitMs how long a call waits for its grant; shorter in tests */
  constructor(private readonly waitMs: number = GRANT_WAIT_MS) {}

  add(grant: Grant): void {
    this.grants.set(grant.handle, grant);
    for (const wake of this.waiting.get(grant.handle) ?? []) wake();
    this.waiting.delete(grant.handle);
  }

  /** @throws MienError 'file-access' when main never allowed this */
  async pathOf(handle: FileHandle, access: FileAccess): Promise<string> {
    if (!this.grants.has(handle)) await this.arrival(handle);
    const grant = this.grants.get(handle);
    if (!grant) throw new MienError('file-access', 'This file was not chosen in this run of Mien.', 'Choose the file again.');
    if (access === 'write' && grant.access !== 'write') {
      throw new MienError('file-access', 'This file was opened for reading only.', 'Choose where to save.');
    }
    return grant.path;
  }

  private arrival(handle: FileHandle): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.waitMs);
      const wake = () => {
        clearTimeout(timer);
        resolve();
      };
      this.waiting.set(handle, [...(this.waiting.get(handle) ?? []), wake]);
    });
  }
}

import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { MienError } from '../../core/errors';

/** Larger characters stay outside the project: with a few takes of every save such a file helps nobody. */
export const LARGEST_KEPT_BYTES = 256 * 1024 ** 2;

/**
 * Files of the user's characters under their hash: of the open project, and imported ones until a save takes them in. In the
 * recovery folder, so that an import survives a crash.
 */
export class CharacterFiles {
  private readonly folder: string;

  constructor(recoveryFolder: string) {
    this.folder = path.join(recoveryFolder, 'characters');
  }

  /** Keeps a file; false when it is too large for that. A name that is there is whole: written beside first. */
  async keep(sha256: string, glb: Uint8Array): Promise<boolean> {
    if (glb.byteLength > LARGEST_KEPT_BYTES) return false;
    const target = this.fileOf(sha256);
    if (existsSync(target)) return true;
    await mkdir(this.folder, { recursive: true });
    const beside = `${target}.${randomUUID()}.new`;
    await writeFile(beside, glb);
    await rename(beside, target);
    return true;
  }

  /** Path of a kept file, or null. */
  pathOf(sha256: string): string | null {
    const file = this.fileOf(sha256);
    return existsSync(file) ? file : null;
  }

  /** @throws MienError 'character-unreadable' when it is not kept, or is not what its hash says */
  async read(sha256: string): Promise<Uint8Array> {
    const bytes = await readFile(this.fileOf(sha256)).catch(() => null);
    if (!bytes || createHash('sha256').update(bytes).digest('hex') !== sha256)
      throw new MienError(
        'character-unreadable',
        'The file of this character is not in the project.',
        'Import it again in the Character tab; its mapping is still there.',
      );
    return new Uint8Array(bytes);
  }

  async clear(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  private fileOf(sha256: string): string {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error('not a hash');
    return path.join(this.folder, `${sha256}.glb`);
  }
}

import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Sounds and analyses of imported lines until a project file holds them, so that an import survives a crash. */
export class RecoverySounds {
  constructor(private readonly recoveryFolder: string) {}

  /** Keeps a line's sound under its name inside the project ("audio/..."), which names one import only. */
  async keep(audioFile: string, originalPath: string, prosody: Uint8Array): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const base = this.pathOf(audioFile);
    // Names that are there are whole: written beside first.
    await copyFile(originalPath, `${base}.new`, constants.COPYFILE_FICLONE);
    await writeFile(`${base}.prosody`, prosody);
    await rename(`${base}.new`, `${base}.sound`);
  }

  /** A kept line, or null. */
  async find(audioFile: string): Promise<{ sound: Uint8Array; prosody: Uint8Array } | null> {
    const base = this.pathOf(audioFile);
    try {
      return {
        sound: new Uint8Array(await readFile(`${base}.sound`)),
        prosody: new Uint8Array(await readFile(`${base}.prosody`)),
      };
    } catch {
      return null;
    }
  }

  async clear(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  private get folder(): string {
    return path.join(this.recoveryFolder, 'sounds');
  }

  private pathOf(audioFile: string): string {
    return path.join(this.folder, createHash('sha256').update(audioFile).digest('hex').slice(0, 32));
  }
}

import { randomUUID } from 'node:crypto';
import { open, realpath, rename, rm, type FileHandle as DiskFile } from 'node:fs/promises';
import path from 'node:path';
import { toFileError } from './fileErrors';

/** Writes one block after the other. */
export type BlockWriter = (block: Uint8Array) => Promise<void>;

/**
 * Replaces a file as a whole or not at all: writes a temporary file in the same folder, flushes it to the disk, renames it
 * over the target. A crash or a full disk leaves the old file as it was. A symbolic link keeps pointing at its target.
 * @param produce writes the content
 * @returns number of bytes written
 * @throws MienError 'file-access', or what `produce` throws
 */
export async function writeFileAtomic(target: string, produce: (write: BlockWriter) => Promise<void>): Promise<number> {
  const name = path.basename(target);
  const final = await realpath(target).catch(() => target);
  const temporary = path.join(path.dirname(final), `.mien-${randomUUID()}.tmp`);
  let file: DiskFile | null = null;
  let bytes = 0;
  try {
    file = await open(temporary, 'wx').catch((error: unknown) => {
      throw toFileError(error, `write ${name}`);
    });
    const disk = file;
    await produce(async (block) => {
      await writeAll(disk, block, name);
      bytes += block.byteLength;
    });
    await disk.sync();
    await disk.close();
    file = null;
    await rename(temporary, final).catch((error: unknown) => {
      throw toFileError(error, `write ${name}`);
    });
    await syncFolder(path.dirname(final));
    return bytes;
  } catch (error) {
    await file?.close().catch(() => undefined);
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

async function writeAll(file: DiskFile, block: Uint8Array, name: string): Promise<void> {
  let offset = 0;
  try {
    while (offset < block.byteLength) offset += (await file.write(block, offset)).bytesWritten;
  } catch (error) {
    throw toFileError(error, `write ${name}`);
  }
}

/** Makes the rename itself durable; not every system can open a folder. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close().catch(() => undefined);
}

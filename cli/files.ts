import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { toFileError } from '../main/project/fileErrors';
import { writeFileAtomic } from '../main/project/writeFileAtomic';

/** @throws MienError 'file-access' that names the file */
export async function readInput(file: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(file));
  } catch (error) {
    throw toFileError(error, `read ${path.basename(file)}`);
  }
}

/** Writes a whole file or nothing. @throws MienError 'file-access' */
export async function writeOutput(file: string, bytes: Uint8Array): Promise<void> {
  await writeFileAtomic(path.resolve(file), (write) => write(bytes));
}

/** "1.2 MB" */
export function sizeInWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(0)} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

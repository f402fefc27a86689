import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { toFileError } from './fileErrors';

/** A whole file. @throws MienError 'file-access' */
export async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(file));
  } catch (error) {
    throw toFileError(error, `read ${path.basename(file)}`);
  }
}

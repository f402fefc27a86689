import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { MienError } from '../../core/errors';
import type { LinkedFile } from '../../core/document/records';
import { toFileError } from './fileErrors';

/** Files of the project's folder that are looked at for one that was moved or renamed: enough for a folder of takes. */
const MAX_CANDIDATES = 2000;

export type FoundLink =
  | { readonly state: 'found'; readonly path: string }
  /** changed: a file is where it should be, but with other content. */
  | { readonly state: 'missing' | 'changed' };

/**
 * A file as a project links it: its way from the project's folder, its content by hash.
 * @throws MienError 'file-access' when it cannot be read, or when there is no way from the folder (another drive)
 */
export async function describeLink(file: string, projectFolder: string): Promise<LinkedFile> {
  const relativePath = wayFrom(projectFolder, file);
  if (relativePath === null)
    throw new MienError(
      'file-access',
      `${path.basename(file)} lies on another drive than the project.`,
      'Copy it beside the project and link that copy.',
    );
  try {
    return { relativePath, sha256: await sha256OfFile(file), bytes: (await stat(file)).size };
  } catch (error) {
    throw toFileError(error, `read ${path.basename(file)}`);
  }
}

/** The relative way with "/" on every system; null where there is none. */
export function wayFrom(projectFolder: string, file: string): string | null {
  const relative = path.relative(projectFolder, file);
  return relative === '' || path.isAbsolute(relative) ? null : relative.split(path.sep).join('/');
}

/**
 * Looks for a linked file: where the link says, then in the project's folder and the folders in it, by name and by content. Only
 * a regular file of the right length whose hash is right counts, so a link can lead to nothing but what was linked.
 */
export async function findLink(link: LinkedFile, projectFolder: string): Promise<FoundLink> {
  const told = path.resolve(projectFolder, link.relativePath);
  const size = await sizeOf(told);
  if (size === link.bytes && (await isContent(told, link))) return { state: 'found', path: told };
  const candidates = await filesUnder(projectFolder);
  const name = path.basename(link.relativePath);
  const byName = candidates.filter((file) => path.basename(file) === name);
  for (const file of new Set([...byName, ...candidates]))
    if (file !== told && (await sizeOf(file)) === link.bytes && (await isContent(file, link)))
      return { state: 'found', path: file };
  return { state: size === null && byName.length === 0 ? 'missing' : 'changed' };
}

/** Lower-case hex; streamed, so that a long video costs no memory. */
export async function sha256OfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const block of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(block as Uint8Array);
  return hash.digest('hex');
}

async function isContent(file: string, link: LinkedFile): Promise<boolean> {
  return (await sha256OfFile(file).catch(() => '')) === link.sha256;
}

/** Length of a regular file; null for anything else. */
async function sizeOf(file: string): Promise<number | null> {
  const found = await stat(file).catch(() => null);
  return found?.isFile() ? found.size : null;
}

/** Files of a folder and of the folders in it. */
async function filesUnder(folder: string): Promise<string[]> {
  const files: string[] = [];
  const folders = [folder];
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries)
    if (entry.isDirectory() && !entry.name.startsWith('.')) folders.push(path.join(folder, entry.name));
  for (const one of folders) {
    for (const entry of await readdir(one, { withFileTypes: true }).catch(() => [])) {
      if (files.length >= MAX_CANDIDATES) return files;
      if (entry.isFile()) files.push(path.join(one, entry.name));
    }
  }
  return files;
}

import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { MienError } from '../../core/errors';
import type { ChosenFile, FileHandle } from './api';

export type FileAccess = 'read' | 'write';

export interface Grant {
  readonly handle: FileHandle;
  readonly path: string;
  readonly access: FileAccess;
}

/**
 * The files the user chose in this run (dialog, drop, recent), by opaque handle. The renderer only ever sees handles;
 * `onGrant` tells the engine which path a handle stands for.
 */
export class FileHandles {
  private readonly grants = new Map<FileHandle, Grant>();
  private readonly byPath = new Map<string, FileHandle>();

  constructor(private readonly onGrant: (grant: Grant) => void = () => undefined) {}

  /** A handle for a path; the same path and access give the same handle again. */
  grant(filePath: string, access: FileAccess): ChosenFile {
    const full = path.resolve(filePath);
    const key = `${access}:${full}`;
    let handle = this.byPath.get(key);
    if (!handle) {
      handle = `file:${randomUUID()}` as FileHandle;
      this.byPath.set(key, handle);
      this.grants.set(handle, { handle, path: full, access });
      this.onGrant({ handle, path: full, access });
    }
    return { handle, name: path.basename(full) };
  }

  all(): Grant[] {
    return [...this.grants.values()];
  }

  /** @throws MienError 'file-access' for a handle that was never given out, or not for this access. */
  pathOf(handle: FileHandle, access: FileAccess = 'read'): string {
    const grant = this.grants.get(handle);
    if (!grant || (access === 'write' && grant.access !== 'write')) {
      throw new MienError('file-access', 'This file was not chosen in this run of Mien.', 'Choose the file again.');
    }
    return grant.path;
  }
}

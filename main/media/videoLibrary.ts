import { randomUUID } from 'node:crypto';
import path from 'node:path';

/** What Electron's Chromium may play as a reference, by extension. */
export const VIDEO_TYPES: Readonly<Record<string, string>> = {
  '.webm': 'video/webm',
  '.mp4': 'video/mp4',
  '.m4v': 'video/mp4',
  '.mov': 'video/mp4',
  '.ogv': 'video/ogg',
};

/** Reference videos that the window may play in this run: it gets a name that means nothing outside, never a path. */
export class VideoLibrary {
  private readonly paths = new Map<string, string>();

  /** A name for a video, the same for the same file. */
  admit(file: string): string {
    for (const [name, known] of this.paths) if (known === file) return name;
    const name = randomUUID();
    this.paths.set(name, file);
    return name;
  }

  find(name: string): { readonly path: string; readonly type: string } | null {
    const file = this.paths.get(name);
    return file === undefined ? null : { path: file, type: VIDEO_TYPES[path.extname(file).toLowerCase()] ?? 'video/mp4' };
  }
}

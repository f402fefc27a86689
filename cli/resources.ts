import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { MienError } from '../core/errors';

/** Folders and files that come with Mien. */
export interface Resources {
  readonly root: string;
  readonly models: string;
  readonly character: string;
  readonly landmarks: string;
  readonly dialogue: string;
  readonly version: string;
}

/**
 * Finds Mien's own files above this one: it runs from cli/ in tests and from out/cli/ when built.
 * @throws MienError 'internal'
 */
export function findResources(): Resources {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const manifest = path.join(folder, 'package.json');
    if (existsSync(manifest) && existsSync(path.join(folder, 'assets'))) {
      const { name, version } = JSON.parse(readFileSync(manifest, 'utf8')) as { name?: string; version?: string };
      if (name === 'mien') {
        return {
          root: folder,
          models: path.join(folder, 'models'),
          character: path.join(folder, 'assets', 'character', 'mien.glb'),
          landmarks: path.join(folder, 'assets', 'character', 'landmarks.json'),
          dialogue: path.join(folder, 'assets', 'dialogue'),
          version: version ?? '0.0.0',
        };
      }
    }
    const parent = path.dirname(folder);
    if (parent === folder)
      throw new MienError('internal', "Mien's own files (models, assets) were not found.", 'Install Mien again.');
    folder = parent;
  }
}

import path from 'node:path';
import { app } from 'electron';

/** Folders of the app's own files: the checkout in development, `resources` beside the asar when packaged. */
export interface ResourceFolders {
  /** Built code: contains main/, preload/, renderer/. */
  readonly out: string;
  readonly models: string;
  readonly assets: string;
  readonly thirdParty: string;
}

export function resourceFolders(): ResourceFolders {
  const base = app.isPackaged ? process.resourcesPath : app.getAppPath();
  return {
    // This file ends up in out/main/index.cjs.
    out: path.resolve(__dirname, '..'),
    models: path.join(base, 'models'),
    assets: path.join(base, 'assets'),
    thirdParty: path.join(base, 'THIRD_PARTY.md'),
  };
}

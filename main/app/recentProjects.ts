import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';

const MAX_RECENT = 10;
const Saved = v.array(v.string());

/** The last projects opened or saved, newest first; kept in a small JSON file of the user-data folder. */
export class RecentProjects {
  constructor(private readonly file: string) {}

  /** Absolute paths of those that still exist. */
  list(): string[] {
    try {
      const saved = v.parse(Saved, JSON.parse(readFileSync(this.file, 'utf8')));
      return saved.filter((entry) => path.isAbsolute(entry) && existsSync(entry)).slice(0, MAX_RECENT);
    } catch {
      return [];
    }
  }

  note(projectPath: string): void {
    const list = [projectPath, ...this.list().filter((entry) => entry !== projectPath)].slice(0, MAX_RECENT);
    try {
      writeFileSync(this.file, JSON.stringify(list, null, 1));
    } catch {
      // A list of conveniences is not worth an error.
    }
  }
}

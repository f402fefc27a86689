import { readFileSync } from 'node:fs';
import { writeFileAtomic } from '../project/writeFileAtomic';
import { parseSettings, type Settings } from '../ipc/settings';
import { log } from './log';

/** settings.json of the user-data folder: read once at start, written whole on every change. */
export class SettingsFile {
  private settings: Settings;

  constructor(
    private readonly file: string,
    private readonly onChange: () => void,
  ) {
    this.settings = read(file);
  }

  get current(): Settings {
    return this.settings;
  }

  /** In force at once; a folder that cannot be written only costs the next start its memory. */
  async write(settings: Settings): Promise<void> {
    this.settings = parseSettings(settings);
    this.onChange();
    try {
      await writeFileAtomic(this.file, (write) => write(new TextEncoder().encode(JSON.stringify(this.settings, null, 1))));
    } catch (error) {
      log.warn(`settings could not be written: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

function read(file: string): Settings {
  try {
    return parseSettings(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return parseSettings(null);
  }
}

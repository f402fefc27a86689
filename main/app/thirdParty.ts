import { readFile } from 'node:fs/promises';
import type { AppInfo } from '../ipc/api';

/**
 * Reads THIRD_PARTY.md for Help > About. Every `## name` section is one notice; a line `Licence: X` inside names the licence.
 * A missing file gives an empty list: the dialog then says so.
 */
export async function readThirdParty(file: string): Promise<AppInfo['licences']> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    return [];
  }
  return text
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [name, ...rest] = section.split('\n');
      const body = rest.join('\n').trim();
      return { name: name.trim(), licence: /^Licen[cs]e:\s*(.+)$/im.exec(body)?.[1].trim() ?? '', text: body };
    });
}

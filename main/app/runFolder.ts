import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

const PREFIX = 'mien-run-';

/** A folder for this run's decoded sound and dropped files; folders that dead runs left behind are removed. */
export function createRunFolder(tempFolder: string): string {
  for (const name of readdirSync(tempFolder)) {
    const pid = Number(/^mien-run-(\d+)-/.exec(name)?.[1] ?? NaN);
    if (Number.isInteger(pid) && !isAlive(pid)) rmSync(path.join(tempFolder, name), { recursive: true, force: true });
  }
  const folder = mkdtempSync(path.join(tempFolder, `${PREFIX}${process.pid}-`));
  for (const part of ['media', 'lines', 'drops']) mkdirSync(path.join(folder, part));
  return folder;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

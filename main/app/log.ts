import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';

/** The log is started anew at this size; one older file is kept. */
const MAX_BYTES = 1_000_000;

let file: string | null = null;

/** Starts writing to `<folder>/mien.log`. Before that, and when writing fails, lines only reach stderr. */
export function openLog(folder: string): string {
  mkdirSync(folder, { recursive: true });
  file = path.join(folder, 'mien.log');
  try {
    if (statSync(file).size > MAX_BYTES) renameSync(file, `${file}.old`);
  } catch {
    // No log yet.
  }
  return file;
}

function write(level: string, message: string): void {
  const line = `${new Date().toISOString()} ${level} ${message}\n`;
  if (level !== 'info') process.stderr.write(line);
  if (file === null) return;
  try {
    appendFileSync(file, line);
  } catch {
    file = null; // A full disk must not stop the studio.
  }
}

export const log = {
  info: (message: string) => write('info', message),
  warn: (message: string) => write('warn', message),
  error: (message: string, thrown?: unknown) =>
    write(
      'error',
      thrown === undefined
        ? message
        : `${message}: ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}`,
    ),
};

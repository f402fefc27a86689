import { MienError } from '../errors';
import { toVersion2 } from './migrations/toVersion2';
import { CURRENT_SCHEMA_VERSION } from './records';

/** Turns a document of one schema version into the next. Works on parsed JSON that nobody has validated yet. */
export type Migration = (document: Record<string, unknown>) => Record<string, unknown>;

/** `MIGRATIONS[v]` leads from version v to v + 1. Version 1 is the first. */
export const MIGRATIONS: Readonly<Record<number, Migration>> = { 1: toVersion2 };

/**
 * Brings a parsed document.json to the current schema version.
 * @throws MienError 'project-from-future' for a newer version, 'project-unreadable' for none or one without a way
 */
export function migrateDocument(
  parsed: unknown,
  migrations: Readonly<Record<number, Migration>> = MIGRATIONS,
  currentVersion: number = CURRENT_SCHEMA_VERSION,
): Record<string, unknown> {
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw unreadable('its document is not an object');
  let document = parsed as Record<string, unknown>;
  const version = document['schemaVersion'];
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) throw unreadable('it names no schema version');
  if (version > currentVersion) {
    throw new MienError(
      'project-from-future',
      `This project was saved by a newer Mien (schema ${version}; this one reads up to ${currentVersion}).`,
      'Update Mien, then open the project again.',
    );
  }
  for (let from = version; from < currentVersion; from++) {
    const migration = migrations[from];
    if (!migration) throw unreadable(`there is no way from schema ${from} to ${from + 1}`);
    document = { ...migration(document), schemaVersion: from + 1 };
  }
  return document;
}

function unreadable(why: string): MienError {
  return new MienError(
    'project-unreadable',
    `This is not a project Mien can read: ${why}.`,
    'Choose another file, or restore it from a backup.',
  );
}

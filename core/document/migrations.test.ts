import { describe, expect, it } from 'vitest';
import { MienError } from '../errors';
import { MIGRATIONS, migrateDocument } from './migrations';
import { CURRENT_SCHEMA_VERSION } from './records';

function codeOf(work: () => unknown): string {
  try {
    work();
    return 'none';
  } catch (error) {
    return error instanceof MienError ? error.code : 'other';
  }
}

describe('migrateDocument', () => {
  it('leaves a current document as it is', () => {
    const document = { schemaVersion: CURRENT_SCHEMA_VERSION, records: {} };
    expect(migrateDocument(document)).toEqual(document);
  });

  it('has a way from every version to the current one', () => {
    for (let version = 1; version < CURRENT_SCHEMA_VERSION; version++) expect(MIGRATIONS[version]).toBeTypeOf('function');
  });

  it('walks all steps in order', () => {
    const migrations = {
      1: (document: Record<string, unknown>) => ({ ...document, steps: ['one'] }),
      2: (document: Record<string, unknown>) => ({ ...document, steps: [...(document.steps as string[]), 'two'] }),
    };
    expect(migrateDocument({ schemaVersion: 1 }, migrations, 3)).toEqual({ schemaVersion: 3, steps: ['one', 'two'] });
    expect(migrateDocument({ schemaVersion: 2, steps: [] }, migrations, 3)).toEqual({ schemaVersion: 3, steps: ['two'] });
  });

  it('brings schema 1 to 2: what the recogniser said of words is kept apart', () => {
    const words = [{ text: 'Hi', startSeconds: 0, endSeconds: 1, confidence: 1 }];
    const records = { 'speech:line:a': { kind: 'speech', words }, project: { kind: 'project' }, odd: null };
    expect(migrateDocument({ schemaVersion: 1, records })).toEqual({
      schemaVersion: 2,
      records: { ...records, 'speech:line:a': { kind: 'speech', words, recognisedWords: words } },
    });
    for (const broken of [undefined, null, [], 'x'])
      expect(migrateDocument({ schemaVersion: 1, records: broken }).records).toBe(broken);
  });

  it('tells a newer file from a broken one', () => {
    expect(codeOf(() => migrateDocument({ schemaVersion: 4 }, {}, 3))).toBe('project-from-future');
    for (const broken of [
      null,
      7,
      'x',
      [],
      {},
      { schemaVersion: '1' },
      { schemaVersion: 1.5 },
      { schemaVersion: -1 },
      { schemaVersion: 1 },
    ]) {
      expect(codeOf(() => migrateDocument(broken, {}, 3))).toBe('project-unreadable');
    }
  });
});

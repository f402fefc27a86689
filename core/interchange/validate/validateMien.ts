import { unzipSync } from 'fflate';
import { CURRENT_SCHEMA_VERSION } from '../../document/records';
import { FindingList, type ValidationReport } from './validationReport';

const MAX_DOCUMENT_BYTES = 300 * 1024 ** 2;
const MAX_ENTRIES = 20_000;

/** Looks into a project: a zip with a document.json of a known schema version and every part it lists. Opening checks far more. */
export function validateMien(bytes: Uint8Array): ValidationReport {
  const list = new FindingList();
  const names = new Set<string>();
  try {
    const entries = unzipSync(bytes, {
      filter: (file) => {
        names.add(file.name);
        if (names.size > MAX_ENTRIES) throw new Error('too many entries');
        return file.name === 'document.json' && file.originalSize <= Math.min(MAX_DOCUMENT_BYTES, file.size * 1100 + 1024);
      },
    });
    const document = entries['document.json'];
    if (!document) {
      list.add('error', 'mien-document', 'The project holds no readable document.json.');
      return list.report('mien', { entries: names.size });
    }
    return checkDocument(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(document)), names, list);
  } catch {
    list.add('error', 'mien-zip', 'The project is not a sound zip archive with a JSON document.');
    return list.report('mien');
  }
}

function checkDocument(document: unknown, names: ReadonlySet<string>, list: FindingList): ValidationReport {
  const fields = typeof document === 'object' && document !== null ? (document as Record<string, unknown>) : {};
  const version = fields.schemaVersion;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    list.add('error', 'mien-schema', 'The document has no schema version.');
  } else if (version > CURRENT_SCHEMA_VERSION) {
    list.add(
      'error',
      'mien-schema',
      `The project was written by a newer Mien (schema ${version}, this one reads ${CURRENT_SCHEMA_VERSION}).`,
    );
  }
  const listed = typeof fields.files === 'object' && fields.files !== null ? Object.keys(fields.files) : [];
  for (const name of listed) if (!names.has(name)) list.add('error', 'mien-part', `The part "${name.slice(0, 200)}" is missing.`);
  const records = typeof fields.records === 'object' && fields.records !== null ? Object.values(fields.records) : [];
  if (records.length === 0) list.add('error', 'mien-records', 'The document holds no records.');
  const lines = records.filter((record) => (record as { kind?: unknown } | null)?.kind === 'line').length;
  return list.report('mien', {
    schemaVersion: typeof version === 'number' ? version : 'none',
    entries: names.size,
    records: records.length,
    lines,
  });
}

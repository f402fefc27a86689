import { createHash } from 'node:crypto';
import path from 'node:path';
import { MienError } from '../../core/errors';
import type { DocumentRecords, LineId, LineRecord } from '../../core/document/records';
import { encodeProsody } from '../project/prosodyCodec';
import { wayFrom } from '../project/linkedFiles';
import type { ProjectPart } from '../project/packProject';
import { characterPartName } from '../project/partNames';
import type { LineState } from './lineStore';

/** Lines of a document in the project's order. */
export function linesOf(records: DocumentRecords): LineRecord[] {
  const project = records['project'];
  if (project?.kind !== 'project') return [];
  return project.lineIds.map((lineId) => records[lineId]).filter((record): record is LineRecord => record?.kind === 'line');
}

/** Name of an imported sound inside the project: readable, unique to the line, safe on every system. */
export function audioFileName(lineId: string, fileName: string): string {
  const extension = /\.[a-z0-9]{1,5}$/i.exec(fileName)?.[0].toLowerCase() ?? '';
  const stem = path
    .basename(fileName, path.extname(fileName))
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}._ -]/gu, '_')
    .slice(0, 60)
    .trim();
  return `audio/${stem || 'line'}-${shortHash(lineId)}${extension}`;
}

/** Name of a line's stored prosody inside the project. */
export function analysisFileName(lineId: LineId): string {
  return `analysis/${shortHash(lineId)}.prosody`;
}

/** Files of the user's characters that the document names and this run has. */
export function characterPartsOf(records: DocumentRecords, pathOf: (sha256: string) => string | null): ProjectPart[] {
  const hashes = new Set(
    Object.values(records).flatMap((record) => (record.kind === 'character' && record.sha256 ? [record.sha256] : [])),
  );
  return [...hashes].sort().flatMap((sha256): ProjectPart[] => {
    const file = pathOf(sha256);
    return file ? [{ name: characterPartName(sha256), source: { path: file } }] : [];
  });
}

/** Original sounds and analyses of every line of the document. */
export function partsOf(records: DocumentRecords, stateOf: (lineId: LineId) => LineState): ProjectPart[] {
  return linesOf(records).flatMap((line): ProjectPart[] => {
    const state = stateOf(line.id);
    if (!/^audio\/[^/\\]+$/.test(line.audioFile)) {
      throw new MienError(
        'invalid-input',
        `The line "${line.name}" names its sound in a way a project cannot hold.`,
        'Import the recording again.',
      );
    }
    if (!line.audioLink && state.missing) throw missingSound(line.name);
    return [
      // A linked sound stays where it is.
      ...(line.audioLink ? [] : [{ name: line.audioFile, source: { path: state.originalPath } }]),
      { name: analysisFileName(line.id), source: { bytes: encodeProsody(state.prosody) } },
    ];
  });
}

/** For work that needs the sound of a line whose link leads to nothing. */
export function missingSound(lineName: string): MienError {
  return new MienError(
    'file-access',
    `The linked sound of "${lineName}" is missing.`,
    'Find it in the Clip tab, or replace the recording (Line menu).',
  );
}

/**
 * Links as they read from the folder the project is saved in, which may be another one than before. A sound without a way from
 * there (another drive) goes into the project again.
 */
export function withLinksFrom(
  records: DocumentRecords,
  projectFolder: string,
  stateOf: (lineId: LineId) => Pick<LineState, 'linkedFrom' | 'missing'>,
): DocumentRecords {
  const changed: Record<string, LineRecord> = {};
  for (const line of linesOf(records)) {
    const { linkedFrom, missing } = line.audioLink ? stateOf(line.id) : {};
    if (!line.audioLink || !linkedFrom || missing) continue;
    const relativePath = wayFrom(projectFolder, linkedFrom);
    const { audioLink, ...rest } = line;
    if (relativePath === null) changed[line.id] = rest;
    else if (relativePath !== audioLink.relativePath) changed[line.id] = { ...line, audioLink: { ...audioLink, relativePath } };
  }
  return Object.keys(changed).length === 0 ? records : { ...records, ...changed };
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

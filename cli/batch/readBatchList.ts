import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { MienError } from '../../core/errors';
import { readTranscriptFile } from '../../core/speech/transcriptFiles/readTranscriptFile';
import type { TranscriptSource } from '../../core/speech/transcriptSource';
import { toFileError } from '../../main/project/fileErrors';
import { readInput } from '../files';
import { UsageError } from '../usageError';

/** One line to generate. Empty strings where the list says nothing. */
export interface BatchEntry {
  readonly file: string;
  /** Name of the outputs, without suffix; unique in the list. */
  readonly name: string;
  readonly transcript: TranscriptSource;
  readonly emotion: string;
  readonly style: string;
  readonly seed: string;
  /** Where it stands, for messages: "lines.csv row 3" or the file's name. */
  readonly where: string;
}

const SOUND_SUFFIXES: ReadonlySet<string> = new Set([
  '.wav',
  '.mp3',
  '.ogg',
  '.oga',
  '.opus',
  '.flac',
  '.m4a',
  '.aac',
  '.aiff',
  '.aif',
]);
/** What a transcript beside a recording is called; the first that is there is read. */
const TRANSCRIPT_SUFFIXES = ['.TextGrid', '.srt', '.vtt', '.txt'];
const COLUMNS: ReadonlySet<string> = new Set(['file', 'name', 'text', 'transcript', 'ipa', 'emotion', 'style', 'seed']);

/**
 * Lines of a folder (sound files, sorted by name, transcript in a .txt, .srt, .vtt or .TextGrid beside each) or of a CSV list whose files are relative to it.
 * @throws MienError 'file-access' | 'invalid-input', UsageError for a list that cannot be right
 */
export async function readBatchList(source: string): Promise<BatchEntry[]> {
  const info = await stat(source).catch((error: unknown) => {
    throw toFileError(error, `read ${path.basename(source)}`);
  });
  const entries = info.isDirectory() ? await listFolder(source) : await readCsv(source);
  if (entries.length === 0)
    throw new MienError('invalid-input', `${source} holds no recordings.`, 'Put wav, mp3, ogg, opus or flac files there.');
  const seen = new Map<string, string>();
  for (const entry of entries) {
    const twin = seen.get(entry.name.toLowerCase());
    if (twin)
      throw new UsageError(
        `${twin} and ${entry.where} would write the same files (${entry.name}).`,
        'Rename one, or give the list a column "name".',
      );
    seen.set(entry.name.toLowerCase(), entry.where);
  }
  return entries;
}

async function listFolder(folder: string): Promise<BatchEntry[]> {
  const names = (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort();
  const sounds = names.filter((name) => SOUND_SUFFIXES.has(path.extname(name).toLowerCase()));
  return Promise.all(
    sounds.map(async (fileName) => {
      const { name } = path.parse(fileName);
      const beside = TRANSCRIPT_SUFFIXES.flatMap((suffix) =>
        names.filter((other) => other.toLowerCase() === `${name}${suffix}`.toLowerCase()),
      );
      const transcript = beside.length > 0 ? await transcriptOf(path.join(folder, beside[0])) : { text: '' };
      return { file: path.join(folder, fileName), name, transcript, emotion: '', style: '', seed: '', where: fileName };
    }),
  );
}

async function readCsv(file: string): Promise<BatchEntry[]> {
  const fileName = path.basename(file);
  let rows: Record<string, string>[];
  try {
    rows = parse(Buffer.from(await readInput(file)), {
      columns: (header: string[]) => header.map((cell) => cell.trim().toLowerCase()),
      bom: true,
      skip_empty_lines: true,
      trim: true,
    });
  } catch (thrown) {
    if (thrown instanceof MienError) throw thrown;
    throw new UsageError(
      `${fileName} is not a CSV list: ${thrown instanceof Error ? thrown.message : String(thrown)}.`,
      'Write a header with "file" and one row a line; put texts with commas in quotes.',
    );
  }
  if (rows.length > 0 && !('file' in rows[0]))
    throw new UsageError(`${fileName} has no column "file".`, `Columns are ${[...COLUMNS].join(', ')}.`);
  return Promise.all(
    rows.map(async (row, index) => {
      const where = `${fileName} row ${index + 2}`;
      if (!row.file) throw new UsageError(`${where} names no file.`, 'Fill the column "file".');
      const name = row.name || path.parse(row.file).name;
      if (/[/\\]/.test(name))
        throw new UsageError(`${where}: the name "${name}" is a path.`, 'Give a plain name; the folder is --out.');
      if ([row.text, row.transcript, row.ipa].filter(Boolean).length > 1)
        throw new UsageError(`${where} says twice what is spoken.`, 'Fill one of the columns "text", "transcript" and "ipa".');
      const transcript: TranscriptSource = row.transcript
        ? await transcriptOf(path.resolve(path.dirname(file), row.transcript))
        : row.ipa
          ? { text: row.ipa, notation: 'ipa' }
          : { text: row.text ?? '' };
      return {
        file: path.resolve(path.dirname(file), row.file),
        name,
        transcript,
        emotion: row.emotion ?? '',
        style: row.style ?? '',
        seed: row.seed ?? '',
        where,
      };
    }),
  );
}

async function transcriptOf(file: string): Promise<TranscriptSource> {
  const { kind: _kind, ...source } = readTranscriptFile(await readInput(file), path.basename(file));
  return source;
}

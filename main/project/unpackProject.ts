import { createHash } from 'node:crypto';
import { unzipSync, type UnzipFileInfo } from 'fflate';
import * as v from 'valibot';
import { MienError } from '../../core/errors';
import { migrateDocument } from '../../core/document/migrations';
import { CHUNK_FRAMES, type DocumentRecords } from '../../core/document/records';
import { brokenReference, DocumentSchema } from '../../core/document/schema';
import { PERFORMANCE_CHANNEL_COUNT } from '../../core/rig/channels';
import { LARGEST_KEPT_BYTES } from '../character/characterFiles';
import { CHARACTER_FOLDER, characterPartName } from './partNames';

export interface UnpackedProject {
  readonly records: DocumentRecords;
  readonly chunks: Readonly<Record<string, Float32Array>>;
  /** Content of the other parts by name ("audio/...", "analysis/...", "characters/..."). */
  readonly parts: ReadonlyMap<string, Uint8Array>;
  /** Names this version of the file: of the save that wrote it, else made from its content. */
  readonly token: string;
}

/*
 * Bounds against archives made to exhaust the machine. A real project of an hour of speech holds about 1 GB of sound, 50 MB
 * of curves and 20 MB of document.
 */
const MAX_ENTRIES = 20_000;
const MAX_TOTAL_BYTES = 3 * 1024 ** 3;
const MAX_DOCUMENT_BYTES = 300 * 1024 ** 2;
/** Deflate reaches 1032 : 1 on zeros. Ours pack JSON about 20 : 1; only curves at rest do better, and those are small. */
const MAX_RATIO = 100;
/** Up to here any ratio is harmless: an hour of curves is 53 MB. */
const FREE_BYTES = 64 * 1024 ** 2;
const CHUNK_BYTES = PERFORMANCE_CHANNEL_COUNT * CHUNK_FRAMES * 4;

const PART_NAME = /^(audio\/[^/\\]+|analysis\/[^/\\]+|characters\/[0-9a-f]{64}\.glb|thumbnail\.jpg|chunks\.bin|document\.json)$/;
const Frame = v.object({
  token: v.optional(v.pipe(v.string(), v.maxLength(100))),
  files: v.record(v.string(), v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))),
  chunkIds: v.pipe(v.array(v.pipe(v.string(), v.regex(/^chunk:[\x21-\x7e]+$/), v.maxLength(300))), v.maxLength(500_000)),
});

/**
 * Reads the bytes of a `.mien` project: parse, migrate, validate. Changes nothing anywhere; parts are never written under
 * the names the archive gives them.
 * @throws MienError 'project-unreadable' or 'project-from-future'
 */
export function unpackProject(bytes: Uint8Array): UnpackedProject {
  const entries = unzip(bytes);
  const documentBytes = entries.get('document.json');
  if (!documentBytes) throw unreadable('it holds no document');
  const migrated = migrateDocument(parseJson(documentBytes));
  const frame = check(Frame, migrated);
  const { records } = check(DocumentSchema, migrated);
  checkHashes(entries, frame.files);
  const chunks = readChunks(entries.get('chunks.bin'), frame.chunkIds);
  const broken = brokenReference(records, (chunkId) => Object.hasOwn(chunks, chunkId));
  if (broken) throw unreadable(broken);
  entries.delete('document.json');
  entries.delete('chunks.bin');
  entries.delete('thumbnail.jpg');
  return { records, chunks, parts: entries, token: frame.token ?? fingerprint(documentBytes) };
}

/** A document names the hashes of all other parts, so its own hash stands for the whole file. */
function fingerprint(documentBytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(documentBytes).digest('hex')}`;
}

function unzip(bytes: Uint8Array): Map<string, Uint8Array> {
  try {
    // All sizes first: nothing is unpacked of an archive that claims too much, also when many parts share the same bytes.
    const seen = { total: 0, count: 0 };
    unzipSync(bytes, {
      filter: (file) => {
        checkEntry(file, seen, bytes.byteLength);
        return false;
      },
    });
    return new Map(Object.entries(unzipSync(bytes, { filter: (file) => PART_NAME.test(file.name) })));
  } catch (error) {
    if (error instanceof MienError) throw error;
    throw unreadable('it is no project archive, or it is damaged', error);
  }
}

function checkEntry(file: UnzipFileInfo, seen: { total: number; count: number }, archiveBytes: number): void {
  seen.count += 1;
  if (seen.count > MAX_ENTRIES) throw unreadable('it holds too many parts');
  if (!PART_NAME.test(file.name)) return;
  const limit = limitOf(file.name);
  if (file.originalSize > limit || isInflated(file.originalSize, file.size))
    throw unreadable(`its part ${file.name} is too large`);
  seen.total += file.originalSize;
  if (seen.total > MAX_TOTAL_BYTES || isInflated(seen.total, archiveBytes)) throw unreadable('it is too large');
}

function isInflated(unpackedBytes: number, packedBytes: number): boolean {
  return unpackedBytes > FREE_BYTES && unpackedBytes > packedBytes * MAX_RATIO;
}

function limitOf(name: string): number {
  if (name === 'document.json') return MAX_DOCUMENT_BYTES;
  return name.startsWith(CHARACTER_FOLDER) ? LARGEST_KEPT_BYTES : MAX_TOTAL_BYTES;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw unreadable('its document is damaged', error);
  }
}

function check<S extends v.GenericSchema>(schema: S, value: unknown): v.InferOutput<S> {
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw unreadable(`${v.getDotPath(issue) ?? 'document'}: ${issue.message}`);
}

function checkHashes(entries: ReadonlyMap<string, Uint8Array>, files: Readonly<Record<string, string>>): void {
  for (const [name, expected] of Object.entries(files)) {
    const content = entries.get(name);
    if (!content) throw unreadable(`its part ${name} is missing`);
    if (createHash('sha256').update(content).digest('hex') !== expected) throw unreadable(`its part ${name} is damaged`);
    // A character is found by its hash: the name must not promise another one.
    if (name.startsWith(CHARACTER_FOLDER) && name !== characterPartName(expected))
      throw unreadable(`its part ${name} is not what its name says`);
  }
  for (const name of entries.keys()) {
    if (name !== 'document.json' && !Object.hasOwn(files, name)) throw unreadable(`its part ${name} is not listed`);
  }
}

function readChunks(bytes: Uint8Array | undefined, chunkIds: readonly string[]): Record<string, Float32Array> {
  const chunks: Record<string, Float32Array> = {};
  if (!bytes) throw unreadable('its curves are missing');
  if (bytes.byteLength !== chunkIds.length * CHUNK_BYTES) throw unreadable('its curves are cut off');
  chunkIds.forEach((chunkId, index) => {
    // A copy, so that the floats are aligned and the archive can be freed.
    const chunk = new Float32Array(bytes.slice(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES).buffer);
    if (!chunk.every(Number.isFinite)) throw unreadable('its curves hold values that are no numbers');
    chunks[chunkId] = chunk;
  });
  return chunks;
}

function unreadable(why: string, cause?: unknown): MienError {
  return new MienError(
    'project-unreadable',
    `This project cannot be read: ${why}.`,
    'Choose another file, or restore this one from a backup.',
    { cause },
  );
}

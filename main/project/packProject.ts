import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import { CURRENT_SCHEMA_VERSION, type DocumentRecords } from '../../core/document/records';
import { toFileError } from './fileErrors';
import type { BlockWriter } from './writeFileAtomic';

/** Something stored beside the document: an original sound or character (from a file) or an analysis (bytes). */
export interface ProjectPart {
  /** Name inside the archive: "audio/...", "analysis/..." or "characters/...". */
  readonly name: string;
  readonly source: { readonly path: string } | { readonly bytes: Uint8Array };
}

export interface ProjectContent {
  readonly records: DocumentRecords;
  /** Base curves of one second each, by chunk id. */
  readonly chunks: Readonly<Record<string, Float32Array>>;
  readonly parts: readonly ProjectPart[];
  /** Matches the file with the journal of the work on it. */
  readonly token?: string;
  /** A small JPEG of the face, for the list of recent projects. */
  readonly picture?: Uint8Array;
}

/** Name of the picture inside the archive. */
export const PICTURE_PART = 'thumbnail.jpg';

/**
 * Writes a `.mien` project: a zip of the original sound, the analyses, the user's characters, the curves (chunks.bin) and document.json, which
 * comes last and carries the sha256 of every other part. Sound is stored as it is and streamed, so that memory does not
 * grow with it.
 */
export async function packProject(content: ProjectContent, write: BlockWriter): Promise<void> {
  const output = new ZipOutput(write);
  const files: Record<string, string> = {};
  if (content.picture) files[PICTURE_PART] = await output.add(PICTURE_PART, [content.picture], 'store');
  for (const part of content.parts)
    files[part.name] = await output.add(
      part.name,
      blocksOf(part.source),
      part.name.startsWith('analysis/') ? 'deflate' : 'store',
    );
  const chunkIds = Object.keys(content.chunks).sort();
  files['chunks.bin'] = await output.add('chunks.bin', chunkBlocks(content.chunks, chunkIds), 'deflate');
  const { token, records } = content;
  const document = JSON.stringify({ schemaVersion: CURRENT_SCHEMA_VERSION, ...(token && { token }), files, chunkIds, records });
  await output.add('document.json', [new TextEncoder().encode(document)], 'deflate');
  await output.end();
}

/** fflate's streaming zip in front of an asynchronous writer. */
class ZipOutput {
  private readonly ready: Uint8Array[] = [];
  private failure: Error | null = null;
  private readonly zip = new Zip((error, block) => {
    if (error) this.failure = error;
    else this.ready.push(block);
  });

  constructor(private readonly write: BlockWriter) {}

  /** Adds one entry and returns the sha256 of its content. */
  async add(name: string, blocks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>, how: 'store' | 'deflate'): Promise<string> {
    const entry = how === 'store' ? new ZipPassThrough(name) : new ZipDeflate(name, { level: 3 });
    // A fixed date: the same document gives the same bytes.
    entry.mtime = new Date(1980, 0, 1);
    this.zip.add(entry);
    const hash = createHash('sha256');
    for await (const block of blocks) {
      hash.update(block);
      entry.push(block);
      await this.flush();
    }
    entry.push(new Uint8Array(0), true);
    await this.flush();
    return hash.digest('hex');
  }

  async end(): Promise<void> {
    this.zip.end();
    await this.flush();
  }

  private async flush(): Promise<void> {
    for (const block of this.ready.splice(0)) await this.write(block);
    if (this.failure) throw this.failure;
  }
}

async function* blocksOf(source: ProjectPart['source']): AsyncIterable<Uint8Array> {
  if ('bytes' in source) {
    yield source.bytes;
    return;
  }
  try {
    for await (const block of createReadStream(source.path, { highWaterMark: 1 << 20 })) yield block as Uint8Array;
  } catch (error) {
    throw toFileError(error, "read the line's sound");
  }
}

function* chunkBlocks(chunks: Readonly<Record<string, Float32Array>>, chunkIds: readonly string[]): Iterable<Uint8Array> {
  for (const chunkId of chunkIds) {
    const chunk = chunks[chunkId];
    yield new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  }
}

import { closeSync, fstatSync, fsync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import * as v from 'valibot';
import { MienError } from '../../../core/errors';
import { crc32 } from './crc32';

/*
 * A journal: "MIENJNL1", then frames of { uint32 length, uint32 crc32, payload }, little endian. The first payload is the
 * header (JSON), every other one byte of kind ('J' an entry as JSON, 'C' a chunk of curves) and its content. Only ever
 * appended to; a frame that was cut by a crash ends it.
 */
const MAGIC = Buffer.from('MIENJNL1', 'latin1');
const FRAME_BYTES = 8;
/** Far above any entry: a speech of four hours is about 10 MB. */
const MAX_FRAME_BYTES = 256 * 1024 ** 2;
/** Power may fail: written frames reach the disk within this time (the issue asks for one second). */
const SYNC_AFTER_MS = 500;

const HeaderSchema = v.object({
  version: v.literal(1),
  /** Name of the project, for the recovery dialog. */
  name: v.pipe(v.string(), v.maxLength(1000)),
  startedAtMs: v.number(),
  /** Carried by the saved file the journal builds on; null: never saved. */
  token: v.nullable(v.pipe(v.string(), v.maxLength(100))),
  /** The document it builds on, as JSON of records; only without a file. */
  snapshot: v.nullable(v.string()),
});
export type JournalHeader = v.InferOutput<typeof HeaderSchema>;

export interface JournalContent {
  readonly header: JournalHeader;
  /** Payloads after the header that are whole. */
  readonly frames: readonly Buffer[];
  /** Bytes up to the end of the last whole frame. */
  readonly wholeBytes: number;
  /** True when something behind that had to be cut off. */
  readonly isTorn: boolean;
}

/**
 * Reads a journal as far as it is whole.
 * @throws MienError 'project-unreadable' when not even the header is; 'project-from-future' is never thrown: an unknown
 * version counts as unreadable
 */
export function readJournal(file: string): JournalContent {
  const descriptor = openSync(file, 'r');
  try {
    const size = fstatSync(descriptor).size;
    const magic = readAt(descriptor, 0, MAGIC.length);
    if (!magic?.equals(MAGIC)) throw unreadable('it does not begin like one');
    const frames: Buffer[] = [];
    let at = MAGIC.length;
    for (;;) {
      const frame = readFrame(descriptor, at, size);
      if (!frame) break;
      frames.push(frame);
      at += FRAME_BYTES + frame.length;
    }
    if (frames.length === 0) throw unreadable('its header is cut off');
    return { header: parseHeader(frames[0]), frames: frames.slice(1), wholeBytes: at, isTorn: at < size };
  } finally {
    closeSync(descriptor);
  }
}

/** Appends to a journal; what `append` returned from survives the end of this process, and within a second a power cut. */
export class JournalWriter {
  private syncTimer: ReturnType<typeof setTimeout> | null = null;

  private bytes: number;

  private constructor(
    readonly file: string,
    private readonly descriptor: number,
  ) {
    this.bytes = fstatSync(descriptor).size;
  }

  /** A new journal with its header. Fails when the file exists. */
  static create(file: string, header: JournalHeader): JournalWriter {
    const writer = new JournalWriter(file, openSync(file, 'ax'));
    writeAll(writer.descriptor, MAGIC);
    writer.bytes = MAGIC.length;
    writer.append(Buffer.from(JSON.stringify(header)));
    return writer;
  }

  /** Goes on with a journal of an earlier run; a torn end is cut off first. */
  static resume(file: string): JournalWriter {
    const { wholeBytes, isTorn } = readJournal(file);
    const descriptor = openSync(file, 'r+');
    if (isTorn) ftruncateSync(descriptor, wholeBytes);
    closeSync(descriptor);
    return new JournalWriter(file, openSync(file, 'a'));
  }

  /** Hands one frame to the system. Throws what the file system says (full, gone). */
  append(payload: Uint8Array): void {
    const head = Buffer.alloc(FRAME_BYTES);
    head.writeUInt32LE(payload.byteLength, 0);
    head.writeUInt32LE(crc32(payload), 4);
    try {
      writeAll(this.descriptor, Buffer.concat([head, payload]));
    } catch (error) {
      // Half a frame would hide everything that is appended once there is room again.
      ftruncateSync(this.descriptor, this.bytes);
      throw error;
    }
    this.bytes += FRAME_BYTES + payload.byteLength;
    this.syncTimer ??= setTimeout(() => {
      this.syncTimer = null;
      fsync(this.descriptor, () => undefined);
    }, SYNC_AFTER_MS);
  }

  sync(): void {
    if (this.syncTimer) clearTimeout(this.syncTimer);
    this.syncTimer = null;
    fsyncSync(this.descriptor);
  }

  close(): void {
    if (this.syncTimer) this.sync();
    closeSync(this.descriptor);
  }
}

function writeAll(descriptor: number, bytes: Buffer): void {
  let offset = 0;
  while (offset < bytes.length) offset += writeSync(descriptor, bytes, offset);
}

function readFrame(descriptor: number, at: number, size: number): Buffer | null {
  const head = readAt(descriptor, at, FRAME_BYTES);
  if (!head) return null;
  const length = head.readUInt32LE(0);
  if (length > MAX_FRAME_BYTES || at + FRAME_BYTES + length > size) return null;
  const payload = readAt(descriptor, at + FRAME_BYTES, length);
  return payload && crc32(payload) === head.readUInt32LE(4) ? payload : null;
}

function readAt(descriptor: number, at: number, length: number): Buffer | null {
  const bytes = Buffer.alloc(length);
  let got = 0;
  while (got < length) {
    const count = readSync(descriptor, bytes, got, length - got, at + got);
    if (count === 0) return null;
    got += count;
  }
  return bytes;
}

function parseHeader(payload: Buffer): JournalHeader {
  try {
    return v.parse(HeaderSchema, JSON.parse(payload.toString('utf8')));
  } catch (cause) {
    throw unreadable('its header is damaged', cause);
  }
}

function unreadable(why: string, cause?: unknown): MienError {
  return new MienError(
    'project-unreadable',
    `The journal of unsaved work cannot be read: ${why}.`,
    'Open the saved version instead.',
    { cause },
  );
}

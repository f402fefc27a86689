import type { JournalEntry } from '../../../core/document/journalEntry';

/** Kinds of frames: an entry as JSON, one second of base curves. */
const ENTRY = 0x4a;
const CHUNK = 0x43;

export function encodeEntry(entryJson: string): Uint8Array {
  return Buffer.concat([Buffer.from([ENTRY]), Buffer.from(entryJson, 'utf8')]);
}

/** 'C', uint16 length of the id, the id, the floats. */
export function encodeChunk(id: string, samples: Float32Array): Uint8Array {
  const name = Buffer.from(id, 'latin1');
  const head = Buffer.alloc(3);
  head[0] = CHUNK;
  head.writeUInt16LE(name.length, 1);
  return Buffer.concat([head, name, Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)]);
}

export type Frame =
  | { readonly kind: 'entry'; readonly json: string }
  | { readonly kind: 'chunk'; readonly id: string; readonly samples: Float32Array }
  | { readonly kind: 'unknown' };

export function decodeFrame(payload: Buffer): Frame {
  if (payload[0] === ENTRY) return { kind: 'entry', json: payload.toString('utf8', 1) };
  if (payload[0] !== CHUNK || payload.length < 3) return { kind: 'unknown' };
  const start = 3 + payload.readUInt16LE(1);
  if (start > payload.length || (payload.length - start) % 4 !== 0) return { kind: 'unknown' };
  // A copy, so that the floats are aligned.
  const samples = new Float32Array(Uint8Array.from(payload.subarray(start)).buffer);
  if (!samples.every(Number.isFinite)) return { kind: 'unknown' };
  return { kind: 'chunk', id: payload.toString('latin1', 3, start), samples };
}

/** The mark of a save that begins. */
export function saveMark(token: string, atMs: number): JournalEntry {
  return { kind: 'save', atMs, label: 'Save', token, records: {} };
}

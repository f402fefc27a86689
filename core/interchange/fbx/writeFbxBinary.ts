import { MienError } from '../../errors';
import type { FbxRecord } from './fbxRecord';

/** FBX 7.4: the newest version whose offsets are 32 bit, and the one every importer reads. */
export const FBX_VERSION = 7400;
/** `Kaydara FBX Binary`, two spaces, 00 1A 00, then the version: 27 bytes. */
const HEADER_BYTES = 27;
const HEADER_MAGIC = [...new TextEncoder().encode('Kaydara FBX Binary  '), 0x00, 0x1a, 0x00];
const NULL_RECORD_BYTES = 13;
/** Footer constants as every FBX 7 file carries them; they match FILE_ID and CREATION_TIME. */
const FOOTER_ID = hex('FABCAB09D0C8D466B176FB831CF7267E');
const FOOTER_MAGIC = hex('F85A8C6ADEF5D97EECE90CE3758F290B');
export const FILE_ID = hex('28B32AEBB624CCC2BFC8B02AA92BFCF1');
export const CREATION_TIME = '1970-01-01 10:00:00:000';

/** Without a null record in these, libassimp silently drops all animation. */
const ALWAYS_NESTED = new Set(['AnimationStack', 'AnimationLayer']);
const MAX_BYTES = 0xffffffff;

/**
 * Lays out FBX binary 7400: header, top-level records, null record, footer. The same records give the same bytes.
 * @throws MienError 'export-failed' when the file would pass 4 GB, which 32-bit offsets cannot address
 */
export function writeFbxBinary(records: readonly FbxRecord[]): Uint8Array {
  const sizes = new Map<FbxRecord, number>();
  let contentEnd = HEADER_BYTES + NULL_RECORD_BYTES;
  for (const top of records) contentEnd += measure(top, sizes);
  const padding = 16 - ((contentEnd + FOOTER_ID.length + 4) % 16);
  const total = contentEnd + FOOTER_ID.length + 4 + padding + 4 + 120 + FOOTER_MAGIC.length;
  if (total > MAX_BYTES) {
    throw new MienError(
      'export-failed',
      'The FBX file would be larger than 4 GB.',
      'Export a shorter line or a lower frame rate.',
    );
  }
  const bytes = new Uint8Array(total);
  const view = new DataView(bytes.buffer);
  bytes.set(HEADER_MAGIC, 0);
  view.setUint32(23, FBX_VERSION, true);
  let offset = HEADER_BYTES;
  for (const top of records) offset = write(top, offset, bytes, view, sizes);
  offset += NULL_RECORD_BYTES;
  bytes.set(FOOTER_ID, offset);
  view.setUint32(offset + FOOTER_ID.length + 4 + padding, FBX_VERSION, true);
  bytes.set(FOOTER_MAGIC, total - FOOTER_MAGIC.length);
  return bytes;
}

function hasNullRecord(node: FbxRecord): boolean {
  return node.children.length > 0 || node.properties.length === 0 || ALWAYS_NESTED.has(node.name);
}

function measure(node: FbxRecord, sizes: Map<FbxRecord, number>): number {
  let size = 13 + node.name.length + propertyBytes(node);
  for (const child of node.children) size += measure(child, sizes);
  if (hasNullRecord(node)) size += NULL_RECORD_BYTES;
  sizes.set(node, size);
  return size;
}

function write(node: FbxRecord, start: number, bytes: Uint8Array, view: DataView, sizes: ReadonlyMap<FbxRecord, number>): number {
  const end = start + (sizes.get(node) ?? 0);
  view.setUint32(start, end, true);
  view.setUint32(start + 4, node.properties.length, true);
  view.setUint32(start + 8, propertyBytes(node), true);
  bytes[start + 12] = node.name.length;
  // Record names are ours and ASCII.
  for (let index = 0; index < node.name.length; index++) bytes[start + 13 + index] = node.name.charCodeAt(index);
  let offset = start + 13 + node.name.length;
  for (const property of node.properties) {
    bytes.set(property, offset);
    offset += property.byteLength;
  }
  for (const child of node.children) offset = write(child, offset, bytes, view, sizes);
  return end;
}

function propertyBytes(node: FbxRecord): number {
  return node.properties.reduce((sum, property) => sum + property.byteLength, 0);
}

function hex(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

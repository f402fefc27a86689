import { unzlibSync } from 'fflate';

/** A parsed property: numbers, text, bytes, or an array. */
export type FbxValue = number | bigint | boolean | string | Uint8Array | Float64Array | Float32Array | Int32Array | BigInt64Array;

/** A parsed record. */
export interface FbxNode {
  readonly name: string;
  readonly properties: readonly FbxValue[];
  readonly children: readonly FbxNode[];
}

/** What a damaged file is reported with: where and what. */
export class FbxFormatError extends Error {
  constructor(
    readonly rule: string,
    message: string,
  ) {
    super(message);
    this.name = 'FbxFormatError';
  }
}

const MAX_DEPTH = 32;
const MAX_RECORDS = 4_000_000;
/** All inflated arrays together. */
const MAX_INFLATED_BYTES = 2 * 1024 ** 3;
/** Deflate cannot do better than about 1032 : 1. */
const MAX_RATIO = 1100;
const WIDTHS: Readonly<Record<string, number>> = { f: 4, i: 4, d: 8, l: 8, b: 1 };

/**
 * Parses FBX binary 7.0 to 7.4 strictly: every record must end where it says, arrays must have the length they say.
 * Also checks the footer. Written apart from the writer, so that a mistake in one is seen by the other.
 * @throws FbxFormatError
 */
export function readFbxBinary(bytes: Uint8Array): { version: number; nodes: FbxNode[] } {
  const reader = new Reader(bytes);
  return reader.file();
}

class Reader {
  private readonly view: DataView;
  private readonly text = new TextDecoder('utf-8', { fatal: true });
  private records = 0;
  private inflated = 0;

  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  file(): { version: number; nodes: FbxNode[] } {
    if (this.bytes.length < 27 || this.string(0, 18) !== 'Kaydara FBX Binary')
      fail('fbx-header', 'This is not a binary FBX file.');
    if (this.bytes[20] !== 0 || this.bytes[21] !== 0x1a || this.bytes[22] !== 0) fail('fbx-header', 'The header is damaged.');
    const version = this.view.getUint32(23, true);
    if (version < 7000 || version >= 7500) fail('fbx-version', `Version ${version} is not read; 7000 to 7499 are.`);
    const nodes: FbxNode[] = [];
    let offset = 27;
    for (;;) {
      const found = this.record(offset, this.bytes.length, 0);
      offset = found.end;
      if (!found.node) break;
      nodes.push(found.node);
    }
    this.footer(offset, version);
    return { version, nodes };
  }

  private footer(offset: number, version: number): void {
    const tail = this.bytes.length - 16;
    const magic = [0xf8, 0x5a, 0x8c, 0x6a, 0xde, 0xf5, 0xd9, 0x7e, 0xec, 0xe9, 0x0c, 0xe3, 0x75, 0x8f, 0x29, 0x0b];
    if (tail < offset + 144 || magic.some((byte, index) => this.bytes[tail + index] !== byte)) {
      fail('fbx-footer', 'The footer is missing or damaged: the file is probably cut short.');
    }
    if (this.view.getUint32(tail - 124, true) !== version)
      fail('fbx-footer', 'The footer names another version than the header.');
  }

  private record(start: number, limit: number, depth: number): { node: FbxNode | null; end: number } {
    if (start + 13 > limit) fail('fbx-record-end', `A record at byte ${start} runs past its parent's end.`);
    const end = this.view.getUint32(start, true);
    const count = this.view.getUint32(start + 4, true);
    const propertyBytes = this.view.getUint32(start + 8, true);
    const nameLength = this.bytes[start + 12];
    if (end === 0) {
      if (count !== 0 || propertyBytes !== 0 || nameLength !== 0)
        fail('fbx-null-record', `The null record at byte ${start} is not empty.`);
      return { node: null, end: start + 13 };
    }
    if (++this.records > MAX_RECORDS || depth > MAX_DEPTH) fail('fbx-size', 'The file has more records than a scene can need.');
    const propertyStart = start + 13 + nameLength;
    const propertyEnd = propertyStart + propertyBytes;
    if (end > limit || propertyEnd > end)
      fail('fbx-record-end', `The record at byte ${start} ends at ${end}, outside its parent.`);
    const name = this.string(start + 13, nameLength);
    const properties = this.properties(propertyStart, propertyEnd, count, name);
    const children: FbxNode[] = [];
    let offset = propertyEnd;
    while (offset < end) {
      const found = this.record(offset, end, depth + 1);
      offset = found.end;
      if (!found.node) break;
      children.push(found.node);
    }
    if (offset !== end)
      fail('fbx-record-end', `Record ${name} at byte ${start} says it ends at ${end} but its content ends at ${offset}.`);
    return { node: { name, properties, children }, end };
  }

  private properties(start: number, end: number, count: number, name: string): FbxValue[] {
    const values: FbxValue[] = [];
    let offset = start;
    for (let index = 0; index < count; index++) {
      if (offset >= end) fail('fbx-properties', `Record ${name} lacks properties it announces.`);
      const letter = String.fromCharCode(this.bytes[offset]);
      const [value, size] = this.property(letter, offset + 1, end, name);
      values.push(value);
      offset += 1 + size;
    }
    if (offset !== end) fail('fbx-properties', `The properties of record ${name} do not fill the bytes they announce.`);
    return values;
  }

  private property(letter: string, at: number, end: number, name: string): [FbxValue, number] {
    const need = (size: number): void => {
      if (at + size > end) fail('fbx-properties', `A property of record ${name} is cut short.`);
    };
    switch (letter) {
      case 'C':
        need(1);
        return [this.bytes[at] !== 0, 1];
      case 'Y':
        need(2);
        return [this.view.getInt16(at, true), 2];
      case 'I':
        need(4);
        return [this.view.getInt32(at, true), 4];
      case 'F':
        need(4);
        return [this.view.getFloat32(at, true), 4];
      case 'D':
        need(8);
        return [this.view.getFloat64(at, true), 8];
      case 'L':
        need(8);
        return [this.view.getBigInt64(at, true), 8];
      case 'S':
      case 'R': {
        need(4);
        const length = this.view.getUint32(at, true);
        need(4 + length);
        return [letter === 'S' ? this.string(at + 4, length) : this.bytes.slice(at + 4, at + 4 + length), 4 + length];
      }
      default:
        if (!(letter in WIDTHS)) fail('fbx-properties', `Record ${name} has a property of unknown type ${this.bytes[at - 1]}.`);
        need(12);
        return this.array(letter, at, end, name);
    }
  }

  private array(letter: string, at: number, end: number, name: string): [FbxValue, number] {
    const count = this.view.getUint32(at, true);
    const encoding = this.view.getUint32(at + 4, true);
    const stored = this.view.getUint32(at + 8, true);
    if (at + 12 + stored > end || encoding > 1) fail('fbx-array', `An array of record ${name} is damaged.`);
    const expected = count * WIDTHS[letter];
    const payload = this.bytes.slice(at + 12, at + 12 + stored);
    this.inflated += expected;
    if (this.inflated > MAX_INFLATED_BYTES || (encoding === 1 && expected > stored * MAX_RATIO + 1024)) {
      fail('fbx-array', `An array of record ${name} claims an impossible length.`);
    }
    const raw = encoding === 1 ? inflate(payload, expected, name) : payload;
    if (raw.byteLength !== expected)
      fail('fbx-array', `An array of record ${name} has ${raw.byteLength} bytes instead of ${expected}.`);
    return [typedArray(letter, raw), 12 + stored];
  }

  private string(start: number, length: number): string {
    try {
      return this.text.decode(this.bytes.subarray(start, start + length));
    } catch {
      return fail('fbx-text', `The text at byte ${start} is not UTF-8.`);
    }
  }
}

function inflate(payload: Uint8Array, expected: number, name: string): Uint8Array {
  try {
    return unzlibSync(payload, { out: new Uint8Array(expected) });
  } catch {
    return fail('fbx-array', `An array of record ${name} cannot be decompressed.`);
  }
}

function typedArray(letter: string, raw: Uint8Array): FbxValue {
  // A copy starts at offset 0, as the wider views need.
  const buffer = raw.byteOffset === 0 && raw.byteLength === raw.buffer.byteLength ? raw.buffer : raw.slice().buffer;
  if (letter === 'd') return new Float64Array(buffer);
  if (letter === 'f') return new Float32Array(buffer);
  if (letter === 'i') return new Int32Array(buffer);
  if (letter === 'l') return new BigInt64Array(buffer);
  return raw;
}

function fail(rule: string, message: string): never {
  throw new FbxFormatError(rule, message);
}

import { zlibSync } from 'fflate';

/** A property of an FBX record, already encoded: one type letter and its bytes. */
export type FbxProperty = Uint8Array;

/** One record of an FBX file: a name, properties, and records inside it. */
export interface FbxRecord {
  readonly name: string;
  readonly properties: readonly FbxProperty[];
  readonly children: readonly FbxRecord[];
}

/** Builds a record; arguments after the properties are its children. */
export function record(name: string, properties: readonly FbxProperty[] = [], children: readonly FbxRecord[] = []): FbxRecord {
  return { name, properties, children };
}

function scalar(letter: string, size: number, write: (view: DataView) => void): FbxProperty {
  const bytes = new Uint8Array(1 + size);
  bytes[0] = letter.charCodeAt(0);
  write(new DataView(bytes.buffer, 1));
  return bytes;
}

export const fbxBool = (value: boolean): FbxProperty => scalar('C', 1, (view) => view.setUint8(0, value ? 1 : 0));
export const fbxInt32 = (value: number): FbxProperty => scalar('I', 4, (view) => view.setInt32(0, value, true));
export const fbxInt64 = (value: bigint): FbxProperty => scalar('L', 8, (view) => view.setBigInt64(0, value, true));
export const fbxDouble = (value: number): FbxProperty => scalar('D', 8, (view) => view.setFloat64(0, value, true));

/** UTF-8, no terminator. */
export const fbxString = (text: string): FbxProperty => lengthPrefixed('S', new TextEncoder().encode(text));
export const fbxRaw = (bytes: Uint8Array): FbxProperty => lengthPrefixed('R', bytes);

/** The name of an object as FBX stores it: name, 00 01, class. */
export const fbxObjectName = (name: string, className: string): FbxProperty => fbxString(`${name}\u0000\u0001${className}`);

function lengthPrefixed(letter: string, payload: Uint8Array): FbxProperty {
  const bytes = new Uint8Array(5 + payload.byteLength);
  bytes[0] = letter.charCodeAt(0);
  new DataView(bytes.buffer).setUint32(1, payload.byteLength, true);
  bytes.set(payload, 5);
  return bytes;
}

/** Arrays below this many bytes are stored as they are: compressing them saves nothing (Blender's writer uses the same bound). */
const COMPRESS_FROM_BYTES = 128;

export const fbxDoubles = (values: ArrayLike<number>): FbxProperty => array('d', toTyped(Float64Array, values));
export const fbxFloats = (values: ArrayLike<number>): FbxProperty => array('f', toTyped(Float32Array, values));
export const fbxInts = (values: ArrayLike<number>): FbxProperty => array('i', toTyped(Int32Array, values));
export const fbxLongs = (values: BigInt64Array): FbxProperty => array('l', values);

function toTyped<T extends Float64Array | Float32Array | Int32Array>(
  type: { new (values: ArrayLike<number>): T },
  values: ArrayLike<number>,
): T {
  return values instanceof type ? values : new type(values);
}

/** count, encoding (1 = zlib), byte length, bytes. Every platform JavaScript runs on is little-endian, as FBX is. */
function array(letter: string, values: Float64Array | Float32Array | Int32Array | BigInt64Array): FbxProperty {
  const raw = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const compressed = raw.byteLength >= COMPRESS_FROM_BYTES;
  const payload = compressed ? zlibSync(raw) : raw;
  const bytes = new Uint8Array(13 + payload.byteLength);
  const view = new DataView(bytes.buffer);
  bytes[0] = letter.charCodeAt(0);
  view.setUint32(1, values.length, true);
  view.setUint32(5, compressed ? 1 : 0, true);
  view.setUint32(9, payload.byteLength, true);
  bytes.set(payload, 13);
  return bytes;
}

import { unreadable } from './checkGlbStructure';

/** One animated property of one node. */
export interface AppendedChannel {
  /** Index of the node in the file. */
  readonly node: number;
  readonly path: 'weights' | 'rotation';
  /** All values of frame 0, then of frame 1, ... */
  readonly values: Float32Array;
}

interface GlbJson {
  buffers?: { byteLength: number; uri?: string }[];
  bufferViews?: unknown[];
  accessors?: unknown[];
  animations?: unknown[];
  [key: string]: unknown;
}

const FLOAT = 5126;
const JSON_CHUNK = 0x4e4f534a;
const BIN_CHUNK = 0x004e4942;

/**
 * Puts one linear animation into a GLB and leaves every other byte of meaning as it was: extensions nobody here knows (VRM,
 * toon materials, compressed geometry), extras, textures, the order of everything. Animations it had are replaced. This writes
 * glTF by hand because no library passes unknown extensions through.
 */
export function appendAnimation(
  glb: Uint8Array,
  name: string,
  times: Float32Array,
  channels: readonly AppendedChannel[],
): Uint8Array {
  const { json, binary } = splitGlb(glb);
  const parts: Uint8Array[] = [binary];
  let length = binary.byteLength;
  json.buffers ??= [];
  if (json.buffers.length === 0) json.buffers.push({ byteLength: 0 });
  if (json.buffers[0].uri !== undefined) throw unreadable('its first buffer lies in another file');
  json.bufferViews ??= [];
  json.accessors ??= [];
  const addAccessor = (values: Float32Array, type: 'SCALAR' | 'VEC4', bounds: object = {}): number => {
    const padding = (4 - (length % 4)) % 4;
    if (padding > 0) parts.push(new Uint8Array(padding));
    length += padding;
    json.bufferViews!.push({ buffer: 0, byteOffset: length, byteLength: values.byteLength });
    parts.push(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    length += values.byteLength;
    const count = type === 'VEC4' ? values.length / 4 : values.length;
    json.accessors!.push({ bufferView: json.bufferViews!.length - 1, componentType: FLOAT, count, type, ...bounds });
    return json.accessors!.length - 1;
  };
  const input = addAccessor(times, 'SCALAR', { min: [times[0]], max: [times[times.length - 1]] });
  const outputs = new Map<Float32Array, number>();
  const samplers: unknown[] = [];
  const targets = channels.map(({ node, path, values }) => {
    const output = outputs.get(values) ?? addAccessor(values, path === 'rotation' ? 'VEC4' : 'SCALAR');
    outputs.set(values, output);
    samplers.push({ input, output, interpolation: 'LINEAR' });
    return { sampler: samplers.length - 1, target: { node, path } };
  });
  json.animations = [{ name, samplers, channels: targets }];
  json.buffers[0].byteLength = length;
  return joinGlb(json, parts, length);
}

function splitGlb(glb: Uint8Array): { json: GlbJson; binary: Uint8Array } {
  const view = new DataView(glb.buffer, glb.byteOffset, glb.byteLength);
  const jsonLength = view.getUint32(12, true);
  const json = JSON.parse(new TextDecoder().decode(glb.subarray(20, 20 + jsonLength))) as GlbJson;
  const at = 20 + jsonLength;
  if (at + 8 > glb.byteLength) return { json, binary: new Uint8Array(0) };
  if (view.getUint32(at + 4, true) !== BIN_CHUNK) throw unreadable('its second part is not its data');
  const binary = glb.subarray(at + 8, at + 8 + view.getUint32(at, true));
  // The chunk may be padded past the buffer it holds.
  return { json, binary: binary.subarray(0, json.buffers?.[0]?.byteLength ?? binary.byteLength) };
}

function joinGlb(json: GlbJson, parts: readonly Uint8Array[], binaryLength: number): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(json));
  const jsonLength = Math.ceil(text.byteLength / 4) * 4;
  const binLength = Math.ceil(binaryLength / 4) * 4;
  const out = new Uint8Array(12 + 8 + jsonLength + 8 + binLength);
  const view = new DataView(out.buffer);
  view.setUint32(0, 0x46546c67, true);
  view.setUint32(4, 2, true);
  view.setUint32(8, out.byteLength, true);
  view.setUint32(12, jsonLength, true);
  view.setUint32(16, JSON_CHUNK, true);
  out.fill(0x20, 20, 20 + jsonLength);
  out.set(text, 20);
  view.setUint32(20 + jsonLength, binLength, true);
  view.setUint32(24 + jsonLength, BIN_CHUNK, true);
  let at = 28 + jsonLength;
  for (const part of parts) {
    out.set(part, at);
    at += part.byteLength;
  }
  return out;
}

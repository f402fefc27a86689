import type { GLTF } from '@gltf-transform/core';

const MAGIC = 0x46546c67;
const CHUNK_JSON = 0x4e4f534a;
const CHUNK_BIN = 0x004e4942;

/**
 * One GLB of a glTF JSON and its only buffer. For files with extensions of the root that glTF-Transform has no class for;
 * everything else is written by its own writer. Source: glTF 2.0 specification, GLB file format.
 */
export function packGlb(json: GLTF.IGLTF, binary: Uint8Array): Uint8Array {
  const buffers = json.buffers?.map(({ uri: _uri, ...rest }) => rest);
  const text = padded(new TextEncoder().encode(JSON.stringify({ ...json, buffers })), 0x20);
  const data = padded(binary, 0);
  const glb = new Uint8Array(12 + 8 + text.length + 8 + data.length);
  const view = new DataView(glb.buffer);
  const words: readonly (readonly [number, number])[] = [
    [0, MAGIC],
    [4, 2],
    [8, glb.length],
    [12, text.length],
    [16, CHUNK_JSON],
    [20 + text.length, data.length],
    [24 + text.length, CHUNK_BIN],
  ];
  for (const [offset, word] of words) view.setUint32(offset, word, true);
  glb.set(text, 20);
  glb.set(data, 28 + text.length);
  return glb;
}

/** Chunks are padded to four bytes: JSON with spaces, binary with zeros. */
function padded(bytes: Uint8Array, filler: number): Uint8Array {
  const result = new Uint8Array(Math.ceil(bytes.length / 4) * 4).fill(filler);
  result.set(bytes);
  return result;
}

import { MienError } from '../../errors';

const REMEDY =
  'Export the character again as a binary glTF 2.0 file (.glb) with everything embedded, and check it with `mien validate`.';

/** Most elements all accessors of a character may have together; 52 dense targets on 100,000 vertices are 10 million. */
const MAX_ACCESSOR_ELEMENTS = 50_000_000;

/**
 * Looks at a GLB before a parser trusts it: magic, version, chunk lengths, accessor sizes, and that the nodes form a tree
 * (a loop would never end).
 * @throws MienError 'character-unreadable'
 */
export function checkGlbStructure(glb: Uint8Array): void {
  checkGltfObject(parseJsonChunk(glb));
}

/**
 * The same for the bytes of a .gltf text.
 * @throws MienError 'character-unreadable'
 */
export function checkGltfTextStructure(text: Uint8Array): void {
  checkGltfObject(parseObject(text));
}

function checkGltfObject(json: Record<string, unknown>): void {
  const accessors = listOf(json, 'accessors');
  let elements = 0;
  for (const accessor of accessors) {
    const count = accessor.count;
    if (typeof count !== 'number' || !Number.isInteger(count) || count < 0) throw unreadable('an accessor has no valid count');
    elements += count;
  }
  if (elements > MAX_ACCESSOR_ELEMENTS) throw unreadable(`its arrays hold ${elements} elements, more than Mien reads`);
  checkNodeTree(listOf(json, 'nodes'));
}

function parseJsonChunk(glb: Uint8Array): Record<string, unknown> {
  if (glb.byteLength < 20) throw unreadable('it is too short to be a GLB');
  const view = new DataView(glb.buffer, glb.byteOffset, glb.byteLength);
  if (view.getUint32(0, true) !== 0x46546c67) throw unreadable('it is not a binary glTF file');
  if (view.getUint32(4, true) !== 2) throw unreadable(`it is glTF version ${view.getUint32(4, true)}, not 2`);
  if (view.getUint32(8, true) > glb.byteLength) throw unreadable('it is cut short');
  const jsonLength = view.getUint32(12, true);
  if (view.getUint32(16, true) !== 0x4e4f534a || 20 + jsonLength > glb.byteLength) throw unreadable('its JSON part is damaged');
  return parseObject(glb.subarray(20, 20 + jsonLength));
}

function parseObject(text: Uint8Array): Record<string, unknown> {
  try {
    const json: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(text));
    if (isRecord(json)) return json;
  } catch (cause) {
    throw unreadable('its JSON part cannot be parsed', cause);
  }
  throw unreadable('its JSON part is not an object');
}

/** Every node has at most one parent and no node is below itself. */
function checkNodeTree(nodes: Record<string, unknown>[]): void {
  const parent = new Int32Array(nodes.length).fill(-1);
  nodes.forEach((node, index) => {
    for (const child of Array.isArray(node.children) ? node.children : []) {
      if (!Number.isInteger(child) || child < 0 || child >= nodes.length)
        throw unreadable(`node ${index} names a child that does not exist`);
      if (parent[child] >= 0) throw unreadable(`node ${child} has two parents`);
      parent[child] = index;
    }
  });
  for (let start = 0; start < nodes.length; start++) {
    let steps = 0;
    for (let at = start; at >= 0; at = parent[at]) {
      if (++steps > nodes.length) throw unreadable('its nodes form a loop');
    }
  }
}

function listOf(json: Record<string, unknown>, key: string): Record<string, unknown>[] {
  const list = json[key];
  if (list === undefined) return [];
  if (!Array.isArray(list) || !list.every(isRecord)) throw unreadable(`its list of ${key} is damaged`);
  return list;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The one error of the character readers. */
export function unreadable(why: string, cause?: unknown): MienError {
  return new MienError('character-unreadable', `The character file cannot be used: ${why}.`, REMEDY, { cause });
}

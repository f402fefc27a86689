import { createHash } from 'node:crypto';
import { readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { Logger, WebIO, type Accessor, type Document, type GLTF } from '@gltf-transform/core';
import { ALL_EXTENSIONS } from '@gltf-transform/extensions';
import { MeshoptDecoder } from 'meshoptimizer';
import { MienError } from '../../core/errors';
import {
  mapCharacter,
  namedTargets,
  targetExtent,
  type CharacterMapping,
  type NamedExpression,
} from '../../core/interchange/character/mapCharacter';
import { readCharacter, targetNamesOf } from '../../core/interchange/character/readCharacter';
import { vrmExpressions } from '../../core/interchange/character/vrmExpressions';
import { checkGlbStructure, unreadable } from '../../core/interchange/gltf/checkGlbStructure';
import { pupilDistanceOf } from '../../core/rig/pupilDistance';
import { toFileError } from '../project/fileErrors';

/** A character of the user, ready to be shown and to be written onto. */
export interface PreparedCharacter {
  readonly name: string;
  readonly fileName: string;
  /** Of `originalGlb`. */
  readonly sha256: string;
  /** The user's file; a .gltf with its parts is packed into one. */
  readonly originalGlb: Uint8Array;
  /** The same as plain glTF: no compression, plain floats, nothing outside. */
  readonly plainGlb: Uint8Array;
  readonly mapping: CharacterMapping;
  /** Metres between its eyes; null when its joints do not tell. */
  readonly pupilDistanceMetres: number | null;
  readonly notices: readonly string[];
}

/** Larger files are scenes, not characters. */
const LARGEST_BYTES = 1024 ** 3;
/** Extensions that only say how arrays are packed; gone once they are unpacked. */
const PACKING = ['KHR_draco_mesh_compression', 'EXT_meshopt_compression', 'KHR_mesh_quantization', 'KHR_texture_basisu'];

/**
 * Reads a .glb, .gltf or .vrm: unpacks Draco, meshopt and quantised arrays, takes in parts that lie beside a .gltf (never
 * outside its folder, never from a network), and maps its targets by name.
 * @throws MienError 'character-unreadable' or 'file-access'
 */
export async function prepareCharacter(file: string): Promise<PreparedCharacter> {
  const bytes = await readBounded(file);
  const fileName = path.basename(file);
  const originalGlb = isGlb(bytes) ? bytes : await packGltf(bytes, path.dirname(file));
  return prepareCharacterBytes(originalGlb, fileName);
}

/** The same for the bytes of a GLB (or VRM), as a project keeps them. */
export async function prepareCharacterBytes(originalGlb: Uint8Array, fileName: string): Promise<PreparedCharacter> {
  checkGlbStructure(originalGlb);
  const notices: string[] = [];
  const document = await parse(async (io) => io.readBinary(originalGlb));
  await makePlain(document, notices);
  const plainGlb = await createIo().writeBinary(document);
  const scene = await readCharacter(plainGlb, { needsChannels: false });
  const mapping = mapCharacter(namedTargets(scene), targetExtent(scene), namedExpressions(document, jsonOfGlb(originalGlb)));
  return {
    name: path.parse(fileName).name || 'character',
    fileName,
    sha256: createHash('sha256').update(originalGlb).digest('hex'),
    originalGlb,
    plainGlb,
    mapping,
    pupilDistanceMetres: pupilDistanceOf(scene.nodes, scene.joints),
    notices,
  };
}

/** The expressions of a VRM with the names of meshes and targets, as the mapping wants them. */
function namedExpressions(document: Document, json: unknown): NamedExpression[] {
  const root = document.getRoot();
  const nodes = root.listNodes();
  const meshes = root.listMeshes();
  return vrmExpressions(json).flatMap(({ expression, on, targetIndex, share }) => {
    const found = 'node' in on ? [nodes[on.node]] : nodes.filter((node) => node.getMesh() === meshes[on.mesh]);
    return found.flatMap((node) => {
      const mesh = node?.getMesh();
      const target = mesh && targetNamesOf(mesh)[targetIndex];
      return mesh && target ? [{ expression, mesh: node.getName() || mesh.getName(), target, share }] : [];
    });
  });
}

/** The JSON of a GLB whose structure was checked. */
function jsonOfGlb(glb: Uint8Array): unknown {
  const length = new DataView(glb.buffer, glb.byteOffset).getUint32(12, true);
  return JSON.parse(new TextDecoder().decode(glb.subarray(20, 20 + length)));
}

function createIo(): WebIO {
  return new WebIO().registerExtensions(ALL_EXTENSIONS).setLogger(new Logger(Logger.Verbosity.SILENT));
}

async function parse(read: (io: WebIO) => Promise<Document>): Promise<Document> {
  const io = createIo();
  try {
    await MeshoptDecoder.ready;
    io.registerDependencies({ 'meshopt.decoder': MeshoptDecoder, 'draco3d.decoder': await dracoDecoder() });
    return await read(io);
  } catch (cause) {
    if (cause instanceof MienError) throw cause;
    throw unreadable(`the glTF parser says: ${String(cause instanceof Error ? cause.message : cause).slice(0, 200)}`, cause);
  }
}

let draco: Promise<unknown> | null = null;
/** Loaded with the first character: most have no use for it, and it is a large piece of wasm. */
function dracoDecoder(): Promise<unknown> {
  draco ??= import('draco3dgltf').then((loaded) => {
    // CommonJS: bundlers and Node disagree on where its exports are.
    const module = 'createDecoderModule' in loaded ? loaded : (loaded as { default: typeof loaded }).default;
    return module.createDecoderModule();
  });
  return draco;
}

/** Plain floats, no packing, no animations, no textures a window cannot show. */
async function makePlain(document: Document, notices: string[]): Promise<void> {
  const root = document.getRoot();
  for (const mesh of root.listMeshes()) {
    for (const primitive of mesh.listPrimitives()) {
      for (const semantic of primitive.listSemantics()) {
        if (!/^JOINTS_|^COLOR_/.test(semantic)) toFloats(primitive.getAttribute(semantic));
      }
      for (const target of primitive.listTargets())
        for (const semantic of target.listSemantics()) toFloats(target.getAttribute(semantic));
    }
  }
  for (const animation of root.listAnimations()) animation.dispose();
  const compressed = root.listTextures().filter((texture) => !/^image\/(png|jpeg|webp)$/.test(texture.getMimeType()));
  for (const texture of compressed) texture.dispose();
  if (compressed.length > 0)
    notices.push(
      `Textures in a format the viewport cannot show (KTX2, AVIF) are left out of the picture and of .fbx and .gltf; .glb keeps them: ${compressed.length}.`,
    );
  for (const extension of root.listExtensionsUsed()) if (PACKING.includes(extension.extensionName)) extension.dispose();
}

function toFloats(accessor: Accessor | null): void {
  const array = accessor?.getArray();
  if (!accessor || !array || array instanceof Float32Array) return;
  const size = accessor.getElementSize();
  const values = new Float32Array(array.length);
  const element: number[] = [];
  for (let index = 0; index < accessor.getCount(); index += 1) {
    accessor.getElement(index, element);
    for (let part = 0; part < size; part += 1) values[index * size + part] = element[part];
  }
  accessor.setArray(values).setNormalized(false);
}

async function packGltf(bytes: Uint8Array, folder: string): Promise<Uint8Array> {
  let json: GLTF.IGLTF;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as GLTF.IGLTF;
  } catch (cause) {
    throw unreadable('it is neither a .glb nor a .gltf', cause);
  }
  if (typeof json !== 'object' || json === null || json.asset?.version !== '2.0') throw unreadable('it is no glTF 2.0');
  const resources: Record<string, Uint8Array<ArrayBuffer>> = {};
  for (const { uri } of [...(json.buffers ?? []), ...(json.images ?? [])]) {
    if (typeof uri !== 'string' || uri in resources) continue;
    resources[uri] = uri.startsWith('data:') ? decodeDataUri(uri) : await readPart(uri, folder);
  }
  // glTF-Transform's own reading of data URIs is not needed: everything is in `resources`.
  const document = await parse((io) => io.readJSON({ json, resources }));
  const packed = await createIo().writeBinary(document);
  checkGlbStructure(packed);
  return packed;
}

/** A part of a .gltf: only from its own folder or below. */
async function readPart(uri: string, folder: string): Promise<Uint8Array<ArrayBuffer>> {
  let relative: string;
  try {
    relative = decodeURIComponent(uri);
  } catch {
    throw unreadable(`it names a part with a broken address ("${uri.slice(0, 80)}")`);
  }
  if (/^[a-z][a-z0-9+.-]*:/i.test(relative) || path.isAbsolute(relative) || relative.startsWith('\\'))
    throw unreadable(`it wants a part from outside its folder ("${relative.slice(0, 80)}")`);
  const home = await realpath(folder);
  const wanted = await realpath(path.resolve(home, relative)).catch(() => null);
  if (wanted === null) throw unreadable(`its part "${relative.slice(0, 80)}" is missing`);
  if (!wanted.startsWith(home + path.sep))
    throw unreadable(`it wants a part from outside its folder ("${relative.slice(0, 80)}")`);
  return new Uint8Array(await readBounded(wanted));
}

function decodeDataUri(uri: string): Uint8Array<ArrayBuffer> {
  const comma = uri.indexOf(',');
  const body = uri.slice(comma + 1);
  return new Uint8Array(
    /;base64$/i.test(uri.slice(0, comma)) ? Buffer.from(body, 'base64') : Buffer.from(decodeURIComponent(body)),
  );
}

async function readBounded(file: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const { size } = await stat(file);
    if (size > LARGEST_BYTES) throw unreadable(`it is ${Math.round(size / 1e6)} MB, more than Mien reads`);
    return new Uint8Array(await readFile(file));
  } catch (error) {
    if (error instanceof MienError) throw error;
    throw toFileError(error, `read ${path.basename(file)}`);
  }
}

function isGlb(bytes: Uint8Array): boolean {
  return bytes.byteLength >= 4 && new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true) === 0x46546c67;
}

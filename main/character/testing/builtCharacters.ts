import { Document, Logger, WebIO, type Node } from '@gltf-transform/core';
import { ALL_EXTENSIONS, EXTMeshoptCompression, KHRDracoMeshCompression, KHRMeshQuantization } from '@gltf-transform/extensions';
import { MeshoptDecoder, MeshoptEncoder } from 'meshoptimizer';
import { createDecoderModule, createEncoderModule } from 'draco3dgltf';

/** How a test character is put together. */
export interface BuiltCharacter {
  readonly meshes: readonly { readonly name: string; readonly targets: readonly string[] }[];
  readonly packing?: 'draco' | 'meshopt' | 'quantized' | 'sparse';
  /** Scale of the node above the meshes. */
  readonly scale?: readonly [number, number, number];
  /** Size of the deltas; tiny ones belong to rigs whose weights go to 100. */
  readonly deltaScale?: number;
  readonly joints?: readonly string[];
  /** Extensions nobody here knows, at the top of the file. */
  readonly extensions?: Readonly<Record<string, unknown>>;
}

const GRID = 7;

/** A head of flat grids with one bump for each target, in the conventions asked for. */
export async function buildCharacter(built: BuiltCharacter): Promise<Uint8Array> {
  const document = new Document();
  const buffer = document.createBuffer();
  const scene = document.createScene('scene');
  const top = document.createNode('top').setScale([...(built.scale ?? [1, 1, 1])]);
  scene.addChild(top);
  for (const name of built.joints ?? []) top.addChild(document.createNode(name));
  const texture = document.createTexture('skin').setImage(TINY_PNG).setMimeType('image/png');
  const material = document.createMaterial('Skin').setBaseColorTexture(texture).setExtras({ artist: 'Zoë' });
  for (const { name, targets } of built.meshes) top.addChild(grid(document, name, targets, built));
  for (const mesh of document.getRoot().listMeshes())
    for (const primitive of mesh.listPrimitives()) primitive.setMaterial(material);
  const io = new WebIO().registerExtensions(ALL_EXTENSIONS).setLogger(new Logger(Logger.Verbosity.SILENT));
  if (built.packing === 'draco') document.createExtension(KHRDracoMeshCompression).setRequired(true);
  if (built.packing === 'meshopt') document.createExtension(EXTMeshoptCompression).setRequired(true);
  await Promise.all([MeshoptEncoder.ready, MeshoptDecoder.ready]);
  io.registerDependencies({
    'draco3d.encoder': await createEncoderModule(),
    'draco3d.decoder': await createDecoderModule(),
    'meshopt.encoder': MeshoptEncoder,
    'meshopt.decoder': MeshoptDecoder,
  });
  void buffer;
  const glb = await io.writeBinary(document);
  return built.extensions ? withExtensions(glb, built.extensions) : glb;
}

function grid(document: Document, name: string, targets: readonly string[], built: BuiltCharacter): Node {
  const buffer = document.getRoot().listBuffers()[0];
  const positions: number[] = [];
  const indices: number[] = [];
  for (let row = 0; row < GRID; row += 1) {
    for (let column = 0; column < GRID; column += 1) {
      positions.push((column / (GRID - 1) - 0.5) * 0.2, 1.5 + (row / (GRID - 1)) * 0.25, 0.05);
      const corner = row * GRID + column;
      if (row + 1 < GRID && column + 1 < GRID)
        indices.push(corner, corner + 1, corner + GRID, corner + 1, corner + GRID + 1, corner + GRID);
    }
  }
  const isQuantized = built.packing === 'quantized';
  if (isQuantized) document.createExtension(KHRMeshQuantization).setRequired(true);
  // Sixteen bit, normalised: 2 metres are the whole range.
  const pack = (values: readonly number[]) =>
    isQuantized ? Int16Array.from(values, (value) => Math.round((value / 2) * 32767)) : Float32Array.from(values);
  const attribute = (values: readonly number[]) =>
    document.createAccessor().setType('VEC3').setArray(pack(values)).setNormalized(isQuantized).setBuffer(buffer);
  const primitive = document
    .createPrimitive()
    .setAttribute('POSITION', attribute(positions))
    .setAttribute(
      'TEXCOORD_0',
      document
        .createAccessor()
        .setType('VEC2')
        .setArray(new Float32Array((positions.length / 3) * 2))
        .setBuffer(buffer),
    )
    .setIndices(document.createAccessor().setType('SCALAR').setArray(Uint16Array.from(indices)).setBuffer(buffer));
  targets.forEach((target, index) => {
    const deltas = positions.map(() => 0);
    const vertex = index % (GRID * GRID);
    deltas[vertex * 3 + 1] = 0.02 * (built.deltaScale ?? 1);
    const accessor = attribute(deltas);
    if (built.packing === 'sparse') accessor.setSparse(true);
    primitive.addTarget(document.createPrimitiveTarget(target).setAttribute('POSITION', accessor));
  });
  const mesh = document.createMesh(name).addPrimitive(primitive);
  if (targets.length > 0) mesh.setExtras({ targetNames: [...targets], rig: 'house' }).setWeights(targets.map(() => 0));
  const node = document.createNode(name).setMesh(mesh);
  // Quantised positions are halves of metres: the node brings them back.
  return isQuantized ? node.setScale([2, 2, 2]) : node;
}

/** One red pixel. */
const TINY_PNG = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=='),
  (character) => character.charCodeAt(0),
);

/** The JSON of a GLB. */
export function jsonOf(glb: Uint8Array): Record<string, unknown> {
  const length = new DataView(glb.buffer, glb.byteOffset).getUint32(12, true);
  return JSON.parse(new TextDecoder().decode(glb.subarray(20, 20 + length))) as Record<string, unknown>;
}

/** A GLB with another JSON part. */
export function withJson(glb: Uint8Array, json: unknown): Uint8Array {
  const oldLength = new DataView(glb.buffer, glb.byteOffset).getUint32(12, true);
  const text = new TextEncoder().encode(JSON.stringify(json));
  const length = Math.ceil(text.byteLength / 4) * 4;
  const rest = glb.subarray(20 + oldLength);
  const out = new Uint8Array(20 + length + rest.byteLength);
  out.set(glb.subarray(0, 20));
  out.fill(0x20, 20, 20 + length);
  out.set(text, 20);
  out.set(rest, 20 + length);
  const view = new DataView(out.buffer);
  view.setUint32(8, out.byteLength, true);
  view.setUint32(12, length, true);
  return out;
}

function withExtensions(glb: Uint8Array, extensions: Readonly<Record<string, unknown>>): Uint8Array {
  const json = jsonOf(glb);
  const used = [...((json.extensionsUsed as string[] | undefined) ?? []), ...Object.keys(extensions)];
  return withJson(glb, { ...json, extensionsUsed: used, extensions: { ...(json.extensions as object), ...extensions } });
}

import { WebIO, type Document, type Node, type Primitive } from '@gltf-transform/core';
import { ALL_EXTENSIONS } from '@gltf-transform/extensions';
import { decode as decodePng } from 'fast-png';
import { MienError } from '../../core/errors';

/** A morph target kept sparse: only the vertices it moves. */
export interface SceneTarget {
  readonly name: string;
  readonly vertices: Uint32Array;
  /** 3 values a vertex, metres. */
  readonly positionDeltas: Float32Array;
  readonly normalDeltas: Float32Array;
}

export interface SceneTexture {
  readonly width: number;
  readonly height: number;
  /** Linear RGB 0..1, three values a pixel. */
  readonly linearRgb: Float32Array;
}

export interface SceneMesh {
  readonly name: string;
  readonly materialName: string;
  readonly positions: Float32Array;
  readonly normals: Float32Array;
  /** Linear RGB, three values a vertex (white where the file has none). */
  readonly colours: Float32Array;
  readonly uvs: Float32Array | null;
  readonly indices: Uint32Array;
  /** Four joint numbers and four weights a vertex; null for a rigid mesh. */
  readonly joints: Uint16Array | null;
  readonly weights: Float32Array | null;
  readonly targets: readonly SceneTarget[];
  readonly baseColour: readonly [number, number, number];
  readonly texture: SceneTexture | null;
  readonly roughness: number;
  readonly doubleSided: boolean;
}

export interface SceneJoint {
  readonly name: string;
  readonly parent: number;
  /** Column-major 4x4 of the rest pose relative to the parent. */
  readonly local: Float32Array;
  readonly inverseBind: Float32Array;
}

/** What the software picture needs of a character: plain arrays, nothing of the file format. */
export interface CharacterScene {
  readonly meshes: readonly SceneMesh[];
  /** Parents come before their children. */
  readonly joints: readonly SceneJoint[];
}

/**
 * Reads a character GLB into plain arrays.
 *
 * @param glb bytes of a .glb with everything inside it
 * @throws MienError 'character-unreadable'
 */
export async function loadCharacterScene(glb: Uint8Array): Promise<CharacterScene> {
  let document: Document;
  try {
    document = await new WebIO().registerExtensions(ALL_EXTENSIONS).readBinary(glb);
  } catch (cause) {
    throw new MienError(
      'character-unreadable',
      'The character is not a readable .glb file.',
      'Choose a binary glTF 2.0 file (.glb).',
      { cause },
    );
  }
  const root = document.getRoot();
  const skin = root.listSkins()[0];
  const joints = skin
    ? orderedJoints(skin.listJoints(), skin.getInverseBindMatrices()?.getArray() ?? null)
    : { joints: [], order: [] };
  const meshes: SceneMesh[] = [];
  for (const node of root.listNodes()) {
    const mesh = node.getMesh();
    if (!mesh) continue;
    const extras = mesh.getExtras() as { targetNames?: unknown };
    const targetNames = Array.isArray(extras.targetNames) ? extras.targetNames.map(String) : [];
    for (const primitive of mesh.listPrimitives()) {
      if (primitive.getMode() !== 4 || !primitive.getAttribute('POSITION')) continue;
      meshes.push(readPrimitive(mesh.getName(), targetNames, primitive, node, joints.order));
    }
  }
  if (meshes.length === 0) {
    throw new MienError(
      'character-unreadable',
      'The character has no triangles to draw.',
      'Choose a .glb that holds at least one mesh.',
    );
  }
  return { meshes, joints: joints.joints };
}

function orderedJoints(nodes: readonly Node[], inverseBind: ArrayLike<number> | null): { joints: SceneJoint[]; order: number[] } {
  const joints: SceneJoint[] = [];
  const order = new Array<number>(nodes.length).fill(-1);
  const place = (index: number): number => {
    if (order[index] >= 0) return order[index];
    const node = nodes[index];
    const parentIndex = nodes.indexOf(node.getParentNode() as Node);
    const parent = parentIndex >= 0 ? place(parentIndex) : -1;
    const inverse = Float32Array.from({ length: 16 }, (_, k) =>
      inverseBind ? inverseBind[index * 16 + k] : k % 5 === 0 ? 1 : 0,
    );
    order[index] = joints.length;
    const local = Float32Array.from(parent < 0 ? node.getWorldMatrix() : node.getMatrix());
    joints.push({ name: node.getName(), parent, local, inverseBind: inverse });
    return order[index];
  };
  nodes.forEach((_, index) => place(index));
  return { joints, order };
}

function readPrimitive(
  name: string,
  targetNames: readonly string[],
  primitive: Primitive,
  node: Node,
  jointOrder: readonly number[],
): SceneMesh {
  const positionAccessor = primitive.getAttribute('POSITION')!;
  const count = positionAccessor.getCount();
  const vectors = (semantic: string, size: number): Float32Array | null => {
    const accessor = primitive.getAttribute(semantic);
    if (!accessor) return null;
    const out = new Float32Array(count * size);
    const element: number[] = [];
    for (let vertex = 0; vertex < count; vertex++) {
      accessor.getElement(vertex, element);
      for (let k = 0; k < size; k++) out[vertex * size + k] = element[k] ?? 1;
    }
    return out;
  };
  const material = primitive.getMaterial();
  const factor = material?.getBaseColorFactor() ?? [1, 1, 1, 1];
  const jointNumbers = vectors('JOINTS_0', 4);
  const weights = vectors('WEIGHTS_0', 4);
  const skinned = node.getSkin() !== null && jointNumbers !== null && weights !== null;
  const positions = vectors('POSITION', 3)!;
  const normals = vectors('NORMAL', 3) ?? new Float32Array(count * 3).fill(0);
  if (!skinned) applyMatrix(positions, normals, Float32Array.from(node.getWorldMatrix()));
  const indexArray = primitive.getIndices()?.getArray();
  return {
    name,
    materialName: material?.getName() ?? '',
    positions,
    normals,
    colours: vectors('COLOR_0', 3) ?? new Float32Array(count * 3).fill(1),
    uvs: vectors('TEXCOORD_0', 2),
    indices: indexArray ? Uint32Array.from(indexArray) : Uint32Array.from({ length: count }, (_, k) => k),
    joints: skinned ? Uint16Array.from(jointNumbers, (joint) => Math.max(0, jointOrder[joint] ?? 0)) : null,
    weights: skinned ? weights : null,
    targets: primitive
      .listTargets()
      .map((target, index) =>
        sparseTarget(
          targetNames[index] ?? target.getName(),
          target.getAttribute('POSITION')?.getArray() ?? null,
          target.getAttribute('NORMAL')?.getArray() ?? null,
        ),
      ),
    baseColour: [factor[0], factor[1], factor[2]],
    texture: readTexture(material?.getBaseColorTexture()?.getImage() ?? null),
    roughness: material?.getRoughnessFactor() ?? 1,
    doubleSided: material?.getDoubleSided() ?? false,
  };
}

function sparseTarget(name: string, position: ArrayLike<number> | null, normal: ArrayLike<number> | null): SceneTarget {
  const moved: number[] = [];
  const count = (position?.length ?? 0) / 3;
  for (let vertex = 0; vertex < count; vertex++) {
    const at = vertex * 3;
    const movesPosition = position![at] !== 0 || position![at + 1] !== 0 || position![at + 2] !== 0;
    const movesNormal = normal !== null && (normal[at] !== 0 || normal[at + 1] !== 0 || normal[at + 2] !== 0);
    if (movesPosition || movesNormal) moved.push(vertex);
  }
  const gather = (source: ArrayLike<number> | null): Float32Array => {
    const out = new Float32Array(moved.length * 3);
    if (source)
      moved.forEach((vertex, k) => out.set([source[vertex * 3], source[vertex * 3 + 1], source[vertex * 3 + 2]], k * 3));
    return out;
  };
  return { name, vertices: Uint32Array.from(moved), positionDeltas: gather(position), normalDeltas: gather(normal) };
}

function applyMatrix(positions: Float32Array, normals: Float32Array, m: Float32Array): void {
  for (let at = 0; at < positions.length; at += 3) {
    const [x, y, z] = [positions[at], positions[at + 1], positions[at + 2]];
    const [a, b, c] = [normals[at], normals[at + 1], normals[at + 2]];
    for (let k = 0; k < 3; k++) {
      positions[at + k] = m[k] * x + m[4 + k] * y + m[8 + k] * z + m[12 + k];
      normals[at + k] = m[k] * a + m[4 + k] * b + m[8 + k] * c;
    }
  }
}

/** Only PNG is read; another image type leaves the vertex colours to speak alone. */
function readTexture(image: Uint8Array | null): SceneTexture | null {
  if (!image || image[0] !== 0x89) return null;
  const png = decodePng(image);
  const scale = png.depth === 16 ? 65535 : 255;
  const linearRgb = new Float32Array(png.width * png.height * 3);
  for (let pixel = 0; pixel < png.width * png.height; pixel++) {
    for (let k = 0; k < 3; k++) {
      const channel = png.channels >= 3 ? k : 0;
      linearRgb[pixel * 3 + k] = srgbToLinear(png.data[pixel * png.channels + channel] / scale);
    }
  }
  return { width: png.width, height: png.height, linearRgb };
}

/** IEC 61966-2-1. */
export function srgbToLinear(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

/** IEC 61966-2-1. */
export function linearToSrgb(value: number): number {
  return value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055;
}

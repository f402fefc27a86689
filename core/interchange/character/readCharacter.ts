import { mat4 } from 'gl-matrix';
import type { Accessor, Document, Material, Mesh, Node, Primitive, Skin } from '@gltf-transform/core';
import { unreadable } from '../gltf/checkGlbStructure';
import { readGltfDocument } from '../gltf/gltfDocument';
import { findPoseJoints } from './findPoseJoints';
import { matchChannel } from './matchChannel';
import { readMaterials } from './readMaterials';
import type {
  CharacterMesh,
  CharacterNode,
  CharacterPrimitive,
  CharacterScene,
  CharacterSkin,
  CharacterTarget,
} from './characterScene';

/** glTF primitive mode TRIANGLES. */
const TRIANGLES = 4;

/**
 * Reads a character: nodes, meshes with morph targets, skins, materials and the joints that carry head and eye rotation.
 * Node indices follow the file. Positions are metres; normalised and quantised arrays come out as plain floats.
 * @throws MienError 'character-unreadable' when the file is damaged, has no triangles or no morph target that names a channel
 */
export async function readCharacter(
  glb: Uint8Array,
  options: { readonly needsChannels?: boolean } = {},
): Promise<CharacterScene> {
  const scene = readCharacterDocument(await readGltfDocument(glb));
  if (scene.meshes.length === 0) throw unreadable('it has no triangle mesh');
  if (options.needsChannels === false) {
    if (!scene.meshes.some((mesh) => mesh.targetNames.length > 0)) throw unreadable('it has no morph targets');
  } else if (!scene.meshes.some((mesh) => mesh.targetChannels.some((channel) => channel !== null))) {
    throw unreadable('no morph target is named after an ARKit blendshape (jawOpen, eyeBlinkLeft, ...)');
  }
  return scene;
}

/** The same for a parsed document; node indices are those of `document.getRoot().listNodes()`. */
export function readCharacterDocument(document: Document): CharacterScene {
  const root = document.getRoot();
  const nodeList = root.listNodes();
  const nodeIndex = new Map(nodeList.map((node, index) => [node, index]));
  const materials = root.listMaterials();
  const skins = root.listSkins();
  const nodes = nodeList.map((node) => readNode(node, nodeIndex));
  const skinJoints = new Set(skins.flatMap((skin) => skin.listJoints().map((joint) => nodeIndex.get(joint) ?? -1)));
  const meshNodes = new Set(nodeList.flatMap((node, index) => (node.getMesh() ? [index] : [])));
  const meshes = nodeList.flatMap((node, index) => {
    const mesh = node.getMesh();
    return mesh ? readMesh(node, mesh, index, skins, materials) : [];
  });
  return {
    name: root.getDefaultScene()?.getName() || 'character',
    nodes,
    meshes,
    skins: skins.map((skin) => readSkin(skin, nodeIndex)),
    ...readMaterials(root),
    joints: findPoseJoints(nodes, skinJoints, meshNodes),
  };
}

/** Target names of a mesh as its file gives them: `extras.targetNames`, else the names of the targets themselves. */
export function targetNamesOf(mesh: Mesh): string[] {
  const targets = mesh.listPrimitives()[0]?.listTargets() ?? [];
  const listed = mesh.getExtras().targetNames;
  return targets.map((target, index) => {
    const name: unknown = Array.isArray(listed) ? listed[index] : undefined;
    return typeof name === 'string' && name !== '' ? name : target.getName() || `target${index}`;
  });
}

function readNode(node: Node, nodeIndex: ReadonlyMap<Node, number>): CharacterNode {
  const parent = node.getParentNode();
  return {
    name: node.getName(),
    parentIndex: parent ? (nodeIndex.get(parent) ?? -1) : -1,
    translation: node.getTranslation(),
    rotation: node.getRotation(),
    scale: node.getScale(),
    worldMatrix: worldMatrixOf(node),
    extras: node.getExtras(),
  };
}

/** In doubles from the nodes' own TRS, so that exact rest positions stay exact. */
function worldMatrixOf(node: Node): Float64Array {
  const world = mat4.identity(new Float64Array(16)) as Float64Array;
  for (let at: Node | null = node; at; at = at.getParentNode()) {
    const local = mat4.fromRotationTranslationScale(new Float64Array(16), at.getRotation(), at.getTranslation(), at.getScale());
    mat4.multiply(world, local, world);
  }
  return world;
}

function readMesh(node: Node, mesh: Mesh, nodeIndex: number, skins: Skin[], materials: Material[]): CharacterMesh[] {
  const skin = node.getSkin();
  const targetNames = targetNamesOf(mesh);
  const primitives = mesh
    .listPrimitives()
    .filter((primitive) => primitive.getMode() === TRIANGLES && primitive.getAttribute('POSITION'))
    .map((primitive) => readPrimitive(primitive, materials, targetNames.length, mesh.getName()));
  if (primitives.length === 0) return [];
  const jointCount = skin?.listJoints().length ?? Infinity;
  if (primitives.some((part) => part.skinJoints.some((joint) => joint >= jointCount))) {
    throw unreadable(`mesh "${mesh.getName()}" is bound to a joint that does not exist`);
  }
  const weights = mesh.getWeights();
  return [
    {
      name: node.getName() || mesh.getName() || `mesh${nodeIndex}`,
      nodeIndex,
      skinIndex: skin ? skins.indexOf(skin) : -1,
      primitives,
      targetNames,
      targetChannels: targetNames.map(matchChannel),
      defaultWeights: targetNames.map((_, index) => weights[index] ?? 0),
      extras: withoutTargetNames({ ...mesh.getExtras(), ...node.getExtras() }),
    },
  ];
}

function readPrimitive(primitive: Primitive, materials: Material[], targetCount: number, meshName: string): CharacterPrimitive {
  const position = primitive.getAttribute('POSITION') as Accessor;
  const vertexCount = position.getCount();
  const skinSets = [0, 1].filter((set) => primitive.getAttribute(`JOINTS_${set}`) && primitive.getAttribute(`WEIGHTS_${set}`));
  const indices = readIndices(primitive, vertexCount, meshName);
  const targets = primitive.listTargets().map((target): CharacterTarget => {
    const deltas = target.getAttribute('POSITION');
    const normals = target.getAttribute('NORMAL');
    return {
      positions: deltas ? readFloats(deltas, 3, vertexCount, meshName) : new Float32Array(vertexCount * 3),
      normals: normals ? readFloats(normals, 3, vertexCount, meshName) : null,
    };
  });
  if (targets.length !== targetCount) throw unreadable(`the parts of mesh "${meshName}" have different numbers of morph targets`);
  const material = primitive.getMaterial();
  const optional = (semantic: string, width: number): Float32Array | null => {
    const accessor = primitive.getAttribute(semantic);
    return accessor ? readFloats(accessor, width, vertexCount, meshName) : null;
  };
  return {
    vertexCount,
    positions: readFloats(position, 3, vertexCount, meshName),
    normals: optional('NORMAL', 3),
    uvSets: Array.from({ length: uvSetCount(primitive) }, (_, set) => optional(`TEXCOORD_${set}`, 2)),
    colors: optional('COLOR_0', 4),
    indices,
    influences: skinSets.length * 4,
    skinJoints: Uint16Array.from(
      interleave(
        skinSets.map((set) => optional(`JOINTS_${set}`, 4) as Float32Array),
        vertexCount,
      ),
    ),
    skinWeights: interleave(
      skinSets.map((set) => optional(`WEIGHTS_${set}`, 4) as Float32Array),
      vertexCount,
    ),
    materialIndex: material ? materials.indexOf(material) : -1,
    targets,
  };
}

/** One more than the largest number of a TEXCOORD the part has. */
function uvSetCount(primitive: Primitive): number {
  const numbers = primitive.listSemantics().map((semantic) => Number(/^TEXCOORD_(\d)$/.exec(semantic)?.[1] ?? -1));
  return Math.max(-1, ...numbers) + 1;
}

function withoutTargetNames({ targetNames: _names, ...extras }: Record<string, unknown>): Record<string, unknown> {
  return extras;
}

/** Elements as floats; a VEC3 colour gets alpha 1. */
function readFloats(accessor: Accessor, width: number, count: number, meshName: string): Float32Array {
  if (accessor.getCount() !== count)
    throw unreadable(`an array of mesh "${meshName}" has ${accessor.getCount()} entries for ${count} vertices`);
  const values = new Float32Array(count * width);
  const element: number[] = [];
  const size = accessor.getElementSize();
  for (let index = 0; index < count; index++) {
    accessor.getElement(index, element);
    for (let component = 0; component < width; component++) {
      const value = component < size ? element[component] : 1;
      if (!Number.isFinite(value)) throw unreadable(`mesh "${meshName}" contains a number that is not finite`);
      values[index * width + component] = value;
    }
  }
  return values;
}

function readIndices(primitive: Primitive, vertexCount: number, meshName: string): Uint32Array {
  const accessor = primitive.getIndices();
  const indices = accessor
    ? Uint32Array.from(accessor.getArray() ?? [])
    : Uint32Array.from({ length: vertexCount }, (_, index) => index);
  if (indices.some((index) => index >= vertexCount))
    throw unreadable(`mesh "${meshName}" has a triangle with a vertex that does not exist`);
  return indices.subarray(0, indices.length - (indices.length % 3));
}

/** Joins sets of four influences into one run a vertex. */
function interleave(sets: Float32Array[], vertexCount: number): Float32Array {
  if (sets.length === 1) return sets[0];
  const width = sets.length * 4;
  const joined = new Float32Array(vertexCount * width);
  sets.forEach((set, order) => {
    for (let vertex = 0; vertex < vertexCount; vertex++)
      joined.set(set.subarray(vertex * 4, vertex * 4 + 4), vertex * width + order * 4);
  });
  return joined;
}

function readSkin(skin: Skin, nodeIndex: ReadonlyMap<Node, number>): CharacterSkin {
  const jointNodeIndices = skin.listJoints().map((joint) => nodeIndex.get(joint) ?? -1);
  const inverseBindMatrices = new Float32Array(jointNodeIndices.length * 16);
  const accessor = skin.getInverseBindMatrices();
  jointNodeIndices.forEach((_, joint) => {
    const matrix = accessor && joint < accessor.getCount() ? accessor.getElement(joint, []) : Array.from(mat4.create());
    inverseBindMatrices.set(matrix, joint * 16);
  });
  return { jointNodeIndices, inverseBindMatrices };
}

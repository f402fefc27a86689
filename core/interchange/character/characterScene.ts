import type { ArkitChannel } from '../../rig/channels';
import type { CharacterImage, CharacterMaterial } from './characterMaterial';

/** A node of the character's hierarchy, in the order of the file. Right-handed, Y up, metres, the character looks along +Z. */
export interface CharacterNode {
  readonly name: string;
  /** Index of the parent, -1 at the top. */
  readonly parentIndex: number;
  readonly translation: readonly [number, number, number];
  /** Unit quaternion x, y, z, w. */
  readonly rotation: readonly [number, number, number, number];
  readonly scale: readonly [number, number, number];
  /** Local-to-world matrix at rest, column-major (as glTF). */
  readonly worldMatrix: Float64Array;
  readonly extras: Readonly<Record<string, unknown>>;
}

/** One morph target on one primitive: differences from the rest shape, metres. */
export interface CharacterTarget {
  readonly positions: Float32Array;
  /** null when the file has none. */
  readonly normals: Float32Array | null;
}

/** A part of a mesh with one material. All arrays are per vertex except `indices`, which lists triangles. */
export interface CharacterPrimitive {
  readonly vertexCount: number;
  readonly positions: Float32Array;
  readonly normals: Float32Array | null;
  /** By number of TEXCOORD: u, v with v down (as glTF); null for a number left out. */
  readonly uvSets: readonly (Float32Array | null)[];
  /** Linear r, g, b, a. */
  readonly colors: Float32Array | null;
  readonly indices: Uint32Array;
  /** Influences per vertex: 0 (not skinned), 4 or 8. `skinJoints` indexes `CharacterSkin.jointNodeIndices`. */
  readonly influences: number;
  readonly skinJoints: Uint16Array;
  readonly skinWeights: Float32Array;
  /** Index in `materials`, -1 for none. */
  readonly materialIndex: number;
  /** In the order of the mesh's `targetNames`. */
  readonly targets: readonly CharacterTarget[];
}

/** A mesh as placed by a node. */
export interface CharacterMesh {
  readonly name: string;
  readonly nodeIndex: number;
  /** Index in `skins`, -1 when the mesh is not skinned. */
  readonly skinIndex: number;
  readonly primitives: readonly CharacterPrimitive[];
  readonly targetNames: readonly string[];
  /** The channel that drives each target, null for a target no channel names. */
  readonly targetChannels: readonly (ArkitChannel | null)[];
  /** Weight of each target at rest. */
  readonly defaultWeights: readonly number[];
  /** Of the mesh, and over them of its node, without `targetNames`. */
  readonly extras: Readonly<Record<string, unknown>>;
}

export interface CharacterSkin {
  readonly jointNodeIndices: readonly number[];
  /** One column-major 4x4 a joint. */
  readonly inverseBindMatrices: Float32Array;
}

/** The joints Mien turns: indices in `nodes`, -1 where the character has none. */
export interface PoseJoints {
  readonly neck: number;
  readonly head: number;
  readonly eyeLeft: number;
  readonly eyeRight: number;
}

/** A character as every writer but the glTF one sees it. */
export interface CharacterScene {
  readonly name: string;
  readonly nodes: readonly CharacterNode[];
  readonly meshes: readonly CharacterMesh[];
  readonly skins: readonly CharacterSkin[];
  readonly materials: readonly CharacterMaterial[];
  readonly images: readonly CharacterImage[];
  readonly joints: PoseJoints;
}

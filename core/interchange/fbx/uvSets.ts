import type { CharacterMaterial, CharacterTexture, UvTransform } from '../character/characterMaterial';
import type { CharacterMesh } from '../character/characterScene';

/** Texture coordinates of a mesh: u, v with v up (as FBX), parts joined; zeros where a part has none. */
export interface BakedUvSet {
  readonly name: string;
  readonly values: Float64Array;
}

/** Where a texture reads its place from: a TEXCOORD, or one turned and scaled by KHR_texture_transform. */
type Coordinates = Pick<CharacterTexture, 'uvSet' | 'transform'>;

const keyOf = ({ uvSet, transform }: Coordinates): string => JSON.stringify([uvSet, transform]);
const texturesOf = (material: CharacterMaterial): CharacterTexture[] =>
  Object.values(material.textures).filter((texture) => texture !== null);

/**
 * The name of the set a texture uses, the same in every mesh: UVMap, UVMap2, ... for TEXCOORD_0, 1, ...; importers do not agree
 * on transforms of textures, so a transformed one has a set of its own (UVMap_1, ...).
 */
export function uvSetName(texture: Coordinates, materials: readonly CharacterMaterial[]): string {
  const plain = texture.uvSet === 0 ? 'UVMap' : `UVMap${texture.uvSet + 1}`;
  if (!texture.transform) return plain;
  const transformed = materials.flatMap(texturesOf).filter(({ transform }) => transform);
  return `${plain}_${[...new Set(transformed.map(keyOf))].indexOf(keyOf(texture)) + 1}`;
}

/**
 * All sets of a mesh. The first one is that of its first base colour picture, because many importers look at no other; then the
 * TEXCOORDs in order, then what other pictures need.
 */
export function bakeUvSets(mesh: CharacterMesh, materials: readonly CharacterMaterial[]): BakedUvSet[] {
  const used = [...new Set(mesh.primitives.map((part) => part.materialIndex))].flatMap((index) => materials[index] ?? []);
  const setCount = Math.max(...mesh.primitives.map((part) => part.uvSets.length));
  const wanted: Coordinates[] = [
    ...used.flatMap(({ textures }) => textures.baseColor ?? []).slice(0, 1),
    ...Array.from({ length: setCount }, (_, uvSet) => ({ uvSet, transform: null })),
    ...used.flatMap(texturesOf),
  ];
  const isThere = ({ uvSet }: Coordinates): boolean => mesh.primitives.some((part) => part.uvSets[uvSet]);
  const distinct = new Map(wanted.filter(isThere).map((one) => [keyOf(one), one]));
  return [...distinct.values()].map((one) => ({ name: uvSetName(one, materials), values: joinUvs(mesh, one) }));
}

function joinUvs(mesh: CharacterMesh, { uvSet, transform }: Coordinates): Float64Array {
  const joined = new Float64Array(mesh.primitives.reduce((sum, part) => sum + part.vertexCount * 2, 0));
  const point: [number, number] = [0, 0];
  let offset = 0;
  for (const part of mesh.primitives) {
    const uvs = part.uvSets[uvSet];
    for (let at = 0; uvs && at < uvs.length; at += 2) {
      point[0] = uvs[at];
      point[1] = uvs[at + 1];
      if (transform) applyTransform(transform, point);
      joined[offset + at] = point[0];
      joined[offset + at + 1] = 1 - point[1];
    }
    offset += part.vertexCount * 2;
  }
  return joined;
}

/** Scaled, then turned counter-clockwise as seen (v points down), then moved. */
function applyTransform({ offset, rotation, scale }: UvTransform, point: [number, number]): void {
  const [cosine, sine] = [Math.cos(rotation), Math.sin(rotation)];
  const [u, v] = [point[0] * scale[0], point[1] * scale[1]];
  point[0] = cosine * u + sine * v + offset[0];
  point[1] = cosine * v - sine * u + offset[1];
}

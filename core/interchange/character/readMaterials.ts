import type { Material, Root, Texture, TextureInfo } from '@gltf-transform/core';
import type { EmissiveStrength, Transform } from '@gltf-transform/extensions';
import type { CharacterImage, CharacterMaterial, CharacterTexture } from './characterMaterial';

/** glTF wrap mode CLAMP_TO_EDGE. */
const CLAMP_TO_EDGE = 33071;

/** Pictures and materials in the order of the file; a texture without a picture counts as none. */
export function readMaterials(root: Root): { readonly images: CharacterImage[]; readonly materials: CharacterMaterial[] } {
  const textures = root.listTextures().filter((texture) => texture.getImage() !== null);
  const images = textures.map((texture) => ({
    name: texture.getName() || (texture.getURI().split('/').at(-1) ?? '').replace(/\.[a-z0-9]+$/i, ''),
    mimeType: texture.getMimeType(),
    bytes: texture.getImage() as Uint8Array,
  }));
  const indices = new Map(textures.map((texture, index) => [texture, index]));
  return { images, materials: root.listMaterials().map((material, index) => readMaterial(material, index, indices)) };
}

function readMaterial(material: Material, index: number, indices: ReadonlyMap<Texture, number>): CharacterMaterial {
  const read = (texture: Texture | null, info: TextureInfo | null): CharacterTexture | null => {
    const imageIndex = texture ? indices.get(texture) : undefined;
    return imageIndex === undefined || !info ? null : { imageIndex, ...placement(info) };
  };
  const strength = material.getExtension<EmissiveStrength>('KHR_materials_emissive_strength')?.getEmissiveStrength() ?? 1;
  const [red, green, blue] = material.getEmissiveFactor();
  return {
    name: material.getName() || `material${index}`,
    baseColor: material.getBaseColorFactor(),
    roughness: material.getRoughnessFactor(),
    metallic: material.getMetallicFactor(),
    emissive: [red * strength, green * strength, blue * strength],
    transparent: material.getAlphaMode() === 'BLEND',
    alphaCutoff: material.getAlphaMode() === 'MASK' ? material.getAlphaCutoff() : null,
    normalScale: material.getNormalScale(),
    textures: {
      baseColor: read(material.getBaseColorTexture(), material.getBaseColorTextureInfo()),
      normal: read(material.getNormalTexture(), material.getNormalTextureInfo()),
      metallicRoughness: read(material.getMetallicRoughnessTexture(), material.getMetallicRoughnessTextureInfo()),
      occlusion: read(material.getOcclusionTexture(), material.getOcclusionTextureInfo()),
      emissive: read(material.getEmissiveTexture(), material.getEmissiveTextureInfo()),
    },
    extras: material.getExtras(),
  };
}

function placement(info: TextureInfo): Omit<CharacterTexture, 'imageIndex'> {
  const transform = info.getExtension<Transform>('KHR_texture_transform');
  return {
    uvSet: transform?.getTexCoord() ?? info.getTexCoord(),
    transform: transform
      ? { offset: transform.getOffset(), rotation: transform.getRotation(), scale: transform.getScale() }
      : null,
    clamps: [info.getWrapS() === CLAMP_TO_EDGE, info.getWrapT() === CLAMP_TO_EDGE],
  };
}

import type { CharacterImage, CharacterMaterial, CharacterTexture } from '../character/characterMaterial';
import type { CharacterScene } from '../character/characterScene';
import { greyPicture, type GreyOf } from './greyPicture';

/** A file that goes into the FBX. */
export interface EmbeddedPicture {
  /** With the ending; unique in the file, also where case does not count. */
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

/** A picture on a property of an FBX material. */
export interface PictureUse {
  readonly property: string;
  readonly picture: EmbeddedPicture;
  readonly texture: CharacterTexture;
}

/** Property of a packed metallic-roughness picture that could not be taken apart; kept for those who know glTF. */
export const PACKED_PROPERTY = 'glTF|metallicRoughness';
/** What Maya's materials call occlusion; three reads it, the FBX material has no name of its own. */
export const OCCLUSION_PROPERTY = 'Maya|TEX_ao_map';

const ENDINGS: Readonly<Record<string, string>> = { 'image/png': 'png', 'image/jpeg': 'jpg', 'image/webp': 'webp' };

/**
 * The pictures of every material, on the properties importers look for: DiffuseColor, NormalMap, EmissiveColor; alpha as
 * TransparentColor; roughness as ShininessExponent and metal as ReflectionFactor, which is how Blender writes and reads them.
 * FBX has no packed maps: of a PNG the components are taken out, with their factor; a JPEG or WebP stays whole.
 */
export function materialPictures(scene: Pick<CharacterScene, 'materials' | 'images'>): PictureUse[][] {
  const files = new PictureFiles(scene.images);
  return scene.materials.map((material) => usesOf(material, files));
}

function usesOf(material: CharacterMaterial, files: PictureFiles): PictureUse[] {
  const { baseColor, normal, metallicRoughness, occlusion, emissive } = material.textures;
  const uses: PictureUse[] = [];
  const put = (property: string, texture: CharacterTexture | null, picture: EmbeddedPicture | null): void => {
    if (texture && picture) uses.push({ property, texture, picture });
  };
  put('DiffuseColor', baseColor, files.whole(baseColor));
  if (material.transparent || material.alphaCutoff !== null) {
    const cut = { component: 3, factor: material.baseColor[3], cutoff: material.alphaCutoff } as const;
    put('TransparentColor', baseColor, files.part(baseColor, 'alpha', cut) ?? files.wholeWithAlpha(baseColor));
  }
  put('NormalMap', normal, files.whole(normal));
  put('EmissiveColor', emissive, files.whole(emissive));
  put(OCCLUSION_PROPERTY, occlusion, files.whole(occlusion));
  const roughness = files.part(metallicRoughness, 'roughness', { component: 1, factor: material.roughness, cutoff: null });
  if (!roughness) put(PACKED_PROPERTY, metallicRoughness, files.whole(metallicRoughness));
  put('ShininessExponent', metallicRoughness, roughness);
  if (roughness && material.metallic > 0) {
    const metal = files.part(metallicRoughness, 'metallic', { component: 2, factor: material.metallic, cutoff: null });
    put('ReflectionFactor', metallicRoughness, metal);
  }
  return uses;
}

/** Gives every picture, and every part taken out of one, to the file once. */
class PictureFiles {
  private readonly known = new Map<string, EmbeddedPicture | null>();
  private readonly taken = new Set<string>();

  constructor(private readonly images: readonly CharacterImage[]) {}

  whole(texture: CharacterTexture | null): EmbeddedPicture | null {
    const image = this.imageOf(texture);
    const ending = image && ENDINGS[image.mimeType];
    if (!ending) return null;
    return this.once(`${texture!.imageIndex}`, () => ({
      fileName: this.uniqueName(image.name, texture!.imageIndex, '', ending),
      bytes: image.bytes,
    }));
  }

  /** A WebP, whose alpha cannot be taken out here; a JPEG has none. */
  wholeWithAlpha(texture: CharacterTexture | null): EmbeddedPicture | null {
    return this.imageOf(texture)?.mimeType === 'image/webp' ? this.whole(texture) : null;
  }

  part(texture: CharacterTexture | null, name: string, wanted: GreyOf): EmbeddedPicture | null {
    const image = this.imageOf(texture);
    if (image?.mimeType !== 'image/png') return null;
    return this.once(JSON.stringify([texture!.imageIndex, wanted]), () => {
      const bytes = greyPicture(image.bytes, wanted);
      return bytes && { fileName: this.uniqueName(image.name, texture!.imageIndex, `_${name}`, 'png'), bytes };
    });
  }

  private imageOf(texture: CharacterTexture | null): CharacterImage | null {
    return texture ? this.images[texture.imageIndex] : null;
  }

  private once(key: string, make: () => EmbeddedPicture | null): EmbeddedPicture | null {
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const made = make();
    this.known.set(key, made);
    return made;
  }

  private uniqueName(name: string, index: number, suffix: string, ending: string): string {
    // What no file system takes, and control characters.
    // eslint-disable-next-line no-control-regex
    const safe = name.replace(/[\u0000-\u001f\\/:*?"<>|]/g, '_').trim() || `texture${index}`;
    let fileName = `${safe}${suffix}.${ending}`;
    for (let number = 2; this.taken.has(fileName.toLowerCase()); number++) fileName = `${safe}${suffix}_${number}.${ending}`;
    this.taken.add(fileName.toLowerCase());
    return fileName;
  }
}

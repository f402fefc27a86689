import type { Document, Texture } from '@gltf-transform/core';
import { EXTTextureWebP, KHRTextureTransform } from '@gltf-transform/extensions';
import { encode } from 'fast-png';
import { readGltfDocument, writeGltfDocument } from '../gltf/gltfDocument';
import { fixtureCharacter } from './fixtureCharacter';

/** 4x4 pixels of one blue, made with ffmpeg. */
const JPEG =
  '/9j/4AAQSkZJRgABAgAAAQABAAD//gAQTGF2YzU5LjM3LjEwMAD/2wBDAAgKCgsKCw0NDQ0NDRAPEBAQEBAQEBAQEBASEhIVFRUSEhIQEBISFBQVFRcXFxUVFRUXFxkZGR4eHBwjIyQrKzP/xABLAAEBAAAAAAAAAAAAAAAAAAAAAwEBAAAAAAAAAAAAAAAAAAAABhABAAAAAAAAAAAAAAAAAAAAABEBAAAAAAAAAAAAAAAAAAAAAP/AABEIAAQABAMBIgACEQADEQD/2gAMAwEAAhEDEQA/ALgHYA//2Q==';
const WEBP = 'UklGRh4AAABXRUJQVlA4TBEAAAAvA8AAAAfQz74Uvv+BiOh/AAA=';

/** The turned and scaled place of the teeth's base colour. */
export const TEETH_TRANSFORM = { offset: [0.25, 0.5], rotation: 0.3, scale: [2, 0.5] } as const;
/** Extras of the material "Haut"; `palette` is no plain value. */
export const SKIN_EXTRAS = { artist: 'Zoë', layers: 2.5, wet: true, palette: { deep: [1, 2] } } as const;
export const PNG_SIDE = 8;

/** Pixels of the pictures: every pixel and component has a value of its own. */
export function pngPixels(channels: 3 | 4, seed: number): Uint8Array {
  return Uint8Array.from({ length: PNG_SIDE * PNG_SIDE * channels }, (_, at) => (at * 37 + seed * 61 + 11) % 256);
}

/** The pictures of the textured fixture, by name, as they lie in its file. */
export function texturePictures(): Record<string, { readonly mimeType: string; readonly bytes: Uint8Array<ArrayBuffer> }> {
  const png = (channels: 3 | 4, seed: number) => ({
    mimeType: 'image/png',
    bytes: Uint8Array.from(encode({ width: PNG_SIDE, height: PNG_SIDE, data: pngPixels(channels, seed), channels, depth: 8 })),
  });
  const plain = (base64: string) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return {
    'Haut Farbe ü': png(3, 1),
    skinNormal: png(3, 2),
    skinOrm: png(3, 3),
    glow: { mimeType: 'image/webp', bytes: plain(WEBP) },
    teethColor: png(4, 4),
    teethBumps: { mimeType: 'image/jpeg', bytes: plain(JPEG) },
  };
}

/**
 * The fixture with pictures in every slot. "Haut" (face, cap): base, normal, occlusion-roughness-metal in one PNG, WebP glow.
 * "teeth" (teeth, eyes): blended RGBA base with a transform, JPEG bumps on the second set of coordinates, which only the teeth have.
 */
export async function texturedCharacter(): Promise<Uint8Array> {
  const document = await readGltfDocument(await fixtureCharacter());
  const textures: Record<string, Texture> = {};
  for (const [name, { mimeType, bytes }] of Object.entries(texturePictures()))
    textures[name] = document.createTexture(name).setMimeType(mimeType).setImage(bytes);
  document.createExtension(EXTTextureWebP).setRequired(true);
  const [skin, teeth] = document.getRoot().listMaterials();
  skin
    .setBaseColorTexture(textures['Haut Farbe ü'])
    .setNormalTexture(textures.skinNormal)
    .setNormalScale(0.6)
    .setMetallicRoughnessTexture(textures.skinOrm)
    .setRoughnessFactor(0.5)
    .setMetallicFactor(1)
    .setOcclusionTexture(textures.skinOrm)
    .setEmissiveTexture(textures.glow)
    .setEmissiveFactor([0.1, 0.2, 0.3])
    .setExtras({ ...SKIN_EXTRAS });
  teeth.setBaseColorTexture(textures.teethColor).setAlphaMode('BLEND').setNormalTexture(textures.teethBumps);
  teeth.getNormalTextureInfo()!.setTexCoord(1);
  const transform = document.createExtension(KHRTextureTransform).createTransform();
  transform
    .setOffset([...TEETH_TRANSFORM.offset])
    .setRotation(TEETH_TRANSFORM.rotation)
    .setScale([...TEETH_TRANSFORM.scale]);
  teeth.getBaseColorTextureInfo()!.setExtension('KHR_texture_transform', transform);
  addSecondCoordinates(document);
  return writeGltfDocument(document);
}

/** Half of the first ones, on the teeth; the mesh gets extras. */
function addSecondCoordinates(document: Document): void {
  const mesh = document.getRoot().listMeshes()[1];
  mesh.setExtras({ ...mesh.getExtras(), rig: 'house' });
  const [primitive] = mesh.listPrimitives();
  const first = primitive.getAttribute('TEXCOORD_0')!.getArray() as Float32Array;
  const second = document
    .createAccessor()
    .setType('VEC2')
    .setArray(first.map((value) => value / 2))
    .setBuffer(document.getRoot().listBuffers()[0]);
  primitive.setAttribute('TEXCOORD_1', second);
}

import { decode, encode } from 'fast-png';
import { expect, test } from 'vitest';
import type { CharacterImage, CharacterMaterial, CharacterTexture } from '../character/characterMaterial';
import { greyPicture } from './greyPicture';
import { materialPictures, PACKED_PROPERTY } from './materialPictures';

const rgba = encode({ width: 2, height: 1, data: Uint8Array.of(10, 20, 30, 40, 50, 60, 70, 200), channels: 4, depth: 8 });
const values = (png: Uint8Array | null): number[] => Array.from(decode(png!).data);
const onTexture = (imageIndex: number): CharacterTexture => ({
  imageIndex,
  uvSet: 0,
  transform: null,
  clamps: [false, false],
});
const plain: CharacterMaterial = {
  name: 'plain',
  baseColor: [1, 1, 1, 0.5],
  roughness: 1,
  metallic: 0,
  emissive: [0, 0, 0],
  transparent: false,
  alphaCutoff: null,
  normalScale: 1,
  textures: { baseColor: null, normal: null, metallicRoughness: null, occlusion: null, emissive: null },
  extras: {},
};
const image = (name: string, mimeType: string, bytes: Uint8Array = Uint8Array.of(1)): CharacterImage => ({
  name,
  mimeType,
  bytes,
});

test('a component is taken out with its factor, and cut where asked; 16 bits and grey pictures too', () => {
  expect(values(greyPicture(rgba, { component: 1, factor: 0.5, cutoff: null }))).toEqual([10, 10, 10, 10, 30, 30, 30, 30]);
  expect(values(greyPicture(rgba, { component: 3, factor: 1, cutoff: 0.5 }))).toEqual([0, 0, 0, 0, 255, 255, 255, 255]);
  const deep = encode({ width: 1, height: 1, data: Uint16Array.of(65535, 0, 32768), channels: 3, depth: 16 });
  expect(values(greyPicture(deep, { component: 2, factor: 1, cutoff: null }))).toEqual([128, 128, 128, 128]);
  const grey = encode({ width: 1, height: 1, data: Uint8Array.of(77), channels: 1, depth: 8 });
  expect(values(greyPicture(grey, { component: 1, factor: 1, cutoff: null }))).toEqual([77, 77, 77, 77]);
  expect(greyPicture(grey, { component: 3, factor: 1, cutoff: null })).toBeNull();
});

test('a picture that is damaged or claims to be huge is not taken apart', () => {
  expect(greyPicture(rgba.subarray(0, 40), { component: 0, factor: 1, cutoff: null })).toBeNull();
  expect(greyPicture(Uint8Array.of(1, 2, 3), { component: 0, factor: 1, cutoff: null })).toBeNull();
  const huge = rgba.slice();
  new DataView(huge.buffer).setUint32(16, 2 ** 31 - 1);
  expect(greyPicture(huge, { component: 0, factor: 1, cutoff: null })).toBeNull();
});

test('each picture is there once, names differ, what FBX cannot show is left out or kept whole', () => {
  const images = [
    image('skin', 'image/png', rgba),
    image('SKIN', 'image/jpeg'),
    image('a/b:c', 'image/jpeg'),
    image('packed', 'image/ktx2'),
    image('', 'image/webp'),
  ];
  const on = (textures: Partial<CharacterMaterial['textures']>, more: Partial<CharacterMaterial> = {}): CharacterMaterial => ({
    ...plain,
    ...more,
    textures: { ...plain.textures, ...textures },
  });
  const uses = materialPictures({
    images,
    materials: [
      on({ baseColor: onTexture(0), metallicRoughness: onTexture(2) }),
      on({ baseColor: onTexture(0), normal: onTexture(1) }, { transparent: true }),
      on({ baseColor: onTexture(3), emissive: onTexture(4) }, { alphaCutoff: 0.5 }),
      on({ baseColor: onTexture(1) }, { transparent: true }),
      on({ metallicRoughness: onTexture(0) }, { metallic: 0.5 }),
    ],
  });
  const named = uses.map((list) => list.map((use) => [use.property, use.picture.fileName]));
  expect(named).toEqual([
    [
      ['DiffuseColor', 'skin.png'],
      [PACKED_PROPERTY, 'a_b_c.jpg'],
    ],
    [
      ['DiffuseColor', 'skin.png'],
      ['TransparentColor', 'skin_alpha.png'],
      ['NormalMap', 'SKIN.jpg'],
    ],
    [['EmissiveColor', 'texture4.webp']],
    [['DiffuseColor', 'SKIN.jpg']],
    [
      ['ShininessExponent', 'skin_roughness.png'],
      ['ReflectionFactor', 'skin_metallic.png'],
    ],
  ]);
  expect(uses[0][0].picture).toBe(uses[1][0].picture);
});

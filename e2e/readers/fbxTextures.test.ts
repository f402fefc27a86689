import { resolveObjectURL } from 'node:buffer';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { decode } from 'fast-png';
import * as THREE from 'three';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { writeFbx } from '../../core/interchange/fbx/writeFbx';
import { fixtureTracks } from '../../core/interchange/testing/fixtureCharacter';
import {
  pngPixels,
  SKIN_EXTRAS,
  TEETH_TRANSFORM,
  texturedCharacter,
  texturePictures,
} from '../../core/interchange/testing/texturedCharacter';
import { ensureReader, runReader, underCi } from './ensureReaders';
import { READER_TIMEOUT_MILLISECONDS } from './readerCases';
import { loadFbxWithThree } from './threeScene';

vi.setConfig({ testTimeout: READER_TIMEOUT_MILLISECONDS, hookTimeout: READER_TIMEOUT_MILLISECONDS });

const folder = mkdtempSync(path.join(tmpdir(), 'mien-textures-'));
const file = path.join(folder, 'línea.fbx');
const pictures = texturePictures();
const present = { blender: ensureReader('blender'), assimp: ensureReader('assimp') };
let fbx: Uint8Array;

beforeAll(async () => {
  fbx = await writeFbx({ characterGlb: await texturedCharacter(), tracks: fixtureTracks(4), name: 'line' });
  writeFileSync(file, fbx);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.runIf(underCi)('the readers are there under CI', () => {
  expect(present).toEqual({ blender: true, assimp: true });
});

/** What must stand in the roughness picture: green times the material's factor, in all four components. */
function greyOf(component: 0 | 1 | 2, factor: number): number[] {
  const pixels = pngPixels(3, 3);
  return Array.from({ length: pixels.length / 3 }, (_, pixel) => Math.round(pixels[pixel * 3 + component] * factor)).flatMap(
    (value) => [value, value, value, value],
  );
}

/** Where a corner of the teeth must look in their base picture, by the definition of KHR_texture_transform, v up. */
function transformed(u: number, v: number): [number, number] {
  const { offset, rotation, scale } = TEETH_TRANSFORM;
  const [su, sv] = [u * scale[0], v * scale[1]];
  return [
    Math.cos(rotation) * su + Math.sin(rotation) * sv + offset[0],
    1 - (Math.cos(rotation) * sv - Math.sin(rotation) * su + offset[1]),
  ];
}

interface BlenderMaterials {
  readonly materials: Record<
    string,
    {
      readonly slots: Record<string, { file: string; output: string; packedBytes: number; pixels: number[] } | undefined>;
      readonly extras: Record<string, unknown>;
      readonly factors: { metallic: number; emission: number[] };
    }
  >;
  readonly meshes: Record<string, { materials: string[]; uvSets: Record<string, number[]>; extras: Record<string, unknown> }>;
}

describe.skipIf(!present.blender)('Blender', () => {
  let seen: BlenderMaterials;

  beforeAll(() => {
    const script = fileURLToPath(new URL('./blender_materials.py', import.meta.url));
    const output = path.join(folder, 'blender.json');
    const args = ['-b', '--factory-startup', '--python-exit-code', '3', '--python', script, '--', file, output];
    expect(runReader('blender', args, 300)).toContain('MIEN-READER-DONE');
    seen = JSON.parse(readFileSync(output, 'utf8')) as BlenderMaterials;
  });

  test('every picture is packed, decodes to its pixels and hangs on the right input', () => {
    const { Haut, teeth } = seen.materials;
    expect(Object.keys(seen.materials).sort()).toEqual(['Haut', 'teeth']);
    const rgb = (seed: number) => Array.from(pngPixels(3, seed)).flatMap((value, at) => (at % 3 === 2 ? [value, 255] : [value]));
    expect(Haut.slots['Base Color']).toMatchObject({ file: 'Haut Farbe ü.png', output: 'Color', pixels: rgb(1) });
    expect(Haut.slots.Normal).toMatchObject({ file: 'skinNormal.png', pixels: rgb(2) });
    expect(Haut.slots.Roughness?.pixels).toEqual(greyOf(1, 0.5));
    expect(Haut.slots.Metallic?.pixels).toEqual(greyOf(2, 1));
    expect(Haut.slots.Emission).toMatchObject({ file: 'glow.webp' });
    expect(Haut.slots.Alpha).toBeUndefined();
    expect(teeth.slots['Base Color']).toMatchObject({ file: 'teethColor.png', pixels: Array.from(pngPixels(4, 4)) });
    expect(teeth.slots.Alpha?.output).toBe('Alpha');
    expect(teeth.slots.Normal?.file).toBe('teethBumps.jpg');
    for (const [name, { bytes }] of Object.entries(pictures)) {
      const slots = [Haut, teeth].flatMap((material) => Object.values(material.slots));
      const slot = slots.find((one) => one?.file.startsWith(`${name}.`));
      if (name !== 'skinOrm') expect(slot?.packedBytes, name).toBe(bytes.byteLength);
    }
    expect(Haut.factors.emission.map((part) => Number(part.toFixed(4)))).toEqual([0.1, 0.2, 0.3]);
  });

  test('meshes keep their materials, all their coordinates and extras', () => {
    expect(seen.meshes.face.materials).toEqual(['Haut']);
    expect(seen.meshes.eyes.materials).toEqual(['teeth']);
    expect(Object.keys(seen.meshes.face.uvSets)).toEqual(['UVMap']);
    const { UVMap, UVMap2, UVMap_1: turned } = seen.meshes.teeth.uvSets;
    // The base picture's own coordinates come first: many importers look at no others.
    expect(Object.keys(seen.meshes.teeth.uvSets)[0]).toBe('UVMap_1');
    expect(turned.length).toBe(UVMap.length);
    for (let at = 0; at < UVMap.length; at += 2) {
      const [u, v] = [UVMap[at], 1 - UVMap[at + 1]];
      const [wantedU, wantedV] = transformed(u, v);
      expect(turned[at]).toBeCloseTo(wantedU, 5);
      expect(turned[at + 1]).toBeCloseTo(wantedV, 5);
      expect(UVMap2[at]).toBeCloseTo(u / 2, 5);
      expect(UVMap2[at + 1]).toBeCloseTo(1 - v / 2, 5);
    }
    expect(seen.meshes.teeth.extras).toMatchObject({ rig: 'house' });
    expect(seen.materials.Haut.extras).toMatchObject({
      artist: SKIN_EXTRAS.artist,
      layers: SKIN_EXTRAS.layers,
      palette: JSON.stringify(SKIN_EXTRAS.palette),
    });
    expect(Boolean(seen.materials.Haut.extras.wet)).toBe(true);
  });
});

describe.skipIf(!present.assimp)('assimp', () => {
  test('finds the pictures inside the file, byte for byte, on the right slots', () => {
    const output = path.join(folder, 'assimp.json');
    const script = fileURLToPath(new URL('./assimp_materials.py', import.meta.url));
    runReader('python3', [script, file, output], 120);
    const seen = JSON.parse(readFileSync(output, 'utf8')) as {
      readonly embedded: number;
      readonly materials: Record<string, Record<string, { path: string; bytes: string | null } | null>>;
    };
    const bytesOf = (material: string, slot: string) => {
      const picture = seen.materials[material][slot];
      return picture?.bytes ? new Uint8Array(Buffer.from(picture.bytes, 'base64')) : null;
    };
    expect(bytesOf('Haut', 'diffuse')).toEqual(pictures['Haut Farbe ü'].bytes);
    expect(bytesOf('Haut', 'normals')).toEqual(pictures.skinNormal.bytes);
    expect(bytesOf('Haut', 'emissive')).toEqual(pictures.glow.bytes);
    expect(Array.from(decode(bytesOf('Haut', 'shininess')!).data)).toEqual(greyOf(1, 0.5));
    expect(seen.materials.Haut.opacity).toBeNull();
    expect(bytesOf('teeth', 'diffuse')).toEqual(pictures.teethColor.bytes);
    const alpha = Array.from(pngPixels(4, 4)).filter((_, at) => at % 4 === 3);
    expect(Array.from(decode(bytesOf('teeth', 'opacity')!).data)).toEqual(alpha.flatMap((value) => [value, value, value, value]));
    expect(bytesOf('teeth', 'normals')).toEqual(pictures.teethBumps.bytes);
    // Six pictures, roughness, metal and alpha; the packed one itself is there for its occlusion.
    expect(seen.embedded).toBe(9);
  });
});

test("three's FBXLoader finds the pictures inside the file on its materials, with names, sets and opacity", async () => {
  const quiet = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const { root } = loadFbxWithThree(fbx);
  const meshes = new Map<string, THREE.Mesh>();
  root.traverse((object) => object instanceof THREE.Mesh && meshes.set(object.name, object));
  quiet.mockRestore();
  const materialOf = (mesh: string): THREE.MeshPhongMaterial => {
    const material = meshes.get(mesh)!.material;
    return (Array.isArray(material) ? material[0] : material) as THREE.MeshPhongMaterial;
  };
  const bytesOf = async (texture: THREE.Texture | null): Promise<Uint8Array> => {
    const blob = resolveObjectURL((texture?.image as { src: string }).src);
    return new Uint8Array(await blob!.arrayBuffer());
  };
  const [skin, teeth] = [materialOf('face'), materialOf('teeth')];
  expect([skin.name, teeth.name]).toEqual(['Haut', 'teeth']);
  expect(await bytesOf(skin.map)).toEqual(pictures['Haut Farbe ü'].bytes);
  expect(await bytesOf(skin.normalMap)).toEqual(pictures.skinNormal.bytes);
  expect(await bytesOf(skin.emissiveMap)).toEqual(pictures.glow.bytes);
  expect(await bytesOf(skin.aoMap)).toEqual(pictures.skinOrm.bytes);
  expect([skin.transparent, skin.alphaMap]).toEqual([false, null]);
  expect(await bytesOf(teeth.map)).toEqual(pictures.teethColor.bytes);
  expect([teeth.transparent, teeth.opacity]).toEqual([true, 1]);
  // three takes alpha from green: it is there too.
  const alpha = decode(await bytesOf(teeth.alphaMap)).data;
  expect(Array.from(alpha.slice(0, 8))).toEqual([110, 110, 110, 110, 2, 2, 2, 2]);
  expect(meshes.get('teeth')!.geometry.getAttribute('uv2') ?? meshes.get('teeth')!.geometry.getAttribute('uv1')).toBeDefined();
});

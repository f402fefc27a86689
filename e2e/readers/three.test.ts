import { describe, expect, test } from 'vitest';
import { compareDump, expectSame } from './compareDump';
import { CHARACTER_NAMES, readerCase } from './readerCases';
import { dumpThreeScene, loadFbxWithThree, loadGlbWithThree } from './threeScene';

describe.each(CHARACTER_NAMES)("three's loaders read %s", (character) => {
  test('GLTFLoader: names, rest, shapes, weights of every frame, rotations, deformed positions', async () => {
    const asked = await readerCase(character);
    const loaded = await loadGlbWithThree(asked.glb);
    expect(loaded.clips[0].name).toBe('Línea é 1');
    expectSame(`GLTFLoader, ${asked.name}`, compareDump(asked.expected, dumpThreeScene(loaded, asked, 1)));
  });

  test('FBXLoader: the same', async () => {
    const asked = await readerCase(character);
    const loaded = loadFbxWithThree(asked.fbx);
    expect(loaded.clips[0].name).toBe('Línea é 1');
    expectSame(`FBXLoader, ${asked.name}`, compareDump(asked.expected, dumpThreeScene(loaded, asked, 0.01)));
  });
});

test('a spike on one frame is on that frame, at 29.97 fps too', async () => {
  const asked = await readerCase('fixture', '29.97');
  for (const [loaded, metres] of [
    [await loadGlbWithThree(asked.glb), 1],
    [loadFbxWithThree(asked.fbx), 0.01],
  ] as const) {
    const dump = dumpThreeScene(loaded, asked, metres);
    const jawOpen = Array.from(dump.meshes.face.weights.jawOpen);
    expect(jawOpen.indexOf(Math.max(...jawOpen))).toBe(asked.spikeFrame);
    expectSame('29.97 fps', compareDump(asked.expected, dump));
  }
});

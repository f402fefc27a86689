import { validateBytes } from 'gltf-validator';
import { expect, test } from 'vitest';
import { trackOf } from '../../curves/sampledTracks';
import { FRAME_RATES, frameToSeconds } from '../../time/frameRate';
import { fixtureCharacter, fixtureTracks } from '../testing/fixtureCharacter';
import { readGltfDocument } from './gltfDocument';
import { writeGlb } from './writeGlb';

test.each(['60', '29.97'])('one animation with weights of every mesh and rotations of every joint, at %s fps', async (label) => {
  const rate = FRAME_RATES[label];
  const tracks = fixtureTracks(50, rate);
  const glb = await writeGlb({ characterGlb: await fixtureCharacter(), tracks, name: 'Grüße 1' });
  const { issues } = await validateBytes(glb);
  expect([issues.numErrors, issues.numWarnings]).toEqual([0, 0]);
  const root = (await readGltfDocument(glb)).getRoot();
  const [animation, ...others] = root.listAnimations();
  expect(others).toEqual([]);
  expect(animation.getName()).toBe('Grüße 1');
  const seen = animation.listChannels().map((channel) => `${channel.getTargetNode()?.getName()}.${channel.getTargetPath()}`);
  expect(seen.sort()).toEqual(
    ['eyeLeft.rotation', 'eyeRight.rotation', 'face.weights', 'head.rotation', 'neck.rotation', 'teeth.weights'].sort(),
  );
  const teeth = animation
    .listChannels()
    .find((channel) => channel.getTargetNode()?.getName() === 'teeth')
    ?.getSampler();
  const times = Array.from(teeth?.getInput()?.getArray() ?? []);
  expect(times).toEqual(Array.from({ length: 50 }, (_, frame) => Math.fround(frameToSeconds(frame, rate))));
  const weights = teeth?.getOutput()?.getArray() as Float32Array;
  expect(weights.length).toBe(50 * 5);
  for (const frame of [0, 13, 49]) {
    const row = Array.from(weights.subarray(frame * 5, frame * 5 + 5));
    const wanted = (['jawOpen', 'jawLeft', 'jawRight', 'mouthClose'] as const).map((channel) => trackOf(tracks, channel)[frame]);
    expect(row).toEqual([...wanted, 0]);
  }
});

test('materials, names, rest shapes and target names come through untouched; an old animation does not', async () => {
  const characterGlb = await fixtureCharacter();
  const tracks = fixtureTracks(5);
  const once = await writeGlb({ characterGlb, tracks, name: 'first' });
  const twice = await writeGlb({ characterGlb: once, tracks, name: 'second' });
  const [before, after] = [(await readGltfDocument(characterGlb)).getRoot(), (await readGltfDocument(twice)).getRoot()];
  expect(after.listAnimations().map((animation) => animation.getName())).toEqual(['second']);
  expect(after.listMaterials().map((material) => [material.getName(), material.getBaseColorFactor()])).toEqual(
    before.listMaterials().map((material) => [material.getName(), material.getBaseColorFactor()]),
  );
  expect(after.listMeshes().map((mesh) => mesh.getExtras())).toEqual(before.listMeshes().map((mesh) => mesh.getExtras()));
  const arrays = (root: typeof before): unknown[] =>
    root
      .listMeshes()
      .flatMap((mesh) => mesh.listPrimitives())
      .map((part) => part.listTargets().map((target) => target.getAttribute('POSITION')?.getArray()));
  expect(arrays(after)).toEqual(arrays(before));
  // The arrays of the removed animation went with it.
  expect(Math.abs(twice.length - once.length)).toBeLessThan(64);
});

test('the same input gives the same bytes', async () => {
  const input = { characterGlb: await fixtureCharacter(), tracks: fixtureTracks(20), name: 'line' };
  expect(await writeGlb(input)).toEqual(await writeGlb(input));
});

test('a curve that is not finite, or no frame, is refused by name', async () => {
  const characterGlb = await fixtureCharacter();
  const tracks = fixtureTracks(4);
  trackOf(tracks, 'cheekPuff')[2] = NaN;
  await expect(writeGlb({ characterGlb, tracks, name: 'x' })).rejects.toMatchObject({
    code: 'invalid-input',
    message: expect.stringContaining('cheekPuff'),
  });
  await expect(writeGlb({ characterGlb, tracks: { ...fixtureTracks(1), frameCount: 0 }, name: 'x' })).rejects.toMatchObject({
    code: 'invalid-input',
  });
});

test('a single frame is a valid file', async () => {
  const glb = await writeGlb({ characterGlb: await fixtureCharacter(), tracks: fixtureTracks(1), name: 'x' });
  expect((await validateBytes(glb)).issues.numErrors).toBe(0);
});

import * as THREE from 'three';
import { describe, expect, test, vi } from 'vitest';
import { fixtureCharacter } from '../../core/interchange/testing/fixtureCharacter';
import { compareDump, expectSame, TOLERANCE } from './compareDump';
import { ExpectedPerformance } from './expectedPerformance';
import { CHARACTER_NAMES, READER_TIMEOUT_MILLISECONDS, readerCase, type ReaderCase } from './readerCases';

vi.setConfig({ testTimeout: READER_TIMEOUT_MILLISECONDS });
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

test.runIf(CHARACTER_NAMES.includes('mien'))('vertex colours mean the same in GLB and FBX', async () => {
  const asked = await readerCase('mien');
  const colours = (root: THREE.Object3D, name: string): THREE.BufferAttribute => {
    const mesh = root.getObjectByName(name);
    if (!(mesh instanceof THREE.Mesh)) throw new Error(`no mesh ${name}`);
    return mesh.geometry.getAttribute('color') as THREE.BufferAttribute;
  };
  const mesh = asked.expected.scene.meshes[0];
  const glb = colours((await loadGlbWithThree(asked.glb)).root, mesh.name);
  const fbx = colours(loadFbxWithThree(asked.fbx).root, mesh.name);
  const corners = asked.expected.corners(mesh);
  expect(fbx.count).toBe(corners.length);
  let largest = 0;
  corners.forEach((vertex, corner) => {
    for (const axis of [0, 1, 2]) {
      largest = Math.max(largest, Math.abs(fbx.getComponent(corner, axis) - glb.getComponent(vertex, axis)));
    }
  });
  console.log(`[readers] FBXLoader, vertex colours against GLTFLoader: largest difference ${largest}`);
  expect(largest).toBeLessThan(TOLERANCE);
});

test('the comparison itself can fail: curves one frame late, a swapped pair of shapes, a head turned the other way', async () => {
  const asked = await readerCase('fixture');
  const dump = dumpThreeScene(await loadGlbWithThree(asked.glb), asked, 1);
  const late = await changedCase(asked, (samples) => Float32Array.from(samples, (_, frame) => samples[Math.max(0, frame - 1)]));
  expect(compareDump(late, dump).weight).toBeGreaterThan(TOLERANCE);
  const swapped = await changedCase(asked, (samples, index, all) => (index === 15 ? all[16] : index === 16 ? all[15] : samples));
  expect(compareDump(swapped, dump).weight).toBeGreaterThan(TOLERANCE);
  const mirrored = await changedCase(asked, (samples, index) => (index === 52 ? samples.map((value) => -value) : samples));
  expect(compareDump(mirrored, dump).rotationRadians).toBeGreaterThan(TOLERANCE);
});

/** The same character with other curves: what the files were NOT written from. */
async function changedCase(
  asked: ReaderCase,
  change: (samples: Float32Array, index: number, all: readonly Float32Array[]) => Float32Array,
): Promise<ExpectedPerformance> {
  const { channels } = asked.tracks;
  const tracks = { ...asked.tracks, channels: channels.map((samples, index) => change(samples, index, channels)) };
  return ExpectedPerformance.of(await fixtureCharacter(), tracks);
}

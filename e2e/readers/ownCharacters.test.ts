import * as THREE from 'three';
import { beforeAll, expect, test, vi } from 'vitest';
import { frameToSeconds } from '../../core/time/frameRate';
import { BUILT_NAMES, builtCase } from './builtCases';
import { expectedIn, READER_TIMEOUT_MILLISECONDS, type ReaderCase } from './readerCases';
import { loadFbxWithThree, loadGlbWithThree } from './threeScene';

vi.setConfig({ testTimeout: READER_TIMEOUT_MILLISECONDS, hookTimeout: READER_TIMEOUT_MILLISECONDS });

/** Weights of FBX are percents in the file. */
const THREE_TOLERANCE = 2e-4;
const FORMATS = ['glb', 'fbx'] as const;
const cases = new Map<string, ReaderCase>();

beforeAll(async () => {
  for (const name of BUILT_NAMES) cases.set(name, await builtCase(name));
});

const FILES = BUILT_NAMES.flatMap((name) => FORMATS.map((format) => ({ name, format })));

type Loaded = { readonly root: THREE.Object3D; readonly clips: readonly THREE.AnimationClip[] };

/** Weights of every target on every frame, as three plays the clip, by the target's name. */
function playedWeights({ root, clips }: Loaded, { tracks }: ReaderCase): Map<string, number[]> {
  const meshes: THREE.Mesh[] = [];
  root.traverse((object) => object instanceof THREE.Mesh && meshes.push(object));
  const mixer = new THREE.AnimationMixer(root);
  mixer.clipAction(clips[0]).setLoop(THREE.LoopOnce, 1).play().clampWhenFinished = true;
  const played = new Map<string, number[]>();
  for (let frame = 0; frame < tracks.frameCount; frame += 1) {
    mixer.setTime(frameToSeconds(frame, tracks.frameRate));
    for (const mesh of meshes)
      for (const [name, index] of Object.entries(mesh.morphTargetDictionary ?? {})) {
        const weights = played.get(name) ?? [];
        weights[frame] = mesh.morphTargetInfluences![index];
        played.set(name, weights);
      }
  }
  return played;
}

test.each(FILES)('three plays $name as $format with the weights its mapping says', async ({ name, format }) => {
  const built = cases.get(name)!;
  const expected = expectedIn(built, format);
  const loaded: Loaded = format === 'fbx' ? loadFbxWithThree(built.fbx) : await loadGlbWithThree(built.glb);
  const played = playedWeights(loaded, built);
  let moving = 0;
  for (const mesh of expected.scene.meshes) {
    mesh.targetNames.forEach((target, index) => {
      const wanted = Array.from({ length: built.tracks.frameCount }, (_, frame) => expected.weight(mesh, index, frame));
      const seen = played.get(target);
      expect(seen, target).toBeDefined();
      const scale = Math.max(1, ...wanted.map(Math.abs));
      const worst = Math.max(...wanted.map((value, frame) => Math.abs(value - seen![frame])));
      expect(worst / scale, target).toBeLessThan(THREE_TOLERANCE);
      if (wanted.some((value) => Math.abs(value) > 0.05)) moving += 1;
    });
  }
  expect(moving).toBeGreaterThan(3);
});

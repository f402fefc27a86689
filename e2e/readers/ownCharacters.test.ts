import * as THREE from 'three';
import { describe, expect, test, vi } from 'vitest';
import { targetTracks } from '../../core/interchange/character/targetTracks';
import { readCharacter } from '../../core/interchange/character/readCharacter';
import { writeFbx } from '../../core/interchange/fbx/writeFbx';
import { writeGlb } from '../../core/interchange/gltf/writeGlb';
import { fixtureTracks } from '../../core/interchange/testing/fixtureCharacter';
import { frameToSeconds } from '../../core/time/frameRate';
import { prepareCharacterBytes } from '../../main/character/prepareCharacter';
import { buildCharacter } from '../../main/character/testing/builtCharacters';
import { CHARACTERS } from '../../main/character/testing/fieldCharacters';
import { READER_TIMEOUT_MILLISECONDS } from './readerCases';
import { loadFbxWithThree, loadGlbWithThree } from './threeScene';

vi.setConfig({ testTimeout: READER_TIMEOUT_MILLISECONDS });

const tracks = fixtureTracks(24);
/** Weights of FBX are percents in the file. */
const TOLERANCE = 2e-4;

type Loaded = { readonly root: THREE.Object3D; readonly clips: readonly THREE.AnimationClip[] };

/** Weights of every target on every frame, as three plays the clip, by the target's name. */
function playedWeights({ root, clips }: Loaded): Map<string, number[]> {
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

describe.each(Object.entries(CHARACTERS))('three reads what was written onto %s', (_name, built) => {
  test('every target has on every frame the weight its mapping says, in .glb and .fbx', async () => {
    const originalGlb = await buildCharacter(built);
    const { plainGlb, mapping } = await prepareCharacterBytes(originalGlb, 'hero.glb');
    const { profile } = mapping;
    const scene = await readCharacter(plainGlb, { needsChannels: false });
    const wanted = targetTracks(scene, tracks, profile);
    // three has no decoders of its own for packed geometry: there the animation is written onto the plain copy.
    const isPacked = built.packing === 'draco' || built.packing === 'meshopt';
    const line = { characterGlb: plainGlb, profile, tracks, name: 'line' };
    const glb = await writeGlb({ ...line, originalGlb: isPacked ? null : originalGlb });
    const loaded: Loaded[] = [await loadGlbWithThree(glb), loadFbxWithThree(await writeFbx(line))];
    for (const played of loaded.map(playedWeights)) {
      let moving = 0;
      for (const mesh of scene.meshes) {
        mesh.targetNames.forEach((target, index) => {
          const samples = wanted.samplesOf(mesh, index) ?? new Float32Array(tracks.frameCount);
          const seen = played.get(target);
          expect(seen, target).toBeDefined();
          const scale = Math.max(1, ...samples.map(Math.abs));
          const worst = Math.max(...samples.map((value, frame) => Math.abs(value - seen![frame])));
          expect(worst / scale, target).toBeLessThan(TOLERANCE);
          if (samples.some((value) => Math.abs(value) > 0.05)) moving += 1;
        });
      }
      expect(moving).toBeGreaterThan(3);
    }
  });
});

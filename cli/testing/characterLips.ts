import { readFile } from 'node:fs/promises';
import { readLipLandmarks, type LipLandmarks, type LipPairIndices } from '../../core/rig/lipGap';
import { loadCharacterScene } from '../picture/characterScene';
import { findResources } from '../resources';

/** The lip vertices of the default character, read from the file that ships: what is measured is what users see. */
export async function loadCharacterLips(): Promise<LipLandmarks> {
  const { character, landmarks } = findResources();
  const {
    mesh: meshName,
    lips,
    restMouthWidthMetres,
  } = JSON.parse(await readFile(landmarks, 'utf8')) as {
    mesh: string;
    lips: { contactPairs: LipPairIndices[] };
    restMouthWidthMetres: number;
  };
  const scene = await loadCharacterScene(new Uint8Array(await readFile(character)));
  const mesh = scene.meshes.find(({ name }) => name === meshName);
  if (!mesh) throw new Error(`the character has no mesh "${meshName}"`);
  const targets = mesh.targets.map(({ name, vertices, positionDeltas }) => {
    const deltas = new Float32Array(mesh.positions.length);
    vertices.forEach((vertex, k) => deltas.set(positionDeltas.subarray(k * 3, k * 3 + 3), vertex * 3));
    return { name, deltas };
  });
  return readLipLandmarks(mesh.positions, targets, lips.contactPairs, restMouthWidthMetres);
}

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readCharacter } from '../interchange/character/readCharacter';
import { BUNDLED_PUPIL_DISTANCE_METRES, pupilDistanceOf } from './pupilDistance';

const FOLDER = new URL('../../assets/character/', import.meta.url);

it('the table of bundled characters says what their joints say, for every one of them', async () => {
  const { characters } = JSON.parse(readFileSync(new URL('characters.json', FOLDER), 'utf8')) as {
    characters: { id: string; file: string }[];
  };
  expect(Object.keys(BUNDLED_PUPIL_DISTANCE_METRES).sort()).toEqual(characters.map(({ id }) => id).sort());
  for (const { id, file } of characters) {
    const scene = await readCharacter(new Uint8Array(readFileSync(new URL(file, FOLDER))));
    expect(pupilDistanceOf(scene.nodes, scene.joints), id).toBeCloseTo(BUNDLED_PUPIL_DISTANCE_METRES[id], 5);
  }
});

it('is not known without two eyes, or with joints that cannot be eyes', () => {
  const at = (x: number) => ({ worldMatrix: Float64Array.of(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, x, 0, 0, 1) });
  const nodes = [at(0.03), at(-0.03), at(5)];
  expect(pupilDistanceOf(nodes, { eyeLeft: 0, eyeRight: 1 })).toBeCloseTo(0.06, 9);
  expect(pupilDistanceOf(nodes, { eyeLeft: 0, eyeRight: -1 })).toBeNull();
  expect(pupilDistanceOf(nodes, { eyeLeft: 2, eyeRight: 1 })).toBeNull();
  expect(pupilDistanceOf(nodes, { eyeLeft: 0, eyeRight: 0 })).toBeNull();
});

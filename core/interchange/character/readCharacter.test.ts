import { describe, expect, test } from 'vitest';
import { MienError } from '../../errors';
import { ARKIT_CHANNELS } from '../../rig/channels';
import { fixtureCharacter } from '../testing/fixtureCharacter';
import { corruptions } from '../testing/corruptBytes';
import { readCharacter } from './readCharacter';

test('reads nodes, meshes, targets, skin, materials and joints', async () => {
  const scene = await readCharacter(await fixtureCharacter());
  expect(scene.nodes.map((node) => node.name)).toEqual(expect.arrayContaining(['root', 'neck', 'head', 'eyeLeft', 'eyeRight']));
  expect(scene.nodes[scene.joints.eyeLeft].name).toBe('eyeLeft');
  expect(scene.nodes[scene.joints.head].worldMatrix[13]).toBeCloseTo(1.55, 12);
  const [face, teeth, eyes, cap] = scene.meshes;
  expect([face.name, teeth.name, eyes.name, cap.name]).toEqual(['face', 'teeth', 'eyes', 'cap']);
  expect(face.targetChannels).toEqual([...ARKIT_CHANNELS]);
  expect(teeth.targetNames).toEqual(['jawOpen', 'jawLeft', 'jawRight', 'mouthClose', 'häppy_corrective']);
  expect(teeth.targetChannels[4]).toBeNull();
  expect([face.skinIndex, cap.skinIndex]).toEqual([0, -1]);
  expect(face.primitives[0].vertexCount).toBe(81);
  expect(face.primitives[0].indices.length).toBe(8 * 8 * 6);
  expect(face.primitives[0].targets[17].positions.some((value) => value !== 0)).toBe(true);
  expect(scene.materials[0]).toMatchObject({ name: 'Haut', baseColor: [0.8, 0.5, 0.4, 1] });
});

describe('what is no character gives one clear error', () => {
  const refuse = async (bytes: Uint8Array): Promise<void> => {
    const error: unknown = await readCharacter(bytes).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(MienError);
    expect((error as MienError).code).toBe('character-unreadable');
    expect((error as MienError).remedy).not.toBe('');
  };

  test.each([0, 5, 19, 40, 1000])('cut to %i bytes', async (length) => {
    await refuse((await fixtureCharacter()).slice(0, length));
  });

  test('a picture, a text, zeros', async () => {
    await refuse(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, ...new Array<number>(100).fill(7)));
    await refuse(new TextEncoder().encode('{"asset":{"version":"2.0"}} and nothing else'));
    await refuse(new Uint8Array(4096));
  });

  test('nodes that form a loop, arrays larger than any memory, no target that names a channel', async () => {
    await refuse(glbOf({ asset: { version: '2.0' }, nodes: [{ children: [1] }, { children: [0] }] }));
    await refuse(glbOf({ asset: { version: '2.0' }, accessors: [{ count: 4e9, type: 'MAT4', componentType: 5126 }] }));
    await refuse(glbOf({ asset: { version: '2.0' }, meshes: [] }));
  });
});

test('damaged bytes give a character or that error, never anything else (seeded, 200 files)', async () => {
  const whole = await fixtureCharacter();
  for (const bytes of corruptions(whole, 200, 11)) {
    const outcome = await readCharacter(bytes).then(
      () => 'read',
      (error: unknown) => (error instanceof MienError ? error.code : error),
    );
    expect(['read', 'character-unreadable']).toContain(outcome);
  }
});

function glbOf(json: unknown): Uint8Array {
  const text = JSON.stringify(json);
  const chunk = new TextEncoder().encode(text.padEnd(Math.ceil(text.length / 4) * 4));
  const bytes = new Uint8Array(20 + chunk.length);
  const view = new DataView(bytes.buffer);
  [0x46546c67, 2, bytes.length, chunk.length, 0x4e4f534a].forEach((value, index) => view.setUint32(index * 4, value, true));
  bytes.set(chunk, 20);
  return bytes;
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readProjectPicture } from './readProjectPicture';
import { exampleProject, packToBytes } from './testing/exampleProject';
import { unpackProject } from './unpackProject';

const picture = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 4, 0xff, 0xd9]);
let folder: string;
beforeAll(() => (folder = mkdtempSync(path.join(tmpdir(), 'mien-picture-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const saved = (bytes: Uint8Array): string => {
  const file = path.join(folder, 'a.mien');
  writeFileSync(file, bytes);
  return file;
};

describe('the picture of a project', () => {
  it('is read without the rest, and is no hindrance to opening it', async () => {
    const bytes = await packToBytes({ ...exampleProject(), picture });
    expect(await readProjectPicture(saved(bytes))).toBe(`data:image/jpeg;base64,${Buffer.from(picture).toString('base64')}`);
    expect(unpackProject(bytes).records).toEqual(exampleProject().records);
  });

  it('is null without one, for what is no JPEG, and for any damage', async () => {
    expect(await readProjectPicture(saved(await packToBytes(exampleProject())))).toBeNull();
    expect(
      await readProjectPicture(saved(await packToBytes({ ...exampleProject(), picture: new Uint8Array([1, 2, 3, 4]) }))),
    ).toBeNull();
    expect(await readProjectPicture(path.join(folder, 'none.mien'))).toBeNull();
    const whole = await packToBytes({ ...exampleProject(), picture });
    for (const length of [0, 5, 21, 22, 100, whole.length - 1])
      expect(await readProjectPicture(saved(whole.slice(0, length)))).toBeNull();
    for (let at = whole.length - 22; at < whole.length; at++) {
      const damaged = whole.slice();
      damaged[at] ^= 0xff;
      const read = await readProjectPicture(saved(damaged));
      expect(read === null || read.startsWith('data:image/jpeg;base64,')).toBe(true);
    }
  });
});

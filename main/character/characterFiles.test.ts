import { createHash } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { MienError } from '../../core/errors';
import { characterPartsOf } from '../engine/projectParts';
import { characterPartName } from '../project/partNames';
import { exampleProject, packToBytes } from '../project/testing/exampleProject';
import { unpackProject } from '../project/unpackProject';
import { CharacterFiles } from './characterFiles';

const GLB = new TextEncoder().encode('glTF stands here');
const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const SHA = hashOf(GLB);
const record = {
  id: 'character:a',
  kind: 'character',
  name: 'Zoë',
  fileName: 'zoë.vrm',
  sha256: SHA,
  mapping: [],
  visemes: [{ viseme: 'aa', target: 'A', gain: 1 }],
  gains: {},
  limits: {},
  neutralOffset: {},
} as const;

const newFiles = async () => new CharacterFiles(await mkdtemp(path.join(tmpdir(), 'mien-characters-')));

function why(work: () => unknown): string {
  try {
    work();
    return 'read';
  } catch (error) {
    if (!(error instanceof MienError)) throw error;
    return error.message;
  }
}

/** The project with a part put in under a name, listed with its true hash. */
async function withPart(name: string, bytes: Uint8Array): Promise<Uint8Array> {
  const parts = unzipSync(await packToBytes(exampleProject()));
  const document = JSON.parse(new TextDecoder().decode(parts['document.json'])) as { files: Record<string, string> };
  document.files[name] = hashOf(bytes);
  return zipSync({ ...parts, [name]: bytes, 'document.json': new TextEncoder().encode(JSON.stringify(document)) });
}

describe("files of the user's characters", () => {
  it('are kept and read by their hash; what was changed on the disk is refused', async () => {
    const files = await newFiles();
    await expect(files.read(SHA)).rejects.toThrow(MienError);
    expect(await files.keep(SHA, GLB)).toBe(true);
    expect(await files.read(SHA)).toEqual(GLB);
    await writeFile(files.pathOf(SHA)!, 'something else');
    await expect(files.read(SHA)).rejects.toThrow(/not in the project/);
    await files.clear();
    expect(files.pathOf(SHA)).toBeNull();
  });

  it('go into the project with the records that name them, and come back to the bit', async () => {
    const files = await newFiles();
    await files.keep(SHA, GLB);
    const content = exampleProject();
    const records = { ...content.records, [record.id]: record };
    const parts = [...content.parts, ...characterPartsOf(records, (sha256) => files.pathOf(sha256))];
    const read = unpackProject(await packToBytes({ ...content, records, parts }));
    expect(read.records[record.id]).toEqual(record);
    expect(read.parts.get(characterPartName(SHA))).toEqual(GLB);
  });

  it('may not be called otherwise than their hash says, nor lie elsewhere', async () => {
    expect(why(() => unpackProject(new Uint8Array()))).not.toBe('read');
    expect(await withPart(characterPartName(SHA), GLB).then((bytes) => why(() => unpackProject(bytes)))).toBe('read');
    const wrong = await withPart(characterPartName('0'.repeat(64)), GLB);
    expect(why(() => unpackProject(wrong))).toMatch(/not what its name says/);
    for (const name of ['characters/../../x.glb', 'characters/x.glb', `characters/${SHA}.exe`]) {
      const outside = await withPart(name, GLB);
      expect(why(() => unpackProject(outside))).toMatch(/missing/);
    }
  });

  it('must be there when they are on stage', async () => {
    const content = exampleProject();
    const project = { ...content.records.project, stageCharacter: 'character:gone' } as (typeof content.records)[string];
    const bytes = await packToBytes({ ...content, records: { ...content.records, project } });
    expect(why(() => unpackProject(bytes))).toMatch(/character:gone/);
  });
});

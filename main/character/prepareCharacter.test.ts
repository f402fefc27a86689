import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { validateBytes } from 'gltf-validator';
import { afterAll, describe, expect, it } from 'vitest';
import { trackOf } from '../../core/curves/sampledTracks';
import { readGltfDocument } from '../../core/interchange/gltf/gltfDocument';
import { fixtureTracks } from '../../core/interchange/testing/fixtureCharacter';
import { writeFbx } from '../../core/interchange/fbx/writeFbx';
import { writeGlb } from '../../core/interchange/gltf/writeGlb';
import { ARKIT_CHANNELS } from '../../core/rig/channels';
import { prepareCharacter, prepareCharacterBytes } from './prepareCharacter';
import { buildCharacter, jsonOf, withJson } from './testing/builtCharacters';
import { CC4, CHARACTERS, METAHUMAN, VISEMES } from './testing/fieldCharacters';

const folder = mkdtempSync(path.join(tmpdir(), 'mien-characters-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const tracks = fixtureTracks(12);

describe('characters as the field has them', () => {
  it.each(Object.entries(CHARACTERS))('%s: read, mapped, written onto', async (_name, built) => {
    const originalGlb = await buildCharacter(built);
    const prepared = await prepareCharacterBytes(originalGlb, 'hero.glb');
    const { profile } = prepared.mapping;
    expect(profile.mapping.length + (profile.visemes?.length ?? 0)).toBeGreaterThan(3);

    const plain = (await readGltfDocument(prepared.plainGlb)).getRoot();
    expect(
      plain
        .listMeshes()
        .map((mesh) => mesh.getName())
        .sort(),
    ).toEqual(built.meshes.map(({ name }) => name).sort());
    const [low, high] = [Math.min, Math.max].map((pick) =>
      pick(...(Array.from(plain.listMeshes()[0].listPrimitives()[0].getAttribute('POSITION')!.getArray()!) as number[])),
    );
    expect(high - low).toBeGreaterThan(0.2);

    const written = await writeGlb({ characterGlb: prepared.plainGlb, originalGlb, profile, tracks, name: 'line' });
    const { issues } = await validateBytes(written);
    // Decoding meshopt is not the validator's business; everything else must be clean.
    const errors = issues.messages.filter(({ severity, code }) => severity === 0 && !/UNSUPPORTED|MESHOPT/.test(code));
    expect(errors).toEqual([]);
    // Nothing but the animation and its arrays has changed.
    const [before, after] = [jsonOf(originalGlb), jsonOf(written)];
    for (const key of ['nodes', 'meshes', 'materials', 'textures', 'images', 'skins', 'extensions', 'extensionsUsed', 'scenes'])
      expect(after[key], key).toEqual(before[key]);
    expect((after.accessors as unknown[]).slice(0, (before.accessors as unknown[]).length)).toEqual(before.accessors);
    // The same weights come back through another path: a character prepared from the export.
    const again = await prepareCharacterBytes(written, 'hero.glb');
    expect(again.mapping).toEqual(prepared.mapping);
    const fbx = await writeFbx({ characterGlb: prepared.plainGlb, profile, tracks, name: 'line' });
    expect(new TextDecoder('latin1').decode(fbx.subarray(0, 18))).toBe('Kaydara FBX Binary');
  });

  it('maps all of ARKit, with prefixes and short sides or in snake case', async () => {
    for (const [name, built] of Object.entries(CHARACTERS).slice(0, 2)) {
      const { mapping } = await prepareCharacterBytes(await buildCharacter(built), 'a.glb');
      expect(mapping.mapped.length, name).toBe(52);
      expect([mapping.missing, mapping.substituted]).toEqual([[], []]);
    }
  });

  it.each([
    ['Reallusion', CC4, CHARACTERS['Reallusion CC4, meshopt']],
    ['MetaHuman', METAHUMAN, CHARACTERS['MetaHuman expressions, mirrored node']],
  ])('%s names mean what they say', async (_name, pairs, built) => {
    const { mapping } = await prepareCharacterBytes(await buildCharacter(built), 'a.glb');
    const own = mapping.profile.mapping.filter((row) => row.confidence !== 0.4);
    for (const [target, channel] of pairs)
      expect(
        own.filter((row) => row.target === target).map((row) => row.channel),
        target,
      ).toEqual([channel]);
  });

  it('a rig of visemes closes on P and opens on an open jaw; blinks stay blinks', async () => {
    const built = CHARACTERS['Oculus visemes with a blink, quantised'];
    const prepared = await prepareCharacterBytes(await buildCharacter(built), 'a.glb');
    expect(prepared.mapping.profile.visemes?.length).toBe(15);
    const pose = fixtureTracks(3);
    for (const channel of ARKIT_CHANNELS) trackOf(pose, channel).fill(0);
    trackOf(pose, 'jawOpen').set([0, 0.55, 0.1]);
    trackOf(pose, 'mouthPressLeft').set([0, 0, 0.5]);
    trackOf(pose, 'mouthPressRight').set([0, 0, 0.5]);
    trackOf(pose, 'mouthClose').set([0, 0, 0.1]);
    trackOf(pose, 'eyeBlinkLeft').set([1, 0, 0]);
    const glb = await writeGlb({ characterGlb: prepared.plainGlb, profile: prepared.mapping.profile, tracks: pose, name: 'x' });
    const animation = (await readGltfDocument(glb)).getRoot().listAnimations()[0];
    const weights = animation
      .listChannels()
      .find((channel) => channel.getTargetPath() === 'weights')!
      .getSampler()!
      .getOutput()!
      .getArray()!;
    const at = (frame: number, viseme: string) => weights[frame * 17 + VISEMES.indexOf(viseme)];
    expect(at(0, 'sil')).toBeCloseTo(1, 5);
    expect(at(1, 'aa')).toBeGreaterThan(0.6);
    expect(at(2, 'PP')).toBeGreaterThan(0.6);
    expect(at(2, 'aa')).toBeLessThan(0.1);
    expect([weights[15], weights[16]]).toEqual([1, 0]);
  });

  it('finds rigs whose weights go to 100, says what is missing and what stands in', async () => {
    const { mapping } = await prepareCharacterBytes(
      await buildCharacter(CHARACTERS['weights to 100, upper case, shapes missing']),
      'a.glb',
    );
    expect(mapping.profile.mapping.find((row) => row.channel === 'jawOpen' && row.confidence !== 0.4)?.gain).toBe(100);
    expect(mapping.missing).toEqual(['cheekPuff']);
    expect(mapping.substituted.map(({ channel }) => channel)).toContain('mouthClose');
    const stand = mapping.profile.mapping.find((row) => row.channel === 'mouthClose');
    expect([stand?.target, stand?.gain]).toEqual(['JAWOPEN', -100]);
  });

  it.each([
    [
      'VRM 0',
      {
        VRM: {
          blendShapeMaster: {
            blendShapeGroups: [
              { name: 'A', presetName: 'a', binds: [{ mesh: 0, index: 0, weight: 100 }] },
              { name: 'Blink_L', presetName: 'blink_l', binds: [{ mesh: 0, index: 1, weight: 50 }] },
              { name: 'BrowInnerUp', presetName: 'unknown', binds: [{ mesh: 0, index: 2, weight: 100 }] },
              { name: 'O', presetName: 'o', binds: [{ mesh: 7, index: 900, weight: 100 }] },
            ],
          },
        },
      },
    ],
    [
      'VRM 1',
      {
        VRMC_vrm: {
          expressions: {
            preset: {
              aa: { morphTargetBinds: [{ node: 1, index: 0, weight: 1 }] },
              blinkLeft: { morphTargetBinds: [{ node: 1, index: 1, weight: 0.5 }] },
            },
            custom: { BrowInnerUp: { morphTargetBinds: [{ node: 1, index: 2, weight: 1 }] } },
          },
        },
      },
    ],
  ])('%s: the expression table speaks where names say nothing', async (_name, extensions) => {
    const built = { meshes: [{ name: 'Kopf', targets: ['x1', 'x2', 'x3', 'x4'] }], extensions };
    const { profile, unmapped } = (await prepareCharacterBytes(await buildCharacter(built), 'a.vrm')).mapping;
    expect(profile.visemes).toEqual([{ viseme: 'aa', target: 'x1', mesh: 'Kopf', gain: 1, confidence: 0.9 }]);
    const rows = profile.mapping.filter(({ confidence }) => confidence !== 0.4);
    expect(rows.map(({ channel, target, gain }) => [channel, target, gain])).toEqual([
      ['eyeBlinkLeft', 'x2', 0.5],
      ['browInnerUp', 'x3', 1],
    ]);
    expect(unmapped.map(({ target }) => target)).toEqual(['x4']);
  });

  it('an expression table that makes no sense is passed over', async () => {
    for (const extensions of [{ VRM: { blendShapeMaster: [] } }, { VRMC_vrm: { expressions: { preset: { aa: 3 } } } }]) {
      const built = { meshes: [{ name: 'Kopf', targets: ['jawOpen'] }], extensions };
      expect((await prepareCharacterBytes(await buildCharacter(built), 'a.vrm')).mapping.mapped).toEqual(['jawOpen']);
    }
  });

  it('our own exports come back', async () => {
    const characterGlb = new Uint8Array(readFileSync(path.join(__dirname, '../../assets/character/mien.glb')));
    const exported = await writeGlb({ characterGlb, tracks, name: 'line' });
    const { mapping } = await prepareCharacterBytes(exported, 'line.glb');
    expect(mapping.mapped.length).toBe(52);
  });
});

describe('files that mean no good', () => {
  const refused = async (file: string) =>
    await prepareCharacter(file).then(
      () => 'read',
      (error: { code: string; message: string }) => `${error.code}: ${error.message}`,
    );

  it('parts from outside the folder, from a network, or missing', async () => {
    writeFileSync(path.join(folder, '..', 'mien-secret.bin'), 'secret');
    for (const uri of [
      '../mien-secret.bin',
      '%2e%2e/mien-secret.bin',
      '/etc/hostname',
      'file:///etc/hostname',
      'https://example.com/a.bin',
      'gone.bin',
    ]) {
      const file = path.join(folder, 'evil.gltf');
      writeFileSync(file, JSON.stringify({ asset: { version: '2.0' }, buffers: [{ byteLength: 6, uri }] }));
      expect(await refused(file), uri).toMatch(/^character-unreadable: .*(outside its folder|missing)/);
    }
    rmSync(path.join(folder, '..', 'mien-secret.bin'));
  });

  it('huge counts, cut files, other files, loops', async () => {
    const glb = await buildCharacter({ meshes: [{ name: 'a', targets: ['jawOpen'] }] });
    const json = jsonOf(glb) as { accessors: { count: number }[]; nodes: { children?: number[] }[] };
    const huge = structuredClone(json);
    huge.accessors[0].count = 4_000_000_000;
    const cases: Record<string, Uint8Array> = {
      'huge.glb': withJson(glb, huge),
      'cut.glb': glb.subarray(0, glb.byteLength - 200),
      'short.glb': glb.subarray(0, 15),
      'text.glb': new TextEncoder().encode('this is no character'),
      'empty.glb': new Uint8Array(0),
      'plain.glb': await buildCharacter({ meshes: [{ name: 'no targets', targets: [] }] }),
    };
    for (const [name, bytes] of Object.entries(cases)) {
      writeFileSync(path.join(folder, name), bytes);
      expect(await refused(path.join(folder, name)), name).toMatch(/^character-unreadable: The character file cannot be used: /);
    }
  });

  it('a .gltf with its parts beside it is one character', async () => {
    const glb = await buildCharacter({ meshes: [{ name: 'a', targets: ['jawOpen', 'eyeBlinkLeft'] }] });
    const json = jsonOf(glb) as { buffers: { uri?: string }[] };
    const jsonLength = new DataView(glb.buffer).getUint32(12, true);
    json.buffers[0].uri = 'teile/gro%C3%9F.bin';
    const { mkdirSync } = await import('node:fs');
    mkdirSync(path.join(folder, 'teile'), { recursive: true });
    writeFileSync(path.join(folder, 'teile', 'groß.bin'), glb.subarray(28 + jsonLength));
    writeFileSync(path.join(folder, 'hero.gltf'), JSON.stringify(json));
    const prepared = await prepareCharacter(path.join(folder, 'hero.gltf'));
    expect(prepared.mapping.mapped).toEqual(['eyeBlinkLeft', 'jawOpen']);
  });
});

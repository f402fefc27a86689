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
import { buildCharacter, jsonOf, withJson, type BuiltCharacter } from './testing/builtCharacters';

const folder = mkdtempSync(path.join(tmpdir(), 'mien-characters-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const snake = (channel: string) => channel.replace(/([A-Z])/g, '_$1').toLowerCase();
const short = (channel: string) => channel.replace(/Left$/, '_L').replace(/Right$/, '_R');
const CC4 = [
  ['Eye_Blink_L', 'eyeBlinkLeft'],
  ['Eye_Blink_R', 'eyeBlinkRight'],
  ['Eye_L_Look_L', 'eyeLookOutLeft'],
  ['Eye_R_Look_L', 'eyeLookInRight'],
  ['Brow_Raise_Inner_L', 'browInnerUp'],
  ['Brow_Raise_Inner_R', 'browInnerUp'],
  ['Brow_Raise_Outer_L', 'browOuterUpLeft'],
  ['Brow_Drop_R', 'browDownRight'],
  ['Cheek_Raise_L', 'cheekSquintLeft'],
  ['Nose_Sneer_R', 'noseSneerRight'],
  ['Mouth_Smile_L', 'mouthSmileLeft'],
  ['Mouth_Frown_R', 'mouthFrownRight'],
  ['Mouth_L', 'mouthLeft'],
  ['Mouth_Pucker_Up_L', 'mouthPucker'],
  ['Mouth_Funnel_Down_R', 'mouthFunnel'],
  ['Mouth_Roll_In_Upper_L', 'mouthRollUpper'],
  ['Mouth_Up_Upper_L', 'mouthUpperUpLeft'],
  ['Mouth_Down_Lower_R', 'mouthLowerDownRight'],
  ['Mouth_Close', 'mouthClose'],
  ['Jaw_Open', 'jawOpen'],
  ['Jaw_L', 'jawLeft'],
  ['Tongue_Out', 'tongueOut'],
] as const;
const METAHUMAN = [
  ['CTRL_expressions_eyeBlinkL', 'eyeBlinkLeft'],
  ['CTRL_expressions_eyeWidenR', 'eyeWideRight'],
  ['CTRL_expressions_browRaiseInL', 'browInnerUp'],
  ['CTRL_expressions_browRaiseOuterR', 'browOuterUpRight'],
  ['CTRL_expressions_browDownL', 'browDownLeft'],
  ['CTRL_expressions_mouthCornerPullL', 'mouthSmileLeft'],
  ['CTRL_expressions_mouthCornerDepressR', 'mouthFrownRight'],
  ['CTRL_expressions_mouthLowerLipDepressL', 'mouthLowerDownLeft'],
  ['CTRL_expressions_mouthUpperLipRaiseR', 'mouthUpperUpRight'],
  ['CTRL_expressions_mouthStretchL', 'mouthStretchLeft'],
  ['CTRL_expressions_mouthFunnelUL', 'mouthFunnel'],
  ['CTRL_expressions_mouthLipsPurseDR', 'mouthPucker'],
  ['CTRL_expressions_jawOpen', 'jawOpen'],
  ['CTRL_expressions_jawFwd', 'jawForward'],
  ['CTRL_expressions_noseWrinkleL', 'noseSneerLeft'],
] as const;
const VISEMES = ['sil', 'PP', 'FF', 'TH', 'DD', 'kk', 'CH', 'SS', 'nn', 'RR', 'aa', 'E', 'I', 'O', 'U'];

/** Differently built characters, as the field has them. */
const CHARACTERS: Readonly<Record<string, BuiltCharacter>> = {
  'ARKit with prefixes, short sides, sparse, two meshes, names in Unicode': {
    meshes: [
      { name: 'Köpfchen', targets: ARKIT_CHANNELS.map((channel) => `表情_${short(channel)}`) },
      { name: 'Zähne', targets: ['Teeth.jawOpen', 'Teeth.jawForward', 'коррекция'] },
    ],
    packing: 'sparse',
    joints: ['neck', 'head', 'eye_L', 'eye_R'],
  },
  'ARKit in snake case, Draco': { meshes: [{ name: 'face', targets: ARKIT_CHANNELS.map(snake) }], packing: 'draco' },
  'Reallusion CC4, meshopt': { meshes: [{ name: 'CC_Base_Body', targets: CC4.map(([target]) => target) }], packing: 'meshopt' },
  'MetaHuman expressions, mirrored node': {
    meshes: [{ name: 'head_lod0', targets: METAHUMAN.map(([target]) => target) }],
    scale: [-1, 1, 1],
  },
  'Oculus visemes with a blink, quantised': {
    meshes: [{ name: 'avatar', targets: [...VISEMES.map((viseme) => `viseme_${viseme}`), 'eyeBlink_L', 'eyeBlink_R'] }],
    packing: 'quantized',
  },
  'VRM 0 with VRoid names': {
    meshes: [
      {
        name: 'Face',
        targets: [
          'Fcl_MTH_A',
          'Fcl_MTH_I',
          'Fcl_MTH_U',
          'Fcl_MTH_E',
          'Fcl_MTH_O',
          'Fcl_EYE_Close_L',
          'Fcl_EYE_Close_R',
          'Fcl_ALL_Joy',
        ],
      },
    ],
    extensions: { VRM: { exporterVersion: 'test', blendShapeMaster: { blendShapeGroups: [{ name: 'A', presetName: 'a' }] } } },
    joints: ['J_Bip_C_Neck', 'J_Bip_C_Head'],
  },
  'weights to 100, upper case, shapes missing': {
    meshes: [
      {
        name: 'Gesicht',
        targets: ARKIT_CHANNELS.filter((channel) => !/mouthClose|mouthDimple|cheek/.test(channel)).map((channel) =>
          channel.toUpperCase(),
        ),
      },
    ],
    deltaScale: 0.0005,
  },
};

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

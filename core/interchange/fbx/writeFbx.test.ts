import { describe, expect, test } from 'vitest';
import { trackOf } from '../../curves/sampledTracks';
import { FRAME_RATES } from '../../time/frameRate';
import { MienError } from '../../errors';
import { corruptions } from '../testing/corruptBytes';
import { fixtureCharacter, fixtureTracks } from '../testing/fixtureCharacter';
import { readFbxBinary, type FbxNode } from '../validate/readFbxBinary';
import { validateFbx } from '../validate/validateFbx';
import { uniqueNames } from './addMesh';
import { FBX_TICKS_PER_SECOND, fbxTimeMode, frameToTicks } from './fbxTime';
import { fbxString, record } from './fbxRecord';
import { writeFbx } from './writeFbx';
import { writeFbxBinary } from './writeFbxBinary';

const child = (node: FbxNode | undefined, name: string): FbxNode | undefined => node?.children.find((one) => one.name === name);
const nameOf = (node: FbxNode): string => String(node.properties[1]).split('\u0000')[0];

describe('binary layout', () => {
  test.each([0, 1, 5, 11, 12, 13, 14, 15, 16])(
    'header, null record and footer are where readers look, with %i bytes of text',
    (length) => {
      const bytes = writeFbxBinary([record('Creator', [fbxString('x'.repeat(length))])]);
      const view = new DataView(bytes.buffer);
      expect(new TextDecoder().decode(bytes.subarray(0, 18))).toBe('Kaydara FBX Binary');
      expect(view.getUint32(23, true)).toBe(7400);
      const end = view.getUint32(27, true);
      expect(end).toBe(27 + 13 + 7 + 5 + length);
      // After the null record: the id of 16 bytes, 4 zeros, padding to 16 that is never empty.
      const afterId = end + 13 + 16 + 4;
      const version = afterId + (16 - (afterId % 16));
      expect(view.getUint32(version, true)).toBe(7400);
      expect(bytes.length).toBe(version + 4 + 120 + 16);
      expect(readFbxBinary(bytes).nodes[0].properties).toEqual(['x'.repeat(length)]);
    },
  );

  test('animation stack and layer always end with a null record, for libassimp', () => {
    const plain = writeFbxBinary([record('Other', [fbxString('x')])]);
    const layer = writeFbxBinary([record('AnimationLayer', [fbxString('x')])]);
    const end = (bytes: Uint8Array): number => new DataView(bytes.buffer).getUint32(27, true);
    expect(end(layer) - 'AnimationLayer'.length - (end(plain) - 'Other'.length)).toBe(13);
  });
});

describe('time', () => {
  test('a frame of 29.97 is rounded from the exact fraction and does not drift over an hour', () => {
    const rate = FRAME_RATES['29.97'];
    expect(frameToTicks(30000, rate)).toBe(FBX_TICKS_PER_SECOND * 1001n);
    expect(frameToTicks(107892, rate)).toBe((107892n * FBX_TICKS_PER_SECOND * 1001n * 2n + 30000n) / 60000n);
    expect(frameToTicks(1, FRAME_RATES['60'])).toBe(769769300n);
  });

  test('every rate of the studio has its own mode; others are custom', () => {
    const modes = Object.values(FRAME_RATES).map(fbxTimeMode);
    expect(new Set(modes).size).toBe(modes.length);
    expect(modes).not.toContain(14);
    expect(fbxTimeMode({ numerator: 72, denominator: 1 })).toBe(14);
  });
});

describe('a character with a performance', () => {
  const write = async (options = {}, rate = '60') => {
    const tracks = fixtureTracks(31, FRAME_RATES[rate]);
    const bytes = await writeFbx({ characterGlb: await fixtureCharacter(options), tracks, name: 'Zeile ü' });
    const { nodes } = readFbxBinary(bytes);
    return { tracks, bytes, nodes, objects: nodes.find((node) => node.name === 'Objects')?.children ?? [] };
  };

  test.each([{}, { turnedJoints: true }, { noSkeleton: true }])(
    'passes the validator without a finding (%j)',
    async (options) => {
      const { bytes } = await write(options);
      expect(validateFbx(bytes)).toMatchObject({
        ok: true,
        findings: [],
        summary: { meshes: 4, shapes: 57, shapeCurves: 56, keysPerCurve: 31 },
      });
    },
  );

  test('the same input gives the same bytes', async () => {
    expect((await write()).bytes).toEqual((await write()).bytes);
  });

  test('one curve a driven target, values in percent, linear keys', async () => {
    const { objects, tracks } = await write();
    const curves = objects.filter((node) => node.name === 'AnimationCurve');
    expect(curves.length).toBe(56 + 4 * 3);
    const values = child(curves[17], 'KeyValueFloat')?.properties[0] as Float32Array;
    expect(Array.from(values)).toEqual(Array.from(trackOf(tracks, 'jawOpen'), (weight) => Math.fround(weight * 100)));
    expect(Array.from(child(curves[0], 'KeyAttrFlags')?.properties[0] as Int32Array)).toEqual([4]);
    expect(Array.from(child(curves[0], 'KeyAttrRefCount')?.properties[0] as Int32Array)).toEqual([31]);
  });

  test('an empty target keeps one vertex with a zero difference; no deformer is called like the beginning of a shape', async () => {
    const { objects } = await write();
    const shapes = objects.filter((node) => node.properties[2] === 'Shape');
    const empty = shapes.find((shape) => nameOf(shape) === 'eyeLookOutLeft');
    expect(Array.from(child(empty, 'Indexes')?.properties[0] as Int32Array)).toEqual([0]);
    expect(Array.from(child(empty, 'Vertices')?.properties[0] as Float64Array)).toEqual([0, 0, 0]);
    for (const deformer of objects.filter((node) => node.properties[2] === 'BlendShape')) {
      for (const shape of shapes) expect(nameOf(shape).startsWith(nameOf(deformer))).toBe(false);
    }
    expect(shapes.map(nameOf)).toContain('häppy_corrective');
  });

  test('every mesh is skinned, every vertex has weights that add up to 1, also without a skeleton', async () => {
    for (const options of [{}, { noSkeleton: true }]) {
      const { objects } = await write(options);
      const sums = new Map<string, number>();
      for (const cluster of objects.filter((node) => node.properties[2] === 'Cluster')) {
        const mesh = nameOf(cluster).split('_')[0];
        const weights = child(cluster, 'Weights')?.properties[0] as Float64Array;
        sums.set(mesh, (sums.get(mesh) ?? 0) + weights.reduce((sum, weight) => sum + weight, 0));
      }
      expect([...sums.keys()].sort()).toEqual(['cap', 'eyes', 'face', 'teeth']);
      expect(sums.get('face')).toBeCloseTo(81, 4);
      expect(sums.get('cap')).toBe(9);
      const joints = objects.filter((node) => node.name === 'Model' && node.properties[2] === 'LimbNode').map(nameOf);
      expect(joints[0]).toBe('root');
    }
  });

  test('bind pose and scene settings', async () => {
    const { nodes, objects } = await write({}, '23.976');
    const pose = objects.find((node) => node.name === 'Pose');
    expect(pose?.children.filter((node) => node.name === 'PoseNode').length).toBe(5 + 4);
    const settings =
      child(
        nodes.find((node) => node.name === 'GlobalSettings'),
        'Properties70',
      )?.children ?? [];
    const setting = (name: string): unknown => settings.find((node) => node.properties[0] === name)?.properties[4];
    expect([setting('UpAxis'), setting('UnitScaleFactor'), setting('TimeMode')]).toEqual([1, 1, 13]);
    expect(setting('TimeSpanStop')).toBe(frameToTicks(30, FRAME_RATES['23.976']));
  });
});

test('a damaged character gives a sound file or one clear error (seeded, 60 files)', async () => {
  const whole = await fixtureCharacter();
  const tracks = fixtureTracks(2);
  for (const characterGlb of corruptions(whole, 60, 41)) {
    const outcome = await writeFbx({ characterGlb, tracks, name: 'x' }).catch((error: unknown) => error);
    if (outcome instanceof Uint8Array) expect(() => readFbxBinary(outcome)).not.toThrow();
    else expect(outcome).toBeInstanceOf(MienError);
  }
});

test('repeated names are made different', () => {
  expect(uniqueNames(['a', 'a', '', 'b', ''], ['b'])).toEqual(['a', 'a_2', 'unnamed', 'b_2', 'unnamed_2']);
});

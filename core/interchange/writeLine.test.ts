import { parse } from 'csv-parse/sync';
import { validateBytes } from 'gltf-validator';
import { beforeAll, describe, expect, it } from 'vitest';
import { trackOf, type SampledTracks } from '../curves/sampledTracks';
import { MienError } from '../errors';
import { ARKIT_CHANNELS, PERFORMANCE_CHANNELS } from '../rig/channels';
import { FILE_FORMAT_IDS, FILE_FORMATS, type FileFormatId } from './fileFormats';
import { readGltfDocument } from './gltf/gltfDocument';
import { fixtureCharacter, fixtureTracks } from './testing/fixtureCharacter';
import { withoutStraightKeys } from './unity/withoutStraightKeys';
import { writeLine, type LineExport } from './writeLine';

const NAME = 'He said: "Move & <go>"';
let line: LineExport;
let tracks: SampledTracks;

beforeAll(async () => {
  tracks = fixtureTracks(40);
  line = {
    characterGlb: await fixtureCharacter(),
    tracks,
    name: NAME,
    durationSeconds: 0.65,
    phonemes: [
      { phoneme: 'SIL', startSeconds: 0, endSeconds: 0.1, confidence: 1 },
      { phoneme: 'M', startSeconds: 0.1, endSeconds: 0.2, confidence: 0.9 },
      { phoneme: 'OW', startSeconds: 0.2, endSeconds: 0.4, confidence: 0.9 },
      { phoneme: 'SIL', startSeconds: 0.4, endSeconds: 0.45, confidence: 0.9 },
      { phoneme: 'V', startSeconds: 0.45, endSeconds: 0.65, confidence: 0.9 },
    ],
    words: [{ text: 'move', startSeconds: 0.1, endSeconds: 0.65, confidence: 0.9 }],
  };
});

const textOf = async (format: FileFormatId) => new TextDecoder().decode(await writeLine(format, line));

it('writes every format of the table, the same bytes each time', async () => {
  for (const format of FILE_FORMAT_IDS) {
    const [first, second] = [await writeLine(format, line), await writeLine(format, line)];
    expect(first.byteLength, format).toBeGreaterThan(30);
    expect(Buffer.from(first).equals(Buffer.from(second)), format).toBe(true);
  }
  const suffixes = Object.values(FILE_FORMATS).map(({ suffix }) => suffix.toLowerCase());
  expect(new Set(suffixes).size).toBe(suffixes.length);
});

it('refuses broken curves in every format that carries curves', async () => {
  const broken = { ...tracks, channels: tracks.channels.map((samples) => samples.slice()) };
  broken.channels[3][7] = Number.NaN;
  for (const format of FILE_FORMAT_IDS.filter((id) => id !== 'TextGrid' && !id.startsWith('rhubarb'))) {
    await expect(writeLine(format, { ...line, tracks: broken }), format).rejects.toThrow(MienError);
  }
});

describe('Audio2Face JSON', () => {
  it('gives every weight of every frame back', async () => {
    const json = JSON.parse(await textOf('a2f')) as {
      facsNames: string[];
      weightMat: number[][];
      numFrames: number;
      exportFps: number;
    };
    expect(json).toMatchObject({ numPoses: 52, numFrames: 40, exportFps: 60 });
    json.facsNames.forEach((name, pose) => {
      const samples = trackOf(tracks, name as (typeof ARKIT_CHANNELS)[number]);
      json.weightMat.forEach((row, frame) => expect(row[pose]).toBeCloseTo(samples[frame], 6));
    });
  });
});

describe('Unreal curve table', () => {
  it('has a column a frame and a row a curve', async () => {
    const [head, ...rows] = parse(await textOf('uecurves'));
    expect(rows.map(([name]) => name[0].toLowerCase() + name.slice(1))).toEqual([...PERFORMANCE_CHANNELS]);
    expect(Number(head[40])).toBeCloseTo(39 / 60, 6);
    rows.forEach((row, index) =>
      row.slice(1).forEach((value, frame) => expect(Number(value)).toBeCloseTo(tracks.channels[index][frame], 6)),
    );
  });
});

describe('Unity clip', () => {
  it('carries each shape of each mesh within 0.005 of 100, at every frame', async () => {
    const text = await textOf('anim');
    const curves = text.split('  - serializedVersion: 2\n    curve:').slice(1);
    // face has 52 shapes, teeth four that a channel names.
    expect(curves.length).toBe(56);
    for (const curve of curves) {
      const channel = /attribute: "blendShape\.(\w+)"/.exec(curve)![1] as (typeof ARKIT_CHANNELS)[number];
      expect(/path: "(\w+)"/.exec(curve)![1]).toMatch(/^(face|teeth)$/);
      const keys = [...curve.matchAll(/time: (\S+)\n\s+value: (\S+)/g)].map(([, time, value]) => [Number(time), Number(value)]);
      trackOf(tracks, channel).forEach((weight, frame) =>
        expect(Math.abs(linear(keys, frame / 60) - weight * 100)).toBeLessThan(0.0051),
      );
    }
  });

  it('leaves keys on straight stretches out and keeps corners', () => {
    const times = Array.from({ length: 50 }, (_, k) => k / 60);
    expect(
      withoutStraightKeys(
        times,
        times.map(() => 3),
        0.001,
      ),
    ).toHaveLength(2);
    const tent = times.map((_, k) => (k < 20 ? k : 40 - k));
    expect(withoutStraightKeys(times, tent, 1e-9).map(({ value }) => value)).toEqual([0, 20, -9]);
  });
});

/** Value of linearly interpolated keys. */
function linear(keys: readonly number[][], time: number): number {
  const after = keys.findIndex(([at]) => at >= time - 1e-9);
  if (after <= 0) return keys[Math.max(after, 0)][1];
  const [[t0, v0], [t1, v1]] = [keys[after - 1], keys[after]];
  return v0 + ((v1 - v0) * (time - t0)) / (t1 - t0);
}

describe('glTF text', () => {
  it('is valid, stands alone and carries the same animation as the GLB', async () => {
    const text = await writeLine('gltf', line);
    const report = await validateBytes(text);
    expect(report.issues).toMatchObject({ numErrors: 0, numWarnings: 0 });
    const json = JSON.parse(new TextDecoder().decode(text)) as { buffers: { uri: string }[]; animations: unknown[] };
    expect(json.buffers.every(({ uri }) => uri.startsWith('data:'))).toBe(true);
    expect(json.animations).toHaveLength(1);
  });
});

describe('VRM animation', () => {
  it('is a valid GLB whose expression nodes carry the weights on X', async () => {
    const bytes = await writeLine('vrma', line);
    const report = await validateBytes(bytes);
    expect(report.issues.numErrors).toBe(0);
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const json = JSON.parse(new TextDecoder().decode(bytes.subarray(20, 20 + view.getUint32(12, true)))) as {
      nodes: { name: string }[];
      extensions: {
        VRMC_vrm_animation: {
          specVersion: string;
          expressions: { custom: Record<string, { node: number }> };
          humanoid: { humanBones: Record<string, { node: number }> };
        };
      };
    };
    const extension = json.extensions.VRMC_vrm_animation;
    expect(extension.specVersion).toBe('1.0');
    expect(Object.keys(extension.humanoid.humanBones)).toEqual(expect.arrayContaining(['hips', 'neck', 'head']));
    const channels = (await readGltfDocument(bytes)).getRoot().listAnimations()[0].listChannels();
    for (const channel of ARKIT_CHANNELS) {
      const { node } = extension.expressions.custom[channel];
      expect(json.nodes[node].name).toBe(channel);
      const values = channels
        .find((entry) => entry.getTargetNode()?.getName() === channel)!
        .getSampler()!
        .getOutput()!
        .getArray()!;
      trackOf(tracks, channel).forEach((weight, frame) => expect(values[frame * 3]).toBeCloseTo(weight, 6));
    }
  });
});

describe('USD text', () => {
  it('has the meshes, a shape for each channel and a sample a frame', async () => {
    const text = await textOf('usda');
    expect(text.startsWith('#usda 1.0\n')).toBe(true);
    expect([...text.matchAll(/def Mesh "(\w+)"/g)].map(([, name]) => name)).toEqual(['face', 'teeth', 'eyes', 'cap']);
    expect(text.match(/def BlendShape/g)).toHaveLength(56);
    const samples = /blendShapeWeights\.timeSamples = \{\n([^}]*)\}/.exec(text)![1].trim().split('\n');
    samples.forEach((sample, frame) => {
      const weights = /\[(.*)\]/.exec(sample)![1].split(', ').map(Number);
      ARKIT_CHANNELS.forEach((channel, index) => expect(weights[index]).toBeCloseTo(trackOf(tracks, channel)[frame], 6));
    });
    expect(samples).toHaveLength(40);
    // Every bracket is closed; strings are quoted as JSON does, so a name cannot break out.
    expect(text.split('{').length).toBe(text.split('}').length);
    expect(text).toContain(JSON.stringify(NAME));
  });
});

describe('Rhubarb', () => {
  it('writes the same cues as JSON, XML and TSV; short pauses hold the shape before them', async () => {
    const json = JSON.parse(await textOf('rhubarbJson')) as {
      metadata: object;
      mouthCues: { start: number; end: number; value: string }[];
    };
    expect(json.metadata).toEqual({ soundFile: NAME, duration: 0.65 });
    expect(json.mouthCues).toEqual([
      { start: 0, end: 0.1, value: 'X' },
      { start: 0.1, end: 0.2, value: 'A' },
      { start: 0.2, end: 0.32, value: 'E' },
      { start: 0.32, end: 0.45, value: 'F' },
      { start: 0.45, end: 0.65, value: 'G' },
    ]);
    const tsv = (await textOf('rhubarbTsv'))
      .trim()
      .split('\n')
      .map((row) => row.split('\t'));
    expect(tsv).toEqual([...json.mouthCues.map(({ start, value }) => [start.toFixed(2), value]), ['0.65', 'X']]);
    const xml = await textOf('rhubarbXml');
    expect(
      [...xml.matchAll(/<mouthCue start="(\S+)" end="(\S+)">(\w)</g)].map(([, start, end, value]) => ({
        start: Number(start),
        end: Number(end),
        value,
      })),
    ).toEqual(json.mouthCues);
    expect(xml).toContain('<soundFile>He said: "Move &amp; &lt;go&gt;"</soundFile>');
  });
});

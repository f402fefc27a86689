import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { trackOf } from '../../curves/sampledTracks';
import { writeFbx } from '../fbx/writeFbx';
import { writeGlb } from '../gltf/writeGlb';
import { writeGltfText } from '../gltf/writeGltfText';
import { writeLiveLinkCsv } from '../livelink/writeLiveLinkCsv';
import { writeVrma } from '../vrma/writeVrma';
import { corruptions } from '../testing/corruptBytes';
import { fixtureCharacter, fixtureTracks } from '../testing/fixtureCharacter';
import { validateFile } from './validateFile';

const input = async (frames = 10) => ({ characterGlb: await fixtureCharacter(), tracks: fixtureTracks(frames), name: 'line' });
const project = (document: unknown): Uint8Array =>
  zipSync({ 'document.json': strToU8(JSON.stringify(document)), 'chunks.bin': new Uint8Array(8) });
const soundProject = { schemaVersion: 1, files: { 'chunks.bin': 'x' }, records: { project: { id: 'project', kind: 'project' } } };

async function filesOf(): Promise<Record<string, Uint8Array>> {
  const request = await input();
  return {
    'a.glb': await writeGlb(request),
    'a.gltf': strToU8(await writeGltfText(request)),
    'a.fbx': await writeFbx(request),
    'a.csv': writeLiveLinkCsv(request),
    'a.mien': project(soundProject),
  };
}

test('what Mien writes is sound and is summarised', async () => {
  for (const [name, bytes] of Object.entries(await filesOf())) {
    const report = await validateFile(bytes, name);
    expect(report.findings.filter((finding) => finding.severity !== 'info')).toEqual([]);
    expect(report).toMatchObject({ ok: true, format: name.slice(2) });
  }
});

test('a VRM animation is a binary glTF under another name; other JSON is no glTF', async () => {
  const report = await validateFile(await writeVrma(await input()), 'a.vrma');
  expect(report).toMatchObject({ ok: true, format: 'glb' });
  expect(report.findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
  expect(await validateFile(strToU8('{"mouthCues": []}'), 'a.json')).toMatchObject({ ok: false, format: 'unknown' });
  expect(await validateFile(strToU8('{"mouthCues": []}'), 'a.gltf')).toMatchObject({ ok: false, format: 'gltf' });
});

test('the content decides, and a name that says otherwise is a warning', async () => {
  const report = await validateFile(writeLiveLinkCsv(await input()), 'curves.fbx');
  expect(report).toMatchObject({ format: 'csv', ok: true, findings: [{ rule: 'extension', severity: 'warning' }] });
  for (const name of ['x.fbx', 'x.txt', 'x', '']) {
    expect(await validateFile(new Uint8Array(50), name)).toMatchObject({ ok: false, format: 'unknown' });
  }
});

describe('faults are found', () => {
  test('fbx: a wrong record end, a cut file, a damaged array, a curve out of range', async () => {
    const request = await input();
    const good = await writeFbx(request);
    const rules = async (bytes: Uint8Array): Promise<string[]> =>
      (await validateFile(bytes, 'a.fbx')).findings.map((finding) => finding.rule);
    const wrongEnd = good.slice();
    new DataView(wrongEnd.buffer).setUint32(27, new DataView(good.buffer).getUint32(27, true) + 1, true);
    expect((await rules(wrongEnd))[0]).toMatch(/^fbx-/);
    expect(await rules(good.slice(0, -1))).toEqual(['fbx-footer']);
    trackOf(request.tracks, 'jawOpen')[3] = 1.2;
    expect(await rules(await writeFbx(request))).toEqual(['fbx-curve-range', 'fbx-curve-range']);
  });

  test('csv: a weight out of range, a broken cell', async () => {
    const request = await input();
    trackOf(request.tracks, 'jawOpen')[3] = 1.2;
    const bytes = writeLiveLinkCsv(request);
    const report = await validateFile(bytes, 'a.csv');
    expect(report).toMatchObject({ ok: true, findings: [{ rule: 'csv-range', message: expect.stringContaining('line 5') }] });
    const broken = new TextDecoder().decode(bytes).replace('1.2000000477', 'wide');
    expect(await validateFile(new TextEncoder().encode(broken), 'a.csv')).toMatchObject({ ok: false });
  });

  test('mien: no document, a newer schema, a missing part', async () => {
    const rules = async (document: unknown): Promise<string[]> =>
      (await validateFile(project(document), 'a.mien')).findings.map((finding) => finding.rule);
    expect(await rules({ ...soundProject, schemaVersion: 99 })).toEqual(['mien-schema']);
    expect(await rules({ ...soundProject, files: { 'audio/line.wav': 'x' } })).toEqual(['mien-part']);
    expect(await rules('nothing')).toEqual(['mien-schema', 'mien-records']);
    expect((await validateFile(zipSync({ other: new Uint8Array(4) }), 'a.mien')).ok).toBe(false);
  });
});

test('damaged files of every format give a report (seeded, 5 x 100 files)', async () => {
  for (const [name, whole] of Object.entries(await filesOf())) {
    let refused = 0;
    for (const bytes of corruptions(whole, 100, 21)) {
      const report = await validateFile(bytes, name);
      if (!report.ok) refused += 1;
    }
    expect(refused, name).toBeGreaterThan(30);
  }
});

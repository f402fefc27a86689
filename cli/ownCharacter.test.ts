import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { trackOf } from '../core/curves/sampledTracks';
import { readGltfDocument } from '../core/interchange/gltf/gltfDocument';
import { writeLiveLinkCsv } from '../core/interchange/livelink/writeLiveLinkCsv';
import { fixtureTracks } from '../core/interchange/testing/fixtureCharacter';
import { writeProfile } from '../core/rig/retarget/characterProfile';
import { buildCharacter } from '../main/character/testing/builtCharacters';
import { runCli } from './testing/runCli';

const folder = mkdtempSync(path.join(tmpdir(), 'mien-own-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a captured face goes onto a character of the user, by names and by a profile', async () => {
  const capture = path.join(folder, 'capture.csv');
  const hero = path.join(folder, 'hero.glb');
  const tracks = fixtureTracks(30);
  writeFileSync(capture, writeLiveLinkCsv({ tracks }));
  writeFileSync(
    hero,
    await buildCharacter({ meshes: [{ name: 'Gesicht', targets: ['Jaw_Open', 'unknown'] }], packing: 'draco' }),
  );
  const out = path.join(folder, 'out.glb');
  const weightsOf = async () => {
    // The file itself stays compressed; its animation is plain.
    const { prepareCharacter } = await import('../main/character/prepareCharacter');
    await prepareCharacter(out);
    const json = JSON.parse(
      new TextDecoder().decode(readFileSync(out).subarray(20, 20 + readFileSync(out).readUInt32LE(12))),
    ) as {
      animations: { samplers: { output: number }[] }[];
      accessors: { bufferView: number; count: number }[];
      bufferViews: { byteOffset: number; byteLength: number }[];
    };
    const view = json.bufferViews[json.accessors[json.animations[0].samplers[0].output].bufferView];
    const start = 28 + readFileSync(out).readUInt32LE(12) + view.byteOffset;
    return new Float32Array(Uint8Array.from(readFileSync(out).subarray(start, start + view.byteLength)).buffer);
  };

  const byName = await runCli(['export', capture, '--out', out, '--character', hero, '--json']);
  expect(byName.code, byName.err).toBe(0);
  const jaw = Array.from(trackOf(tracks, 'jawOpen'));
  const named = await weightsOf();
  // Shapes the rig lacks are shown by the jaw: closed lips close it, a lowered lip opens it a little.
  const of = (channel: 'mouthClose' | 'mouthLowerDownLeft' | 'mouthLowerDownRight', frame: number) =>
    trackOf(tracks, channel)[frame];
  jaw.forEach((value, frame) => {
    const lowered = of('mouthLowerDownLeft', frame) + of('mouthLowerDownRight', frame);
    expect(named[frame * 2]).toBeCloseTo(value - of('mouthClose', frame) + 0.15 * lowered, 4);
  });
  expect(named[1]).toBe(0);

  const profile = path.join(folder, 'hero.json');
  writeFileSync(
    profile,
    writeProfile({
      mapping: [
        { channel: 'jawOpen', target: 'unknown', gain: -2 },
        { channel: 'mouthSmileLeft', target: 'Jaw_Open', gain: 1 },
      ],
      gains: { jawOpen: 0.5 },
      limits: { jawOpen: { min: 0, max: 0.25 } },
      neutralOffset: { mouthSmileLeft: 0.1 },
    }),
  );
  const mapped = await runCli(['export', capture, '--out', out, '--character', hero, '--profile', profile]);
  expect(mapped.code, mapped.err).toBe(0);
  const weights = await weightsOf();
  jaw.forEach((value, frame) => {
    expect(weights[frame * 2 + 1]).toBeCloseTo(Math.min(0.25, value * 0.5) * -2, 3);
    expect(weights[frame * 2]).toBeCloseTo(trackOf(tracks, 'mouthSmileLeft')[frame] + 0.1, 3);
  });
});

test('the bundled characters are there by name; a capture has no words; a broken profile says what is wrong', async () => {
  const capture = path.join(folder, 'capture2.csv');
  writeFileSync(capture, writeLiveLinkCsv({ tracks: fixtureTracks(3) }));
  const out = path.join(folder, 'child.glb');
  expect((await runCli(['export', capture, '--out', out, '--character', 'child'])).code).toBe(0);
  expect((await readGltfDocument(new Uint8Array(readFileSync(out)))).getRoot().listAnimations()).toHaveLength(1);
  const words = await runCli(['export', capture, '--out', path.join(folder, 'x.TextGrid')]);
  expect([words.code, words.err]).toEqual([2, expect.stringContaining('no words')]);
  const profile = path.join(folder, 'broken.json');
  writeFileSync(
    profile,
    '{"format":"mien-character-profile","version":1,"mapping":[{"channel":"jawOpn","target":"a","gain":1}]}',
  );
  const broken = await runCli(['export', capture, '--out', out, '--profile', profile]);
  expect([broken.code, broken.err]).toEqual([1, expect.stringContaining('mapping.0.channel')]);
});

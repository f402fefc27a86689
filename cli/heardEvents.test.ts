import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { NonverbalEventRecord } from '../core/document/records';
import { readLiveLinkCsv } from '../core/interchange/livelink/readLiveLinkCsv';
import { trackOf } from '../core/curves/sampledTracks';
import { unpackProject } from '../main/project/unpackProject';
import { findResources } from './resources';
import { runCli } from './testing/runCli';

const { dialogue } = findResources();
const sample = path.join(dialogue, 'sample.wav');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'mien-heard-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('a stage direction in the transcript is acted out and kept in the project', async () => {
  const words = await readFile(path.join(dialogue, 'sample.txt'), 'utf8');
  const make = async (name: string, text: string) => {
    const outs = ['csv', 'mien'].map((suffix) => path.join(folder, `${name}.${suffix}`));
    const { code, err } = await runCli(['generate', sample, '--text', text, ...outs.flatMap((file) => ['--out', file])]);
    expect([code, err]).toEqual([0, expect.any(String)]);
    const project = unpackProject(new Uint8Array(await readFile(outs[1])));
    const events = Object.values(project.records).filter((record): record is NonverbalEventRecord => record.kind === 'event');
    return { events, tracks: readLiveLinkCsv(await readFile(outs[0], 'utf8')).tracks };
  };
  const plain = await make('plain', words);
  const laughing = await make('laughing', words.replace('!', '! [laughs]'));
  const laugh = laughing.events.find(({ type }) => type === 'laugh');
  expect(laugh).toMatchObject({ origin: 'heard', locked: false });
  expect(plain.events.filter(({ type }) => type === 'laugh')).toEqual([]);

  // The mouth moves differently while the laugh lasts, and only there is it bound to.
  const [a, b] = [plain, laughing].map(({ tracks }) => trackOf(tracks, 'mouthSmileLeft'));
  const [first, last] = [laugh!.startSeconds, laugh!.endSeconds].map((seconds) => Math.round(seconds * 60));
  const change = Math.max(...Array.from({ length: last - first }, (_, k) => Math.abs(a[first + k] - b[first + k])));
  expect(change).toBeGreaterThan(0.05);
});

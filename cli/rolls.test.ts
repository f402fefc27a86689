import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLiveLinkCsv } from '../core/interchange/livelink/readLiveLinkCsv';
import { findResources } from './resources';
import { runCli } from './testing/runCli';

const sample = path.join(findResources().dialogue, 'sample.wav');
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'mien-rolls-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const curvesOf = async (file: string) => readLiveLinkCsv(await readFile(file, 'utf8')).tracks;

describe('mien generate --pre-roll --post-roll', () => {
  it('writes files that begin before the sound and end behind it, the project too', { timeout: 120_000 }, async () => {
    const out = (name: string) => path.join(folder, name);
    const rolls = ['--pre-roll', '0.5', '--post-roll', '0.75'];
    const bare = await runCli(['generate', sample, '--out', out('bare.csv'), '--json']);
    const wanted = [out('line.csv'), out('line.glb'), out('line.fbx'), out('line.mien')];
    const { code, err } = await runCli(['generate', sample, ...rolls, ...wanted.flatMap((file) => ['--out', file])]);
    expect([bare.code, code, err]).toEqual([0, 0, expect.any(String)]);
    const [before, after] = [await curvesOf(out('bare.csv')), await curvesOf(out('line.csv'))];
    expect(Math.abs(after.frameCount - before.frameCount - 75)).toBeLessThanOrEqual(1);
    // The sound's own curves are the same, half a second later.
    for (let frame = 60; frame < before.frameCount - 60; frame += 7)
      expect(after.channels[17][frame + 30]).toBeCloseTo(before.channels[17][frame], 5);
    for (const file of wanted) expect((await runCli(['validate', file])).code).toBe(0);
    // The project exports what was generated.
    expect((await runCli(['export', out('line.mien'), '--out', out('again.csv')])).code).toBe(0);
    expect(await readFile(out('again.csv'), 'utf8')).toBe(await readFile(out('line.csv'), 'utf8'));
  });

  it('refuses what is no length', async () => {
    for (const wrong of ['-1', 'long', '61', ''])
      expect((await runCli(['generate', sample, `--pre-roll=${wrong}`, '--out', path.join(folder, 'x.csv')])).code).toBe(2);
  });
});

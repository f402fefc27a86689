import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLiveLinkCsv } from '../core/interchange/livelink/readLiveLinkCsv';
import { unpackProject } from '../main/project/unpackProject';
import { findResources } from './resources';
import { runCli } from './testing/runCli';

const { dialogue } = findResources();
const sample = path.join(dialogue, 'sample.wav');
const sampleText = path.join(dialogue, 'sample.txt');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'mien-cli-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('usage', () => {
  it.each([
    [['dance']],
    [['generate']],
    [['generate', sample]],
    [['generate', sample, '--out', 'x.doc']],
    [['generate', sample, '--out', 'x.glb', '--engine', 'magic']],
    [['generate', sample, '--out', 'x.glb', '--emotion', 'joy=7']],
    [['generate', sample, '--out', 'x.glb', '--text', 'a', '--transcript', sampleText]],
    [['align', sample, '--out', 'x.glb']],
    [['validate']],
    [['doctor', 'me']],
    [['batch', dialogue]],
    [['picture', sample, '--out', 'x.jpg']],
    [[]],
  ])('%j ends with 2 and says what to type', async (args) => {
    const { code, out, err } = await runCli(args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err.split('\n').length).toBeGreaterThanOrEqual(2);
    expect(err).not.toContain('    at ');
  });

  it('explains every command', async () => {
    for (const command of ['generate', 'align', 'batch', 'export', 'validate', 'picture', 'doctor']) {
      const { code, out } = await runCli([command, '--help']);
      expect(code).toBe(0);
      expect(out).toContain(`mien ${command}`);
    }
    expect((await runCli(['--version'])).out).toMatch(/^\d+\.\d+\.\d+/);
  });
});

describe('failures', () => {
  it('names a missing file and what to do, with 1', async () => {
    const { code, err, result } = await runCli([
      'generate',
      path.join(folder, 'nowhere.wav'),
      '--out',
      path.join(folder, 'x.glb'),
      '--json',
    ]);
    expect(code).toBe(1);
    expect(err).toContain('nowhere.wav');
    expect(result).toMatchObject({ event: 'error', code: 'file-access' });
    expect(result.remedy).not.toBe('');
  });

  it('performs with the neural engine: the same words, other curves', async () => {
    const make = async (engine: string) => {
      const out = path.join(folder, `${engine}.csv`);
      const { code } = await runCli(['generate', sample, '--out', out, '--engine', engine]);
      expect(code).toBe(0);
      return readFile(out, 'utf8');
    };
    const [rules, neural] = [await make('rules'), await make('neural')];
    expect(neural.split('\n')).toHaveLength(rules.split('\n').length);
    expect(neural).not.toBe(rules);
  });

  it('a picture named .wav is one clear error and writes nothing', async () => {
    const fake = path.join(folder, 'fake.wav');
    await writeFile(fake, Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'));
    const out = path.join(folder, 'fake.glb');
    const { code, err } = await runCli(['generate', fake, '--out', out]);
    expect(code).toBe(1);
    expect(err).toContain('PNG');
    await expect(readFile(out)).rejects.toThrow();
  });

  it('an output folder that is not there fails without leftovers, and an old file survives', async () => {
    const { code, err } = await runCli(['generate', sample, '--out', path.join(folder, 'missing', 'x.csv')]);
    expect(code).toBe(1);
    expect(err).toContain('x.csv');
    expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('a cancelled run ends with 1, says so, and leaves the old file as it was', async () => {
    const out = path.join(folder, 'old.glb');
    await writeFile(out, 'old');
    const cancel = new AbortController();
    const { code, result } = await runCli(['generate', sample, '--out', out, '--json'], cancel.signal, (line) => {
      if (line.includes('Listening')) cancel.abort();
    });
    expect(code).toBe(1);
    expect(result).toMatchObject({ event: 'error', code: 'cancelled' });
    expect(await readFile(out, 'utf8')).toBe('old');
    expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('validate says no with 1', async () => {
    const broken = path.join(folder, 'broken.glb');
    await writeFile(broken, Buffer.concat([Buffer.from('glTF'), Buffer.alloc(40)]));
    const { code, result } = await runCli(['validate', broken, '--json']);
    expect(code).toBe(1);
    expect(result.ok).toBe(false);
  });
});

describe('the whole chain on the bundled line', () => {
  it('generates every format, each valid, with progress, timings and closures; export of the project gives the same curves', async () => {
    const unicode = path.join(folder, 'Göttin 神 🎭');
    await mkdir(unicode);
    const at = (suffix: string) => path.join(unicode, `zeile ü${suffix}`);
    const outs = ['.glb', '.fbx', '.csv', '.mien', '.TextGrid'].flatMap((suffix) => ['--out', at(suffix)]);
    const { code, events, result, err } = await runCli([
      'generate',
      sample,
      '--transcript',
      sampleText,
      '--emotion',
      'joy=0.8@1-',
      '--style',
      'jaw=0.6',
      '--seed',
      '7',
      ...outs,
      '--json',
    ]);
    expect(err).toBe('');
    expect(code).toBe(0);
    const fractions = events.filter(({ event }) => event === 'progress').map(({ fraction }) => fraction as number);
    expect(fractions.length).toBeGreaterThan(5);
    expect(fractions.at(-1)).toBe(1);
    for (let k = 1; k < fractions.length; k++) expect(fractions[k]).toBeGreaterThanOrEqual(fractions[k - 1]);

    expect(result).toMatchObject({
      event: 'result',
      command: 'generate',
      provider: 'cpu',
      closure: { closed: 9, total: 9, rate: 1 },
    });
    expect((result.files as unknown[]).length).toBe(5);
    expect(result.durationSeconds).toBeCloseTo(7.07, 1);
    const timings = result.timings as Record<string, number>;
    for (const stage of ['decode', 'acoustic', 'prosody', 'align', 'perform', 'writeGlb', 'writeFbx', 'writeCsv', 'total']) {
      expect(timings[`${stage}Seconds`], stage).toBeGreaterThan(0);
    }
    for (const suffix of ['.glb', '.fbx', '.csv', '.mien']) {
      const verdict = await runCli(['validate', at(suffix), '--json']);
      expect(verdict.result.findings, suffix).not.toContainEqual(expect.objectContaining({ severity: 'error' }));
      expect(verdict.code, suffix).toBe(0);
    }

    const project = unpackProject(new Uint8Array(await readFile(at('.mien'))));
    const line = Object.values(project.records).find((record) => record.kind === 'line');
    expect(line).toMatchObject({ seed: 7, name: 'sample', style: { jaw: 0.6 } });
    expect(Object.keys(project.records)).toContain(`emotion:${line?.id}:joy`);

    const again = at(' again.csv');
    const exported = await runCli(['export', at('.mien'), '--line', 'sample', '--out', again, '--json']);
    expect(exported.code).toBe(0);
    expect(await readFile(again, 'utf8')).toBe(await readFile(at('.csv'), 'utf8'));
    expect((await readdir(unicode)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('the same command gives the same bytes, another seed other eyes but the same mouth', async () => {
    const curvesOf = async (name: string, seed: string) => {
      const out = path.join(folder, name);
      const { code } = await runCli(['generate', sample, '--transcript', sampleText, '--seed', seed, '--out', out]);
      expect(code).toBe(0);
      return readLiveLinkCsv(await readFile(out, 'utf8')).tracks;
    };
    const [first, same, other] = [await curvesOf('a.csv', '3'), await curvesOf('b.csv', '3'), await curvesOf('c.csv', '4')];
    expect(same.channels).toEqual(first.channels);
    const { CHANNEL_INDEX } = await import('../core/rig/channels');
    // Breaths are drawn by the seed and part the lips; rounding belongs to speech alone.
    expect(other.channels[CHANNEL_INDEX.mouthPucker]).toEqual(first.channels[CHANNEL_INDEX.mouthPucker]);
    expect(other.channels[CHANNEL_INDEX.eyeBlinkLeft]).not.toEqual(first.channels[CHANNEL_INDEX.eyeBlinkLeft]);
  });

  it('aligns, with words in order that cover the text', async () => {
    const out = path.join(folder, 'sample.json');
    const { code, result } = await runCli([
      'align',
      sample,
      '--transcript',
      sampleText,
      '--out',
      out,
      '--out',
      path.join(folder, 'sample.TextGrid'),
      '--json',
    ]);
    expect(code).toBe(0);
    expect(result.wordCount).toBe(21);
    const { words, phonemes } = JSON.parse(await readFile(out, 'utf8')) as {
      words: { text: string }[];
      phonemes: { startSeconds: number; endSeconds: number }[];
    };
    expect(words.map(({ text }) => text.toLowerCase()).join(' ')).toBe(
      'oh you came back i never believed we would meet by the river again my whole family will be so happy',
    );
    for (let k = 1; k < phonemes.length; k++) expect(phonemes[k].startSeconds).toBeCloseTo(phonemes[k - 1].endSeconds, 6);
  });

  it('a batch goes on after a bad file, reports it, and --resume leaves out what is done', async () => {
    const lines = path.join(folder, 'lines');
    await mkdir(lines);
    await copyFile(path.join(dialogue, 'fear.flac'), path.join(lines, 'fear.flac'));
    await copyFile(path.join(dialogue, 'fear.txt'), path.join(lines, 'fear.txt'));
    await writeFile(path.join(lines, 'bad.wav'), 'this is no sound');
    const out = path.join(folder, 'out');
    const report = path.join(folder, 'report.csv');
    const args = ['batch', lines, '--out', out, '--formats', 'csv,glb', '--report', report, '--resume', '--json'];
    const first = await runCli(args);
    expect(first.code).toBe(1);
    expect(first.result).toMatchObject({ done: 1, failed: 1, kept: 0 });
    expect((await readdir(out)).sort()).toEqual(['fear.csv', 'fear.glb']);
    expect(await readFile(report, 'utf8')).toContain('bad.wav,failed');
    expect((await runCli(args)).result).toMatchObject({ done: 0, failed: 1, kept: 1 });
  });

  it('the doctor finds nothing broken', async () => {
    const { code, result } = await runCli(['doctor', '--json']);
    expect(result.checks).not.toContainEqual(expect.objectContaining({ state: 'failed' }));
    expect(code).toBe(0);
    expect(JSON.stringify(result.checks)).toContain('webgpu');
  });
});

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findResources } from './resources';
import { runCli } from './testing/runCli';

const sample = path.join(findResources().dialogue, 'sample.wav');
let folder: string;
let text: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'mien-transcripts-'));
  text = (await readFile(path.join(findResources().dialogue, 'sample.txt'), 'utf8')).trim();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Aligned {
  readonly words: readonly { readonly text: string; readonly startSeconds: number; readonly confidence: number }[];
  readonly phonemes: readonly {
    readonly phoneme: string;
    readonly startSeconds: number;
    readonly endSeconds: number;
    readonly confidence: number;
  }[];
}
let counter = 0;
async function align(...options: string[]): Promise<Aligned> {
  const out = path.join(folder, `${counter++}.json`);
  const { code, err } = await runCli(['align', sample, ...options, '--out', out]);
  expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' });
  return JSON.parse(await readFile(out, 'utf8')) as Aligned;
}

describe('what is spoken, from any kind of file', () => {
  it('is the same from text, srt and TextGrid; phones of a TextGrid keep their times', async () => {
    const fromText = await align('--text', text);
    expect(fromText.words.length).toBeGreaterThan(5);
    expect(fromText.words.every(({ confidence }) => confidence > 0 && confidence <= 1)).toBe(true);
    const srt = path.join(folder, 'line.srt');
    await writeFile(srt, `1\n00:00:00,000 --> 00:00:09,000\n<i>${text}</i>\n`);
    expect(await align('--transcript', srt)).toEqual(fromText);

    const grid = path.join(folder, 'line.TextGrid');
    const moved = path.join(folder, 'moved.TextGrid');
    expect((await runCli(['align', sample, '--text', text, '--out', grid])).code).toBe(0);
    // Written and loaded again it is the same line, confidence (in hundredths) and stress included.
    const back = await align('--transcript', grid);
    const inHundredths = ({ words, phonemes }: Aligned) => {
      const rounded = <T extends { readonly confidence: number }>(one: T) => ({ ...one, confidence: one.confidence.toFixed(2) });
      return { words: words.map(rounded), phonemes: phonemes.map(rounded) };
    };
    expect(inHundredths(back)).toEqual(inHundredths(fromText));
    // Praat moved an edge by 7 ms: what comes in is what a hand set.
    const edge = fromText.phonemes[3].endSeconds;
    await writeFile(
      moved,
      (await readFile(grid, 'utf8'))
        .replaceAll(`xmax = ${edge}\n`, `xmax = ${edge + 0.007}\n`)
        .replaceAll(`xmin = ${edge}\n`, `xmin = ${edge + 0.007}\n`),
    );
    const fromGrid = await align('--transcript', moved);
    expect(fromGrid.phonemes[3].endSeconds).toBeCloseTo(edge + 0.007, 6);
    expect(fromGrid.phonemes.map(({ phoneme }) => phoneme)).toEqual(fromText.phonemes.map(({ phoneme }) => phoneme));
  });

  it('takes IPA and a dictionary of the user', async () => {
    const ipa = await align(
      '--ipa',
      'ˈoʊ juː kˈeɪm bˈæk aɪ nˈɛvɚ bᵻlˈiːvd wiː wʊd mˈiːt baɪ ðə ɹˈɪvɚɹ ɐɡˈɛn maɪ hˈoʊl fˈæmɪli wɪl biː sˌoʊ hˈæpi',
    );
    expect(ipa.phonemes.map(({ phoneme }) => phoneme).join(' ')).toContain('HH AE P IY');
    const dictionary = path.join(folder, 'names.txt');
    await writeFile(dictionary, 'river  R IH1 V AH0\n');
    const odd = await align('--text', text, '--dictionary', dictionary);
    expect(odd.phonemes.map(({ phoneme }) => phoneme).join(' ')).toContain('R IH V AH AH G');
  });

  it('refuses what it cannot read, and two texts at once', async () => {
    const bad = path.join(folder, 'bad.srt');
    await writeFile(bad, 'no subtitles here');
    const out = path.join(folder, 'never.json');
    const refused = await runCli(['align', sample, '--transcript', bad, '--out', out]);
    expect(refused.code).toBe(1);
    expect(refused.err).toMatch(/holds no subtitle/);
    expect((await runCli(['align', sample, '--text', 'a', '--ipa', 'a', '--out', out])).code).toBe(2);
    expect((await runCli(['align', sample, '--text', 'a', '--notation', 'runes', '--out', out])).code).toBe(2);
    await expect(readFile(out)).rejects.toThrow();
  });
});

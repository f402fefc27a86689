import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { createTracks, type SampledTracks } from '../core/curves/sampledTracks';
import { writeLiveLinkCsv } from '../core/interchange/livelink/writeLiveLinkCsv';
import { readLiveLinkCsv } from '../core/interchange/livelink/readLiveLinkCsv';
import { closureReport, SHUT_OPENING } from '../core/performance/constraints/closureReport';
import { mouthMatchScore } from '../core/performance/constraints/mouthMatchScore';
import { performLine } from '../core/performance/performLine';
import { CLOSED_GAP_SHARE, lipGap, type LipLandmarks } from '../core/rig/lipGap';
import type { LineAnalysis } from '../core/speech/lineAnalysis';
import type { Phoneme } from '../core/speech/phonemes';
import type { PhonemeSegment } from '../core/speech/segments';
import { BUNDLED_LINES, hearBundled, hearFile, truePhones } from './testing/bundledLines';
import { loadCharacterLips } from './testing/characterLips';
import { findResources } from './resources';

let lips: LipLandmarks;
let withText: { analysis: LineAnalysis; tracks: SampledTracks; phonemes: readonly PhonemeSegment[] }[];
let fromSound: typeof withText;

beforeAll(async () => {
  lips = await loadCharacterLips();
  const perform = async (text: boolean) =>
    Promise.all(
      BUNDLED_LINES.map(async (line) => {
        const { analysis } = await hearBundled(line, text);
        return {
          analysis,
          tracks: (await performLine(analysis)).tracks,
          phonemes: (await truePhones(line)) ?? analysis.phonemes,
        };
      }),
    );
  withText = await perform(true);
  fromSound = await perform(false);
}, 120_000);

/** The character's lip gap in units `closureReport` understands. */
const meshOpening = (tracks: SampledTracks) => (frame: number) =>
  (lipGap(lips, tracks, frame) / (CLOSED_GAP_SHARE * lips.restMouthWidthMetres)) * SHUT_OPENING;

/** Shares over all lines whose spoken phones are known: closed P B M, and open vowels that are open. */
function lipRecall(lines: typeof withText): { closures: number; openVowels: number } {
  let [closed, labials, open, vowels] = [0, 0, 0, 0];
  for (const { tracks, phonemes } of lines) {
    const report = closureReport(tracks, phonemes, meshOpening(tracks));
    closed += report.closed;
    labials += report.total;
    for (const { phoneme, startSeconds, endSeconds } of phonemes) {
      if (!['AA', 'AE', 'AO', 'AY', 'AW', 'EH'].includes(phoneme)) continue;
      vowels++;
      if (meshOpening(tracks)(Math.round((startSeconds + endSeconds) * 30)) > 3 * SHUT_OPENING) open++;
    }
  }
  return { closures: closed / labials, openVowels: open / vowels };
}

describe('lips of the character on the bundled lines', () => {
  it('meet on P, B and M and part on open vowels, with a transcript', () => {
    const { closures, openVowels } = lipRecall(withText);
    expect(closures).toBeGreaterThanOrEqual(0.97);
    expect(openVowels).toBeGreaterThanOrEqual(0.95);
  });

  it('mostly do so from sound alone', () => {
    const { closures, openVowels } = lipRecall(fromSound);
    expect(closures).toBeGreaterThanOrEqual(0.75);
    expect(openVowels).toBeGreaterThanOrEqual(0.9);
  });

  it('meet in every emotion at full strength', async () => {
    const { emotionCurvesFrom, parseEmotions } = await import('./args/emotionArgument');
    const { ACTIVE_EMOTIONS } = await import('../core/emotion/emotions');
    for (const { analysis } of withText) {
      for (const emotion of ACTIVE_EMOTIONS) {
        const emotions = emotionCurvesFrom(parseEmotions(`${emotion}=1`), analysis.durationSeconds);
        const { tracks } = await performLine(analysis, { emotions });
        const { closed, total } = closureReport(tracks, analysis.phonemes, meshOpening(tracks));
        expect(closed, emotion).toBe(total);
      }
    }
  });
});

describe('controls that must fail', () => {
  const cross = (lines: typeof withText): number[] =>
    lines.flatMap((a, i) => lines.flatMap((b, j) => (i === j ? [] : [mouthMatchScore(a.tracks, b.phonemes).score])));

  it('curves of a line fit its own phones and no other line', () => {
    for (const lines of [withText, fromSound]) {
      for (const { tracks, phonemes } of lines) expect(mouthMatchScore(tracks, phonemes).score).toBeGreaterThan(0.55);
      const others = cross(lines);
      expect(Math.max(...others)).toBeLessThan(0.35);
      expect(Math.abs(others.reduce((sum, score) => sum + score, 0) / others.length)).toBeLessThan(0.12);
    }
  });

  it('a muted, a constant and a time-reversed mouth score at chance and fail the lip test', () => {
    for (const { tracks, phonemes } of withText) {
      const muted = createTracks(tracks.frameCount);
      const constant = { ...tracks, channels: tracks.channels.map((samples) => samples.map(() => 0.3)) };
      const reversed = { ...tracks, channels: tracks.channels.map((samples) => samples.slice().reverse()) };
      for (const broken of [muted, constant, reversed]) expect(mouthMatchScore(broken, phonemes).score).toBeLessThan(0.35);
    }
    const asLines = (change: (tracks: SampledTracks) => SampledTracks) =>
      lipRecall(withText.map((line) => ({ ...line, tracks: change(line.tracks) })));
    expect(asLines((tracks) => createTracks(tracks.frameCount)).openVowels).toBe(0);
    expect(
      asLines((tracks) => ({ ...tracks, channels: tracks.channels.map((samples) => samples.slice().reverse()) })).closures,
    ).toBeLessThan(0.6);
  });
});

describe('sync: lip apex against the sound', () => {
  /** Middle of the closed stretch around a time, in seconds, read between frames. */
  function apexSeconds(tracks: SampledTracks, aroundSeconds: number): number {
    const gap = (frame: number) => lipGap(lips, tracks, frame);
    const limit = CLOSED_GAP_SHARE * lips.restMouthWidthMetres;
    let [first, last] = [Math.round(aroundSeconds * 60), Math.round(aroundSeconds * 60)];
    expect(gap(first), `lips are open at ${aroundSeconds}`).toBeLessThanOrEqual(limit);
    while (first > 0 && gap(first - 1) <= limit) first--;
    while (last < tracks.frameCount - 1 && gap(last + 1) <= limit) last++;
    const crossing = (inside: number, outside: number) => (limit - gap(inside)) / (gap(outside) - gap(inside));
    return (first - crossing(first, first - 1) + last + crossing(last, last + 1)) / 120;
  }

  const middle = ({ startSeconds, endSeconds }: PhonemeSegment) => (startSeconds + endSeconds) / 2;
  const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

  it('engine and export: within 10 ms of every M, wherever it falls between frames', async () => {
    for (const [mSeconds, offset] of [
      [0.09, 0],
      [0.07, 0.003],
      [0.12, 0.007],
      [0.06, 0.011],
    ]) {
      const analysis = await mamaAnalysis(mSeconds, 0.18, offset);
      const { tracks } = await performLine(analysis);
      const exported = readLiveLinkCsv(new TextDecoder().decode(writeLiveLinkCsv({ tracks }))).tracks;
      for (const phone of analysis.phonemes.filter(({ phoneme }) => phoneme === 'M')) {
        expect(Math.abs(apexSeconds(exported, middle(phone)) - middle(phone))).toBeLessThan(0.01);
      }
    }
  });

  it('the whole chain on spoken "mama": the middle M lies within 15 ms, all within 40 ms', async () => {
    const { dialogue } = findResources();
    const rows = JSON.parse(await readFile(`${dialogue}/mama.phones.json`, 'utf8')) as [Phoneme, number, number][];
    const { analysis } = await hearFile(`${dialogue}/mama.flac`, await readFile(`${dialogue}/mama.txt`, 'utf8'));
    const { tracks } = await performLine(analysis);
    // The first M follows silence, where the lips are shut anyway.
    const truth = rows.filter(([phoneme]) => phoneme === 'M').slice(1);
    const offsets = truth.map(([, start, end]) => Math.abs(apexSeconds(tracks, (start + end) / 2) - (start + end) / 2));
    expect(offsets.length).toBe(7);
    expect(median(offsets)).toBeLessThan(0.015);
    expect(Math.max(...offsets)).toBeLessThan(0.04);
  });

  async function mamaAnalysis(mSeconds: number, aSeconds: number, offsetSeconds: number): Promise<LineAnalysis> {
    const { analyseProsody } = await import('../core/audio/analyseProsody');
    const phonemes: PhonemeSegment[] = [];
    let at = 0;
    const add = (phoneme: Phoneme, seconds: number) => {
      phonemes.push({ phoneme, startSeconds: at, endSeconds: at + seconds, confidence: 1 });
      at += seconds;
    };
    add('SIL', 0.5 + offsetSeconds);
    for (let k = 0; k < 6; k++) {
      add('AA', aSeconds);
      add('M', mSeconds);
    }
    add('AA', aSeconds);
    add('SIL', 0.5);
    const samples = Float32Array.from({ length: Math.round(at * 16000) }, (_, k) => 0.3 * Math.sin(k * 0.05));
    return { durationSeconds: at, phonemes, words: [], prosody: analyseProsody({ sampleRateHz: 16000, samples }), notices: [] };
  }
});

/**
 * Writes what the Python side of training needs from the TypeScript side: voice curves at 60 Hz, accents, and the curves of
 * the rules engine (the baseline, and the prior where a camera sees nothing).
 *
 *   npx tsx training/performance/exportLines.ts OUT_FOLDER [grid facegood speech acted] [--part 0/2]
 *
 * OUT_FOLDER/SOURCE.PART.jsonl has one row a line (id, frames, phones, words, accents); OUT_FOLDER/SOURCE/ID.f32 holds
 * float32 rows of `frames` values: energy, voicing, pitch, loudness, effort, then the 61 channels.
 */
import { createWriteStream, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ANALYSIS_RATE_HZ } from '../../core/audio/pcm';
import { analyseProsody } from '../../core/audio/analyseProsody';
import { resample } from '../../core/audio/resample';
import { toMono } from '../../core/audio/toMono';
import { NEUTRAL_EMOTIONS } from '../../core/emotion/emotionCurves';
import { voiceCurves } from '../../core/performance/neural/conditions';
import { speechAccents } from '../../core/performance/nonverbal/speechAccents';
import { DEFAULT_STYLE } from '../../core/performance/performanceEngine';
import { rulesEngine } from '../../core/performance/rules/rulesEngine';
import { loadDecoderTables } from '../../core/speech/decoderTables';
import { listen } from '../../core/speech/listen';
import type { Phoneme } from '../../core/speech/phonemes';
import type { PhonemeSegment, WordSegment } from '../../core/speech/segments';
import { understand } from '../../core/speech/understand';
import { CURVE_FRAME_RATE } from '../../core/time/frameRate';
import { createOnnxRunner } from '../../main/inference/onnxRunner';
import { decodeAudio } from '../../main/media/decodeAudio';

const DATA = fileURLToPath(new URL('../../../shared/data/', import.meta.url));
const MODELS = fileURLToPath(new URL('../../models/', import.meta.url));
const WORST_ALIGNMENT = -2.7;
const SPEECH_LINES = 700;

interface Row {
  readonly id: string;
  readonly audio: string;
  readonly phones?: readonly [Phoneme, number, number][];
  readonly words?: readonly [string, number, number][];
}

const jsonl = (path: string) => readFileSync(path, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
const aligned = (name: string) => new Map<string, Row & { score: number }>(jsonl(`${DATA}align/${name}.jsonl`).map((row) => [row.id, row]));

/** The lines of a source. Facegood and the acted lines have no aligned phones: those are decoded from the sound. So are, on purpose, the
 * validation clips of GRID (gridheard) and the validation speakers of the acoustic net (speechheard). */
function rowsOf(source: string): Row[] {
  if (source === 'gridheard') {
    const { validation }: { validation: string[] } = JSON.parse(readFileSync(new URL('../splits/performance.json', import.meta.url), 'utf8'));
    return validation.map((id) => ({ id, audio: `face/grid_s1/${id}.opus` }));
  }
  if (source === 'speechheard') {
    const speakers = readFileSync(new URL('../splits/validation.json', import.meta.url), 'utf8');
    return jsonl(`${DATA}speech/speechocean762/manifest.jsonl`)
      .filter((row) => speakers.includes(`"${row.speaker}"`))
      .map((row) => ({ id: row.id, audio: `speech/speechocean762/${row.audio}` }));
  }
  if (source === 'grid') {
    const align = aligned('grid_s1');
    return jsonl(`${DATA}face/grid_s1/manifest.jsonl`).filter((row) => align.has(row.id)).map((row) => ({ ...row, ...align.get(row.id), audio: `face/grid_s1/${row.id}.opus` }));
  }
  if (source === 'facegood') return [1, 2, 3, 4, 5].map((k) => ({ id: `1114_2_0${k}`, audio: `face/facegood/1114_2_0${k}.opus` }));
  if (source === 'acted') return jsonl(`${DATA}speech/sdap/manifest.jsonl`).map((row) => ({ id: row.id, audio: `speech/sdap/${row.audio}` }));
  const align = aligned('speechocean762');
  const held: { speakers?: string[] }[] = ['test', 'validation'].map((name) => JSON.parse(readFileSync(new URL(`../splits/${name}.json`, import.meta.url), 'utf8')));
  const heldText = JSON.stringify(held);
  const rows = jsonl(`${DATA}speech/speechocean762/manifest.jsonl`).filter((row) => (align.get(row.id)?.score ?? -9) >= WORST_ALIGNMENT && !heldText.includes(row.speaker));
  const step = Math.max(1, Math.floor(rows.length / SPEECH_LINES));
  return rows.filter((_, index) => index % step === 0).map((row) => ({ ...row, ...align.get(row.id), audio: `speech/speechocean762/${row.audio}` }));
}

async function main(): Promise<void> {
  const [out, ...rest] = process.argv.slice(2);
  const at = rest.indexOf('--part');
  const [part, parts] = at < 0 ? [0, 1] : rest[at + 1].split('/').map(Number);
  const sources = (at < 0 ? rest : rest.slice(0, at)).length > 0 ? rest.filter((word) => /^[a-z]+$/.test(word)) : ['grid', 'facegood', 'speech', 'acted'];
  const runner = await createOnnxRunner({ modelsFolder: MODELS, provider: 'cpu', threads: 1 });
  const decoder = loadDecoderTables(JSON.parse(readFileSync(`${MODELS}acoustic.decoder.json`, 'utf8')));
  for (const source of sources) {
    mkdirSync(`${out}/${source}`, { recursive: true });
    const list = createWriteStream(`${out}/${source}.${part}.jsonl`);
    const rows = rowsOf(source).filter((_, index) => index % parts === part);
    for (const [index, row] of rows.entries()) {
      const pcm = resample(toMono(await decodeAudio(readFileSync(DATA + row.audio), row.audio)), ANALYSIS_RATE_HZ);
      let phonemes: readonly PhonemeSegment[];
      let words: readonly WordSegment[] = [];
      if (row.phones) {
        phonemes = row.phones.map(([phoneme, startSeconds, endSeconds]) => ({ phoneme, startSeconds, endSeconds, confidence: 1 }));
        words = (row.words ?? []).map(([text, startSeconds, endSeconds]) => ({ text, startSeconds, endSeconds, confidence: 1 }));
      } else {
        phonemes = (await understand(await listen(pcm, runner), '', decoder)).phonemes;
      }
      const durationSeconds = pcm.samples.length / pcm.sampleRateHz;
      const prosody = analyseProsody(pcm);
      const tracks = await rulesEngine.generate({ durationSeconds, phonemes, words, prosody, emotions: NEUTRAL_EMOTIONS, style: { ...DEFAULT_STYLE, rounding: 0 }, seed: 1 });
      const voice = voiceCurves(prosody, tracks.frameCount);
      const accents = speechAccents(phonemes, voice, CURVE_FRAME_RATE);
      const arrays = [voice.energy, voice.voicing, voice.pitchSemitones, voice.loudnessDb, voice.effort, ...tracks.channels];
      writeFileSync(`${out}/${source}/${row.id}.f32`, Buffer.concat(arrays.map((array) => Buffer.from(array.buffer, array.byteOffset, array.byteLength))));
      list.write(
        `${JSON.stringify({
          id: row.id,
          frames: tracks.frameCount,
          phones: phonemes.map(({ phoneme, startSeconds, endSeconds }) => [phoneme, startSeconds, endSeconds]),
          words: words.map(({ text, startSeconds, endSeconds }) => [text, startSeconds, endSeconds]),
          accents: accents.map(({ timeSeconds, strength, pitchSemitones }) => [timeSeconds, strength, pitchSemitones]),
        })}\n`,
      );
      if (index % 100 === 0) console.log(source, index, '/', rows.length);
    }
    list.end();
  }
}

await main();

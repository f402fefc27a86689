/**
 * Phones and words of many clips by the app's own ears, for training/evaluate.py, so that what is measured is what users get:
 *
 *   npx tsx training/ears/hear.ts jobs.json out.jsonl [models folder]
 *
 * jobs.json: [{ "id", "audio": file, "text": "" for none }]; out.jsonl: { "id", "alone": phones from sound alone, "phones" and
 * "words" with the transcript, "notices" }, each phone as [name, start, end] in seconds.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ANALYSIS_RATE_HZ } from '../../core/audio/pcm';
import { resample } from '../../core/audio/resample';
import { toMono } from '../../core/audio/toMono';
import { loadDecoderTables } from '../../core/speech/decoderTables';
import { listen } from '../../core/speech/listen';
import type { PhonemeSegment } from '../../core/speech/segments';
import { understand } from '../../core/speech/understand';
import { createOnnxRunner } from '../../main/inference/onnxRunner';
import { decodeAudio } from '../../main/media/decodeAudio';

interface Job {
  readonly id: string;
  readonly audio: string;
  readonly text: string;
}

const times = (segments: readonly PhonemeSegment[]) =>
  segments.map(({ phoneme, startSeconds, endSeconds }) => [phoneme, startSeconds, endSeconds]);

async function main(): Promise<void> {
  const [jobsFile, outFile, modelsFolder = fileURLToPath(new URL('../../models', import.meta.url))] = process.argv.slice(2);
  const jobs = JSON.parse(readFileSync(jobsFile, 'utf8')) as Job[];
  const decoder = loadDecoderTables(JSON.parse(readFileSync(path.join(modelsFolder, 'acoustic.decoder.json'), 'utf8')));
  const runner = await createOnnxRunner({ modelsFolder, provider: 'cpu', threads: 1 });
  const lines: string[] = [];
  for (const { id, audio, text } of jobs) {
    const decoded = await decodeAudio(readFileSync(audio), path.basename(audio));
    const heard = await listen(resample(toMono(decoded), ANALYSIS_RATE_HZ), runner);
    const alone = await understand(heard, '', decoder);
    const read = text === '' ? alone : await understand(heard, text, decoder);
    const words = read.words.map((word) => [word.text, word.startSeconds, word.endSeconds, word.confidence]);
    lines.push(JSON.stringify({ id, alone: times(alone.phonemes), phones: times(read.phonemes), words, notices: read.notices }));
  }
  await runner.dispose();
  writeFileSync(outFile, lines.map((line) => `${line}\n`).join(''));
}

await main();

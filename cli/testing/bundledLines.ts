import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Phoneme } from '../../core/speech/phonemes';
import type { PhonemeSegment } from '../../core/speech/segments';
import { hearLine, type HeardLine } from '../line/hearLine';
import { findResources } from '../resources';
import { Stopwatch } from '../stopwatch';

export const BUNDLED_LINES = ['sample.wav', 'anger.wav', 'fear.flac', 'playful.ogg'] as const;
export type BundledLine = (typeof BUNDLED_LINES)[number];

/** What was spoken, from the synthesiser itself; null where it does not tell (assets/dialogue/LICENCE.md). */
export async function truePhones(line: BundledLine): Promise<PhonemeSegment[] | null> {
  const file = path.join(findResources().dialogue, `${path.parse(line).name}.phones.json`);
  if (!existsSync(file)) return null;
  const rows = JSON.parse(await readFile(file, 'utf8')) as [Phoneme, number, number][];
  return rows.map(([phoneme, startSeconds, endSeconds]) => ({ phoneme, startSeconds, endSeconds, confidence: 1 }));
}

/** Hears a bundled line through the real chain. */
export async function hearBundled(line: BundledLine, withText: boolean): Promise<HeardLine> {
  const { dialogue, models } = findResources();
  const transcript = withText ? await readFile(path.join(dialogue, `${path.parse(line).name}.txt`), 'utf8') : '';
  return hearFile(path.join(dialogue, line), transcript, models);
}

export function hearFile(file: string, transcript: string, modelsFolder = findResources().models): Promise<HeardLine> {
  return hearLine({
    file,
    transcript,
    channel: 'loudest',
    provider: 'cpu',
    modelsFolder,
    signal: new AbortController().signal,
    stopwatch: new Stopwatch(),
    onProgress: () => undefined,
    onNotice: () => undefined,
  });
}

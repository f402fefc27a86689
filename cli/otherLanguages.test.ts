import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toMono } from '../core/audio/toMono';
import { alignTranscript } from '../core/speech/alignTranscript';
import { decodePhones } from '../core/speech/decodePhones';
import { loadDecoderTables, type DecoderTables } from '../core/speech/decoderTables';
import { listen, type Heard } from '../core/speech/listen';
import { PHONEMES } from '../core/speech/phonemes';
import { loadLexicon, type Lexicon } from '../core/speech/text/lexicon';
import { phonemeTranscript } from '../core/speech/text/phonemeTranscript';
import { createOnnxRunner, type OnnxRunner } from '../main/inference/onnxRunner';
import { decodeAudio } from '../main/media/decodeAudio';
import { findResources } from './resources';
import { editDistance } from '../core/speech/editDistance';

/*
 * Speech of other languages, spoken by espeak-ng, which says the phonemes it spoke: aligned with them, and heard without them.
 * The acoustic model has heard neither these languages nor this synthesiser.
 */
const TEXTS: Readonly<Record<string, string>> = {
  es: 'El niño pequeño llegó a casa con su perro, bebió agua y cantó una canción muy vieja.',
  fr: 'Un grand oiseau bleu mange du pain dans le jardin, et tu veux une feuille ou du vin rouge.',
  it: 'Gli amici sono pronti, mangiamo la zuppa con il pane e poi andiamo a giocare nella piazza.',
  de: 'Die schöne Müllerin geht heute über die Brücke, und ich möchte auch ein bisschen Deutsch sprechen.',
  ru: 'Привет, меня зовут Анна, я живу в большом городе, где растут цветы и течёт широкая река.',
  ja: 'わたしはふじさんにいきました。りょうりがとてもおいしいです。',
};
const hasEspeak = spawnSync('espeak-ng', ['--version'], { stdio: 'ignore' }).error === undefined;
const speak = (language: string, ...options: string[]) =>
  spawnSync('espeak-ng', ['-v', language, ...options, TEXTS[language]], { encoding: 'utf8' }).stdout;

describe.skipIf(!hasEspeak)('other languages', () => {
  let folder: string;
  let runner: OnnxRunner;
  let decoder: DecoderTables;
  let lexicon: Lexicon;
  beforeAll(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'mien-languages-'));
    const { models } = findResources();
    runner = await createOnnxRunner({ modelsFolder: models, provider: 'cpu', onNotice: () => undefined });
    decoder = loadDecoderTables(JSON.parse(readFileSync(path.join(models, 'acoustic.decoder.json'), 'utf8')));
    lexicon = await loadLexicon();
  });
  afterAll(async () => {
    await runner.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  async function hear(language: string): Promise<Heard> {
    const file = path.join(folder, `${language}.wav`);
    speak(language, '-w', file);
    return listen(toMono(await decodeAudio(new Uint8Array(readFileSync(file)), 'a.wav', {})), runner);
  }
  const ipaWords = (language: string) => phonemeTranscript(speak(language, '-q', '--ipa'), 'ipa').words;

  it.each(Object.keys(TEXTS))(
    '%s: its own phonemes fit the sound far better than those of the next language',
    async (language) => {
      const heard = await hear(language);
      const languages = Object.keys(TEXTS);
      const other = languages[(languages.indexOf(language) + 1) % languages.length];
      const own = alignTranscript(heard.posteriors, ipaWords(language), lexicon, decoder)!;
      const foreign = alignTranscript(heard.posteriors, ipaWords(other), lexicon, decoder);
      const spoken = ipaWords(language).flatMap((word) => word.spoken[0][0].slice(1, -1).replace(/[012]/g, '').split(' '));
      const heardAlone = decodePhones(heard.posteriors, decoder)
        .map(({ phone }) => PHONEMES[phone] as string)
        .filter((phone) => phone !== 'SIL');
      const classes = (phones: readonly string[]) => phones.map((phone) => CLASS[phone] ?? 'other');
      const figures = {
        language,
        ownMismatch: own.mismatch,
        foreignMismatch: foreign?.mismatch ?? Infinity,
        missing: own.words.filter(({ flag }) => flag !== undefined).length,
        phoneErrors: editDistance(spoken, heardAlone) / spoken.length,
        mouthErrors: editDistance(classes(spoken), classes(heardAlone)) / spoken.length,
      };
      console.log(JSON.stringify(figures));
      expect(figures.ownMismatch + 0.3).toBeLessThan(figures.foreignMismatch);
      expect(figures.mouthErrors).toBeLessThan(figures.phoneErrors);
    },
  );
});

/** What is seen of a phone: shut lips, lip on teeth, rounded, spread, open, the rest. */
const CLASS: Readonly<Record<string, string>> = {
  P: 'shut',
  B: 'shut',
  M: 'shut',
  F: 'teeth',
  V: 'teeth',
  UW: 'round',
  UH: 'round',
  W: 'round',
  OW: 'round',
  AO: 'round',
  OY: 'round',
  SH: 'round',
  ZH: 'round',
  CH: 'round',
  JH: 'round',
  R: 'round',
  ER: 'round',
  IY: 'spread',
  IH: 'spread',
  EY: 'spread',
  Y: 'spread',
  EH: 'spread',
  AE: 'spread',
  AA: 'open',
  AH: 'open',
  AY: 'open',
  AW: 'open',
};

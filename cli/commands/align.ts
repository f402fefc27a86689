import path from 'node:path';
import { writeAlignmentJson } from '../../core/interchange/textgrid/writeAlignmentJson';
import { writeTextGrid } from '../../core/interchange/textgrid/writeTextGrid';
import { parseProvider } from '../args/numberArguments';
import { ALIGNMENT_FORMATS, chooseOutputs } from '../args/outputFormat';
import { readOptions } from '../args/readOptions';
import { sizeInWords, writeOutput } from '../files';
import { hearLine, throwIfCancelled } from '../line/hearLine';
import { LINE_OPTIONS, parseChannel, readTranscript } from '../line/lineOptions';
import { findResources } from '../resources';
import { Stopwatch } from '../stopwatch';
import type { Command } from './command';

const OPTIONS = { ...LINE_OPTIONS, out: { type: 'string', short: 'o', multiple: true }, format: { type: 'string' } } as const;

/** `mien align line.wav --text "..." --out line.TextGrid`: phones and words with times. Without a text the phones are recognised. */
export const align: Command = async (args, { io, reporter }) => {
  const { values, positionals } = readOptions('align', args, OPTIONS, ['the sound file']);
  const outputs = chooseOutputs(values.out ?? [], values.format, ALIGNMENT_FORMATS);
  const channel = parseChannel(values.channel);
  const provider = parseProvider(values.provider);
  const transcript = await readTranscript(values);
  const stopwatch = new Stopwatch();
  const heard = await hearLine({
    file: positionals[0],
    transcript,
    channel,
    provider,
    modelsFolder: findResources().models,
    signal: io.signal,
    stopwatch,
    onProgress: (step, fraction) => reporter.progress(step, fraction * 0.95),
    onNotice: reporter.notice,
  });
  const { analysis } = heard;
  const files = [];
  for (const { path: target, format } of outputs) {
    throwIfCancelled(io.signal);
    const bytes = new TextEncoder().encode(format === 'json' ? writeAlignmentJson(analysis) : writeTextGrid(analysis));
    await writeOutput(target, bytes);
    files.push({ path: target, format, bytes: bytes.byteLength });
  }
  reporter.progress('Done', 1);
  const words = analysis.words.length;
  const phones = analysis.phonemes.filter(({ phoneme }) => phoneme !== 'SIL').length;
  reporter.result(
    {
      command: 'align',
      input: positionals[0],
      durationSeconds: analysis.durationSeconds,
      phonemeCount: phones,
      wordCount: words,
      files: files.map((file) => ({ ...file, path: path.resolve(file.path) })),
      timings: stopwatch.report(),
      provider: heard.provider,
      notices: analysis.notices,
    },
    [
      `${path.basename(positionals[0])}: ${phones} phones${words > 0 ? ` in ${words} words` : ' (recognised, there was no text)'}, ${analysis.durationSeconds.toFixed(2)} s`,
      ...files.map((file) => `wrote ${file.path} (${sizeInWords(file.bytes)})`),
    ],
  );
  return true;
};

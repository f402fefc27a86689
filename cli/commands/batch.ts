import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { parseEmotions } from '../args/emotionArgument';
import { parseCount, parseProvider, parseSeed } from '../args/numberArguments';
import { PERFORMANCE_FORMATS, type OutputTarget, type PerformanceFormat } from '../args/outputFormat';
import { readOptions } from '../args/readOptions';
import { parseStyle } from '../args/styleArgument';
import { readBatchList, type BatchEntry } from '../batch/readBatchList';
import { generateLines } from '../batch/generateLines';
import { outputsAreCurrent } from '../batch/outputsAreCurrent';
import { reportCsv, type BatchRow } from '../batch/reportCsv';
import { writeOutput } from '../files';
import type { GenerateRequest } from '../line/generateLine';
import { readDictionary } from '../line/lineOptions';
import type { UserWord } from '../../core/speech/text/lexicon';
import { findResources } from '../resources';
import { Stopwatch } from '../stopwatch';
import { UsageError } from '../usageError';
import type { Command } from './command';
import { PERFORMANCE_OPTIONS, readPerformance, readRolls, ROLL_OPTIONS } from './generate';

const OPTIONS = {
  ...PERFORMANCE_OPTIONS,
  ...ROLL_OPTIONS,
  provider: { type: 'string' },
  dictionary: { type: 'string' },
  out: { type: 'string', short: 'o' },
  formats: { type: 'string' },
  jobs: { type: 'string' },
  resume: { type: 'boolean' },
  report: { type: 'string' },
} as const;

/** `mien batch lines/ --out out/`: many recordings; one that fails does not stop the others. False when any failed. */
export const batch: Command = async (args, { io, reporter }) => {
  const { values, positionals } = readOptions('batch', args, OPTIONS, ['the folder or list']);
  const outFolder = values.out;
  if (outFolder === undefined)
    throw new UsageError('mien batch: there is no --out.', 'Say which folder to write to, for example --out out/.');
  const formats = parseFormats(values.formats ?? 'glb');
  const userWords = values.dictionary === undefined ? undefined : await readDictionary(values.dictionary);
  const common = {
    ...readPerformance(values),
    ...readRolls(values),
    channel: 'loudest' as const,
    provider: parseProvider(values.provider),
    userWords,
  };
  const jobs = parseCount('jobs', values.jobs, 1);
  const entries = await readBatchList(positionals[0]);
  // Everything a list can get wrong is found before the first line is generated.
  const requests = entries.map((entry) => requestOf(entry, common, outFolder, formats));
  const resources = findResources();
  await mkdir(outFolder, { recursive: true });
  const stopwatch = new Stopwatch();
  const kept = values.resume === true ? await Promise.all(requests.map(outputsAreCurrent)) : requests.map(() => false);
  const open = requests.filter((_, index) => !kept[index]);
  const fractions = open.map(() => 0);
  const labelOf = (index: number): string => path.basename(open[index].file);
  const made = await generateLines(open, jobs, {
    resources,
    signal: io.signal,
    onNotice: (index, notice) => reporter.notice(`${labelOf(index)}: ${notice}`),
    onProgress: (index, step, fraction) => {
      fractions[index] = Math.max(fractions[index], fraction);
      reporter.progress(`${labelOf(index)}: ${step}`, fractions.reduce((sum, value) => sum + value, 0) / open.length);
    },
  });
  const rows = requests.map((request, index): BatchRow =>
    kept[index] ? { file: request.file, state: 'kept' } : made[open.indexOf(request)],
  );
  if (values.report !== undefined) await writeOutput(values.report, new TextEncoder().encode(reportCsv(rows)));
  const count = (state: BatchRow['state']): number => rows.filter((row) => row.state === state).length;
  reporter.result(
    {
      command: 'batch',
      done: count('done'),
      kept: count('kept'),
      failed: count('failed'),
      lines: rows,
      timings: stopwatch.report(),
    },
    [
      ...rows.map(
        (row) =>
          `${row.state.padEnd(6)} ${row.file}${row.summary ? `: ${row.summary}` : ''}${row.error ? `: ${row.error.message} ${row.error.remedy}` : ''}`,
      ),
      `${count('done')} done, ${count('kept')} kept, ${count('failed')} failed`,
    ],
  );
  return count('failed') === 0;
};

function parseFormats(text: string): PerformanceFormat[] {
  return text.split(',').map((name) => {
    const wanted = name.trim().replace(/^\./, '').toLowerCase();
    const found = (Object.keys(PERFORMANCE_FORMATS) as PerformanceFormat[]).find((format) => format.toLowerCase() === wanted);
    if (found) return found;
    throw new UsageError(
      `--formats: "${name.trim()}" is not a format this version writes.`,
      `Choose from ${Object.keys(PERFORMANCE_FORMATS).join(', ')}.`,
    );
  });
}

type Common = Pick<
  GenerateRequest,
  | 'emotions'
  | 'style'
  | 'engine'
  | 'seed'
  | 'frameRate'
  | 'character'
  | 'profile'
  | 'channel'
  | 'provider'
  | 'preRollSeconds'
  | 'postRollSeconds'
> & { readonly userWords: readonly UserWord[] | undefined };

/** A list's own columns win over the options of the command line. */
function requestOf(
  entry: BatchEntry,
  { userWords, ...common }: Common,
  outFolder: string,
  formats: readonly PerformanceFormat[],
): GenerateRequest {
  const outputs = formats.map((format): OutputTarget<PerformanceFormat> => ({
    path: path.join(outFolder, `${entry.name}${PERFORMANCE_FORMATS[format]}`),
    format,
  }));
  try {
    return {
      ...common,
      file: entry.file,
      transcript: { ...entry.transcript, userWords },
      emotions: entry.emotion ? parseEmotions(entry.emotion) : common.emotions,
      style: entry.style ? parseStyle(entry.style) : common.style,
      seed: entry.seed ? parseSeed(entry.seed) : common.seed,
      outputs,
    };
  } catch (thrown) {
    if (thrown instanceof UsageError) throw new UsageError(`${entry.where}: ${thrown.message}`, thrown.remedy);
    throw thrown;
  }
}

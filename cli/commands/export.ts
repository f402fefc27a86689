import path from 'node:path';
import { ChunkStore } from '../../core/document/chunkStore';
import { bundledAdjustmentsOf } from '../../core/document/commands/bundledAdjustments';
import { assembleTake, lineBase } from '../../core/document/lineBase';
import { shownEventsOf } from '../../core/document/performedEvents';
import type { DocumentRecords, LineRecord } from '../../core/document/records';
import { activeTakeOf, channelSettingsOf, editLayersOf, linesOf, speechOf } from '../../core/document/selectors';
import { resampleTracks } from '../../core/curves/resampleTracks';
import { MienError } from '../../core/errors';
import { composeTracks } from '../../core/layers/composeTracks';
import { closureReport } from '../../core/performance/constraints/closureReport';
import { lintTracks } from '../../core/performance/constraints/lintTracks';
import { isSoundEvent } from '../../core/performance/events/performanceEvent';
import { unpackProject } from '../../main/project/unpackProject';
import { parseFrameRate } from '../args/numberArguments';
import { chooseOutputs, EXPORT_SUFFIXES } from '../args/outputFormat';
import { readOptions } from '../args/readOptions';
import { readInput, writeOutput } from '../files';
import { closureInWords, closureResult, filesInWords, findingsInWords } from '../line/describeLine';
import type { WrittenFile } from '../line/generateLine';
import { throwIfCancelled } from '../line/hearLine';
import { clipLine, clipSettingsOf } from '../../core/interchange/clipLine';
import { writeLine } from '../../core/interchange/writeLine';
import { readCharacterOption } from '../line/readCharacterOption';
import { findResources } from '../resources';
import { Stopwatch } from '../stopwatch';
import { UsageError } from '../usageError';
import type { Command } from './command';
import { exportCapture } from './exportCapture';

const OPTIONS = {
  line: { type: 'string' },
  out: { type: 'string', short: 'o', multiple: true },
  format: { type: 'string' },
  fps: { type: 'string' },
  character: { type: 'string' },
  profile: { type: 'string' },
} as const;

/** `mien export project.mien --line NAME --out line.fbx`: what the studio saved, hand edits included. */
export const exportLine: Command = async (args, { io, reporter }) => {
  const { values, positionals } = readOptions('export', args, OPTIONS, ['the project or capture']);
  const outputs = chooseOutputs(values.out ?? [], values.format, EXPORT_SUFFIXES);
  const frameRate = parseFrameRate(values.fps);
  if (/\.csv$/i.test(positionals[0])) {
    const [character, profile] = [values.character ?? null, values.profile ?? null];
    return exportCapture({ file: positionals[0], outputs, frameRate, character, profile }, { io, reporter });
  }
  const stopwatch = new Stopwatch();
  reporter.progress('Reading', 0);
  const project = await stopwatch.time('read', async () => unpackProject(await readInput(positionals[0])));
  const line = chooseLine(project.records, values.line, path.basename(positionals[0]));
  const take = activeTakeOf(project.records, line);
  const speech = speechOf(project.records, line.id);
  if (!take || !speech) {
    throw new MienError(
      'invalid-input',
      `The line "${line.name}" has not been generated yet.`,
      'Open the project in the studio and generate it, or use "mien generate" on the recording.',
    );
  }
  const chunks = new ChunkStore();
  chunks.load(project.chunks);
  const base =
    lineBase(project.records, line, (wanted) => assembleTake(chunks, wanted)) ?? chunks.assemble(take.chunkIds, take.frameCount);
  const settings = channelSettingsOf(project.records, line.id);
  const { layered, final } = composeTracks(base, editLayersOf(project.records, line), settings);
  const clip = clipSettingsOf(line);
  const { durationSeconds } = line;
  const clipped = clipLine({ tracks: final, durationSeconds, phonemes: speech.phonemes, words: speech.words }, clip);
  const character = await readCharacterOption(values.character ?? null, values.profile ?? null, findResources(), reporter.notice);
  const adjustments = bundledAdjustmentsOf(project.records, values.character?.toLowerCase() ?? 'mien');
  const content = {
    ...character,
    adjustments,
    ...clipped,
    tracks: resampleTracks(clipped.tracks, frameRate),
    name: line.name,
    clip,
  };
  const files: WrittenFile[] = [];
  for (const [index, { path: target, format }] of outputs.entries()) {
    throwIfCancelled(io.signal);
    reporter.progress(`Writing ${path.basename(target)}`, 0.2 + (0.8 * index) / outputs.length);
    const bytes = await stopwatch.time(`write${format[0].toUpperCase()}${format.slice(1)}`, () => writeLine(format, content));
    await writeOutput(target, bytes);
    files.push({ path: target, format, bytes: bytes.byteLength });
  }
  reporter.progress('Done', 1);
  const closure = closureReport(final, speech.phonemes);
  const findings = lintTracks(layered, speech.phonemes, shownEventsOf(project.records, line, take).filter(isSoundEvent));
  reporter.result(
    {
      command: 'export',
      input: positionals[0],
      line: line.id,
      files: files.map((file) => ({ ...file, path: path.resolve(file.path) })),
      timings: stopwatch.report(),
      closure: closureResult(closure),
      findings,
    },
    [
      `${line.name}: ${line.durationSeconds.toFixed(2)} s`,
      closureInWords(closure),
      ...findingsInWords(findings),
      ...filesInWords(files),
    ],
  );
  return true;
};

/**
 * The line `--line` names by id (with or without "line:"), by name, or by its number in the list from 1; the only line when it is left out.
 * @throws UsageError that lists the lines
 */
function chooseLine(records: DocumentRecords, wanted: string | undefined, projectName: string): LineRecord {
  const lines = linesOf(records);
  if (lines.length === 0)
    throw new MienError('invalid-input', `${projectName} holds no lines.`, 'Import a recording in the studio first.');
  const list = lines.map((line, index) => `${index + 1} "${line.name}"`).join(', ');
  if (wanted === undefined) {
    if (lines.length === 1) return lines[0];
    throw new UsageError(`${projectName} holds ${lines.length} lines; which one?`, `Add --line with a number or name: ${list}.`);
  }
  const byId = lines.find(({ id }) => id === wanted || id === `line:${wanted}`);
  const named = lines.filter(({ name }) => name === wanted);
  const byNumber = /^\d+$/.test(wanted) ? lines[Number(wanted) - 1] : undefined;
  if (!byId && named.length > 1)
    throw new UsageError(`--line: ${named.length} lines are called "${wanted}".`, `Use the number: ${list}.`);
  const found = byId ?? named[0] ?? byNumber;
  if (!found) throw new UsageError(`--line: ${projectName} has no line "${wanted}".`, `It has ${list}.`);
  return found;
}

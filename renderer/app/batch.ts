import type { StoreApi } from 'zustand/vanilla';
import { toPlainError } from '../../core/errors';
import type { ChunkStore } from '../../core/document/chunkStore';
import type { DocumentStore } from '../../core/document/documentStore';
import { shownEventsOf } from '../../core/document/performedEvents';
import type { LineId, LineRecord } from '../../core/document/records';
import { activeTakeOf, channelSettingsOf, editLayersOf, lineOf, linesOf, speechOf } from '../../core/document/selectors';
import { inputHashOf, takeInputsOf } from '../../core/document/takeInputs';
import { assembleTake, lineBase } from '../../core/document/lineBase';
import { clipSettingsOf } from '../../core/interchange/clipLine';
import type { FileFormatId } from '../../core/interchange/fileFormats';
import { composeTracks } from '../../core/layers/composeTracks';
import type { StudioApi } from '../../main/ipc/api';
import { joinChannels } from '../../core/curves/joinChannels';
import { soundTimes } from '../panels/exportDialog/export-plan';
import type { BatchResult, BatchRun } from '../stores/batchRun';
import type { SessionState } from '../stores/sessionState';
import { exportChoice } from '../viewport/characterChoice';
import type { Jobs } from './jobs';
import type { Lines } from './lines';

export interface BatchParts {
  readonly api: StudioApi;
  readonly document: DocumentStore;
  readonly chunks: ChunkStore;
  readonly session: StoreApi<SessionState>;
  readonly jobs: Jobs;
  readonly lines: Pick<Lines, 'generate'>;
}

/** Generates or exports many lines; a line that fails is reported and the next one goes on. */
export class Batch {
  constructor(private readonly parts: BatchParts) {}

  /** The named lines, or every line of the project. */
  async generate(lineIds: readonly LineId[], asNewTake = false): Promise<void> {
    await this.run('Generate', this.linesOf(lineIds), async (line) => {
      await this.parts.lines.generate(line.id, asNewTake);
      if (this.isCancelling) return { outcome: 'cancelled', note: 'Cancelled' };
      const { records } = this.parts.document;
      const now = lineOf(records, line.id);
      const take = now && activeTakeOf(records, now);
      const inputs = takeInputsOf(records, line.id);
      const isMade = take && inputs && take.inputHash === inputHashOf(inputs);
      return isMade
        ? { outcome: 'done', note: `${take.frameCount} frames` }
        : { outcome: 'failed', note: 'Not made; the message says why' };
    });
  }

  /** Asks for a folder, then writes each line in each format there, named after the line. */
  async export(lineIds: readonly LineId[], formats: readonly FileFormatId[], frameRate: string): Promise<void> {
    const lines = this.linesOf(lineIds);
    const names = uniqueNames(lines);
    const wanted = lines.flatMap((line, index) => formats.map((format) => ({ lineId: line.id, name: names[index], format })));
    const targets = await this.parts.jobs.run('Export', null, () =>
      this.parts.api.files.chooseExportFolder(wanted.map(({ name, format }) => ({ name, format }))),
    );
    if (!targets || targets.length !== wanted.length) return;
    await this.run('Export', lines, async (line) => {
      const { records } = this.parts.document;
      const take = activeTakeOf(records, line);
      const speech = speechOf(records, line.id);
      const { chunks } = this.parts;
      const base = lineBase(records, line, (wanted) => assembleTake(chunks, wanted));
      if (!take || !speech || !base) return { outcome: 'skipped', note: 'Not generated yet. Generate it first' };
      const { final } = composeTracks(base, editLayersOf(records, line), channelSettingsOf(records, line.id));
      const samples = joinChannels(final);
      let errors = 0;
      for (const [index, { lineId, format }] of wanted.entries()) {
        if (lineId !== line.id) continue;
        if (this.isCancelling) return { outcome: 'cancelled', note: 'Cancelled' };
        const report = await this.parts.jobs.attempt(`Writing ${targets[index].name}`, line.id, (jobId) =>
          this.parts.api.engine.exportLine({
            jobId,
            lineId: line.id,
            lineName: line.name,
            target: targets[index].handle,
            format,
            frameRate,
            character: exportChoice(),
            frameCount: final.frameCount,
            startFrame: final.frameRate.startFrame,
            samples,
            phonemes: speech.phonemes,
            words: speech.words,
            clip: clipSettingsOf(line),
            soundEvents: soundTimes(shownEventsOf(records, line, take)),
          }),
        );
        errors += report.findings.filter((finding) => finding.severity === 'error').length;
      }
      this.parts.session.setState((state) => ({ exportedLines: [...new Set([...state.exportedLines, line.id])] }));
      const written = formats.length === 1 ? '1 file' : `${formats.length} files`;
      return { outcome: 'done', note: errors === 0 ? written : `${written}, ${errors} errors in them` };
    });
  }

  /** Answers at once; what runs now is cancelled too. */
  cancel(): void {
    this.patch({ isCancelling: true });
    this.parts.jobs.cancelAll();
  }

  private get isCancelling(): boolean {
    return this.parts.session.getState().batch?.isCancelling ?? false;
  }

  private linesOf(lineIds: readonly LineId[]): LineRecord[] {
    const all = linesOf(this.parts.document.records);
    return lineIds.length === 0 ? all : all.filter((line) => lineIds.includes(line.id));
  }

  private async run(
    title: string,
    lines: readonly LineRecord[],
    work: (line: LineRecord) => Promise<Pick<BatchResult, 'outcome' | 'note'>>,
  ): Promise<void> {
    const { session, jobs } = this.parts;
    const running = session.getState().batch;
    if (running && running.current !== '') return jobs.say(`${running.title} is still running.`);
    if (lines.length === 0) return;
    const batch: BatchRun = {
      title: `${title} ${lines.length === 1 ? lines[0].name : `${lines.length} lines`}`,
      total: lines.length,
      results: [],
      current: lines[0].name,
      startedAtMs: performance.now(),
      isCancelling: false,
    };
    session.setState({ batch });
    for (const line of lines) {
      this.patch({ current: line.name });
      const result = this.isCancelling ? ({ outcome: 'cancelled', note: 'Cancelled' } as const) : await this.guard(line, work);
      const { results } = session.getState().batch ?? batch;
      this.patch({ results: [...results, { lineId: line.id, name: line.name, ...result }] });
    }
    this.patch({ current: '' });
    const { results } = session.getState().batch ?? batch;
    const done = results.filter((result) => result.outcome === 'done').length;
    jobs.say(`${batch.title}: ${done} of ${lines.length} done`);
    // A report is news when something did not work, or when there was more than one line.
    if (lines.length > 1 || done < lines.length) session.setState({ dialog: 'batchReport' });
  }

  private async guard(
    line: LineRecord,
    work: (line: LineRecord) => Promise<Pick<BatchResult, 'outcome' | 'note'>>,
  ): Promise<Pick<BatchResult, 'outcome' | 'note'>> {
    try {
      return await work(line);
    } catch (error) {
      const plain = toPlainError(error);
      if (plain.code === 'cancelled') return { outcome: 'cancelled', note: 'Cancelled' };
      return { outcome: 'failed', note: `${plain.message} ${plain.remedy}` };
    }
  }

  private patch(change: Partial<BatchRun>): void {
    this.parts.session.setState(({ batch }) => (batch ? { batch: { ...batch, ...change } } : {}));
  }
}

/** Names for files: two lines of one name get a number. */
export function uniqueNames(lines: readonly { readonly name: string }[]): string[] {
  const seen = new Map<string, number>();
  return lines.map(({ name }) => {
    const key = name.toLowerCase();
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return count === 1 ? name : `${name} ${count}`;
  });
}

/** The report as a table for a spreadsheet. */
export function batchReportText({ title, results }: BatchRun): string {
  const cell = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return [
    title,
    'line,outcome,note',
    ...results.map(({ name, outcome, note }) => [name, outcome, note].map(cell).join(',')),
  ].join('\n');
}

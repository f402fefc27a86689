import type { StoreApi } from 'zustand/vanilla';
import type { ChunkStore } from '../../core/document/chunkStore';
import { addCaptureLayer, addCaptureTake, capturedSpan } from '../../core/document/commands/importCapture';
import type { DocumentStore } from '../../core/document/documentStore';
import type { IdSource } from '../../core/document/ids';
import { assembleFitted } from '../../core/document/lineBase';
import type { LineId, LineRecord } from '../../core/document/records';
import { activeTakeOf, lineOf, locksOf } from '../../core/document/selectors';
import { inputHashOf, takeInputsOf } from '../../core/document/takeInputs';
import { MienError } from '../../core/errors';
import { captureOffsetSeconds } from '../../core/interchange/livelink/captureOffset';
import type { CurveSpan } from '../../core/layers/editLayer';
import { keepLocked } from '../../core/performance/keepLocked';
import { captureAsBase, coveredFrames, type PlacedCapture } from '../../core/performance/placeCapture';
import type { PerformanceChannel } from '../../core/rig/channels';
import { curveGridOf } from '../../core/performance/curveGrid';
import type { ChosenFile, LoadedCapture, StudioApi } from '../../main/ipc/api';
import type { SessionState } from '../stores/sessionState';
import type { ViewState } from '../stores/viewState';
import { droppedFile } from './droppedFile';
import type { Edits } from './edits';
import type { Jobs } from './jobs';
import { tracksOf } from './tracksOf';
import { stemOf } from './transcripts';

export interface CapturesParts {
  readonly api: StudioApi;
  readonly document: DocumentStore;
  readonly chunks: ChunkStore;
  readonly view: StoreApi<ViewState>;
  readonly session: StoreApi<SessionState>;
  readonly jobs: Jobs;
  readonly edits: Edits;
  readonly ids: IdSource;
}

/** What the user chose for a captured face. */
export interface CaptureAnswer {
  readonly how: 'layer' | 'base';
  readonly offsetSeconds: number;
}

/** Captured faces (Live Link Face CSV) for the shown line, as an edit layer or as its base: one undo step each. */
export class Captures {
  private answerOpen: ((answer: CaptureAnswer | null) => void) | null = null;

  constructor(private readonly parts: CapturesParts) {}

  async chooseAndImport(): Promise<void> {
    const file = await this.parts.jobs.run('Import a captured face', null, () => this.parts.api.files.chooseText('capture'));
    if (file) await this.import(file);
  }

  async importDropped(files: readonly File[]): Promise<void> {
    for (const file of files) {
      const chosen = await droppedFile(this.parts, file);
      if (chosen) await this.import(chosen);
    }
  }

  /** The dialog's answer; null takes nothing over. */
  answer(answer: CaptureAnswer | null): void {
    this.parts.session.setState({ dialog: 'none', capture: null });
    this.answerOpen?.(answer);
    this.answerOpen = null;
  }

  private async import(file: ChosenFile): Promise<void> {
    const { api, jobs, document, view } = this.parts;
    const { lineId } = view.getState();
    const line = lineId ? lineOf(document.records, lineId) : undefined;
    if (!line) {
      jobs.fail('Import a captured face', noLine());
      return;
    }
    const capture = await jobs.run(`Reading ${file.name}`, line.id, (jobId) =>
      api.engine.readCapture({ jobId, file: file.handle }),
    );
    if (!capture) return;
    const answer = await this.ask(capture, line);
    if (!answer) return;
    try {
      if (answer.how === 'base') this.asBase(line.id, capture, answer.offsetSeconds);
      else await this.asLayer(line.id, capture, answer.offsetSeconds);
    } catch (error) {
      jobs.fail('Import a captured face', error);
    }
  }

  private ask(capture: LoadedCapture, line: LineRecord): Promise<CaptureAnswer | null> {
    this.answer(null);
    const byTimecode = captureOffsetSeconds(capture.startSeconds, line.startTimecode);
    const meets = byTimecode !== null && byTimecode < line.durationSeconds && byTimecode + capture.durationSeconds > 0;
    this.parts.session.setState({
      dialog: 'capture',
      capture: { capture, lineName: line.name, timecodeOffsetSeconds: meets ? byTimecode : null },
    });
    return new Promise((resolve) => (this.answerOpen = resolve));
  }

  private asBase(lineId: LineId, capture: LoadedCapture, offsetSeconds: number): void {
    const { document, chunks, edits, ids, jobs } = this.parts;
    const line = lineOf(document.records, lineId);
    const inputs = takeInputsOf(document.records, lineId);
    if (!line || !inputs) throw noLine();
    const take = activeTakeOf(document.records, line);
    const previous = take ? assembleFitted(chunks, take, line) : null;
    const placed = captureAsBase(placedAt(capture, offsetSeconds), curveGridOf(line), previous);
    const { frameCount } = placed;
    const tracks = keepLocked(previous, placed, locksOf(document.records, lineId));
    const chunkIds = chunks.addTracks(tracks);
    const takeId = `take:${ids.next()}` as const;
    const inputHash = inputHashOf(inputs);
    edits.run(`Import ${capture.fileName} as base`, (draft) =>
      addCaptureTake(draft, { lineId, takeId, name: stemOf(capture.fileName), inputHash, frameCount, chunkIds }),
    );
    jobs.say(`${capture.fileName} is the base now; the take before it stays in the list`);
  }

  private async asLayer(lineId: LineId, capture: LoadedCapture, offsetSeconds: number): Promise<void> {
    const { document, edits, ids, jobs, view } = this.parts;
    const line = lineOf(document.records, lineId);
    if (!line) throw noLine();
    const grid = curveGridOf(line);
    const placed = placedAt(capture, offsetSeconds);
    coveredFrames(placed, grid);
    const spans = new Map<PerformanceChannel, CurveSpan>();
    for (const channel of capture.channels) {
      spans.set(channel, capturedSpan(placed, channel, grid, ids.next()));
      // Minutes of capture take a moment; the window goes on meanwhile.
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    const layerId = `layer:${ids.next()}` as const;
    const done = edits.run(`Import ${capture.fileName} as layer`, (draft) =>
      addCaptureLayer(draft, { lineId, layerId, name: stemOf(capture.fileName), spans }),
    );
    if (!done) return;
    view.setState({ activeLayerId: layerId });
    const keyCount = [...spans.values()].reduce((total, { keys }) => total + keys.length, 0);
    jobs.say(`${capture.fileName}: ${spans.size} channels, ${keyCount.toLocaleString('en')} keys on a layer of its own`);
  }
}

function placedAt(capture: LoadedCapture, offsetSeconds: number): PlacedCapture {
  return { tracks: tracksOf(capture), channels: capture.channels, offsetSeconds };
}

function noLine(): MienError {
  return new MienError(
    'invalid-input',
    'A captured face needs a line to go onto.',
    'Import the recording it belongs to first, then drop the CSV again.',
  );
}

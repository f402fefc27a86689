import type { StoreApi } from 'zustand/vanilla';
import type { ChunkStore } from '../../core/document/chunkStore';
import { applyTake } from '../../core/document/commands/takes';
import type { DocumentEdit, DocumentStore } from '../../core/document/documentStore';
import type { IdSource } from '../../core/document/ids';
import type { LineId, LineRecord, TakeRecord } from '../../core/document/records';
import { assembleFitted } from '../../core/document/lineBase';
import { activeTakeOf, lineOf, locksOf } from '../../core/document/selectors';
import { inputHashOf, speechKeyOf, takeInputsOf, type TakeInputs } from '../../core/document/takeInputs';
import type { SampledTracks } from '../../core/curves/sampledTracks';
import { MienError } from '../../core/errors';
import { keepLocked } from '../../core/performance/keepLocked';
import { frameGridOf } from '../../core/performance/curveGrid';
import { firstFrameOf, tracksOver } from '../../core/performance/lineCut';
import { isSameGrid } from '../../core/time/frameRate';
import type { TimeRange } from '../../core/time/timeRange';
import type { JobProgress, PerformRequest, PerformResult, PreviewRequest, PreviewResult } from '../../main/ipc/api';
import type { Preview, SessionState } from '../stores/sessionState';
import { windowAround, windowTracks, withWindow } from './previewWindow';
import { tracksOf } from './tracksOf';

export interface RegenerationParts {
  readonly perform: (request: PerformRequest) => Promise<PerformResult>;
  readonly preview: (request: PreviewRequest) => Promise<PreviewResult | null>;
  readonly cancel: (jobId: string) => Promise<void>;
  readonly document: DocumentStore;
  readonly chunks: ChunkStore;
  readonly session: StoreApi<SessionState>;
  readonly ids: IdSource;
  readonly onError: (error: unknown) => void;
}

interface Flight {
  readonly jobId: string;
  readonly lineId: LineId;
  readonly inputHash: string;
  /** The request under way works on the whole line and gives way to a newer wish of a drag. */
  isWhole?: boolean;
  isDropped?: boolean;
}

/**
 * Keeps the generated base in step with the document: at most one request is under way, the latest wishes win, and a
 * result counts only when its input hash is still the document's. While something is dragged a result is only shown;
 * it is written into the document with the drag's own undo step, or folded into the last step when it comes later.
 */
export class Regeneration {
  private flight: Flight | null = null;
  private wanted: LineId | null = null;
  private waiters: (() => void)[] = [];
  private base: { readonly take: TakeRecord; readonly line: LineRecord; readonly tracks: SampledTracks | null } | null = null;
  /** Ends the wait for the drag to rest. */
  private wake: (() => void) | null = null;

  constructor(private readonly parts: RegenerationParts) {}

  /** Brings a line's base up to date if its inputs changed. Cheap when they did not. */
  refresh(lineId: LineId): void {
    const current = this.currentInputs(lineId);
    if (!current) {
      this.clearPreview(lineId);
      return;
    }
    const { records } = this.parts.document;
    const take = activeTakeOf(records, lineOf(records, lineId)!);
    if (take?.inputHash === current.inputHash) {
      this.wanted = null;
      this.clearPreview(lineId);
      this.finishIfIdle();
      return;
    }
    if (this.settlePreview(lineId, current.inputHash)) return;
    this.wanted = lineId;
    this.wake?.();
    this.dropWhole();
    void this.fly();
  }

  /** A whole long line that is out of date already must not keep the hand waiting: the drag goes on with its window. */
  private dropWhole(): void {
    const { flight } = this;
    if (!flight?.isWhole || flight.isDropped || !this.wantsWindow(flight.lineId)) return;
    if (this.currentInputs(flight.lineId)?.inputHash === flight.inputHash) return;
    flight.isDropped = true;
    this.parts.cancel(flight.jobId).catch(this.parts.onError);
  }

  /** Resolves when nothing is under way and nothing is waiting. */
  whenIdle(): Promise<void> {
    if (!this.flight && !this.wanted) return Promise.resolve();
    return new Promise((resolve) => this.waiters.push(resolve));
  }

  /** The edit that writes the shown preview into the document, if it fits what the document has now. */
  commitPreview(lineId: LineId): DocumentEdit | undefined {
    const { preview } = this.parts.session.getState();
    const current = this.currentInputs(lineId);
    if (!preview || !current || preview.lineId !== lineId || preview.inputHash !== current.inputHash) return undefined;
    return preview.isPartial ? undefined : this.takeEdit(lineId, preview);
  }

  private async fly(): Promise<void> {
    if (this.flight || !this.wanted) return;
    const lineId = this.wanted;
    this.wanted = null;
    const current = this.currentInputs(lineId);
    if (!current) {
      this.finishIfIdle();
      return;
    }
    const flight: Flight = { jobId: `perform:${this.parts.ids.next()}`, lineId, inputHash: current.inputHash };
    this.flight = flight;
    this.parts.session.setState({ isGenerating: true });
    try {
      if (this.wantsWindow(lineId)) {
        await this.showAroundPlayhead(flight, current.inputs);
        if (!this.wanted) await this.untilDragRests();
        // The hand went on or let go: what it wants now comes first.
        if (this.wanted) return;
      }
      flight.isWhole = true;
      this.parts.session.setState({ generatedShare: 0 });
      // The engine refuses a request with fields it does not know: a flight's own flags stay here.
      const { jobId, inputHash } = flight;
      const result = await this.parts.perform({ jobId, lineId, inputHash, ...requestOf(current.inputs) });
      this.land(flight, tracksOf(result, frameGridOf(current.inputs)), result);
    } catch (error) {
      // Only a failure of what is still wanted is worth a message.
      if (!flight.isDropped && this.currentInputs(lineId)?.inputHash === flight.inputHash) this.parts.onError(error);
    } finally {
      this.flight = null;
      this.parts.session.setState({ generatedShare: null });
      if (this.wanted) void this.fly();
      else this.finishIfIdle();
    }
  }

  /**
   * While something is dragged, the stretch around the playhead comes first, so that the face follows at once; the whole
   * line follows behind it.
   */
  private async showAroundPlayhead(flight: Flight, inputs: TakeInputs): Promise<void> {
    const { document, session } = this.parts;
    const shown = this.shownTracks(flight.lineId);
    if (!shown) return;
    const result = await this.windowOf(flight, inputs, windowAround(session.getState().playheadSeconds));
    // Late answers of a drag that has ended are of no use: the whole line is on its way.
    if (!document.isDragging || !this.currentInputs(flight.lineId)) return;
    if (!isSameGrid(shown.frameRate, frameGridOf(inputs))) return;
    const tracks = withWindow(shown, this.keepingLocked(flight.lineId, windowTracks(result, shown.frameRate)));
    if (!tracks) return;
    const { lineId, inputHash } = flight;
    session.setState({ preview: { lineId, inputHash, tracks, events: [], isPartial: true } });
  }

  /** Asks for a stretch; what is said in the line is sent only when the engine does not have it. */
  private async windowOf(flight: Flight, inputs: TakeInputs, only: TimeRange): Promise<PreviewResult> {
    const { lineId, inputHash } = flight;
    const { phonemes, words, events, ...settings } = requestOf(inputs);
    const request = { ...settings, lineId, inputHash, only };
    const known = await this.parts.preview({ ...request, jobId: `${flight.jobId}:window` });
    if (known) return known;
    const speech = { phonemes, words, events };
    const answer = await this.parts.preview({ ...request, jobId: `${flight.jobId}:speech`, speech });
    if (answer) return answer;
    throw new MienError('internal', 'The engine did not take the speech of the line.', 'Generate the line again (Ctrl G).');
  }

  /** What is locked stays as it was before the change, on the frames that `fresh` holds. */
  private keepingLocked(lineId: LineId, fresh: SampledTracks): SampledTracks {
    const locks = locksOf(this.parts.document.records, lineId);
    const base = locks.length > 0 ? this.baseOf(lineId) : null;
    if (!base) return fresh;
    const first = firstFrameOf(fresh, base.frameRate);
    return keepLocked(tracksOver(base, { first, end: first + fresh.frameCount }), fresh, locks);
  }

  /** How far the line under way is: the status bar shows it while the curves behind a change are made. */
  onProgress({ jobId, fraction }: Pick<JobProgress, 'jobId' | 'fraction'>): void {
    if (this.flight?.isWhole && this.flight.jobId === jobId) this.parts.session.setState({ generatedShare: fraction });
  }

  private untilDragRests(): Promise<void> {
    if (!this.parts.document.isDragging) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, DRAG_RESTS_MS);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Short lines are made whole as quickly by the rules; the neural nets always take longer than a frame. */
  private wantsWindow(lineId: LineId): boolean {
    const { document } = this.parts;
    const line = lineOf(document.records, lineId);
    return document.isDragging && line !== undefined && (line.engine === 'neural' || line.durationSeconds > WINDOW_WORTH_SECONDS);
  }

  private shownTracks(lineId: LineId): SampledTracks | null {
    const { preview } = this.parts.session.getState();
    return preview?.lineId === lineId ? preview.tracks : this.baseOf(lineId);
  }

  /** Curves of the active take as the document has them. */
  private baseOf(lineId: LineId): SampledTracks | null {
    const { document, chunks } = this.parts;
    const line = lineOf(document.records, lineId);
    const take = line && activeTakeOf(document.records, line);
    if (!take) return null;
    // Put together from its chunks once, not at every move of a drag.
    if (this.base?.take !== take || this.base.line !== line || !this.base.tracks)
      this.base = { take, line, tracks: assembleFitted(chunks, take, line) };
    return this.base.tracks;
  }

  private land(flight: Flight, tracks: SampledTracks, { inputHash, events = [] }: PerformResult): void {
    const current = this.currentInputs(flight.lineId);
    if (!current) return;
    const { document, session } = this.parts;
    const fits = inputHash === flight.inputHash && inputHash === current.inputHash;
    // During a drag an answer to a moment ago still shows the way; it is never written.
    if (!fits && !document.isDragging) return;
    const kept = this.keepingLocked(flight.lineId, tracks);
    session.setState({ preview: { lineId: flight.lineId, inputHash, tracks: kept, events } });
    if (fits) this.settlePreview(flight.lineId, inputHash);
  }

  /** Writes a fitting preview into the document; false when there is none or a drag is in progress. */
  private settlePreview(lineId: LineId, inputHash: string): boolean {
    const { document, session } = this.parts;
    const { preview } = session.getState();
    if (!preview || preview.lineId !== lineId || preview.inputHash !== inputHash || document.isDragging) return false;
    if (preview.isPartial) return false;
    const settled = document.amendLast(this.takeEdit(lineId, preview));
    if (settled) {
      this.clearPreview(lineId);
      session.setState((state) => ({ regenerations: state.regenerations + 1 }));
    }
    return settled;
  }

  private takeEdit(lineId: LineId, { inputHash, tracks, events }: Preview): DocumentEdit {
    const chunkIds = this.parts.chunks.addTracks(tracks);
    const newTakeId = `take:${this.parts.ids.next()}` as const;
    return (draft) => applyTake(draft, { lineId, inputHash, frameCount: tracks.frameCount, chunkIds, newTakeId, events });
  }

  private currentInputs(lineId: LineId): { inputs: TakeInputs; inputHash: string } | null {
    const inputs = takeInputsOf(this.parts.document.records, lineId);
    return inputs && { inputs, inputHash: inputHashOf(inputs) };
  }

  private clearPreview(lineId: LineId): void {
    if (this.parts.session.getState().preview?.lineId === lineId) this.parts.session.setState({ preview: null });
  }

  private finishIfIdle(): void {
    if (this.flight || this.wanted) return;
    this.parts.session.setState({ isGenerating: false });
    const waiters = this.waiters;
    this.waiters = [];
    for (const resolve of waiters) resolve();
  }
}

/** Plain copies, no shared arrays with the store: what crosses to another process is a value. */
export function requestOf(inputs: TakeInputs) {
  const { engine, phonemes, words, emotions, style, seed, events, seedRanges, effortGain } = inputs;
  const { lipNudgeSeconds, preRollSeconds, postRollSeconds } = inputs;
  const timing = { lipNudgeSeconds, preRollSeconds, postRollSeconds };
  const speech = { phonemes, words, events, speechKey: speechKeyOf(inputs) };
  return { ...speech, engine, emotions, style, seed, seedRanges, effortGain, ...timing };
}

/** Below this the whole line is made as quickly as a stretch of it. */
const WINDOW_WORTH_SECONDS = 15;
/** A drag that rests this long gets its whole line; until then only the stretch around the playhead follows the hand. */
const DRAG_RESTS_MS = 300;

import type { StoreApi } from 'zustand/vanilla';
import { addLine, removeLine } from '../../core/document/commands/lines';
import { setHeardEvents } from '../../core/document/commands/setSpeech';
import { applyTake, selectTake } from '../../core/document/commands/takes';
import { setSeed } from '../../core/document/commands/lines';
import type { ChunkStore } from '../../core/document/chunkStore';
import type { DocumentStore } from '../../core/document/documentStore';
import type { IdSource } from '../../core/document/ids';
import { notationKept, phoneSourceOf } from '../../core/document/phoneSource';
import type { LineId, LineRecord, TakeId } from '../../core/document/records';
import { setSeedRanges } from '../../core/document/commands/seedRanges';
import { assembleFitted } from '../../core/document/lineBase';
import { frameGridOf } from '../../core/performance/curveGrid';
import { keepLocked } from '../../core/performance/keepLocked';
import { activeTakeOf, lineOf, linesOf, locksOf } from '../../core/document/selectors';
import { inputHashOf, takeInputsOf } from '../../core/document/takeInputs';
import { DEFAULT_STYLE } from '../../core/performance/performanceEngine';
import type { TranscriptSource } from '../../core/speech/transcriptSource';
import type { ChosenFile, StudioApi } from '../../main/ipc/api';
import type { SessionState } from '../stores/sessionState';
import { NO_SELECTION, type ViewState } from '../stores/viewState';
import { droppedFile } from './droppedFile';
import type { Edits } from './edits';
import type { Jobs } from './jobs';
import { requestOf, type Regeneration } from './regeneration';
import { tracksOf } from './tracksOf';
import { stemOf, TRANSCRIPT_FILE, type Transcripts } from './transcripts';

export interface LinesParts {
  readonly api: StudioApi;
  readonly document: DocumentStore;
  readonly chunks: ChunkStore;
  readonly view: StoreApi<ViewState>;
  readonly session: StoreApi<SessionState>;
  readonly jobs: Jobs;
  readonly edits: Edits;
  readonly regeneration: Regeneration;
  readonly transcripts: Transcripts;
  readonly ids: IdSource;
}

export interface LineSource {
  readonly file: ChosenFile;
  readonly transcript: string | TranscriptSource;
}

/** Lines of dialogue: bringing them in, listening again, making takes. */
export class Lines {
  private previousTakeId: TakeId | null = null;

  constructor(private readonly parts: LinesParts) {}

  async chooseAndImport(): Promise<void> {
    const files = await this.parts.jobs.run('Import', null, () => this.parts.api.files.chooseAudio());
    if (files) await this.importAll(files.map((file) => ({ file, transcript: '' })));
  }

  /**
   * Files dropped on the window; a .txt, .srt, .vtt or .TextGrid of the same name becomes the transcript, of a new recording or
   * of a line that is there. Returns projects dropped among them.
   */
  async importDropped(files: readonly File[]): Promise<ChosenFile[]> {
    const sources: LineSource[] = [];
    const projects: ChosenFile[] = [];
    const texts = files.filter(({ name }) => TRANSCRIPT_FILE.test(name));
    const assigned = new Set<File>();
    for (const file of files.filter((one) => !texts.includes(one))) {
      const chosen = await droppedFile(this.parts, file);
      if (!chosen) continue;
      if (/\.mien$/i.test(chosen.name)) {
        projects.push(chosen);
        continue;
      }
      const text = texts.find(({ name }) => stemOf(name) === stemOf(chosen.name));
      if (text) assigned.add(text);
      const read = text && (await this.parts.transcripts.read(text));
      sources.push({ file: chosen, transcript: read ? this.parts.transcripts.sourceOfFile(read) : '' });
    }
    await this.importAll(sources);
    const others = texts.filter((text) => !assigned.has(text));
    if (others.length > 0) await this.parts.transcripts.assignByName(others);
    return projects;
  }

  async importSample(): Promise<void> {
    const sample = await this.parts.jobs.run('The sample line', null, () => this.parts.api.files.sampleAudio());
    if (sample) await this.importAll([sample]);
  }

  async importAll(sources: readonly LineSource[]): Promise<void> {
    for (const source of sources) await this.importOne(source);
  }

  /** Decodes, listens and performs one recording; the line appears when it can be looked at, as one undo step. */
  private async importOne({ file, transcript }: LineSource): Promise<void> {
    const { api, jobs, ids, session, edits, regeneration, transcripts } = this.parts;
    const lineId: LineId = `line:${ids.next()}`;
    const source = typeof transcript === 'string' ? transcripts.sourceOf(transcript) : transcript;
    const imported = await jobs.run(`Importing ${file.name}`, lineId, (jobId) =>
      api.engine.importAudio({ jobId, lineId, file: file.handle, transcript: source }),
    );
    if (!imported) return;
    const line: LineRecord = {
      id: lineId,
      kind: 'line',
      name: stemOf(file.name),
      audioFile: imported.audioFile,
      soundName: file.name,
      durationSeconds: imported.media.durationSeconds,
      transcript: source.text,
      phoneSource: phoneSourceOf(source),
      ...notationKept(source),
      engine: 'rules',
      seed: 1,
      style: DEFAULT_STYLE,
      activeTakeId: '',
      takeIds: [],
      layerIds: [],
    };
    const { phonemes, words } = imported;
    const speech = {
      id: `speech:${lineId}` as const,
      kind: 'speech' as const,
      lineId,
      words,
      phonemes,
      recognisedPhonemes: phonemes,
      recognisedWords: words,
    };
    session.setState((state) => ({ media: { ...state.media, [lineId]: imported.media } }));
    edits.run(`Import ${file.name}`, (draft) => {
      addLine(draft, { line, speech });
      setHeardEvents(draft, lineId, imported.events);
    });
    this.show(lineId);
    regeneration.refresh(lineId);
    await regeneration.whenIdle();
    const [notice] = imported.notices;
    jobs.say(notice ?? `${file.name}: ${phonemes.filter(({ phoneme }) => phoneme !== 'SIL').length} phonemes, ready`);
  }

  show(lineId: LineId): void {
    const { view, session, regeneration } = this.parts;
    if (view.getState().lineId === lineId) return;
    view.setState({ lineId, activeLayerId: null, selection: NO_SELECTION });
    session.setState({ range: null });
    const line = lineOf(this.parts.document.records, lineId);
    if (line?.activeTakeId === '') regeneration.refresh(lineId);
  }

  /** The line `step` places on in the list. */
  showNeighbour(step: 1 | -1): void {
    const lines = linesOf(this.parts.document.records);
    const index = lines.findIndex((line) => line.id === this.parts.view.getState().lineId);
    const next = lines[index + step];
    if (next) this.show(next.id);
  }

  remove(lineId: LineId): void {
    const { document, edits, view } = this.parts;
    const lines = linesOf(document.records);
    const index = lines.findIndex((line) => line.id === lineId);
    if (index < 0) return;
    const neighbour = lines[index + 1] ?? lines[index - 1];
    view.setState({ lineId: neighbour?.id ?? null, selection: NO_SELECTION });
    edits.run(`Remove ${lines[index].name}`, (draft) => removeLine(draft, lineId));
  }

  /** Makes the line's base again under a job, as a new take when asked; the seed of a new take is new too. */
  async generate(lineId: LineId, asNewTake: boolean): Promise<void> {
    const { api, jobs, document, chunks, edits, ids } = this.parts;
    const line = lineOf(document.records, lineId);
    const inputs = takeInputsOf(document.records, lineId);
    if (!line || !inputs) return;
    const seed = asNewTake ? Math.floor(Math.random() * 10000) : line.seed;
    // A new take is new everywhere; the same line made again keeps the stretches that have seeds of their own.
    const seedRanges = asNewTake ? [] : inputs.seedRanges;
    const wanted = { ...inputs, seed, seedRanges };
    const inputHash = inputHashOf(wanted);
    const result = await jobs.run(`Generating ${line.name}`, lineId, (jobId) =>
      api.engine.perform({ jobId, lineId, ...requestOf(wanted), inputHash }),
    );
    if (!result) return;
    const now = takeInputsOf(document.records, lineId);
    // Edited while it was made: the edit has asked for its own curves already.
    if (!now || inputHashOf({ ...now, seed, seedRanges }) !== result.inputHash) return;
    const before = activeTakeOf(document.records, line);
    const locks = locksOf(document.records, lineId);
    const tracks = keepLocked(before ? assembleFitted(chunks, before, line) : null, tracksOf(result, frameGridOf(inputs)), locks);
    const chunkIds = chunks.addTracks(tracks);
    const newTakeId: TakeId = `take:${ids.next()}`;
    const changed = edits.run(asNewTake ? 'New take' : 'Generate line', (draft) => {
      setSeed(draft, { lineId, seed });
      setSeedRanges(draft, { lineId, seedRanges });
      const { frameCount } = tracks;
      applyTake(draft, { lineId, inputHash, frameCount, chunkIds, newTakeId, asNewTake, events: result.events });
    });
    this.parts.session.setState((state) => ({ regenerations: state.regenerations + 1 }));
    jobs.say(
      changed ? `${line.name}: ${tracks.frameCount} frames made` : `${line.name}: nothing changed, the curves are up to date`,
    );
  }

  /** Back and forth between the take in use and the one used before it (A and B). */
  swapTake(): void {
    const { lineId } = this.parts.view.getState();
    const line = lineId ? lineOf(this.parts.document.records, lineId) : undefined;
    if (!line || line.activeTakeId === '') return;
    const other = this.compareTake(line);
    if (other && other !== line.activeTakeId) this.selectTake(line.id, other);
    else this.parts.jobs.say('This line has one take only. Regenerate, As a new take, makes another.');
  }

  /** Take B of A/B: the one chosen for it, else the one in use before, else the last other one. */
  compareTake(line: LineRecord): TakeId | undefined {
    const others = line.takeIds.filter((id) => id !== line.activeTakeId);
    const { compareTakeId } = this.parts.session.getState();
    return (
      others.find((id) => id === compareTakeId) ?? others.find((id) => id === this.previousTakeId) ?? others[others.length - 1]
    );
  }

  selectTake(lineId: LineId, takeId: TakeId): void {
    const before = lineOf(this.parts.document.records, lineId)?.activeTakeId;
    if (before) this.previousTakeId = before;
    if (before && before !== takeId) this.parts.session.setState({ compareTakeId: before });
    // A take is chosen as it is; it is not made again when the inputs have moved on (it shows as stale).
    try {
      this.parts.document.transact('Choose take', (draft) => selectTake(draft, { lineId, takeId }));
    } catch (error) {
      this.parts.jobs.fail('Choose take', error);
    }
  }
}

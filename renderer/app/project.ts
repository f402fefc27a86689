import type { StoreApi } from 'zustand/vanilla';
import type { ChunkStore } from '../../core/document/chunkStore';
import { emptyProject, setProjectName } from '../../core/document/commands/lines';
import type { DocumentStore } from '../../core/document/documentStore';
import { linesOf, projectOf, referencedChunks } from '../../core/document/selectors';
import type { ChosenFile, StudioApi } from '../../main/ipc/api';
import type { DocumentState } from '../stores/documentState';
import type { SessionState } from '../stores/sessionState';
import { NO_SELECTION, type ViewState } from '../stores/viewState';
import type { Jobs } from './jobs';

export interface ProjectParts {
  readonly api: StudioApi;
  readonly document: DocumentStore;
  readonly documentState: StoreApi<DocumentState>;
  readonly chunks: ChunkStore;
  readonly view: StoreApi<ViewState>;
  readonly session: StoreApi<SessionState>;
  readonly jobs: Jobs;
}

export type UnsavedAnswer = 'save' | 'discard' | 'cancel';

/** New, open, save: the project as a file. A failed open leaves everything as it was. */
export class Project {
  private answerUnsaved: ((answer: UnsavedAnswer) => void) | null = null;

  constructor(private readonly parts: ProjectParts) {}

  async create(): Promise<void> {
    if (!(await this.mayLeave())) return;
    const done = await this.parts.jobs.run('New project', null, () => this.parts.api.project.create().then(() => true));
    if (!done) return;
    this.swap(emptyProject('Untitled'), {}, null);
  }

  async choose(): Promise<void> {
    const file = await this.parts.jobs.run('Open project', null, () => this.parts.api.files.chooseProject());
    if (file) await this.open(file);
  }

  async open(file: ChosenFile): Promise<void> {
    if (!(await this.mayLeave())) return;
    const opened = await this.parts.jobs.run(`Opening ${file.name}`, null, () => this.parts.api.project.open(file.handle));
    if (!opened) return;
    this.parts.chunks.clear();
    this.parts.chunks.load(opened.chunks);
    const media = Object.fromEntries(opened.media.map((line) => [line.lineId, line]));
    this.swap(opened.records, media, opened.file ?? file);
    for (const notice of opened.notices) this.parts.jobs.say(notice);
  }

  /** Returns false when nothing was saved (cancelled or failed). */
  async save(asNew = false): Promise<boolean> {
    const { api, document, documentState, chunks, jobs } = this.parts;
    const { file } = documentState.getState();
    const records = document.records;
    const target = asNew ? null : (file?.handle ?? null);
    const saved = await jobs.run('Save', null, () =>
      api.project.save({ target, records, chunks: chunks.pick(referencedChunks(records)) }),
    );
    if (!saved) return false;
    documentState.setState({ file: saved });
    document.markSaved(records);
    jobs.say(`Saved ${saved.name}`);
    return true;
  }

  /** Asks what to do with unsaved work; true when the document may be left. */
  async mayLeave(): Promise<boolean> {
    const { document, session } = this.parts;
    const hasLines = linesOf(document.records).length > 0;
    if (!document.isDirty || !hasLines) return true;
    session.setState({ dialog: 'unsaved' });
    const answer = await new Promise<UnsavedAnswer>((resolve) => (this.answerUnsaved = resolve));
    if (answer === 'save') return this.save();
    return answer === 'discard';
  }

  answer(answer: UnsavedAnswer): void {
    this.parts.session.setState({ dialog: 'none' });
    this.answerUnsaved?.(answer);
    this.answerUnsaved = null;
  }

  rename(name: string): void {
    const trimmed = name.trim();
    if (trimmed !== '') this.parts.document.transact('Rename project', (draft) => setProjectName(draft, trimmed));
  }

  private swap(records: DocumentStore['records'], media: SessionState['media'], file: ChosenFile | null): void {
    const { document, documentState, view, session } = this.parts;
    document.replace(records);
    documentState.setState({ file });
    session.setState({ media, preview: null, range: null, playheadSeconds: 0, readoutSeconds: 0, exportedLines: [] });
    view.setState({ lineId: projectOf(records)?.lineIds[0] ?? null, activeLayerId: null, selection: NO_SELECTION });
  }
}

import type { StoreApi } from 'zustand/vanilla';
import type { ChunkStore } from '../../core/document/chunkStore';
import { emptyProject, setProjectName } from '../../core/document/commands/lines';
import type { DocumentStore } from '../../core/document/documentStore';
import { linesOf, projectOf, referencedChunks } from '../../core/document/selectors';
import type { ChosenFile, FileHandle, OpenedProject, PendingWork, StudioApi } from '../../main/ipc/api';
import type { DocumentState } from '../stores/documentState';
import type { SessionState } from '../stores/sessionState';
import { NO_SELECTION, type ViewState } from '../stores/viewState';
import { pictureOfFace } from '../viewport/pictureOfFace';
import type { Jobs } from './jobs';
import type { Journal } from './journal';

export interface ProjectParts {
  readonly api: StudioApi;
  readonly document: DocumentStore;
  readonly documentState: StoreApi<DocumentState>;
  readonly chunks: ChunkStore;
  readonly view: StoreApi<ViewState>;
  readonly session: StoreApi<SessionState>;
  readonly jobs: Jobs;
  readonly journal: Journal;
}

export type UnsavedAnswer = 'save' | 'discard' | 'cancel';
/** saved: the saved version (or nothing, where there is none); autosaved: the last whole copy; later: decide another time. */
export type RecoveryAnswer = 'recovered' | 'saved' | 'autosaved' | 'later';

/** New, open, save: the project as a file. A failed open leaves everything as it was. */
export class Project {
  private answerUnsaved: ((answer: UnsavedAnswer) => void) | null = null;
  private answerPending: ((answer: RecoveryAnswer) => void) | null = null;
  private autosaved: DocumentStore['records'] | null = null;

  constructor(private readonly parts: ProjectParts) {}

  async create(): Promise<void> {
    if (!(await this.mayLeave())) return;
    const done = await this.parts.jobs.run('New project', null, () => this.parts.api.project.create().then(() => true));
    if (!done) return;
    this.swap(emptyProject('Untitled'), {}, null);
    this.parts.journal.begin({ file: null, name: 'Untitled', token: null });
  }

  async choose(): Promise<void> {
    const file = await this.parts.jobs.run('Open project', null, () => this.parts.api.files.chooseProject());
    if (file) await this.open(file);
  }

  async open(file: ChosenFile): Promise<void> {
    if (!(await this.mayLeave())) return;
    const work = await this.parts.jobs.run(`Opening ${file.name}`, null, async () => ({
      found: await this.parts.api.journal.find(file.handle),
    }));
    if (!work) return;
    if (work.found) await this.recover(work.found);
    else await this.load(file, null);
  }

  /** At the start: asks about work that is in no file yet, then begins to write down what is done. */
  async start(): Promise<void> {
    const { api, jobs, document } = this.parts;
    const pending = (await jobs.run('Looking for unsaved work', null, () => api.journal.pending())) ?? [];
    for (const work of pending) if ((await this.recover(work)) !== 'later') break;
    if (this.parts.journal.isBegun) return;
    const name = projectOf(document.records)?.name ?? 'Untitled';
    this.parts.journal.begin({ file: null, name, token: null });
  }

  /** Asks which version to open, and opens it. */
  private async recover(work: PendingWork): Promise<RecoveryAnswer> {
    const { session, api, jobs } = this.parts;
    session.setState({ dialog: 'recovery', recovery: work });
    const answer = await new Promise<RecoveryAnswer>((resolve) => (this.answerPending = resolve));
    if (answer === 'recovered') await this.load(work.project, work.journal);
    if (answer === 'autosaved' && work.autosave) await this.loadAutosave(work, work.autosave.file);
    if (answer === 'saved') {
      await jobs.run('Setting the journal aside', null, () => api.journal.setAside(work.journal));
      if (work.project) await this.load(work.project, null);
    }
    return answer;
  }

  answerRecovery(answer: RecoveryAnswer): void {
    this.parts.session.setState({ dialog: 'none', recovery: null });
    this.answerPending?.(answer);
    this.answerPending = null;
  }

  /** The copy becomes a project of its own that is in no file yet: nothing is written over, and the journal is kept aside. */
  private async loadAutosave(work: PendingWork, copy: FileHandle): Promise<void> {
    const { api, jobs } = this.parts;
    const opened = await jobs.run('Opening the autosaved copy', null, () => api.project.open({ file: copy, journal: null }));
    if (!opened) return;
    await jobs.run('Setting the journal aside', null, () => api.journal.setAside(work.journal));
    this.show(opened, null, {}, { file: null, token: null });
  }

  private async load(file: ChosenFile | null, journal: FileHandle | null): Promise<void> {
    const { api, jobs } = this.parts;
    const title = `Opening ${file?.name ?? 'unsaved work'}`;
    const opened = await jobs.run(title, null, () => api.project.open({ file: file?.handle ?? null, journal }));
    if (!opened) return;
    const isRecovered = opened.records !== opened.savedRecords && journal !== null;
    this.show(opened, opened.file ?? file, isRecovered ? opened.savedRecords : opened.records, {
      file: file?.handle ?? null,
      token: opened.token,
      resume: opened.notices.length > 0 ? null : journal,
    });
  }

  /** What was opened takes the place of what was there; its journal begins. */
  private show(
    opened: OpenedProject,
    file: ChosenFile | null,
    saved: DocumentStore['records'],
    begun: Omit<Parameters<ProjectParts['journal']['begin']>[0], 'name'>,
  ): void {
    const { chunks, journal, jobs } = this.parts;
    chunks.clear();
    chunks.load(opened.chunks);
    this.swap(opened.records, Object.fromEntries(opened.media.map((line) => [line.lineId, line])), file, saved);
    journal.begin({ name: projectOf(opened.records)?.name ?? 'Untitled', ...begun });
    for (const notice of opened.notices) jobs.say(notice);
  }

  /** Returns false when nothing was saved (cancelled or failed). */
  async save(asNew = false): Promise<boolean> {
    const { api, document, documentState, chunks, jobs } = this.parts;
    const { file } = documentState.getState();
    const records = document.records;
    const target = asNew ? null : (file?.handle ?? null);
    const token = crypto.randomUUID();
    this.parts.journal.markSave(token);
    const saved = await jobs.run('Save', null, () =>
      api.project.save({ target, token, records, chunks: chunks.pick(referencedChunks(records)), ...pictureOfProject() }),
    );
    if (!saved) return false;
    this.parts.journal.saved(saved.handle, token);
    documentState.setState({ file: saved });
    document.markSaved(records);
    jobs.say(`Saved ${saved.name}`);
    return true;
  }

  /** A whole copy of unsaved work beside its file, now and then; the file itself is only written when the user saves. */
  async autosave(): Promise<void> {
    const { api, document, chunks, jobs } = this.parts;
    const { records } = document;
    if (!document.isDirty || document.isDragging || records === this.autosaved || linesOf(records).length === 0) return;
    this.autosaved = records;
    try {
      const target = await api.journal.autosaveTarget();
      await api.project.save({ target, records, chunks: chunks.pick(referencedChunks(records)) });
      jobs.say('Autosaved');
    } catch (error) {
      jobs.fail('Autosave', error);
    }
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

  private swap(
    records: DocumentStore['records'],
    media: SessionState['media'],
    file: ChosenFile | null,
    saved: DocumentStore['records'] = records,
  ): void {
    const { document, documentState, view, session } = this.parts;
    document.replace(records, saved);
    documentState.setState({ file });
    session.setState({
      media,
      preview: null,
      conflicts: null,
      range: null,
      playheadSeconds: 0,
      readoutSeconds: 0,
      exportedLines: [],
    });
    view.setState({ lineId: projectOf(records)?.lineIds[0] ?? null, activeLayerId: null, selection: NO_SELECTION });
  }
}

/** What the viewport shows, as the picture of the project; nothing where there is no viewport. */
function pictureOfProject(): { readonly picture?: Uint8Array } {
  const url = typeof window === 'undefined' ? null : pictureOfFace(128, 96);
  if (!url) return {};
  return { picture: Uint8Array.from(atob(url.slice(url.indexOf(',') + 1)), (character) => character.charCodeAt(0)) };
}

import type { StoreApi } from 'zustand/vanilla';
import { ChunkStore } from '../../core/document/chunkStore';
import { emptyProject } from '../../core/document/commands/lines';
import { DocumentStore } from '../../core/document/documentStore';
import { MienError } from '../../core/errors';
import { createIdSource, type IdSource } from '../../core/document/ids';
import { linesOf, projectOf } from '../../core/document/selectors';
import type { StudioApi } from '../../main/ipc/api';
import type { Settings } from '../../main/ipc/settings';
import { createDocumentState, type DocumentState } from '../stores/documentState';
import { createLineModel, type LineModelState } from '../stores/lineModel';
import { createSessionState, type ContextMenuKind, type SessionState } from '../stores/sessionState';
import { createSettingsState } from '../stores/settingsState';
import { createViewState, type ViewState, type ViewStorage } from '../stores/viewState';
import { Batch } from './batch';
import { Captures } from './captures';
import { Commands } from './commands';
import { Conflicts } from './conflicts';
import { Edits } from './edits';
import { EventActions } from './eventActions';
import { forgetChangedExports } from './exportedLines';
import { FaceKeying } from './faceKeying';
import { Jobs } from './jobs';
import { KeyActions } from './keyActions';
import { Library } from './library';
import { Lines } from './lines';
import { LinkedSounds } from './linkedSounds';
import { Journal } from './journal';
import { frameOf } from '../panels/timeline/timecode';
import { PartRegeneration } from './partRegeneration';
import { OwnCharacters } from './ownCharacters';
import { Project } from './project';
import { RangeActions } from './rangeActions';
import { Recordings } from './recordings';
import { References } from './references';
import { Regeneration } from './regeneration';
import { Suggestions } from './suggestions';
import { TimelineActions } from './timelineActions';
import { SpeechActions } from './speechActions';
import { Transcripts } from './transcripts';
import { Transport } from './transport';
import { WarpQuestion } from './warpQuestion';

/** The studio behind the window: one of each, wired together. Panels get it whole and use what they need. */
export interface Studio {
  readonly api: StudioApi;
  readonly ids: IdSource;
  readonly document: DocumentStore;
  readonly chunks: ChunkStore;
  readonly documentState: StoreApi<DocumentState>;
  readonly view: StoreApi<ViewState>;
  readonly session: StoreApi<SessionState>;
  readonly settings: StoreApi<Settings>;
  readonly lineModel: StoreApi<LineModelState>;
  readonly regeneration: Regeneration;
  readonly jobs: Jobs;
  readonly edits: Edits;
  readonly lines: Lines;
  readonly captures: Captures;
  readonly transcripts: Transcripts;
  readonly speech: SpeechActions;
  readonly suggestions: Suggestions;
  readonly conflicts: Conflicts;
  readonly events: EventActions;
  readonly parts: PartRegeneration;
  readonly recordings: Recordings;
  readonly warpQuestion: WarpQuestion;
  readonly project: Project;
  readonly transport: Transport;
  readonly timeline: TimelineActions;
  readonly faceKeying: FaceKeying;
  readonly ownCharacters: OwnCharacters;
  readonly library: Library;
  readonly linkedSounds: LinkedSounds;
  readonly references: References;
  readonly keys: KeyActions;
  readonly ranges: RangeActions;
  readonly batch: Batch;
  readonly commands: Commands;
  /** Right-click: the commands that fit what was clicked. */
  openMenu(event: MouseEvent, kind: ContextMenuKind): void;
}

const STARTED_KEY = 'mien.started';

export function createStudio(api: StudioApi): Studio {
  const ids = createIdSource();
  const storage = viewStorage();
  const document = new DocumentStore(emptyProject('Untitled'));
  const chunks = new ChunkStore();
  const documentState = createDocumentState(document);
  const view = createViewState(storage);
  const session = createSessionState();
  const lineModel = createLineModel(documentState, view, session, chunks);
  const jobs = new Jobs(api, session, ids);
  const settings = createSettingsState(api, (error) => jobs.fail('Preferences', error));
  const regeneration = new Regeneration({
    perform: (request) => api.engine.perform(request),
    preview: (request) => api.engine.preview(request),
    cancel: (jobId) => api.engine.cancel(jobId),
    document,
    chunks,
    session,
    ids,
    onError: (error) => jobs.fail('Generating the curves', error),
  });
  api.engine.onProgress((progress) => regeneration.onProgress(progress));
  const edits = new Edits(document, regeneration, view, session, jobs, () => lineModel.getState().model?.inputHash ?? '');
  const warpQuestion = new WarpQuestion(document, session);
  const transcripts = new Transcripts({ api, document, session, jobs, edits, regeneration, warpQuestion });
  const lines = new Lines({ api, document, chunks, view, session, jobs, edits, regeneration, transcripts, ids });
  const parts = new PartRegeneration({
    api,
    document,
    chunks,
    view,
    session,
    lineModel,
    jobs,
    edits,
    ids,
    newSeed: () => Math.floor(Math.random() * 10000),
    frameOf: (timeSeconds) => String(frameOf(timeSeconds, view.getState().displayRate)),
  });
  const recordings = new Recordings({
    api,
    document,
    documentState,
    session,
    jobs,
    edits,
    regeneration,
    transcripts,
    warpQuestion,
  });
  const journal = new Journal({
    api: api.journal,
    document,
    chunks,
    nowMs: () => Date.now(),
    onFailure: (why) => jobs.fail('Edits are not safe from a crash', new MienError('file-access', why, 'Save the project now.')),
  });
  const project = new Project({ api, document, documentState, chunks, view, session, jobs, journal });
  const transport = new Transport({
    media: new Audio(),
    nowMs: () => performance.now(),
    requestFrame: (callback) => requestAnimationFrame(callback),
    session,
    view,
    lineModel,
    notify: (text) => jobs.say(text),
  });
  const timeline = new TimelineActions({ view, session, lineModel, edits, ids, transport, documentState, jobs });
  const faceKeying = new FaceKeying({ lineModel, view, edits, timeline });
  const speech = new SpeechActions({ view, session, lineModel, edits, jobs, transport, timeline });
  const events = new EventActions({ lineModel, session, edits, jobs, ids });
  const conflicts = new Conflicts({ lineModel, session, view, edits, transport, notify: (text) => jobs.say(text) });
  const suggestions = new Suggestions({ lineModel, documentState, edits, jobs, ids });
  const ownCharacters = new OwnCharacters({ api, document, documentState, edits, jobs, ids });
  const captures = new Captures({ api, document, chunks, view, session, jobs, edits, ids });
  const library = new Library({ document, view, lineModel, edits, jobs, timeline, ids });
  const references = new References({ api, documentState, session, lineModel, edits, jobs });
  const linkedSounds = new LinkedSounds({ api, document, documentState, session, edits, jobs, references });
  const keys = new KeyActions({ view, document, edits, ids, jobs, timeline });
  const batch = new Batch({ api, document, chunks, session, jobs, lines });
  const ranges = new RangeActions({ view, session, document, edits, ids, jobs, timeline, transport });
  const commands = new Commands({
    keys,
    ranges,
    batch,
    api,
    view,
    session,
    lineModel,
    edits,
    lines,
    captures,
    ownCharacters,
    transcripts,
    speech,
    suggestions,
    events,
    parts,
    recordings,
    project,
    transport,
    timeline,
    jobs,
  });
  reportDocument(api, documentState);
  forgetChangedExports(documentState, session);
  api.app.onCommand((id) => commands.run(id));
  void api.app.provider().then((provider) => session.setState({ provider }));
  void project.start().then(() => openFirstLine(storage, document, lines));
  autosaveBySettings(settings, () => void project.autosave());
  return {
    api,
    ids,
    document,
    chunks,
    documentState,
    view,
    session,
    settings,
    lineModel,
    regeneration,
    jobs,
    edits,
    lines,
    captures,
    transcripts,
    speech,
    suggestions,
    conflicts,
    events,
    parts,
    recordings,
    warpQuestion,
    project,
    transport,
    timeline,
    faceKeying,
    ownCharacters,
    library,
    linkedSounds,
    references,
    keys,
    ranges,
    batch,
    commands,
    openMenu: (event, kind) => {
      event.preventDefault();
      session.setState({ contextMenu: { clientX: event.clientX, clientY: event.clientY, kind } });
    },
  };
}

/** The first start shows the bundled sample line, ready to play; later ones the start page. */
async function openFirstLine(storage: ViewStorage | null, document: DocumentStore, lines: Lines): Promise<void> {
  if (storage?.getItem(STARTED_KEY)) return;
  storage?.setItem(STARTED_KEY, '1');
  if (linesOf(document.records).length > 0) return;
  await lines.importSample();
  // Nobody has worked on it yet: closing the window must not ask about saving.
  document.markSaved();
}

/** Whole copies of unsaved work, as often as the preferences say. */
function autosaveBySettings(settings: StoreApi<Settings>, save: () => void): void {
  let timer: ReturnType<typeof setInterval> | undefined;
  const start = () => {
    clearInterval(timer);
    const { autosaveMinutes } = settings.getState();
    if (autosaveMinutes > 0) timer = setInterval(save, autosaveMinutes * 60_000);
  };
  settings.subscribe((state, before) => state.autosaveMinutes !== before.autosaveMinutes && start());
  start();
}

/** Keeps the window's title and main's guard against closing with unsaved work up to date. */
function reportDocument(api: StudioApi, documentState: StoreApi<DocumentState>): void {
  let reported = '';
  const report = () => {
    const { records, isDirty, file } = documentState.getState();
    const title = file?.name ?? projectOf(records)?.name ?? 'Untitled';
    const dirty = isDirty && linesOf(records).length > 0;
    const key = `${title}\n${dirty}`;
    if (key === reported) return;
    reported = key;
    void api.app.setDocumentState({ title, dirty });
  };
  documentState.subscribe(report);
  report();
}

function viewStorage(): ViewStorage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

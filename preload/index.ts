/** The one bridge between the renderer and the rest. Runs sandboxed; nothing here touches files. */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { ChosenFile, CommandId, FileHandle, StudioApi, StudioFlags } from '../main/ipc/api';
import { COMMAND_CHANNEL, E2E_SWITCH, INVOKE_CHANNEL, JOURNAL_CHANNEL } from '../main/ipc/channels';
import { unwrap, type Result } from '../main/ipc/result';
import type { InvokeArguments, InvokeMethod, JournalMethod } from '../main/ipc/schemas';
import { createEngineClient, subscribe } from './engineClient';

const engine = createEngineClient();
const commandListeners = new Set<(command: CommandId) => void>();
ipcRenderer.on(COMMAND_CHANNEL, (_event, command: CommandId) => {
  for (const listener of commandListeners) listener(command);
});

async function invoke<T>(method: InvokeMethod, ...args: InvokeArguments<InvokeMethod>): Promise<T> {
  return unwrap((await ipcRenderer.invoke(INVOKE_CHANNEL, method, args)) as Result<T>);
}

/** Waits for main's answer: what comes back is written down. */
function journalCall(method: JournalMethod, ...args: readonly unknown[]): string | null {
  return ipcRenderer.sendSync(JOURNAL_CHANNEL, method, args) as string | null;
}

/** Electron before 32 puts the path on the File; later ones ask webUtils. A File made by a page has none: empty string. */
function pathOf(file: File): string {
  const legacy = (file as File & { path?: string }).path;
  return legacy ?? (webUtils as typeof webUtils | undefined)?.getPathForFile(file) ?? '';
}

const api = {
  app: {
    info: () => invoke('app.info'),
    provider: () => invoke('app.provider'),
    onCommand: (listener) => subscribe(commandListeners, listener),
    setDocumentState: ({ title, dirty }) => invoke('app.setDocumentState', { title, dirty }),
    openExportFolder: (target) => invoke('app.openExportFolder', target),
    characters: () => invoke('app.characters'),
    characterGlb: (id = 'mien') => invoke('app.characterGlb', id),
  },
  files: {
    chooseAudio: () => invoke('files.chooseAudio'),
    chooseText: (what) => invoke('files.chooseText', what),
    chooseProject: () => invoke('files.chooseProject'),
    chooseCharacter: () => invoke('files.chooseCharacter'),
    saveProfile: (suggestedName, text) => invoke('files.saveProfile', suggestedName, text),
    writeVideo: (target, bytes) => invoke('files.writeVideo', target, bytes),
    chooseExportTarget: (suggestedName, format) => invoke('files.chooseExportTarget', suggestedName, format),
    chooseExportFolder: (wishes) => invoke('files.chooseExportFolder', [...wishes]),
    resolveDrop: async (file) => {
      const path = pathOf(file);
      if (path !== '') return invoke('files.dropPath', path);
      return invoke('files.dropBytes', file.name, new Uint8Array(await file.arrayBuffer()));
    },
    recentProjects: () => invoke('files.recentProjects'),
    sampleAudio: () => invoke('files.sampleAudio'),
  },
  settings: {
    read: () => invoke('settings.read'),
    write: (settings) => invoke('settings.write', settings as InvokeArguments<'settings.write'>[0]),
  },
  project: {
    create: () => engine.call('createProject'),
    open: (request) => engine.call('openProject', request),
    save: async (request) => {
      const target = request.target ?? (await chooseSaveTarget(request.records.project));
      return target && engine.call('saveProject', { ...request, target });
    },
  },
  journal: {
    pending: () => invoke('journal.pending'),
    find: (project) => invoke('journal.find', project),
    begin: (project) => journalCall('begin', project),
    append: (entryJson) => journalCall('append', entryJson),
    appendChunks: (chunks) => invoke('journal.appendChunks', chunks),
    markSave: (token) => journalCall('markSave', token),
    saved: (save) => journalCall('saved', save),
    setAside: (journal) => invoke('journal.setAside', journal),
    autosaveTarget: () => invoke('journal.autosaveTarget'),
  },
  video: {
    choose: (project) => invoke('video.choose', project),
    find: (project, link, beside) => invoke('video.find', project, link, beside),
  },
  engine: {
    importAudio: (request) => engine.call('importAudio', request),
    importPickup: (request) => engine.call('importPickup', request),
    useSound: (request) => engine.call('useSound', request),
    linkSound: (request) => engine.call('linkSound', request),
    relinkSound: (request) => engine.call('relinkSound', request),
    align: (request) => engine.call('align', request),
    readTranscript: (file) => engine.call('readTranscript', file),
    readDictionary: (file) => engine.call('readDictionary', file),
    perform: (request) => engine.call('perform', request),
    preview: (request) => engine.call('preview', request),
    exportLine: (request) => engine.call('exportLine', request),
    loadCharacter: (request) => engine.call('loadCharacter', request),
    readProfile: (file) => engine.call('readProfile', file),
    readCapture: (request) => engine.call('readCapture', request),
    cancel: (jobId) => engine.call('cancel', jobId),
    onProgress: engine.onProgress,
    onRestart: engine.onRestart,
  },
} satisfies StudioApi;

async function chooseSaveTarget(
  project: { readonly kind: string; readonly name?: string } | undefined,
): Promise<FileHandle | null> {
  const chosen = await invoke<ChosenFile | null>('files.chooseSaveTarget', project?.name || 'Untitled');
  return chosen?.handle ?? null;
}

contextBridge.exposeInMainWorld('mien', api);
contextBridge.exposeInMainWorld('mienFlags', { e2e: process.argv.includes(E2E_SWITCH) } satisfies StudioFlags);

/** Entry of the Electron main process: wires windows, menu, files and the engine; does no work of its own. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { app, BrowserWindow, Menu } from 'electron';
import { EngineHost } from '../engine/engineHost';
import { PROVIDER_CHOICES, type ProviderChoice } from '../inference/providers';
import { COMMAND_CHANNEL } from '../ipc/channels';
import { FileHandles } from '../ipc/fileHandles';
import { effectiveKeys } from '../ipc/keymap';
import { registerInvoke } from '../ipc/registerInvoke';
import { VideoLibrary } from '../media/videoLibrary';
import { AUTOSAVE_SUFFIX, JournalSession } from '../project/journal/journalSession';
import { CharacterFiles } from '../character/characterFiles';
import { RecoverySounds } from '../project/journal/recoverySounds';
import { CloseGuard } from './closeGuard';
import { createInvokeHandlers } from './invokeHandlers';
import { serveJournal } from './journalHandlers';
import { lockDown } from './lockDown';
import { log, openLog } from './log';
import { buildMenu } from './menu';
import { ProviderNews } from './providerNews';
import { registerSchemes, serveMedia, serveRenderer } from './protocols';
import { RecentProjects } from './recentProjects';
import { resourceFolders } from './resources';
import { SettingsFile } from './settingsFile';
import { createRunFolder } from './runFolder';
import { openStudioWindow } from './studioWindow';

const e2e = process.env.MIEN_E2E === '1';
// Tests run beside each other and beside the user's own studio: each gets its own settings, log and instance lock.
if (process.env.MIEN_USER_DATA) app.setPath('userData', path.resolve(process.env.MIEN_USER_DATA));

registerSchemes();
if (!app.requestSingleInstanceLock()) app.quit();
else void app.whenReady().then(startStudio, (error) => fail(error));

process.on('uncaughtException', (error) => log.error('uncaught exception in main', error));
process.on('unhandledRejection', (reason) => log.error('unhandled rejection in main', reason));

function startStudio(): void {
  const userData = app.getPath('userData');
  openLog(path.join(userData, 'logs'));
  log.info(`Mien ${app.getVersion()}, Electron ${process.versions.electron}, ${process.platform} ${process.arch}`);

  const folders = resourceFolders();
  const runFolder = createRunFolder(app.getPath('temp'));
  const recoveryFolder = path.join(userData, 'recovery');
  const journal = new JournalSession(recoveryFolder);
  // Sounds and characters are only kept for work that a journal tells of.
  if (journal.leftBehind().length === 0) {
    void new RecoverySounds(recoveryFolder).clear();
    void new CharacterFiles(recoveryFolder).clear();
  }
  lockDown();
  serveRenderer(path.join(folders.out, 'renderer'));
  const videos = new VideoLibrary();
  serveMedia(path.join(runFolder, 'media'), videos);

  const recent = new RecentProjects(path.join(userData, 'recent-projects.json'));
  const settings = new SettingsFile(path.join(userData, 'settings.json'), () => applySettings());
  const files = new FileHandles((grant) => engine.grant(grant));
  const noteProject = (file: string) => !file.endsWith(AUTOSAVE_SUFFIX) && recent.note(file);
  const provider = new ProviderNews();
  const engine: EngineHost = new EngineHost({
    script: path.join(folders.out, 'main', 'engine.cjs'),
    start: {
      kind: 'start',
      modelsFolder: folders.models,
      assetsFolder: folders.assets,
      runFolder,
      recoveryFolder,
      provider: providerChoice(settings),
    },
    grants: () => files.all(),
    onNews: (news) => {
      if (news.kind === 'ready') provider.tell(news.provider);
      else if (news.kind === 'project-file') noteProject(news.path);
      else log[news.level](news.message);
    },
  });
  engine.start();

  let window: BrowserWindow;
  let guard: CloseGuard | null = null;
  const runCommand = (commandId: string) => window.webContents.send(COMMAND_CHANNEL, commandId);
  registerInvoke(
    createInvokeHandlers({
      window: () => window,
      files,
      recent,
      folders,
      runFolder,
      provider,
      settings,
      journal,
      videos,
      // The packed app's dialogs cannot be answered from outside.
      ...(e2e && process.env.MIEN_E2E_SAVE_FOLDER && { saveFolder: process.env.MIEN_E2E_SAVE_FOLDER }),
      saveCancelled: () => guard?.saveCancelled(),
      setDocumentState: (state) => guard?.setDocumentState(state),
    }),
  );
  const applySettings = () => {
    Menu.setApplicationMenu(buildMenu(runCommand, effectiveKeys(settings.current)));
    if (!window.isDestroyed()) window.webContents.setZoomFactor(settings.current.interfaceScale);
  };
  serveJournal({ session: journal, files });

  const open = () => {
    window = openStudioWindow(folders, path.join(userData, 'window-state.json'), e2e);
    guard = new CloseGuard(window, () => runCommand('file.save'));
    window.webContents.on('did-finish-load', () => {
      engine.connect(window.webContents);
      window.webContents.setZoomFactor(settings.current.interfaceScale);
    });
    window.webContents.on('render-process-gone', (_event, details) => {
      log.error(`the window's process ended: ${details.reason}`);
      if (details.reason !== 'clean-exit') window.webContents.reload();
    });
  };
  open();
  applySettings();

  app.on('second-instance', () => {
    if (window.isDestroyed()) return;
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  app.on('activate', () => BrowserWindow.getAllWindows().length === 0 && open());
  app.on('window-all-closed', () => process.platform !== 'darwin' && app.quit());
  app.on('will-quit', () => {
    // Here everything is saved or was given up in the question at closing.
    journal.discard();
    engine.stop();
    rmSync(runFolder, { recursive: true, force: true });
  });
  // Only tests may reach in: they end the engine to see it come back.
  if (e2e) Object.assign(globalThis, { __mienMain: { enginePid: () => engine.pid, runFolder } });
}

/** MIEN_PROVIDER, where it names one, else that of the preferences; else the best there is. */
function providerChoice(settings: SettingsFile): ProviderChoice {
  const wish = process.env.MIEN_PROVIDER ?? settings.current.provider;
  return PROVIDER_CHOICES.find((choice) => choice === wish) ?? 'auto';
}

function fail(error: unknown): void {
  log.error('start failed', error);
  app.exit(1);
}

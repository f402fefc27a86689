import path from 'node:path';
import { BrowserWindow } from 'electron';
import { APP_ORIGIN, E2E_SWITCH } from '../ipc/channels';
import type { ResourceFolders } from './resources';
import { keepWindowState, readWindowState } from './windowState';

/** Opens the one window: sandboxed, isolated, without Node, on our own origin. */
export function openStudioWindow(folders: ResourceFolders, stateFile: string, e2e: boolean): BrowserWindow {
  const state = readWindowState(stateFile);
  const window = new BrowserWindow({
    ...state.bounds,
    minWidth: 960,
    minHeight: 600,
    show: false,
    // design/ui tokens --surface-0: no white flash before the page has drawn.
    backgroundColor: '#141519',
    title: 'Mien',
    // Windows and macOS take the executable's own.
    ...(process.platform === 'linux' && { icon: path.join(folders.assets, 'app', 'icon.png') }),
    // The page draws a menu bar of its own; the native one stays reachable with Alt (macOS always shows it).
    autoHideMenuBar: true,
    webPreferences: {
      preload: path.join(folders.out, 'preload', 'index.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      webviewTag: false,
      spellcheck: false,
      // Playback must keep its own clock when another window covers ours.
      backgroundThrottling: false,
      additionalArguments: e2e ? [E2E_SWITCH] : [],
    },
  });
  if (state.maximized) window.maximize();
  keepWindowState(window, stateFile);
  window.once('ready-to-show', () => window.show());
  void window.loadURL(`${APP_ORIGIN}/index.html`);
  return window;
}

import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MienProbes } from '../../renderer/app/probes';
import { _electron, expect, test as base, type ElectronApplication, type Page } from '@playwright/test';

declare global {
  interface Window {
    /** Read-only looks into the studio, only under test. */
    __mien?: MienProbes;
  }
}

export const projectRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Root cannot use Chromium's sandbox; llvmpipe through ANGLE draws twice as fast as SwiftShader. */
export const SWITCHES = [
  ...(process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ...(process.platform === 'linux' ? ['--use-gl=angle', '--use-angle=gl', '--ignore-gpu-blocklist'] : []),
];

const OWN_REQUEST = /^(mien|mien-media|blob|data|devtools|chrome-extension):/;

/** A running studio with a user-data folder of its own. */
export interface Studio {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly userData: string;
  /** An empty folder for what the test writes. */
  readonly folder: string;
  /** Every request that was not ours; must stay empty. */
  readonly foreignRequests: string[];
  /** Errors and exceptions of the page. */
  readonly pageErrors: string[];
  /** Error messages this test means to cause, by code or by a part of their text; any other fails it. */
  readonly expectedErrors: string[];
}

export interface LaunchOptions {
  readonly userData?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Further switches of Chromium. */
  readonly switches?: readonly string[];
}

/** Starts the built app in e2e mode and waits until its window has drawn the studio. */
export async function launchStudio(options: LaunchOptions = {}): Promise<Studio> {
  const userData = options.userData ?? mkdtempSync(path.join(tmpdir(), 'mien-e2e-user-'));
  const folder = mkdtempSync(path.join(tmpdir(), 'mien-e2e-out-'));
  const app = await _electron.launch({
    cwd: projectRoot,
    args: [...SWITCHES, ...(options.switches ?? []), projectRoot],
    env: { ...(process.env as Record<string, string>), MIEN_E2E: '1', MIEN_USER_DATA: userData, ...options.env },
    timeout: 120_000,
  });
  const page = await app.firstWindow();
  const foreignRequests: string[] = [];
  const pageErrors: string[] = [];
  page.on('request', (request) => {
    if (!OWN_REQUEST.test(request.url())) foreignRequests.push(request.url());
  });
  page.on('pageerror', (error) => pageErrors.push(error.stack ?? error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') pageErrors.push(message.text());
  });
  await expect(page.getByTestId('app-root')).toBeVisible({ timeout: 240_000 });
  return { app, page, userData, folder, foreignRequests, pageErrors, expectedErrors: [] };
}

/** Error messages shown to the user that the test did not mean to cause; none of a window that is gone. */
async function unexpectedErrors({ page, expectedErrors }: Studio): Promise<string[]> {
  const shown = await page.evaluate(() => [...(window.__mien?.shownErrors() ?? [])]).catch(() => []);
  return shown
    .map(({ what, code, message, remedy }) => `${what} (${code}): ${message} ${remedy}`)
    .filter((text) => !expectedErrors.some((part) => text.includes(part)));
}

/**
 * Closes the studio without a question about unsaved changes and removes its folders. Fails when the studio showed an error
 * that the test did not expect.
 */
export async function closeStudio(studio: Studio, keepUserData = false): Promise<void> {
  const unexpected = await unexpectedErrors(studio);
  await stubDialogs(studio.app, { messageBox: DISCARD }).catch(() => undefined);
  await studio.app.close();
  rmSync(studio.folder, { recursive: true, force: true });
  if (!keepUserData) rmSync(studio.userData, { recursive: true, force: true });
  expect(unexpected, 'errors shown to the user').toEqual([]);
}

/** Requests that main had to stop, from its log. */
export function deniedRequests(studio: Studio): string[] {
  const file = path.join(studio.userData, 'logs', 'mien.log');
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.includes('request denied'));
}

/** Answer "Don't save" of the question at closing. */
export const DISCARD = 1;

export interface DialogAnswers {
  /** Files that the next open dialogs choose. */
  readonly open?: readonly string[];
  /** File that the next save dialogs choose; null cancels. */
  readonly save?: string | null;
  /** Folder in which the next save dialogs take the name they suggest. */
  readonly saveFolder?: string;
  /** Button that message boxes press. */
  readonly messageBox?: number;
}

/** Native dialogs cannot be clicked by tests: answers them instead. */
export async function stubDialogs(app: ElectronApplication, answers: DialogAnswers): Promise<void> {
  await app.evaluate(({ dialog }, given) => {
    if (given.open) {
      const filePaths = [...given.open];
      dialog.showOpenDialog = (async () => ({
        canceled: filePaths.length === 0,
        filePaths,
      })) as unknown as typeof dialog.showOpenDialog;
    }
    if (given.save !== undefined) {
      const filePath = given.save ?? '';
      dialog.showSaveDialog = (async () => ({ canceled: filePath === '', filePath })) as unknown as typeof dialog.showSaveDialog;
    }
    if (given.saveFolder !== undefined) {
      const folder = given.saveFolder;
      dialog.showSaveDialog = (async (_window: unknown, options: { defaultPath: string }) => ({
        canceled: false,
        filePath: `${folder}/${options.defaultPath}`,
      })) as unknown as typeof dialog.showSaveDialog;
    }
    if (given.messageBox !== undefined) {
      const response = given.messageBox;
      dialog.showMessageBox = (async () => ({ response, checkboxChecked: false })) as unknown as typeof dialog.showMessageBox;
    }
  }, answers);
}

/** Chooses an item of the native menu as a click does. */
export async function chooseMenu(studio: Studio, commandId: string): Promise<void> {
  await studio.app.evaluate(({ Menu, BrowserWindow }, id) => {
    const item = Menu.getApplicationMenu()?.getMenuItemById(id);
    if (!item) throw new Error(`the menu has no item ${id}`);
    item.click(undefined, BrowserWindow.getAllWindows()[0]);
  }, commandId);
}

/** Waits until nothing is imported, generated or dragged. */
export async function untilIdle(studio: Studio): Promise<void> {
  await studio.page.waitForFunction(() => window.__mien?.isIdle() === true, undefined, { timeout: 240_000 });
}

/** Waits for the sample line that the first start opens by itself. */
export async function untilSampleIsOpen(studio: Studio): Promise<void> {
  await studio.page.waitForFunction(() => (window.__mien?.lineIds().length ?? 0) === 1, undefined, { timeout: 240_000 });
  await untilIdle(studio);
}

/** Keeps a picture of the window in test-results/screenshots. */
export async function picture(studio: Studio, name: string): Promise<void> {
  const folder = path.join(projectRoot, 'test-results', 'screenshots');
  mkdirSync(folder, { recursive: true });
  await studio.page.screenshot({ path: path.join(folder, `${name}.png`), timeout: 120_000 });
}

/** Appends a measured figure to test-results/figures.jsonl; tests never judge by the clock. */
export function noteFigure(name: string, value: number): void {
  mkdirSync(path.join(projectRoot, 'test-results'), { recursive: true });
  appendFileSync(path.join(projectRoot, 'test-results', 'figures.jsonl'), `${JSON.stringify({ name, value })}\n`);
}

/** A test with its own studio, started as `launch` says; fails on page errors and on any request that is not ours. */
export const test = base.extend<{ studio: Studio; launch: LaunchOptions }>({
  launch: [{}, { option: true }],
  studio: async ({ launch }, use) => {
    const studio = await launchStudio(launch);
    await use(studio);
    const denied = deniedRequests(studio);
    await closeStudio(studio);
    expect(studio.foreignRequests, 'requests that are not ours').toEqual([]);
    expect(denied, 'requests that main had to stop').toEqual([]);
    expect(studio.pageErrors, 'errors of the page').toEqual([]);
  },
});
export { expect };

import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, expect, test } from '@playwright/test';
import { validateBytes } from 'gltf-validator';
import { projectRoot, SWITCHES } from './support/launchStudio';

/*
 * The app as it is shipped: packed by electron-builder, its fuses set. Playwright cannot launch it, because it takes no
 * --inspect; it is started as a user starts it and looked at through its own debugging port. MIEN_PACKAGED names the executable
 * of a package that is there already; `npm run test:long` packs one.
 */

const EXECUTABLES: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'dist/linux-unpacked/mien',
  win32: 'dist/win-unpacked/Mien.exe',
  darwin: 'dist/mac/Mien.app/Contents/MacOS/Mien',
};
const given = process.env.MIEN_PACKAGED;
const executable = path.resolve(projectRoot, given ?? EXECUTABLES[process.platform] ?? '');

test.beforeAll(() => {
  test.setTimeout(900_000);
  if (given) return;
  const runtime = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const args = [path.join(projectRoot, 'scripts/dist.mjs'), '--dir', ...(runtime ? ['--electron-dist', runtime] : [])];
  const packed = spawnSync(process.execPath, args, { cwd: projectRoot, encoding: 'utf8' });
  expect(packed.status, packed.stderr.slice(-2000)).toBe(0);
});

/** Starts the package; resolves when its debugging port is open. */
async function start(userData: string, saveFolder: string): Promise<{ child: ChildProcess; address: string }> {
  const env = { ...process.env, MIEN_E2E: '1', MIEN_USER_DATA: userData, MIEN_E2E_SAVE_FOLDER: saveFolder };
  const child = spawn(executable, [...SWITCHES, '--remote-debugging-port=0'], { env, cwd: tmpdir() });
  const address = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stderr.on('data', (part: Buffer) => {
      text += part.toString();
      const found = /DevTools listening on (ws:\/\/\S+)/.exec(text)?.[1];
      if (found) resolve(found);
    });
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`the package ended with ${code}: ${text.slice(-2000)}`)));
  });
  return { child, address };
}

test('the package starts, hears the sample line and writes files', async () => {
  test.setTimeout(900_000);
  expect(existsSync(executable), executable).toBe(true);
  const [userData, folder] = [mkdtempSync(path.join(tmpdir(), 'mien-packaged-')), mkdtempSync(path.join(tmpdir(), 'mien-out-'))];
  const { child, address } = await start(userData, folder);
  try {
    const browser = await chromium.connectOverCDP(address, { timeout: 120_000, noDefaults: true });
    const [context] = browser.contexts();
    const page = context.pages()[0] ?? (await context.waitForEvent('page'));
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await expect(page.getByTestId('app-root')).toBeVisible({ timeout: 240_000 });
    await page.waitForFunction(() => window.__mien?.lineIds().length === 1 && window.__mien.isIdle(), undefined, {
      timeout: 240_000,
    });
    await expect.poll(() => page.evaluate(() => window.__mien!.channelValue('jawOpen', 1))).not.toBeNaN();
    expect(await page.evaluate(() => window.__mien!.phonemes().length)).toBeGreaterThan(30);
    await page.waitForFunction(() => window.__mien!.isIdle());
    const pictures = path.join(projectRoot, 'test-results', 'screenshots');
    mkdirSync(pictures, { recursive: true });
    await page.screenshot({ path: path.join(pictures, 'packaged-01-sample.png'), timeout: 120_000 });
    await page.keyboard.press('ControlOrMeta+e');
    await page.getByTestId('export-start').click();
    for (const format of ['fbx', 'glb', 'csv'])
      await expect(page.getByTestId(`export-row-${format}`)).toHaveAttribute('data-state', 'done', { timeout: 240_000 });
    const glb = new Uint8Array(readFileSync(path.join(folder, 'sample.glb')));
    expect((await validateBytes(glb)).issues.numErrors).toBe(0);
    expect(readFileSync(path.join(folder, 'sample.fbx')).subarray(0, 18).toString()).toBe('Kaydara FBX Binary');
    expect(await page.evaluate(() => [...window.__mien!.shownErrors()])).toEqual([]);
    expect(errors).toEqual([]);
    await page.screenshot({ path: path.join(pictures, 'packaged-02-exported.png'), timeout: 120_000 });
  } finally {
    const ended = new Promise((done) => child.on('exit', done));
    child.kill('SIGKILL');
    await ended;
    for (const made of [userData, folder]) rmSync(made, { recursive: true, force: true });
  }
});

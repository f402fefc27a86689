import { readFileSync } from 'node:fs';
import path from 'node:path';
import { closeStudio, expect, launchStudio, test, type Studio } from './support/launchStudio';

// These tests try what is forbidden, so the page may complain: the shared fixture would count that as an error.
test.describe('the window is locked down', () => {
  let studio: Studio;
  test.beforeAll(async () => {
    studio = await launchStudio();
  });
  test.afterAll(() => closeStudio(studio));

  test('a page has no Node, no Electron and no writable bridge', async () => {
    const found = await studio.page.evaluate(() => {
      const world = globalThis as unknown as Record<string, unknown>;
      const names = ['require', 'process', 'module', 'global', 'Buffer', '__dirname', 'electron', 'ipcRenderer'];
      try {
        (window.mien.app as { info: unknown }).info = () => 'mine';
      } catch {
        // Frozen objects throw in strict mode: as it should be.
      }
      const changed = String(window.mien.app.info).includes('mine');
      return { present: names.filter((name) => world[name] !== undefined), changed };
    });
    expect(found).toEqual({ present: [], changed: false });
  });

  test('web preferences are the strict ones', async () => {
    const preferences = await studio.app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      const contents = window.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> };
      const { contextIsolation, sandbox, nodeIntegration, webviewTag } = contents.getLastWebPreferences();
      return { contextIsolation, sandbox, nodeIntegration: Boolean(nodeIntegration), webviewTag: Boolean(webviewTag) };
    });
    expect(preferences).toEqual({ contextIsolation: true, sandbox: true, nodeIntegration: false, webviewTag: false });
  });

  test('no new windows', async () => {
    const opened = await studio.page.evaluate(() => window.open('https://example.com/') === null);
    expect(opened).toBe(true);
    const count = await studio.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
    expect(count).toBe(1);
  });

  test('no foreign requests, no eval, no inline script', async () => {
    const results = await studio.page.evaluate(async () => {
      const outcome = async (work: () => Promise<unknown>) => {
        try {
          await work();
          return 'allowed';
        } catch {
          return 'denied';
        }
      };
      const script = document.createElement('script');
      script.textContent = 'window.inlineRan = true';
      document.head.append(script);
      return {
        https: await outcome(() => fetch('https://example.com/')),
        file: await outcome(() => fetch('file:///etc/hostname')),
        // In a task of its own: what a debugger evaluates directly is exempt from the policy.
        eval: await new Promise((resolve) =>
          setTimeout(() => void outcome(async () => new Function('return 1')()).then(resolve)),
        ),
        inline: (window as unknown as { inlineRan?: boolean }).inlineRan === true ? 'allowed' : 'denied',
      };
    });
    expect(results).toEqual({ https: 'denied', file: 'denied', eval: 'denied', inline: 'denied' });
  });

  test('the app scheme serves nothing outside its folder', async () => {
    const statuses = await studio.page.evaluate(async () => {
      const urls = [
        'mien://app/../main/index.cjs',
        'mien://app/%2e%2e/main/index.cjs',
        'mien://app/..%2fmain%2findex.cjs',
        'mien://app/..%5cmain%5cindex.cjs',
        'mien://app/none.js',
      ];
      return Promise.all(urls.map(async (url) => (await fetch(url)).status));
    });
    for (const status of statuses) expect([403, 404]).toContain(status);
  });

  test('permissions are denied', async () => {
    const denied = await studio.page.evaluate(async () => {
      const names = ['geolocation', 'notifications', 'camera', 'microphone'] as PermissionName[];
      const states = await Promise.all(names.map(async (name) => (await navigator.permissions.query({ name })).state));
      const microphone = await navigator.mediaDevices.getUserMedia({ audio: true }).then(
        () => 'granted',
        () => 'denied',
      );
      return [...states, microphone];
    });
    expect(denied).toEqual(['denied', 'denied', 'denied', 'denied', 'denied']);
  });

  test('the bridge refuses handles and arguments that make no sense', async () => {
    const codes = await studio.page.evaluate(async () => {
      const codeOf = (call: Promise<unknown>) =>
        call.then(
          () => 'accepted',
          (error: { code?: string; remedy?: string }) => (error.remedy ? error.code : 'not one of our errors'),
        );
      const anything = window.mien as unknown as Record<string, Record<string, (...args: unknown[]) => Promise<unknown>>>;
      return Promise.all([
        codeOf(anything.app.openExportFolder('file:00000000-0000-0000-0000-000000000000')),
        codeOf(anything.app.openExportFolder('/etc/passwd')),
        codeOf(anything.files.chooseExportTarget('a\u0000b', 'glb')),
        codeOf(anything.files.chooseExportTarget('a', 'exe')),
        codeOf(anything.app.setDocumentState({ title: 7, dirty: 'yes' })),
        codeOf(anything.engine.importAudio({ jobId: 'x', lineId: 'line:x', file: '/etc/passwd', transcript: '' })),
        codeOf(anything.engine.align({ jobId: 'x', lineId: 'line:none', transcript: '' })),
        codeOf(anything.project.open({ file: 'file:00000000-0000-0000-0000-000000000000', journal: null })),
      ]);
    });
    expect(codes).toEqual([
      'file-access',
      'invalid-input',
      'invalid-input',
      'invalid-input',
      'invalid-input',
      'invalid-input',
      'invalid-input',
      'file-access',
    ]);
  });
});

test('no navigation away', async () => {
  const studio = await launchStudio();
  const before = studio.page.url();
  for (const target of ['https://example.com/', 'file:///etc/passwd', 'mien://elsewhere/index.html']) {
    await studio.page.evaluate((url) => {
      location.href = url;
    }, target);
  }
  // Asked in main: Playwright's locators wait for navigations that will never finish.
  await expect
    .poll(() => readFileSync(path.join(studio.userData, 'logs', 'mien.log'), 'utf8').match(/navigation denied/g)?.length ?? 0)
    .toBeGreaterThan(0);
  const where = await studio.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].webContents.getURL());
  const alive = await studio.page.evaluate(() => document.querySelector('[data-testid="app-root"]') !== null);
  await closeStudio(studio);
  expect({ where, alive }).toEqual({ where: before, alive: true });
});

import { expect, noteFigure, picture, test, launchStudio, closeStudio } from './support/launchStudio';

test('the studio opens, knows itself and closes', async ({ studio }) => {
  const info = await studio.page.evaluate(() => window.mien.app.info());
  expect(info.version).toMatch(/^\d+\.\d+\.\d+$/);
  const character = await studio.page.evaluate(async () => {
    const bytes = await window.mien.app.characterGlb();
    return { size: bytes.byteLength, magic: String.fromCharCode(...bytes.slice(0, 4)) };
  });
  expect(character.magic).toBe('glTF');
  expect(character.size).toBeGreaterThan(10_000);
  await expect(studio.page.getByTestId('status-provider')).toHaveText('CPU', { timeout: 120_000 });
  await picture(studio, 'opened');
});

test('a second start of the same studio ends at once and leaves the first one alone', async ({ studio }) => {
  const second = launchStudio({ userData: studio.userData }).then(
    async (running) => {
      await closeStudio(running, true);
      return 'opened';
    },
    () => 'refused',
  );
  expect(await second).toBe('refused');
  expect(await studio.page.evaluate(() => document.readyState)).toBe('complete');
});

test('the window comes back where it was', async () => {
  const first = await launchStudio();
  await first.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0].setBounds({ x: 30, y: 40, width: 1100, height: 700 }),
  );
  await closeStudio(first, true);
  const start = performance.now();
  const second = await launchStudio({ userData: first.userData });
  noteFigure('start to visible studio, ms', Math.round(performance.now() - start));
  const bounds = await second.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].getBounds());
  await closeStudio(second);
  expect(bounds).toEqual({ x: 30, y: 40, width: 1100, height: 700 });
});

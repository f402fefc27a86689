import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  chooseMenu,
  closeStudio,
  expect,
  launchStudio,
  picture,
  projectRoot,
  stubDialogs,
  test,
  untilIdle,
  untilSampleIsOpen,
  type Studio,
} from './support/launchStudio';

/*
 * What goes wrong in daily use: files that are no projects, full or missing folders, closing with unsaved work, names that
 * are long or strange.
 */

const toasts = (studio: Studio) =>
  studio.page.evaluate(() => window.__mien!.toasts().map(({ code, remedy }) => ({ code, hasRemedy: remedy.length > 10 })));
const counts = (studio: Studio) => studio.page.evaluate(() => window.__mien!.recordCounts());

/** Makes an emotion key by hand: the untouched sample line alone is nothing to lose. */
async function editByHand(studio: Studio): Promise<void> {
  const lane = (await studio.page.getByTestId('emotion-lane-joy').boundingBox())!;
  const { x } = await studio.page.evaluate(() => window.__mien!.rulerPointPx(1));
  await studio.page.mouse.dblclick(x, lane.y + lane.height / 2);
  await expect.poll(() => studio.page.evaluate(() => window.__mien!.emotionKeyCounts().joy)).toBe(1);
  await untilIdle(studio);
}

test('a project that cannot be read changes nothing and says why', async ({ studio }) => {
  studio.expectedErrors.push('project-unreadable');
  await untilSampleIsOpen(studio);
  const good = path.join(studio.folder, 'good.mien');
  await stubDialogs(studio.app, { save: good });
  await chooseMenu(studio, 'file.save');
  await expect.poll(() => existsSync(good)).toBe(true);
  await untilIdle(studio);
  const before = await counts(studio);

  const bytes = readFileSync(good);
  const middle = Buffer.from(bytes);
  middle[Math.floor(bytes.length / 2)] ^= 0xff;
  const broken = {
    'cut.mien': bytes.subarray(0, bytes.length - 2000),
    'flipped.mien': middle,
    'text.mien': Buffer.from('hello'),
    'empty.mien': Buffer.alloc(0),
  };
  for (const [name, content] of Object.entries(broken)) {
    const file = path.join(studio.folder, name);
    writeFileSync(file, content);
    await stubDialogs(studio.app, { open: [file] });
    await chooseMenu(studio, 'file.open');
    // Only the last few errors stay on the screen: look for this file's by its name.
    const codeFor = () =>
      studio.page.evaluate((file) => window.__mien!.toasts().find(({ what }) => what.includes(file))?.code, name);
    await expect.poll(codeFor, { message: name }).toBe('project-unreadable');
    expect(await counts(studio), name).toEqual(before);
  }
  await picture(studio, 'robust-unreadable-project');
  // The line still plays and performs: its sound was not let go.
  await chooseMenu(studio, 'line.generate');
  await untilIdle(studio);
  await studio.page.getByTestId('play-button').click();
  await expect.poll(() => studio.page.evaluate(() => window.__mien!.playheadSeconds())).toBeGreaterThan(0.2);
});

test('saving where nobody may write says so and keeps the work unsaved', async ({ studio }) => {
  studio.expectedErrors.push('file-access');
  await untilSampleIsOpen(studio);
  await editByHand(studio);
  const occupied = path.join(studio.folder, 'taken.mien');
  mkdirSync(occupied);
  for (const target of [occupied, path.join(studio.folder, 'not there', 'a.mien')]) {
    const shown = (await toasts(studio)).length;
    await stubDialogs(studio.app, { save: target });
    await chooseMenu(studio, 'file.saveAs');
    await expect.poll(async () => (await toasts(studio)).length).toBe(shown + 1);
    expect((await toasts(studio)).at(-1)).toEqual({ code: 'file-access', hasRemedy: true });
  }
  expect(readdirSync(studio.folder)).toEqual(['taken.mien']);
  const title = await studio.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].getTitle());
  expect(title.startsWith('•')).toBe(true);
});

test('closing with unsaved work asks: cancel stays, save saves and closes', async () => {
  const studio = await launchStudio();
  await untilSampleIsOpen(studio);
  await editByHand(studio);
  await studio.app.evaluate(({ dialog }) => {
    const asked: string[] = [];
    Object.assign(globalThis, { asked });
    dialog.showMessageBox = (async (_window: unknown, options: { message: string }) => {
      asked.push(options.message);
      return { response: 2, checkboxChecked: false };
    }) as unknown as typeof dialog.showMessageBox;
  });
  await studio.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].close());
  await expect.poll(() => studio.app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked.length)).toBe(1);
  expect(await studio.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);

  const file = path.join(studio.folder, 'on the way out.mien');
  await stubDialogs(studio.app, { messageBox: 0, save: file });
  const closed = studio.app.waitForEvent('close');
  await studio.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].close());
  await closed;
  expect(statSync(file).size).toBeGreaterThan(10_000);

  // It is in the recent files of the next run, and opens from there.
  const next = await launchStudio({ userData: studio.userData });
  const recent = await next.page.evaluate(async () => (await window.mien.files.recentProjects()).map(({ name }) => name));
  expect(recent).toEqual(['on the way out.mien']);
  await closeStudio(next);
});

test('recordings with long and strange names, and from folders that are gone', async ({ studio }) => {
  studio.expectedErrors.push('not there.wav');
  await untilSampleIsOpen(studio);
  const sound = readFileSync(path.join(projectRoot, 'assets', 'dialogue', 'sample.wav'));
  const deep = path.join(studio.folder, ...Array.from({ length: 8 }, (_unused, level) => `Ordner ${level} ${'ü'.repeat(40)}`));
  mkdirSync(deep, { recursive: true });
  const names = [`${'lang '.repeat(30)}.wav`, '日本語 – «Ñ» 🎭.wav', "quote ' and % and #.wav"];
  for (const name of names) writeFileSync(path.join(deep, name), sound);
  await stubDialogs(studio.app, { open: [...names.map((name) => path.join(deep, name)), path.join(deep, 'not there.wav')] });
  await chooseMenu(studio, 'file.import');
  await expect
    .poll(() => studio.page.evaluate(() => window.__mien!.lineIds().length), { timeout: 120_000 })
    .toBe(1 + names.length);
  await expect.poll(async () => (await toasts(studio)).length).toBe(1);
  expect((await toasts(studio))[0]).toEqual({ code: 'file-access', hasRemedy: true });
  await untilIdle(studio);
  const file = path.join(deep, 'prøject.mien');
  await stubDialogs(studio.app, { save: file });
  await chooseMenu(studio, 'file.save');
  await expect.poll(() => existsSync(file)).toBe(true);
});

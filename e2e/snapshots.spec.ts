import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from '@playwright/test';
import { pictureProject } from '../main/project/testing/pictureProject';
import { comparePictures, readPicture } from './support/comparePicture';
import { expect, Hands, projectRoot, stubDialogs, test } from './support/hands';
import type { Studio } from './support/launchStudio';

/*
 * A picture of every panel, compared with the one that was looked at and kept in e2e/snapshots. The project behind them is
 * made without any engine, the font is our own, the window has one size; what changes with time, machine or GPU is covered.
 *
 * After a change that is meant, look at test-results/snapshots, then keep the new ones:
 *   npm run e2e -- snapshots --update-snapshots
 */

const KEPT = path.join(projectRoot, 'e2e', 'snapshots');
const FOUND = path.join(projectRoot, 'test-results', 'snapshots');
/** One font for every machine: the studio itself uses the system's. */
const FONTS = path.join(projectRoot, 'e2e', 'support', 'fonts', 'fonts.conf');
/** Content size in CSS pixels: layers and takes have a place of their own from 1400 on. */
const SIZE = { width: 1400, height: 860 };
/** Blocks of 4 x 4 px that may differ: one letter is about six. A control that is elsewhere is forty and more. */
const ALLOWED_BLOCKS = 8;

/** What is drawn by the GPU or tells about this machine, this run or this hour. */
const COVERED = [
  'canvas[data-testid=viewport-canvas]',
  '[data-testid=status-provider]',
  '[data-testid=save-state]',
  '.about .body .t2',
  '.about .licences',
  'img',
];

async function openPictures(studio: Studio): Promise<Hands> {
  const hands = new Hands(studio);
  await studio.app.evaluate(({ BrowserWindow }, { width, height }) => {
    BrowserWindow.getAllWindows()[0].setContentSize(width, height);
  }, SIZE);
  await hands.sample();
  const file = path.join(studio.folder, 'Harbour.mien');
  writeFileSync(file, await pictureProject());
  await stubDialogs(studio.app, { open: [file] });
  await hands.menu('file.open');
  await expect.poll(hands.lineIds).toEqual(['line:harbour', 'line:new']);
  await hands.idle();
  await expect.poll(() => studio.page.evaluate(() => [window.innerWidth, window.innerHeight])).toEqual([SIZE.width, SIZE.height]);
  return hands;
}

/** Hides what may differ by itself: masks of Playwright need a newer Chromium than the one tests may have to run on. */
async function shoot({ page }: Hands, part: Locator): Promise<Buffer> {
  await page.mouse.move(1, 1);
  await page.evaluate((covered) => {
    for (const element of document.querySelectorAll<HTMLElement>(covered)) element.style.visibility = 'hidden';
  }, COVERED.join());
  return part.screenshot({ animations: 'disabled', caret: 'hide', timeout: 120_000 });
}

function difference(expected: Uint8Array, actual: Uint8Array) {
  return comparePictures(readPicture(expected), readPicture(actual));
}

test.use({ launch: { env: { FONTCONFIG_FILE: FONTS }, switches: ['--force-device-scale-factor=1'] } });

test.describe('pictures of the panels', () => {
  // Fonts are chosen by fontconfig, which only Linux has.
  test.skip(process.platform !== 'linux', 'pictures are compared on Linux');

  test('every panel looks as it did', async ({ studio }) => {
    test.setTimeout(900_000);
    mkdirSync(FOUND, { recursive: true });
    const isUpdating = ['all', 'changed'].includes(test.info().config.updateSnapshots);
    const hands = await openPictures(studio);
    const { page } = hands;

    const check = async (name: string, part: Locator) =>
      test.step(name, async () => {
        await expect(part).toBeVisible();
        const actual = await shoot(hands, part);
        writeFileSync(path.join(FOUND, `${name}.png`), actual);
        const kept = path.join(KEPT, `${name}.png`);
        const isSame = existsSync(kept) && difference(readFileSync(kept), actual).different <= ALLOWED_BLOCKS;
        if (isSame) return;
        if (isUpdating) return writeFileSync(kept, actual);
        expect.soft(existsSync(kept), `${kept} is missing; npm run e2e -- snapshots --update-snapshots makes it`).toBe(true);
        if (!existsSync(kept)) return;
        const { different, blocks, marked } = difference(readFileSync(kept), actual);
        if (marked) writeFileSync(path.join(FOUND, `${name}.diff.png`), marked);
        expect
          .soft(different, `${name}: blocks of ${blocks} that differ, see test-results/snapshots`)
          .toBeLessThanOrEqual(ALLOWED_BLOCKS);
      });
    const dialog = async (name: string, commandId: string, testid: string) => {
      await hands.menu(commandId);
      await check(name, page.getByTestId(testid));
      await page.keyboard.press('Escape');
      await expect(page.getByTestId(testid)).toBeHidden();
    };

    mkdirSync(KEPT, { recursive: true });
    await check('titleBar', page.locator('header').first());
    await check('lines', page.getByRole('region', { name: 'Lines', exact: true }));
    await check('layers', page.getByRole('region', { name: 'Layers and takes' }));
    await check('statusBar', page.getByTestId('status-bar'));
    for (const tab of ['performance', 'channel', 'character', 'clip'] as const) {
      await page.getByTestId(`inspector-${tab}`).click();
      await check(`inspector-${tab}`, page.getByRole('region', { name: 'Inspector' }));
    }
    await page.getByTestId('inspector-performance').click();
    await check('timeline', page.getByTestId('timeline'));
    await page.getByTestId('mode-sheet').click();
    await page.getByTestId('sheet-unfold-jaw').click();
    await check('dopeSheet', page.getByTestId('timeline'));
    await page.getByTestId('sheet-unfold-jaw').click();
    await page.getByTestId('mode-both').click();

    await hands.seek(1);
    for (const command of ['marker.add', 'edit.insertKey']) await hands.menu(command);
    await page.keyboard.press('Escape');
    await hands.press('Shift+3');
    await check('curveEditor', page.getByTestId('timeline'));
    await check('history', page.getByTestId('history'));
    await hands.press('Shift+3');

    await page.getByTestId('menu-timeline').click();
    await check('menu', page.getByRole('menu', { name: 'Timeline' }));
    await page.keyboard.press('Escape');
    const key = await hands.lanePoint('phoneme-lane', 0.9);
    await page.mouse.click(key.x, key.y, { button: 'right' });
    await check('contextMenu', page.getByTestId('context-menu'));
    await page.keyboard.press('Escape');

    await dialog('export', 'file.export', 'export-dialog');
    await dialog('preferences', 'edit.preferences', 'preferences-dialog');
    await dialog('keyboardMap', 'help.keys', 'keys-dialog');
    await dialog('about', 'help.about', 'about-dialog');
    await dialog('palette', 'view.palette', 'palette');
    await dialog('pronunciations', 'line.dictionary', 'dictionary-dialog');

    await hands.menu('file.new');
    await check('unsaved', page.getByTestId('unsaved-dialog'));
    await page.getByRole('button', { name: "Don't save" }).click();
    await expect.poll(hands.lineIds).toEqual([]);
    await check('onboarding', page.locator('.workspace'));
  });

  test('the comparison sees what a person would: moved, gone, other colour; not how letters are drawn', async ({ studio }) => {
    test.setTimeout(600_000);
    const hands = await openPictures(studio);
    const { page } = hands;
    const panel = page.getByRole('region', { name: 'Inspector' });
    const before = await shoot(hands, panel);
    /** The picture with a style on the elements of a selector, and back. */
    const styled = async (selector: string, property: string, value: string) => {
      const set = (to: string) =>
        page.evaluate(
          ([css, name, text]) => {
            for (const element of document.querySelectorAll<HTMLElement>(css)) element.style.setProperty(name, text);
          },
          [selector, property, to] as const,
        );
      await set(value);
      const after = await shoot(hands, panel);
      await set('');
      return difference(before, after).different;
    };
    const control = '[data-testid=emotion-slider-joy]';
    expect(await styled(control, 'transform', 'none')).toBe(0);
    expect(await styled(control, 'transform', 'translateX(6px)')).toBeGreaterThan(2 * ALLOWED_BLOCKS);
    expect(await styled(control, 'transform', 'translateY(4px)')).toBeGreaterThan(2 * ALLOWED_BLOCKS);
    expect(await styled(control, 'visibility', 'hidden')).toBeGreaterThan(2 * ALLOWED_BLOCKS);
    expect(await styled(control, 'background', 'var(--accent)')).toBeGreaterThan(2 * ALLOWED_BLOCKS);
    expect(await styled(control, 'margin-top', '4px')).toBeGreaterThan(2 * ALLOWED_BLOCKS);
    const letters = await styled('html', 'text-rendering', 'geometricPrecision');
    expect(letters).toBeLessThanOrEqual(ALLOWED_BLOCKS);
  });
});

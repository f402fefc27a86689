import path from 'node:path';
import { seriousFindings, withAxe } from './support/axe';
import { chooseMenu, picture, untilIdle, untilSampleIsOpen, type Studio } from './support/launchStudio';
import { expect, projectRoot, stubDialogs, test } from './support/hands';

/*
 * Every panel and dialog under axe-core: nothing critical, nothing serious, contrast included.
 */

/** On a busy machine the line stands there as new, and idle, before its curves are begun. */
async function untilGenerated({ page }: Studio): Promise<void> {
  await expect.poll(() => page.evaluate(() => Number.isFinite(window.__mien!.channelValue('jawOpen', 1)))).toBe(true);
}

test('axe finds nothing serious in any panel or dialog', async ({ studio }) => {
  test.setTimeout(900_000);
  const { page } = studio;
  await untilSampleIsOpen(studio);
  await untilGenerated(studio);
  await withAxe(studio);
  const check = async (where: string) =>
    test.step(where, async () => {
      expect.soft(await seriousFindings(studio), where).toEqual([]);
    });
  const dialog = async (commandId: string, testid: string, close: 'Escape' | null = 'Escape') => {
    await chooseMenu(studio, commandId);
    await expect(page.getByTestId(testid)).toBeVisible();
    await check(testid);
    if (close) await page.keyboard.press(close);
    await expect(page.getByTestId(testid)).toBeHidden();
  };

  await test.step('axe can fail: a button without a name is found', async () => {
    await page.evaluate(() => document.body.insertAdjacentHTML('beforeend', '<button id="nameless" type="button"></button>'));
    expect((await seriousFindings(studio)).join('\n')).toContain('button-name: #nameless');
    await page.evaluate(() => document.getElementById('nameless')!.remove());
  });

  await check('main window');
  for (const tab of ['channel', 'character', 'clip', 'layers', 'performance'] as const) {
    await page.getByTestId(`inspector-${tab}`).click();
    await check(`inspector, ${tab}`);
  }
  await chooseMenu(studio, 'edit.insertKey');
  await untilIdle(studio);
  await page.getByTestId('sheet-unfold-jaw').click();
  await page.getByTestId('emotion-fold').click();
  await check('keys in the sheet, all emotion lanes');
  await page.getByTestId('emotion-fold').click();
  await chooseMenu(studio, 'view.curveEditor');
  await expect(page.getByTestId('main-view')).toBeVisible();
  await check('curve editor with channel list and history');
  await chooseMenu(studio, 'view.curveEditor');

  await dialog('edit.preferences', 'preferences-dialog');
  await dialog('help.keys', 'keys-dialog');
  await dialog('file.export', 'export-dialog');
  await dialog('help.about', 'about-dialog');
  await dialog('view.palette', 'palette');
  await dialog('line.dictionary', 'dictionary-dialog');

  await chooseMenu(studio, 'file.new');
  await expect(page.getByTestId('unsaved-dialog')).toBeVisible();
  await check('question about unsaved changes');
  await page.getByRole('button', { name: "Don't save" }).click();
  await expect.poll(() => page.evaluate(() => window.__mien!.lineIds().length)).toBe(0);
  await check('empty state');
});

test('axe finds nothing serious in right-click menus, layers, a replaced recording and the report of a batch', async ({
  hands,
}) => {
  test.setTimeout(900_000);
  const { page, studio } = hands;
  await hands.sample();
  await withAxe(studio);
  const check = async (where: string, selector: string) =>
    test.step(where, async () => {
      expect.soft(await seriousFindings(studio, selector), where).toEqual([]);
    });
  await hands.menu('edit.insertKey');
  const places = {
    phoneme: await hands.lanePoint('phoneme-lane', 1),
    events: await hands.lanePoint('blink-lane', 1),
    ruler: await hands.rulerPoint(1),
    keys: (await hands.keys())[0],
  };
  for (const [kind, point] of Object.entries(places)) {
    await page.mouse.click(point.x, point.y, { button: 'right' });
    await expect(page.getByTestId('context-menu')).toBeVisible();
    await check(`right-click menu, ${kind}`, '[data-testid=context-menu]');
    await page.keyboard.press('Escape');
  }
  for (const [kind, testid] of [
    ['channel', 'channel-row-jawOpen'],
    ['line', `line-row-${(await hands.lineIds())[0]}`],
  ] as const) {
    await page.getByTestId(testid).click({ button: 'right' });
    await check(`right-click menu, ${kind}`, '[data-testid=context-menu]');
    await page.keyboard.press('Escape');
  }
  await page.getByTestId('inspector-layers').click();
  await page.getByTestId('new-take').click();
  await hands.idle();
  await check('layers with hand keys and two takes', '[aria-label=Inspector].panel');

  const other = path.join(projectRoot, 'assets', 'dialogue', 'anger.wav');
  await stubDialogs(studio.app, { open: [other] });
  await chooseMenu(studio, 'line.replaceRecording');
  await expect(page.getByTestId('replace-dialog')).toBeVisible({ timeout: 240_000 });
  await check('preview of a replaced recording', '[data-testid=replace-dialog]');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('replace-dialog')).toBeHidden();
  await hands.idle();

  await hands.menu('file.import');
  await expect.poll(async () => (await hands.lineIds()).length).toBe(2);
  await hands.idle();
  await page.locator('[data-testid^="line-row-"]').first().click();
  await page.keyboard.press('ControlOrMeta+a');
  await check('several lines chosen', '[data-testid=batch-bar]');
  await page.getByTestId('batch-generate').click();
  await expect(page.getByTestId('batch-report')).toBeVisible();
  await check('report of a batch', '[data-testid=batch-report]');
});

test('tracks as a grid: from key to key with the arrows, each read out, edits said', async ({ studio }) => {
  test.setTimeout(900_000);
  const { page } = studio;
  await untilSampleIsOpen(studio);
  await untilGenerated(studio);
  await withAxe(studio);
  const cell = page.getByTestId('grid-cell');
  const activeText = () =>
    page.evaluate(() => {
      const grid = document.querySelector('[data-testid=track-grid]');
      return document.getElementById(grid?.getAttribute('aria-activedescendant') ?? '')?.textContent ?? '';
    });
  await page.keyboard.press('i');
  await untilIdle(studio);
  await page.keyboard.press('Control+F6');
  await expect(page.getByTestId('track-grid')).toBeFocused();
  // The key just made is selected: the grid begins there.
  await expect.poll(activeText).toMatch(/^jawOpen, frame 0, \d\.\d\d, hand-edited, selected$/);
  await expect(cell).toBeVisible();
  expect(await seriousFindings(studio, '[data-testid=track-grid]')).toEqual([]);

  await page.keyboard.press('Control+Home');
  await expect.poll(activeText).toMatch(/^Words, .+, frame \d+ to \d+/);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect.poll(activeText).toMatch(/^Phonemes, .+ selected$/);
  const spoken = await page.evaluate(() => window.__mien!.phonemes()[2]);
  expect(await page.evaluate(() => window.__mien!.playheadSeconds())).toBeCloseTo(spoken.startSeconds, 6);
  // Few cells in the page, however many there are.
  expect(await page.locator('[data-testid=track-grid] [role=gridcell]').count()).toBeLessThan(20);

  await page.keyboard.press('Control+End');
  await expect.poll(activeText).toMatch(/^head\w+, no keys, generated, /);
  for (let press = 0; press < 80 && !(await activeText()).startsWith('jawOpen'); press++) await page.keyboard.press('ArrowUp');
  await expect.poll(activeText).toMatch(/^jawOpen, frame 0, .*selected$/);
  // What the arrows came to is what commands act on, and the change is said.
  await page.keyboard.press('Alt+ArrowRight');
  await expect.poll(activeText).toMatch(/^jawOpen, frame 1, .*selected$/);
  await expect(page.locator('.timeline [aria-live=polite]')).toHaveText(/^jawOpen, frame 1, /);
  await picture(studio, 'accessibility-grid');
  await page.keyboard.press('Delete');
  await expect.poll(activeText).toMatch(/^jawOpen, no keys/);
});

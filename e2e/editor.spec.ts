import { expect, picture, test } from './support/hands';
import type { Studio } from './support/launchStudio';

/*
 * The curve editor, the dope sheet and the keyboard as an animator uses them: keys are made, caught in a box, moved, scaled,
 * copied, undone; the map of keys is changed and comes into force.
 */

async function drag(
  studio: Studio,
  from: { x: number; y: number },
  to: { x: number; y: number },
  end: 'drop' | 'escape' = 'drop',
): Promise<void> {
  const { mouse, keyboard } = studio.page;
  await mouse.move(from.x, from.y);
  await mouse.down();
  await mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 3 });
  await mouse.move(to.x, to.y, { steps: 3 });
  if (end === 'escape') await keyboard.press('Escape');
  await mouse.up();
}

test("curves, sheet and keyboard in an animator's hands", async ({ hands }) => {
  test.setTimeout(900_000);
  const { page, studio } = hands;
  await hands.sample();
  await page.keyboard.press('Shift+3');
  await expect(page.getByTestId('main-view')).toBeVisible();
  await page.getByTestId('channel-row-jawOpen').click();
  // A click on a name never reaches the toggles beside it.
  await expect(page.getByTestId('muted-jawOpen')).toHaveAttribute('aria-pressed', 'false');

  await test.step('three keys by hand, caught in a box', async () => {
    for (const [time, value] of [
      [1, 0.3],
      [1.2, 0.7],
      [1.4, 0.5],
    ] as const) {
      const at = await hands.curvePoint(time, value);
      await page.mouse.dblclick(at.x, at.y);
    }
    await expect.poll(async () => (await hands.keys()).length).toBe(3);
    await hands.idle();
    await drag(studio, await hands.curvePoint(0.9, 0.95), await hands.curvePoint(1.5, 0.1));
    await expect.poll(() => page.evaluate(() => window.__mien!.selectedKeyCount())).toBe(3);
    await picture(studio, 'editor-01-box');
  });

  await test.step('a drag is one step, Escape puts everything back, undo takes it back', async () => {
    const before = await hands.keys();
    const steps = await hands.depth();
    await drag(studio, before[1], { x: before[1].x + 40, y: before[1].y - 30 }, 'escape');
    expect(await hands.keys()).toEqual(before);
    expect(await hands.depth()).toBe(steps);
    await drag(studio, before[1], { x: before[1].x + 40, y: before[1].y - 30 });
    const after = await hands.keys();
    expect(await hands.depth()).toBe(steps + 1);
    // All three together, by the same.
    for (const [index, key] of after.entries()) {
      expect(key.timeSeconds - before[index].timeSeconds).toBeCloseTo(after[0].timeSeconds - before[0].timeSeconds, 6);
      expect(key.value).toBeGreaterThan(before[index].value + 0.02);
    }
    await page.keyboard.press('ControlOrMeta+z');
    expect(await hands.keys()).toEqual(before);
  });

  await test.step('a box handle scales time, keys nudge by a frame, copies are pasted', async () => {
    const before = await hands.keys();
    const right = Math.max(...before.map((key) => key.x)) + 12;
    const middle = (Math.min(...before.map((key) => key.y)) + Math.max(...before.map((key) => key.y))) / 2;
    await drag(studio, { x: right, y: middle }, { x: right + (before[2].x - before[0].x), y: middle });
    const scaled = await hands.keys();
    expect(scaled[0].timeSeconds).toBeCloseTo(before[0].timeSeconds, 6);
    // The dragged edge snaps to an edge of a word or phoneme near by.
    const stretch = (scaled[2].timeSeconds - scaled[0].timeSeconds) / (before[2].timeSeconds - before[0].timeSeconds);
    expect(Math.abs(stretch - 2)).toBeLessThan(0.15);
    await page.keyboard.press('Alt+ArrowRight');
    const nudged = await hands.keys();
    expect(nudged[0].timeSeconds - scaled[0].timeSeconds).toBeCloseTo(1 / 60, 6);
    await page.keyboard.press('ControlOrMeta+c');
    const ruler = await page.evaluate(() => window.__mien!.rulerPointPx(2.5));
    await page.mouse.click(ruler.x, ruler.y);
    await page.keyboard.press('ControlOrMeta+v');
    await expect.poll(async () => (await hands.keys()).length).toBe(6);
    // Tangents by number: the pasted keys hold.
    await page.keyboard.press('6');
    await expect.poll(() => page.evaluate(() => window.__mien!.undoLabel())).toContain('Tangents');
    await picture(studio, 'editor-02-pasted');
  });

  await test.step('without a mouse: G, arrows, Enter', async () => {
    const before = await hands.keys();
    await page.keyboard.press('g');
    for (let press = 0; press < 3; press++) await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    const after = await hands.keys();
    expect(after[5].timeSeconds - before[5].timeSeconds).toBeCloseTo(-3 / 60, 6);
  });

  await test.step('right click lists the commands; the sheet shows the keys by channel', async () => {
    const [key] = await hands.keys();
    await page.mouse.click(key.x, key.y, { button: 'right' });
    await expect(page.getByTestId('context-menu')).toBeVisible();
    await picture(studio, 'editor-03-menu');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Shift+3');
    await page.getByTestId('sheet-unfold-jaw').click();
    await expect(page.getByTestId('sheet-jawOpen')).toBeVisible();
    await picture(studio, 'editor-04-main');
  });

  await test.step('markers, locks, channel search, mute, history', async () => {
    await page.keyboard.press('Alt+m');
    await page.getByTestId('marker-name').fill('Turn');
    await page.keyboard.press('Enter');
    await page.keyboard.press('[');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Shift+L');
    await expect.poll(() => page.evaluate(() => window.__mien!.recordCounts())).toMatchObject({ marker: 1, lock: 1 });
    await page.keyboard.press('Shift+3');
    await page.getByTestId('channel-search').fill('smile left');
    await expect(page.getByTestId('channel-row-mouthSmileLeft')).toBeVisible();
    await expect(page.getByTestId('channel-row-jawOpen')).toBeHidden();
    await page.getByTestId('channel-row-mouthSmileLeft').hover();
    await page.getByTestId('muted-mouthSmileLeft').click();
    await expect.poll(() => page.evaluate(() => window.__mien!.channelValue('mouthSmileLeft', 1))).toBe(0);
    await picture(studio, 'editor-07-channels');
    await page.getByTestId('channel-search').fill('');
    await page.getByTestId('scaling-stacked').click();
    await picture(studio, 'editor-08-stacked');
    await page.getByTestId('scaling-absolute').click();
    // A step back in the history list, and forward again.
    const steps = await hands.depth();
    await page.getByTestId('history').getByRole('button').nth(1).click();
    expect(await hands.depth()).toBe(steps - 1);
    await page.getByTestId('history').getByRole('button').nth(0).click();
    expect(await hands.depth()).toBe(steps);
    await page.keyboard.press('Shift+3');
  });

  await test.step("another preset and a key of one's own", async () => {
    await page.keyboard.press('Shift+?');
    await page.getByTestId('keys-preset').selectOption('maya');
    await expect(page.getByTestId('key-of-keys.move')).toHaveText('W');
    await page.getByTestId('key-of-edit.ripple').click();
    await page.keyboard.press('w');
    await expect(page.getByTestId('keys-notice')).toContainText('Move the selected keys');
    await picture(studio, 'editor-05-keys');
    await page.keyboard.press('Escape');
    await page.keyboard.press('w');
    await expect(page.getByTestId('ripple')).toHaveAttribute('aria-pressed', 'true');
    await page.keyboard.press('ControlOrMeta+,');
    await expect(page.getByTestId('preferences-dialog')).toBeVisible();
    await page.getByTestId('high-contrast').check();
    await picture(studio, 'editor-06-preferences');
  });
});

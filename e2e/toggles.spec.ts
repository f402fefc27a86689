import type { PerformanceChannel } from '../core/rig/channels';
import { expect, picture, test } from './support/hands';
import type { Studio } from './support/launchStudio';

/* Mute, solo and lock painted over many channels; a range baked to keys. */

const jawAt = (studio: Studio, times: readonly number[]) =>
  studio.page.evaluate((at) => at.map((time) => window.__mien!.channelValue('jawOpen', time)), times);

test('a drag over mute toggles sets them all as one step; Escape puts them back; Alt click leaves only one', async ({
  hands,
}) => {
  test.setTimeout(900_000);
  const { page, studio } = hands;
  await hands.sample();
  await page.keyboard.press('Shift+3');
  await expect(page.getByTestId('main-view')).toBeVisible();
  const channels: readonly PerformanceChannel[] = ['jawOpen', 'jawForward', 'jawRight', 'jawLeft'];
  const toggle = (channel: PerformanceChannel) => page.getByTestId(`muted-${channel}`);
  const middle = async (channel: PerformanceChannel) => {
    const box = (await toggle(channel).boundingBox())!;
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };
  const states = () => Promise.all(channels.map((channel) => toggle(channel).getAttribute('aria-pressed')));
  const paint = async (to: PerformanceChannel, end: 'release' | 'escape') => {
    const [a, b] = [await middle('jawOpen'), await middle(to)];
    await page.mouse.move(a.x, a.y);
    await page.mouse.down();
    await page.mouse.move(b.x, b.y, { steps: 4 });
    if (end === 'escape') await page.keyboard.press('Escape');
    await page.mouse.up();
    await hands.idle();
  };
  const none = ['false', 'false', 'false', 'false'];
  const before = await hands.depth();

  await paint('jawRight', 'release');
  expect(await states()).toEqual(['true', 'true', 'true', 'false']);
  expect(await hands.depth()).toBe(before + 1);
  await picture(studio, 'toggles-01-painted');
  await page.keyboard.press('Control+z');
  expect(await states()).toEqual(none);

  await paint('jawLeft', 'escape');
  expect(await states()).toEqual(none);
  expect(await hands.depth()).toBe(before);

  await paint('jawLeft', 'release');
  expect(await states()).toEqual(['true', 'true', 'true', 'true']);
  await toggle('jawRight').click();
  expect(await states()).toEqual(['true', 'true', 'false', 'true']);
  await toggle('jawRight').click({ modifiers: ['Alt'] });
  expect(await states()).toEqual(['false', 'false', 'true', 'false']);
  // The head of the region sets all of its channels.
  await page.getByTestId('channel-region-jaw').hover();
  await page.getByTestId('muted-region-jaw').click();
  expect(await states()).toEqual(['true', 'true', 'true', 'true']);
  await hands.undo();
  expect(await states()).toEqual(['false', 'false', 'true', 'false']);
  // The keyboard reaches a toggle as ever.
  await toggle('jawForward').focus();
  await page.keyboard.press('Enter');
  expect(await states()).toEqual(['false', 'true', 'true', 'false']);
});

test('a range of the generated curve is baked to keys within the largest error, or what shows with the layers', async ({
  hands,
}) => {
  test.setTimeout(900_000);
  const { page, studio } = hands;
  await hands.sample();
  await page.keyboard.press('Shift+3');
  await expect(page.getByTestId('main-view')).toBeVisible();
  await page.getByTestId('channel-row-jawOpen').click();
  const times = Array.from({ length: 55 }, (_, index) => 1.05 + index / 60);
  const generated = await jawAt(studio, times);
  const at = await page.evaluate(() => window.__mien!.curvePointPx(1.5, 0.95));
  await page.mouse.dblclick(at.x, at.y);
  await hands.idle();
  const shown = await jawAt(studio, times);
  expect(shown).not.toEqual(generated);
  await page.keyboard.press('Escape');

  const [from, to] = await page.evaluate(() => [window.__mien!.rulerPointPx(1), window.__mien!.rulerPointPx(2)]);
  await page.keyboard.down('Shift');
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 5 });
  await page.mouse.up();
  await page.keyboard.up('Shift');

  const within = async (wanted: readonly number[]) => {
    const values = await jawAt(studio, times);
    expect(Math.max(...values.map((value, index) => Math.abs(value - wanted[index])))).toBeLessThanOrEqual(0.011);
    const keys = await page.evaluate(() => window.__mien!.curveKeysPx());
    expect(keys.length).toBeGreaterThan(3);
    expect(keys.length).toBeLessThan(times.length);
  };
  const before = await hands.depth();
  await page.keyboard.press('Alt+b');
  await hands.idle();
  expect(await hands.depth()).toBe(before + 1);
  await within(generated);
  await picture(studio, 'toggles-02-baked');
  await page.keyboard.press('Control+z');
  await hands.idle();
  expect(await jawAt(studio, times)).toEqual(shown);
  await page.keyboard.press('Alt+Shift+b');
  await hands.idle();
  await within(shown);
});

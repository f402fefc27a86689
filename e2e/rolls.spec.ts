import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, picture, stubDialogs, test, type Hands } from './support/hands';
import type { Studio } from './support/launchStudio';

/* Anticipation starts before the sound: pre- and post-roll, from the inspector to the file. */

const playhead = (studio: Studio) => studio.page.evaluate(() => window.__mien!.playheadSeconds());

async function typeField(hands: Hands, testid: string, value: string): Promise<void> {
  const field = hands.page.getByTestId(testid);
  await field.fill(value);
  await field.press('Enter');
  await hands.idle();
}

test('a line gets rolls: the face acts before the sound, keys lie there, it plays in silence, and the file holds it', async ({
  hands,
}) => {
  test.setTimeout(900_000);
  const { page, studio } = hands;
  const { folder } = studio;
  await hands.sample();
  await page.getByTestId('inspector-clip').click();
  const before = await hands.depth();
  const jawInTheMiddle = await page.evaluate(() => window.__mien!.channelValue('jawOpen', 1.2));
  await typeField(hands, 'pre-roll', '0.5s');
  await typeField(hands, 'post-roll', '48f');
  expect(await hands.depth()).toBe(before + 2);
  await expect(page.getByTestId('pre-roll-band')).toBeVisible();
  await expect(page.getByTestId('post-roll-band')).toBeVisible();
  expect(await page.evaluate(() => window.__mien!.isStale())).toBe(false);
  expect(await page.evaluate(() => window.__mien!.channelValue('jawOpen', 1.2))).toBeCloseTo(jawInTheMiddle, 5);
  const events = await page.evaluate(() => window.__mien!.events());
  expect(events.some(({ startSeconds }) => startSeconds < 0)).toBe(true);
  await picture(studio, 'rolls-01-timeline');

  // A key before the sound, by hand.
  await page.keyboard.press('Escape');
  const at = await page.evaluate(() => window.__mien!.curvePointPx(-0.3, 0.6));
  await page.mouse.dblclick(at.x, at.y);
  await hands.idle();
  const keys = await page.evaluate(() => window.__mien!.curveKeysPx());
  expect(keys).toHaveLength(1);
  expect(keys[0].timeSeconds).toBeCloseTo(-0.3, 1);
  expect(await page.evaluate((time) => window.__mien!.channelValue('jawOpen', time), keys[0].timeSeconds)).toBeCloseTo(
    keys[0].value,
    2,
  );

  // Home is the first moment of the line; playing leads through the silence into the sound.
  await page.keyboard.press('Home');
  expect(await playhead(studio)).toBeCloseTo(-0.5, 6);
  await page.keyboard.press('Space');
  await expect.poll(() => playhead(studio), { timeout: 60_000 }).toBeGreaterThan(0.1);
  await page.keyboard.press('Space');
  await page.keyboard.press('End');
  const end = await playhead(studio);
  expect(end).toBeGreaterThan(0.7);

  await typeField(hands, 'start-timecode', '01:00:00:00');
  await stubDialogs(studio.app, { saveFolder: folder });
  await page.keyboard.press('Control+e');
  await expect(page.getByTestId('export-dialog')).toBeVisible();
  const csv = page.getByTestId('format-csv');
  if (!(await csv.isChecked())) await csv.check();
  await page.getByTestId('export-start').click();
  await expect(page.getByTestId('export-row-csv')).toHaveAttribute('data-state', 'done', { timeout: 240_000 });
  const target = readdirSync(folder).find((name) => name.endsWith('.csv'))!;
  const rows = readFileSync(path.join(folder, target), 'utf8').trim().split('\n');
  expect(rows[1]).toMatch(/^00:59:59:30\.000,/);
  expect(rows.length - 1).toBeGreaterThanOrEqual(Math.floor((end + 0.5) * 60));
  const jaw = rows[0].split(',').indexOf('JawOpen');
  const frame = Math.round((keys[0].timeSeconds + 0.5) * 60);
  expect(Number(rows[1 + frame].split(',')[jaw])).toBeCloseTo(keys[0].value, 2);
});

import { expect, picture, test } from './support/hands';
import type { Studio } from './support/launchStudio';

/* More of an animator's day: emotion lanes by box and by paint, lasso, mirrored paste, another line, ripple, typed moves, palette. */

type Point = { readonly x: number; readonly y: number };
const joyKeys = ({ page }: Studio) => page.evaluate(() => window.__mien!.emotionKeyCounts().joy);

async function stroke({ page }: Studio, points: readonly Point[]): Promise<void> {
  await page.mouse.move(points[0].x, points[0].y);
  await page.mouse.down();
  for (const point of points.slice(1)) await page.mouse.move(point.x, point.y, { steps: 4 });
  await page.mouse.up();
}

test('lanes, lasso, mirrored, other lines, ripple, typed moves and the palette', async ({ hands }) => {
  test.setTimeout(900_000);
  const { page, studio } = hands;
  await hands.sample();

  await test.step('an emotion is painted freehand, one step; its keys are caught in a box', async () => {
    const lane = (await page.getByTestId('emotion-lane-joy').boundingBox())!;
    const at = (x: number, y: number) => ({ x: lane.x + lane.width * x, y: lane.y + lane.height * y });
    const steps = await hands.depth();
    await page.keyboard.down('Alt');
    await stroke(studio, [at(0.2, 0.8), at(0.3, 0.3), at(0.4, 0.7), at(0.5, 0.25)]);
    await page.keyboard.up('Alt');
    await hands.idle();
    expect(await hands.depth()).toBe(steps + 1);
    expect(await hands.undoLabel()).toBe('Paint joy');
    const made = await joyKeys(studio);
    expect(made).toBeGreaterThan(3);
    expect(made).toBeLessThan(40);
    await picture(studio, 'animator-01-painted');
    await stroke(studio, [at(0.05, 0.02), at(0.95, 0.98)]);
    await page.keyboard.press('Delete');
    await hands.idle();
    expect(await joyKeys(studio)).toBe(0);
    await page.keyboard.press('ControlOrMeta+z');
    await hands.idle();
    expect(await joyKeys(studio)).toBe(made);
  });

  await page.keyboard.press('Shift+3');
  await page.getByTestId('channel-search').fill('smile left');
  await page.getByTestId('channel-row-mouthSmileLeft').getByRole('button', { name: 'mouthSmileLeft', exact: true }).click();
  await page.getByTestId('channel-search').fill('');

  await test.step('a lasso, a move by typed frames, smooth, reduce', async () => {
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
    await page.keyboard.press('Shift+B');
    const corners = [
      hands.curvePoint(0.9, 0.95),
      hands.curvePoint(1.5, 0.95),
      hands.curvePoint(1.5, 0.1),
      hands.curvePoint(0.9, 0.1),
    ];
    await stroke(studio, await Promise.all(corners));
    await page.keyboard.press('v');
    await expect.poll(() => hands.selectedCount()).toBe(3);
    const before = await hands.keys();
    await page.keyboard.press('g');
    for (const digit of '12') await page.keyboard.press(digit);
    await page.keyboard.press('Enter');
    const after = await hands.keys();
    expect(after[0].timeSeconds - before[0].timeSeconds).toBeCloseTo(12 / 60, 6);
    await page.keyboard.press('Alt+s');
    await expect.poll(() => hands.undoLabel()).toContain('Smooth');
    await page.keyboard.press('ControlOrMeta+z');
  });

  await test.step('mirrored paste lands on the other side of the face', async () => {
    await page.keyboard.press('ControlOrMeta+c');
    await page.keyboard.press('ControlOrMeta+Alt+v');
    await hands.idle();
    expect(await hands.undoLabel()).toContain('Paste mirrored');
    await expect(page.getByTestId('channel-row-mouthSmileRight').first()).toContainText('mouthSmileRight');
    expect(await hands.selectedCount()).toBe(3);
  });

  await test.step('a phrase is offset by a frame, then time is cut out of all tracks, found in the palette', async () => {
    const keys = await hands.keys();
    const playhead = await page.evaluate((time) => window.__mien!.rulerPointPx(time), keys[0].timeSeconds);
    await page.mouse.click(playhead.x, playhead.y);
    await hands.menu('range.fromSelection');
    await page.keyboard.press('ControlOrMeta+Alt+ArrowRight');
    await hands.idle();
    expect((await hands.keys())[0].timeSeconds - keys[0].timeSeconds).toBeCloseTo(1 / 60, 6);
    const words = await page.evaluate(() => window.__mien!.words().length);
    await page.keyboard.press('ControlOrMeta+k');
    await page.keyboard.type('cut the range');
    await page.keyboard.press('Enter');
    await hands.idle();
    expect((await hands.keys()).length).toBeLessThan(3);
    await page.keyboard.press('ControlOrMeta+z');
    await hands.idle();
    expect((await hands.keys()).length).toBe(3);
    expect(await page.evaluate(() => window.__mien!.words().length)).toBe(words);
  });

  await test.step('keys go to another line', async () => {
    const count = (await hands.keys()).length;
    await hands.menu('edit.selectAll');
    await page.keyboard.press('ControlOrMeta+c');
    await hands.menu('file.openSample');
    await page.waitForFunction(() => window.__mien!.lineIds().length === 2, undefined, { timeout: 240_000 });
    await hands.idle();
    expect((await hands.keys()).length).toBe(0);
    await page.keyboard.press('ControlOrMeta+Shift+v');
    await expect.poll(async () => (await hands.keys()).length).toBe(count);
    await picture(studio, 'animator-02-other-line');
  });
});

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { longProject } from '../main/project/testing/longProject';
import { expect, noteFigure, picture, stubDialogs, test } from './support/hands';
import type { Studio } from './support/launchStudio';

/*
 * Ten minutes with 10,000 keys: what the studio does is counted, not timed. Rows in the page, redraws of each canvas a frame,
 * curves worked out while one scrolls.
 */

interface Redraws {
  frames: number;
  draws: number;
  /** Most draws of one canvas within one frame. */
  most: number;
  /** Draws of the rows of keys. */
  rows: number;
}
type Work = { readonly calls: number; readonly samples: number };
type Counting = Window & { redraws?: Redraws; workSeen?: Work[] };

/** Counts from outside the studio: every track clears its canvas once when it draws. */
async function countRedraws({ page }: Studio): Promise<void> {
  await page.evaluate(() => {
    const counts: Redraws = { frames: 0, draws: 0, most: 0, rows: 0 };
    (window as Counting).redraws = counts;
    let inFrame = new Map<HTMLCanvasElement, number>();
    const clearRect = CanvasRenderingContext2D.prototype.clearRect;
    CanvasRenderingContext2D.prototype.clearRect = function counted(...box) {
      const canvas = this.canvas;
      if (canvas.isConnected) {
        const times = (inFrame.get(canvas) ?? 0) + 1;
        inFrame.set(canvas, times);
        counts.draws += 1;
        if (canvas.closest('[data-testid=sheet-row]')) counts.rows += 1;
        counts.most = Math.max(counts.most, times);
      }
      return clearRect.apply(this, box);
    };
    const next = () => {
      counts.frames += 1;
      inFrame = new Map();
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
}

const redraws = ({ page }: Studio) => page.evaluate(() => ({ ...(window as Counting).redraws! }));
const work = ({ page }: Studio) => page.evaluate(() => window.__mien!.evaluationWork());

/** Rows of a list in the page, and how many of them its scroller has room for. */
const rowsOf = ({ page }: Studio, rows: string, scroller: string, rowHeight: number) =>
  page.evaluate(
    ([rowSelector, scrollerSelector, height]) => ({
      rendered: document.querySelectorAll(rowSelector).length,
      visible: Math.ceil(document.querySelector(scrollerSelector)!.getBoundingClientRect().height / height),
    }),
    [rows, scroller, rowHeight] as const,
  );

test('ten minutes with 10,000 keys: few rows, one redraw a frame, nothing worked out on scrolling', async ({ hands }) => {
  test.setTimeout(900_000);
  const { page, studio } = hands;
  await hands.sample();
  const { bytes, keyCount } = await longProject();
  expect(keyCount).toBeGreaterThanOrEqual(10_000);
  const file = path.join(studio.folder, 'ten minutes.mien');
  writeFileSync(file, bytes);
  await stubDialogs(studio.app, { open: [file] });
  await hands.menu('file.open');
  await expect.poll(() => page.evaluate(() => window.__mien!.lineIds().join())).toBe('line:long');
  await hands.idle();
  await expect.poll(() => page.evaluate(() => window.__mien!.channelValue('jawOpen', 1))).toBeGreaterThan(-1);
  await page.getByTestId('sheet-unfold-mouth').click();
  await picture(studio, 'long-01');

  await test.step('only rows in sight are in the page', async () => {
    const sheet = await rowsOf(studio, '[data-testid=sheet-row]', '.timeline .lanes', 18);
    expect(sheet.rendered).toBeGreaterThan(0);
    expect(sheet.rendered).toBeLessThanOrEqual(sheet.visible + 20);
    const list = await rowsOf(studio, '[data-testid=channel-list] .channel', '[data-testid=channel-list]', 20);
    expect(list.rendered).toBeGreaterThan(0);
    expect(list.rendered).toBeLessThanOrEqual(list.visible + 20);
  });

  await countRedraws(studio);
  const lanes = (await page.locator('.timeline .lanes').boundingBox())!;
  const middle = { x: lanes.x + lanes.width * 0.7, y: lanes.y + lanes.height / 2 };
  const before = await work(studio);

  await test.step('scroll, pan and zoom: canvases once a frame, curves not at all', async () => {
    await page.mouse.move(middle.x, middle.y);
    for (let turn = 0; turn < 12; turn++) await page.mouse.wheel(0, turn % 4 === 3 ? -120 : 60);
    await page.keyboard.down('Control');
    for (let turn = 0; turn < 10; turn++) await page.mouse.wheel(0, -240);
    await page.keyboard.up('Control');
    await page.keyboard.down('Shift');
    for (let turn = 0; turn < 10; turn++) await page.mouse.wheel(0, 160);
    await page.keyboard.up('Shift');
    await expect.poll(async () => (await redraws(studio)).draws).toBeGreaterThan(10);
    expect((await redraws(studio)).most).toBe(1);
    expect(await work(studio)).toEqual(before);
  });

  await test.step('the playhead works nothing out either', async () => {
    for (let press = 0; press < 10; press++) await page.keyboard.press('ArrowRight');
    const ruler = await page.evaluate(() => window.__mien!.rulerPointPx(window.__mien!.playheadSeconds() + 0.5));
    await page.mouse.click(ruler.x, ruler.y);
    expect(await work(studio)).toEqual(before);
  });

  await test.step('a hand key works out its own stretch, not the line', async () => {
    await page.keyboard.press('i');
    await hands.idle();
    const after = await work(studio);
    expect(after.calls).toBeGreaterThan(before.calls);
    // Ten minutes have 36,001 frames on each of 61 channels; one key touches one channel around it.
    expect(after.samples - before.samples).toBeLessThan(36_001);
    noteFigure('samples worked out for one key of 10,000', after.samples - before.samples);
    expect((await redraws(studio)).most).toBe(1);
    await page.keyboard.press('ControlOrMeta+z');
  });

  await test.step('an emotion that is dragged works out the stretch around the playhead first, and draws no row of keys', async () => {
    await hands.idle();
    const slider = page.getByTestId('emotion-slider-joy').getByRole('slider');
    await slider.scrollIntoViewIfNeeded();
    const box = (await slider.boundingBox())!;
    const at = (share: number) => [box.x + box.width * share, box.y + box.height / 2] as const;
    const cheek = () => page.evaluate(() => window.__mien!.channelValue('cheekSquintLeft'));
    await page.evaluate(() => {
      const seen = [window.__mien!.evaluationWork()];
      (window as Counting).workSeen = seen;
      setInterval(() => {
        const now = window.__mien!.evaluationWork();
        if (now.calls !== seen[seen.length - 1].calls) seen.push(now);
      }, 1);
    });
    const rest = await cheek();
    await page.mouse.move(...at(0.3));
    await page.mouse.down();
    await page.mouse.move(...at(0.5));
    await expect.poll(cheek).not.toBe(rest);
    const [first, next] = await page.evaluate(() => (window as Counting).workSeen!);
    // Two seconds of 61 channels at most, of ten minutes.
    expect(next.samples - first.samples).toBeLessThanOrEqual(61 * 121 * (next.calls - first.calls));
    noteFigure('samples worked out for one move of an emotion', next.samples - first.samples);
    // The joy lane has opened; from now on only what shows emotions and curves is drawn.
    await expect.poll(async () => (await redraws(studio)).frames).toBeGreaterThan((await redraws(studio)).frames + 2);
    const drawn = await redraws(studio);
    const half = await cheek();
    await page.mouse.move(...at(0.8));
    await expect.poll(cheek).not.toBe(half);
    const after = await redraws(studio);
    expect(after.rows).toBe(drawn.rows);
    await page.keyboard.press('Escape');
    await page.mouse.up();
    await hands.idle();
    expect(await cheek()).toBe(rest);
  });
  await picture(studio, 'long-02');
});

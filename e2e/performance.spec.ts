import type { PerformanceChannel } from '../core/rig/channels';
import { expect, picture, test, type Hands } from './support/hands';

/*
 * The performance as an animator works on it: guessed emotions, the effort of the voice, additive edits whose ground an emotion
 * moves, events from the lane's menu, several takes.
 */

const largest = (values: readonly number[]) => Math.max(...values.map(Math.abs));
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const difference = (a: readonly number[], b: readonly number[]) => largest(a.map((value, index) => value - b[index]));

/** In a small window layers and takes are a tab of the inspector. */
async function showLayers({ page }: Hands): Promise<void> {
  const tab = page.getByTestId('inspector-layers');
  if (await tab.isVisible()) await tab.click();
}

test('guessed emotions: they act only when accepted, stronger or weaker, and are dismissed', async ({ hands, studio }) => {
  test.setTimeout(600_000);
  const { page } = hands;
  await hands.sample();
  await page.getByTestId('inspector-performance').click();
  const brows = () => hands.curve('browInnerUp', 0, 6);
  const keyCount = () => page.evaluate(() => window.__mien!.emotionKeyCounts().surprise ?? 0);
  const plain = await brows();
  const draft = page.getByTestId('draft-surprise');

  await page.getByTestId('suggest-emotions').click();
  await expect(page.getByTestId('status-text')).toContainText('Guessed: ');
  await expect(draft).toBeVisible();
  await hands.idle();
  expect(await keyCount()).toBe(0);
  expect(await brows()).toEqual(plain);

  await hands.typeNumber('draft-peak-surprise', '0.9');
  await expect(page.getByTestId('draft-peak-surprise').getByRole('slider')).toHaveAttribute('aria-valuetext', '0.90');
  expect(await brows()).toEqual(plain);
  await picture(studio, 'performance-01-guess');

  await page.getByTestId('accept-draft-surprise').click();
  await hands.idle();
  await expect(draft).toHaveCount(0);
  const values = await page.evaluate(() => window.__mien!.emotionKeysPx('surprise').map(({ value }) => value));
  expect(Math.max(...values)).toBeCloseTo(0.9, 2);
  const surprised = await brows();
  expect(difference(surprised, plain)).toBeGreaterThan(0.2);

  await hands.undo();
  await expect(draft).toBeVisible();
  expect(await keyCount()).toBe(0);
  expect(await brows()).toEqual(plain);

  await page.getByTestId('dismiss-draft-surprise').click();
  await expect(draft).toHaveCount(0);
  await hands.undo();
  await expect(draft).toBeVisible();
  await page.getByTestId('dismiss-all-drafts').click();
  await expect(draft).toHaveCount(0);
  await expect(page.getByTestId('dismiss-all-drafts')).toHaveCount(0);
  expect(await keyCount()).toBe(0);
});

test('the gain on the effort: for the whole line, then with keys over time', async ({ hands, studio }) => {
  test.setTimeout(600_000);
  const { page } = hands;
  await hands.sample();
  await page.getByTestId('inspector-performance').click();
  const jaw = (from: number, to: number) => hands.curve('jawOpen', from, to);
  const plain = await jaw(0, 6.5);

  await hands.typeNumber('effort-gain', '0');
  const slack = await jaw(0, 6.5);
  await hands.typeNumber('effort-gain', '2');
  const pressed = await jaw(0, 6.5);
  expect(mean(slack)).toBeLessThan(mean(plain) - 0.005);
  expect(mean(pressed)).toBeGreaterThan(mean(plain) + 0.005);
  await hands.undo();
  await hands.undo();
  expect(await jaw(0, 6.5)).toEqual(plain);

  // As heard until 2 s, then down to nothing at 4 s.
  await hands.seek(2);
  await page.getByTestId('effort-gain-key').click();
  await hands.idle();
  await hands.seek(4);
  // One key holds for the whole line; with two the gain changes over time.
  await page.getByTestId('effort-gain-key').click();
  await hands.idle();
  await hands.typeNumber('effort-gain', '0');
  await picture(studio, 'performance-02-effort');
  const fading = await jaw(0, 6.5);
  expect(difference(fading.slice(0, 60), plain.slice(0, 60))).toBeLessThan(0.03);
  expect(difference(fading.slice(270), slack.slice(270))).toBeLessThan(0.03);
  expect(mean(fading.slice(270))).toBeLessThan(mean(plain.slice(270)));

  // Without the second key the first holds for the whole line.
  await page.getByTestId('effort-gain-key').click();
  await hands.idle();
  expect(difference(await jaw(0, 6.5), plain)).toBeLessThan(1e-6);
});

test('additive edits whose ground an emotion moves: hold, keep, remove, and undo of the emotion', async ({ hands, studio }) => {
  test.setTimeout(600_000);
  const { page } = hands;
  await hands.sample();
  await showLayers(hands);
  await page.getByTestId('add-layer').click();
  await page.getByRole('button', { name: 'Additive', exact: true }).click();
  await hands.press('Shift+3');
  const edited: readonly PerformanceChannel[] = ['browInnerUp', 'browOuterUpLeft', 'browOuterUpRight'];
  for (const channel of edited) await hands.makeKeys(channel, [[2, 0.5]]);
  const shown = () => Promise.all(edited.map((channel) => hands.valueAt(channel, 2)));
  const before = await shown();
  const list = page.getByTestId('conflicts');
  await showLayers(hands);
  await expect(list).toHaveCount(0);

  // The hand goes to the emotion's slider and drags it up.
  await page.getByTestId('inspector-performance').click();
  const slider = (await page.getByTestId('emotion-slider-surprise').getByRole('slider').boundingBox())!;
  const y = slider.y + slider.height / 2;
  const depth = await hands.depth();
  await hands.drag({ x: slider.x + 4, y }, { x: slider.x + slider.width * 0.8, y });
  expect(await hands.depth()).toBe(depth + 1);
  await showLayers(hands);
  await expect(list).toContainText('3 additive edits lie over curves that moved');
  await expect(page.getByTestId('status-text')).toContainText('The ground moved under 3 additive edits');
  const moved = await shown();
  expect(moved.every((value, index) => value > before[index] + 0.05)).toBe(true);
  await picture(studio, 'performance-03-conflicts');

  await page.getByTestId('conflict-hold-browInnerUp').click();
  await hands.idle();
  expect(await hands.valueAt('browInnerUp', 2)).toBeCloseTo(before[0], 2);
  await expect(list).toContainText('2 additive edits');

  await page.getByTestId('conflict-keep-browOuterUpLeft').click();
  expect(await hands.valueAt('browOuterUpLeft', 2)).toBeCloseTo(moved[1], 5);
  expect(await hands.depth()).toBe(depth + 2);

  await page.getByTestId('conflict-remove-browOuterUpRight').click();
  await hands.idle();
  await expect(list).toHaveCount(0);
  await hands.showChannel('browOuterUpRight');
  expect(await hands.keys()).toEqual([]);

  // Two steps back to the emotion: its edits are on the new ground. One more, and everything is as it was.
  for (let step = 0; step < 3; step++) await hands.undo();
  expect(await hands.depth()).toBe(depth);
  expect(await shown()).toEqual(before.map((value): unknown => expect.closeTo(value, 5)));
});

/** What the menu of the event lane adds, and where the face shows it: a channel that moves by at least this much. */
const EVENTS: readonly (readonly [id: string, type: string, channel: PerformanceChannel, by: number])[] = [
  ['blink', 'blink', 'eyeBlinkLeft', 0.5],
  ['lookListener', 'gaze', 'leftEyeYaw', 0],
  ['lookLeft', 'gaze', 'leftEyeYaw', 0.1],
  ['lookRight', 'gaze', 'leftEyeYaw', 0.1],
  ['lookUp', 'gaze', 'leftEyePitch', 0.08],
  ['lookDown', 'gaze', 'leftEyePitch', 0.08],
  ['saccade', 'saccade', 'leftEyeYaw', 0.03],
  ['nod', 'nod', 'headPitch', 0.02],
  ['shake', 'shake', 'headYaw', 0.04],
  ['tilt', 'tilt', 'headRoll', 0.05],
  // Over speech a breath does not open the jaw further; the head rises with it.
  ['breath', 'breath', 'headPitch', 0.005],
];

test('every event of the lane menu lands where it was clicked, moves the face there, and is undone', async ({
  hands,
  studio,
}) => {
  test.setTimeout(900_000);
  const { page } = hands;
  await hands.sample();
  const byHand = () =>
    page.evaluate(() =>
      window
        .__mien!.events()
        .flatMap(({ type, origin, startSeconds, endSeconds }) => (origin === 'hand' ? [{ type, startSeconds, endSeconds }] : [])),
    );
  expect(await byHand()).toEqual([]);
  for (const [id, type, channel, by] of EVENTS) {
    const at = 3;
    const plain = await hands.curve(channel, 0, 5);
    const { x, y } = await hands.lanePoint('event-lane', at);
    await page.mouse.click(x, y, { button: 'right' });
    await expect(page.getByTestId('context-menu')).toBeVisible();
    if (id === 'blink') await picture(studio, 'performance-04-event-menu');
    await page.getByTestId(`context-event.${id}`).click();
    await expect.poll(async () => (await byHand()).map((event) => event.type)).toEqual([type]);
    await hands.idle();
    const [event] = await byHand();
    expect(event.startSeconds, id).toBeGreaterThan(at - 0.2);
    expect(event.startSeconds, id).toBeLessThan(at + 0.1);
    const after = await hands.curve(channel, 0, 5);
    const [from, to] = [event.startSeconds, event.endSeconds].map((time) => Math.max(0, Math.round(time * 60)));
    expect(difference(after.slice(from, to), plain.slice(from, to)), id).toBeGreaterThanOrEqual(by);
    if (id === 'lookListener') expect(largest(after.slice(from + 10, to))).toBeLessThan(0.15);
    await hands.undo();
    expect(await byHand(), id).toEqual([]);
    expect(difference(await hands.curve(channel, 0, 5), plain), id).toBeLessThan(1e-6);
  }
});

test('takes: seeds are kept, A and B compared, a part taken over, two blended, one removed', async ({ hands, studio }) => {
  test.setTimeout(600_000);
  const { page } = hands;
  await hands.sample();
  await showLayers(hands);
  const head = () => hands.curve('headYaw', 0, 6.5);
  const brow = () => hands.curve('browInnerUp', 0, 6.5);
  const first = { head: await head(), brow: await brow() };
  await page.getByTestId('new-take').click();
  await hands.idle();
  await page.getByTestId('new-take').click();
  await hands.idle();
  const rows = page.locator('table tbody tr').filter({ has: page.getByTestId(/^take-part-head-/) });
  await expect(rows).toHaveCount(3);
  const seeds = await rows.locator('td:nth-child(2)').allTextContents();
  expect(new Set(seeds).size).toBe(3);
  const third = { head: await head(), brow: await brow() };
  expect(difference(third.head, first.head)).toBeGreaterThan(0.02);

  // B is the take before; comparing swaps the two, and back.
  await expect(page.getByTestId('take-a')).toContainText('T3');
  await page.getByTestId('take-b').click();
  await hands.idle();
  const second = { head: await head(), brow: await brow() };
  await expect(page.getByTestId('take-a')).toContainText('T2');
  expect(difference(second.head, third.head)).toBeGreaterThan(0.02);
  await page.getByTestId('take-b').click();
  await hands.idle();
  expect(await head()).toEqual(third.head);

  // The head of the first take on the third; its brows stay.
  await page.getByTestId('take-part-head-Take 1').click();
  await hands.idle();
  expect(await head()).toEqual(first.head);
  expect(await brow()).toEqual(third.brow);
  await hands.undo();

  await hands.typeNumber('take-blend', '0.5');
  const blended = await head();
  expect(
    difference(
      blended,
      third.head.map((value, index) => (value + second.head[index]) / 2),
    ),
  ).toBeLessThan(1e-5);
  await picture(studio, 'performance-05-takes');
  await hands.undo();
  expect(await head()).toEqual(third.head);

  await page.getByRole('button', { name: 'Remove Take 1' }).click();
  await expect(rows).toHaveCount(2);
  expect(await head()).toEqual(third.head);
  await hands.undo();
  await expect(rows).toHaveCount(3);
});

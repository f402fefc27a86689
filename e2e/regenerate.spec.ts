import { expect, picture, test } from './support/hands';
import type { Studio } from './support/launchStudio';

/* A stretch is made again, takes are compared and mixed, and a blink is moved, copied, removed and brought back. */

test.describe.configure({ mode: 'serial' });

/** A channel over the line, every frame. */
const curve = (studio: Studio, channel: 'headYaw' | 'browInnerUp' | 'eyeBlinkLeft' | 'jawOpen') =>
  studio.page.evaluate((name) => {
    const probes = window.__mien!;
    const phonemes = probes.phonemes();
    const end = phonemes[phonemes.length - 1].endSeconds;
    return Array.from({ length: Math.floor(end * 60) }, (_, frame) => probes.channelValue(name, frame / 60));
  }, channel);

test('regenerate a range, compare and mix takes, edit events', async ({ hands }) => {
  const { page, studio } = hands;
  await hands.sample();
  const before = await curve(studio, 'headYaw');
  const jawBefore = await curve(studio, 'jawOpen');

  await test.step('a loop range is made again; outside it nothing changes', async () => {
    const ruler = (await page.getByTestId('ruler').boundingBox())!;
    await page.keyboard.down('Shift');
    await page.mouse.move(ruler.x + ruler.width * 0.35, ruler.y + 12);
    await page.mouse.down();
    await page.mouse.move(ruler.x + ruler.width * 0.65, ruler.y + 12, { steps: 6 });
    await page.mouse.up();
    await page.keyboard.up('Shift');
    const button = page.getByTestId('generate-button');
    await expect(button).toContainText('Regenerate range');
    await page.getByTestId('regenerate-menu').click();
    await page.getByTestId('regenerate-head').click();
    await expect(page.getByTestId('status-text')).toContainText('made again');
    const after = await curve(studio, 'headYaw');
    const changed = after.map((value, frame) => value !== before[frame]);
    expect(changed.some(Boolean)).toBe(true);
    const [first, last] = [changed.indexOf(true), changed.lastIndexOf(true)];
    expect(first).toBeGreaterThan(before.length * 0.2);
    expect(last).toBeLessThan(before.length * 0.8);
    expect(await curve(studio, 'jawOpen')).toEqual(jawBefore);
    await picture(studio, 'regenerate-range');
    await page.getByTestId('status-undo').click();
    expect(await curve(studio, 'headYaw')).toEqual(before);
  });

  await test.step('a new take; B swaps back; one part comes from the other take', async () => {
    // In a small window layers and takes are a tab of the inspector.
    const tab = page.getByTestId('inspector-layers');
    if (await tab.isVisible()) await tab.click();
    await page.getByTestId('new-take').click();
    await hands.idle();
    await expect(page.getByTestId('take-a')).toContainText('T2');
    const second = await curve(studio, 'headYaw');
    expect(second).not.toEqual(before);
    await page.getByTestId('take-b').click();
    expect(await curve(studio, 'headYaw')).toEqual(before);
    await page.getByTestId('take-part-head-Take 2').click();
    expect(await curve(studio, 'headYaw')).toEqual(second);
    await picture(studio, 'takes-mixed');
    await page.getByTestId('undo').click();
    expect(await curve(studio, 'headYaw')).toEqual(before);
  });

  await test.step('a blink is added, removed, and undone', async () => {
    // Planned blinks make room for one by hand, so only the animator's own are counted.
    const blinksByHand = () =>
      page.evaluate(() => window.__mien!.events().filter(({ type, origin }) => type === 'blink' && origin === 'hand').length);
    expect(await blinksByHand()).toBe(0);
    const free = await page.evaluate(() => {
      const { events, rulerPointPx } = window.__mien!;
      const marks = events().filter(({ type }) => type !== 'gaze' && type !== 'saccade');
      const isFree = (time: number) =>
        marks.every(({ startSeconds, endSeconds }) => time < startSeconds - 0.1 || time > endSeconds + 0.1);
      for (let time = 0.5; time < 6; time += 0.05) if (isFree(time)) return rulerPointPx(time);
      throw new Error('no place is free of marks');
    });
    const box = (await page.getByTestId('blink-lane').boundingBox())!;
    await page.mouse.dblclick(free.x, box.y + 12);
    await expect.poll(blinksByHand).toBe(1);
    await hands.idle();
    expect(await blinksByHand()).toBe(1);
    await picture(studio, 'event-lane');
    await page.keyboard.press('Delete');
    await hands.idle();
    expect(await blinksByHand()).toBe(0);
    await page.getByTestId('undo').click();
    await hands.idle();
    expect(await blinksByHand()).toBe(1);
  });
});

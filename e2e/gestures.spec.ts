import { chooseMenu } from './support/launchStudio';
import { expect, picture, test } from './support/hands';

/* Smaller gestures an animator relies on: a lasso round emotion keys, a dragged effort gain, a taller waveform, K as in Blender. */

test('lasso in an emotion lane, the gain of the effort by its keys, a taller waveform, K as the knife of the Blender-like keys', async ({
  hands,
}) => {
  test.setTimeout(600_000);
  const { page, studio } = hands;
  await hands.sample();
  const joyKeys = () => page.evaluate(() => window.__mien!.emotionKeysPx('joy').map(({ x, y }) => ({ x, y })));

  await test.step('a lasso catches the two keys it goes round, not the third; Delete takes them', async () => {
    const lane = (await page.getByTestId('emotion-lane-joy').boundingBox())!;
    const at = (x: number, y: number) => ({ x: lane.x + lane.width * x, y: lane.y + lane.height * y });
    for (const [index, point] of [at(0.2, 0.5), at(0.35, 0.4), at(0.6, 0.5)].entries()) {
      await page.mouse.dblclick(point.x, point.y);
      await expect.poll(async () => (await joyKeys()).length).toBe(index + 1);
    }
    await hands.idle();
    await page.getByTestId('tool-lasso').click();
    await hands.stroke([at(0.1, 0.05), at(0.45, 0.05), at(0.45, 0.95), at(0.1, 0.95), at(0.1, 0.1)]);
    await picture(studio, 'gestures-01-lasso');
    await page.getByTestId('tool-select').click();
    await hands.press('Delete');
    expect(await joyKeys()).toHaveLength(1);
    await hands.undo();
    expect(await joyKeys()).toHaveLength(3);
  });

  await test.step('a key of the gain is dragged in the effort lane: one step, Escape leaves it', async () => {
    await page.getByTestId('inspector-performance').click();
    await hands.seek(2);
    await page.getByTestId('effort-gain-key').click();
    await hands.idle();
    const gain = async () => Number(await page.getByTestId('effort-gain').locator('input').inputValue());
    expect(await gain()).toBeCloseTo(1, 2);
    const key = await hands.lanePoint('effort-lane', 2);
    const steps = await hands.depth();
    await hands.drag(key, { x: key.x, y: key.y + 7 }, ['Shift'], 'escape');
    expect(await gain()).toBeCloseTo(1, 2);
    expect(await hands.depth()).toBe(steps);
    await hands.drag(key, { x: key.x, y: key.y + 7 }, ['Shift']);
    await expect.poll(gain).toBeLessThan(0.6);
    expect(await hands.depth()).toBe(steps + 1);
    await hands.undo();
    expect(await gain()).toBeCloseTo(1, 2);
  });

  await test.step('Alt and the wheel draw the waveform taller; no edit, no zoom', async () => {
    const ink = () =>
      page.getByTestId('waveform').evaluate((lane) => {
        const canvases = [...lane.querySelectorAll('*')].flatMap((element) => [
          ...(element.shadowRoot?.querySelectorAll('canvas') ?? []),
        ]);
        const { data } = canvases[0].getContext('2d')!.getImageData(0, 0, canvases[0].width, canvases[0].height);
        return data.reduce((sum, value, index) => sum + (index % 4 === 3 && value > 0 ? 1 : 0), 0);
      });
    const wave = await hands.lanePoint('waveform', 1);
    const before = await ink();
    expect(before).toBeGreaterThan(0);
    const [steps, ruler] = [await hands.depth(), await hands.rulerPoint(3)];
    await page.mouse.move(wave.x, wave.y);
    await page.keyboard.down('Alt');
    await page.mouse.wheel(0, -600);
    await page.keyboard.up('Alt');
    await expect.poll(ink).toBeGreaterThan(1.2 * before);
    expect(await hands.rulerPoint(3)).toEqual(ruler);
    expect(await hands.depth()).toBe(steps);
  });

  await test.step('with the Blender-like keys K is the knife: a click in the lane splits a phoneme', async () => {
    await chooseMenu(studio, 'edit.preferences');
    await page.getByTestId('key-preset').selectOption('blender');
    await page.keyboard.press('Escape');
    const phonemes = await hands.phonemes();
    const long = phonemes.find(({ phoneme, startSeconds, endSeconds }) => phoneme !== 'SIL' && endSeconds - startSeconds > 0.12)!;
    await hands.press('k');
    await expect(page.getByTestId('tool-split')).toHaveAttribute('aria-pressed', 'true');
    await hands.click(await hands.lanePoint('phoneme-lane', (long.startSeconds + long.endSeconds) / 2));
    await hands.idle();
    expect(await hands.phonemes()).toHaveLength(phonemes.length + 1);
    await hands.undo();
    expect(await hands.phonemes()).toHaveLength(phonemes.length);
  });

  await test.step('a drag with Space held pans and neither plays nor edits; Space alone plays', async () => {
    const play = page.getByTestId('play-button');
    const timeAt = async () => (await hands.rulerPoint(2)).x;
    await page.mouse.move((await hands.rulerPoint(2)).x, (await hands.lanePoint('waveform', 2)).y);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -400);
    await page.keyboard.up('Control');
    const [x, steps] = [await timeAt(), await hands.depth()];
    const lane = await hands.lanePoint('emotion-lane-joy', 2);
    await page.mouse.move(lane.x, lane.y);
    await page.keyboard.down('Space');
    await page.mouse.down();
    await page.mouse.move(lane.x - 60, lane.y, { steps: 4 });
    await page.mouse.up();
    await page.keyboard.up('Space');
    expect(await timeAt()).toBeCloseTo(x - 60, 0);
    expect(await hands.depth()).toBe(steps);
    await expect(play).toHaveAccessibleName('Play');
    await page.keyboard.press('Space');
    await expect(play).toHaveAccessibleName('Stop');
    await page.keyboard.press('Space');
    await expect(play).toHaveAccessibleName('Play');
  });
});

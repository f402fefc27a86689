import { expect, picture, test } from './support/hands';

/* Layers as an animator uses them: toggles, weight over time, regions, order; the history; colours that the system switches. */

const CLOSE = 4;

test('layers: toggles painted over several, solo, a weight curve, regions, order; back through the history', async ({
  hands,
}) => {
  test.setTimeout(900_000);
  const { page, studio } = hands;
  await hands.sample();
  const jaw = () => hands.valueAt('jawOpen', 1.2);
  const generated = await jaw();
  await hands.press('Shift+3');
  await hands.makeKeys('jawOpen', [[1.2, 0.9]]);
  await hands.press('Shift+3');
  const byHand = await jaw();
  expect(byHand - generated).toBeGreaterThan(0.2);
  // In a window this narrow the layers are a tab of the inspector.
  await page.getByTestId('inspector-layers').click();
  for (let count = 0; count < 2; count += 1) await page.getByTestId('add-layer').click();
  const toggles = (field: string) => page.locator(`[data-layer-toggle=${field}]`);
  await expect(toggles('muted')).toHaveCount(3);
  // The newest lies on top, the one with the key at the bottom.
  const order = () => toggles('muted').evaluateAll((all) => all.map((toggle) => (toggle as HTMLElement).dataset.layer));
  const pressed = (field: string) => toggles(field).evaluateAll((all) => all.map((toggle) => toggle.ariaPressed));
  const middle = async (field: string, index: number) => {
    const box = (await toggles(field).nth(index).boundingBox())!;
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };

  await test.step('a drag over mute sets them all as one step; Escape puts them back', async () => {
    const steps = await hands.depth();
    await hands.drag(await middle('muted', 0), await middle('muted', 2), [], 'escape');
    expect(await pressed('muted')).toEqual(['false', 'false', 'false']);
    expect(await hands.depth()).toBe(steps);
    await hands.drag(await middle('muted', 0), await middle('muted', 2));
    expect(await pressed('muted')).toEqual(['true', 'true', 'true']);
    expect(await hands.depth()).toBe(steps + 1);
    expect(await jaw()).toBeCloseTo(generated, CLOSE);
    await picture(studio, 'layers-01-painted');
    await hands.undo();
    expect(await pressed('muted')).toEqual(['false', 'false', 'false']);
    await toggles('locked')
      .nth(1)
      .click({ modifiers: ['Alt'] });
    expect(await pressed('locked')).toEqual(['false', 'true', 'false']);
    await hands.undo();
  });

  await test.step('a soloed layer silences the others', async () => {
    await toggles('solo').nth(0).click();
    expect(await jaw()).toBeCloseTo(generated, CLOSE);
    await toggles('solo').nth(0).click();
    expect(await jaw()).toBeCloseTo(byHand, CLOSE);
  });

  await test.step('a weight key makes the weight a curve; the slider then keys it at the playhead', async () => {
    const id = (await order())[2]!;
    await toggles('muted').nth(2).locator('xpath=ancestor::*[contains(@class, "layer")][1]').locator('.title').click();
    await hands.seek(1.2);
    await page.getByTestId('layer-weight-key').click();
    await hands.typeNumber('layer-weight', '0');
    expect(await jaw()).toBeCloseTo(generated, CLOSE);
    await hands.seek(2.5);
    await hands.typeNumber('layer-weight', '1');
    // Half way up between the keys.
    await hands.seek(1.85);
    const shown = Number(await page.getByTestId('layer-weight').locator('input').inputValue());
    expect(shown).toBeGreaterThan(0.2);
    expect(shown).toBeLessThan(0.8);
    await picture(studio, 'layers-02-weight');
    await hands.seek(1.2);
    await page.getByTestId('layer-weight-key').click();
    expect(await jaw()).toBeCloseTo(byHand, CLOSE);
    expect((await order())[2]).toBe(id);
  });

  await test.step('a layer acts on the regions it is given, and moves up and down', async () => {
    await page.getByTestId('layer-region-jaw').click();
    expect(await jaw()).toBeCloseTo(generated, CLOSE);
    await page.getByTestId('layer-region-jaw').click();
    expect(await jaw()).toBeCloseTo(byHand, CLOSE);
    const before = await order();
    await page.getByTestId('layer-up').click();
    expect(await order()).toEqual([before[0], before[2], before[1]]);
    await page.getByTestId('layer-down').click();
    expect(await order()).toEqual(before);
  });

  await test.step('the history goes anywhere in one click, and says where it is', async () => {
    await page.getByTestId('inspector-channel').click();
    const list = page.getByTestId('history');
    const steps = await hands.depth();
    await list.evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await expect(list.getByRole('button').last()).toContainText('As opened');
    // To where the line was there, and nothing else.
    await list.getByRole('button').nth(-2).click();
    expect(await hands.depth()).toBe(1);
    await expect(list.locator('[aria-current=step]')).toContainText('now');
    await hands.idle();
    expect(await jaw()).toBeCloseTo(generated, CLOSE);
    await picture(studio, 'layers-03-history');
    await list.evaluate((element) => element.scrollTo(0, 0));
    await list.getByRole('button').first().click();
    expect(await hands.depth()).toBe(steps);
    await hands.idle();
    expect(await jaw()).toBeCloseTo(byHand, CLOSE);
  });
});

test('the sound goes by the name it was imported with; tracks follow the contrast that system or preferences ask for', async ({
  hands,
}) => {
  test.setTimeout(900_000);
  const { page, studio } = hands;
  await hands.sample();
  await page.getByTestId('inspector-clip').click();
  await expect(page.getByTestId('sound-name')).toContainText('sample.wav');
  await hands.seek(2);
  const drawn = (testid: string) => page.getByTestId(testid).evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
  const tracks = ['ruler', 'sheet-jaw', 'phoneme-lane'];
  const before = await Promise.all(tracks.map(drawn));
  await page.emulateMedia({ contrast: 'more' });
  for (const [index, testid] of tracks.entries()) await expect.poll(() => drawn(testid)).not.toBe(before[index]);
  await picture(studio, 'layers-04-contrast');
  await page.emulateMedia({ contrast: null });
  for (const [index, testid] of tracks.entries()) await expect.poll(() => drawn(testid)).toBe(before[index]);
  // The studio's own preference does the same.
  await hands.menu('edit.preferences');
  await page.getByRole('checkbox', { name: 'High contrast' }).check();
  await page.keyboard.press('Escape');
  for (const [index, testid] of tracks.entries()) await expect.poll(() => drawn(testid)).not.toBe(before[index]);
});

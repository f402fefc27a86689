import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { validateBytes } from 'gltf-validator';
import { buildCharacter, jsonOf } from '../main/character/testing/builtCharacters';
import { expect, picture, stubDialogs, test, untilSampleIsOpen, type Studio } from './support/launchStudio';

const depth = (studio: Studio) => studio.page.evaluate(() => window.__mien!.historyDepth());
const smile = (studio: Studio, side: 'Left' | 'Right') =>
  studio.page.evaluate((name) => window.__mien!.channelValue(name), `mouthSmile${side}` as 'mouthSmileLeft');

test('a handle on the face keys its channels, one drag one step; lights and quality change the picture', async ({ studio }) => {
  test.setTimeout(600_000);
  const { page } = studio;
  await untilSampleIsOpen(studio);
  const at = await page.evaluate(() => window.__mien!.rulerPointPx(2.2));
  await page.mouse.click(at.x, at.y);
  const start = [await smile(studio, 'Left'), await smile(studio, 'Right')];
  const before = await depth(studio);

  const box = (await page.getByTestId('handle-lipCornerLeft').boundingBox())!;
  const from = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 4, from.y - 10, { steps: 5 });
  await expect(page.getByTestId('handle-tip')).toContainText('mouthSmileLeft');
  await picture(studio, 'face-01-handle');
  await page.keyboard.press('Escape');
  await page.mouse.up();
  expect([await smile(studio, 'Left'), await depth(studio)]).toEqual([start[0], before]);

  await page.keyboard.down('Alt');
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 4, from.y - 10, { steps: 5 });
  await page.mouse.up();
  await page.keyboard.up('Alt');
  expect(await smile(studio, 'Left')).toBeGreaterThan(start[0] + 0.1);
  expect(await smile(studio, 'Right')).toBeGreaterThan(start[1] + 0.1);
  expect(await depth(studio)).toBe(before + 1);
  await page.keyboard.press('ControlOrMeta+z');
  await expect.poll(() => smile(studio, 'Left')).toBe(start[0]);

  for (const lights of ['dramatic', 'outdoor']) {
    const drawn = await page.evaluate(() => window.__mien!.drawnFrames());
    await page.getByTestId('lights').selectOption(lights);
    await expect.poll(() => page.evaluate(() => window.__mien!.drawnFrames())).toBeGreaterThan(drawn);
    await picture(studio, `face-02-${lights}`);
  }
  await page.getByTestId('toon').click();
  await picture(studio, 'face-03-toon');
});

test("a character of one's own: import, mapping, export onto it", async ({ studio }) => {
  test.setTimeout(600_000);
  const { page } = studio;
  await untilSampleIsOpen(studio);
  const original = await buildCharacter({
    meshes: [{ name: 'Köpfchen', targets: ['Jaw_Open', 'Mouth_Smile_L', 'browInnerUp', 'extra'] }],
    packing: 'draco',
  });
  writeFileSync(path.join(studio.folder, 'hero.glb'), original);
  await stubDialogs(studio.app, { open: [path.join(studio.folder, 'hero.glb')], saveFolder: studio.folder });
  await page.getByRole('tab', { name: 'Character' }).click();
  await page.getByTestId('import-character').click();
  await expect(page.getByTestId('character')).toHaveValue('own');
  await page.getByLabel('Shape for browInnerUp').selectOption('extra');
  await page.getByLabel('Gain for browInnerUp').fill('-0.5');
  await page.getByLabel('Gain for browInnerUp').press('Enter');
  await expect.poll(() => page.evaluate(() => window.__mien!.recordCounts().character)).toBe(1);
  await picture(studio, 'face-04-own-character');

  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+e');
  await page.getByTestId('export-start').click();
  await expect(page.getByTestId('export-row-glb')).toHaveAttribute('data-state', 'done');
  const written = new Uint8Array(readFileSync(path.join(studio.folder, 'sample.glb')));
  // The Khronos validator reads it; what the file held stands as it was, compressed geometry included.
  expect((await validateBytes(written)).issues.numErrors).toBe(0);
  const [was, is] = [jsonOf(original), jsonOf(written)];
  for (const key of ['nodes', 'meshes', 'materials', 'extensionsRequired']) expect(is[key]).toEqual(was[key]);
  expect(is.animations).toHaveLength(1);
});

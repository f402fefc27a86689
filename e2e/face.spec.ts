import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { validateBytes } from 'gltf-validator';
import { createTracks, trackOf } from '../core/curves/sampledTracks';
import { writeLiveLinkCsv } from '../core/interchange/livelink/writeLiveLinkCsv';
import { buildCharacter, jsonOf } from '../main/character/testing/builtCharacters';
import {
  chooseMenu,
  expect,
  picture,
  stubDialogs,
  test,
  untilIdle,
  untilSampleIsOpen,
  type Studio,
} from './support/launchStudio';

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
  await expect(page.getByTestId('character')).not.toHaveValue('mien');
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

  // The project holds the file: it is on stage again by itself, with the mapping made by hand.
  await page.keyboard.press('Escape');
  const project = path.join(studio.folder, 'own.mien');
  await stubDialogs(studio.app, { open: [project], save: project });
  await chooseMenu(studio, 'file.save');
  await expect.poll(() => existsSync(project)).toBe(true);
  await untilIdle(studio);
  await chooseMenu(studio, 'file.new');
  await expect(page.getByTestId('character')).toHaveValue('mien');
  await untilIdle(studio);
  await chooseMenu(studio, 'file.open');
  await expect(page.getByTestId('character')).not.toHaveValue('mien');
  await expect(page.getByLabel('Gain for browInnerUp')).toHaveValue('-0.5');
  await untilIdle(studio);
  await picture(studio, 'face-05-opened-again');

  await stubDialogs(studio.app, { save: path.join(studio.folder, 'hero') });
  await page.getByTestId('save-profile').click();
  const profile = path.join(studio.folder, 'hero.mienprofile.json');
  await expect.poll(() => existsSync(profile)).toBe(true);
  await page.getByLabel('Remove the row of browInnerUp').click();
  await expect(page.getByLabel('Gain for browInnerUp')).toHaveCount(0);
  await stubDialogs(studio.app, { open: [profile] });
  await page.getByTestId('load-profile').click();
  await expect(page.getByLabel('Gain for browInnerUp')).toHaveValue('-0.5');
});

test('a captured face: dropped on the window, as layer and as base, one undo step each', async ({ studio }) => {
  studio.expectedErrors.push('Line 2');
  test.setTimeout(600_000);
  const { page } = studio;
  await untilSampleIsOpen(studio);
  const tracks = createTracks(61);
  trackOf(tracks, 'cheekPuff').fill(0.8);
  const csv = new TextDecoder().decode(writeLiveLinkCsv({ tracks }));
  const drop = async (text: string) => {
    const dropped = await page.evaluateHandle((content) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content], 'face.csv', { type: 'text/csv' }));
      return transfer;
    }, text);
    await page.dispatchEvent('[data-testid="app-root"]', 'drop', { dataTransfer: dropped });
  };
  const puff = () => page.evaluate(() => window.__mien!.channelValue('cheekPuff', 1));
  const before = [await puff(), await depth(studio)];

  await drop(csv);
  await expect(page.getByTestId('capture-facts')).toContainText('61 channels');
  await page.getByTestId('capture-offset').fill('0.5');
  await picture(studio, 'face-06-capture');
  await page.getByTestId('capture-confirm').click();
  await expect.poll(puff).toBeCloseTo(0.8, 2);
  expect(await depth(studio)).toBe(before[1] + 1);
  await page.keyboard.press('ControlOrMeta+z');
  await expect.poll(puff).toBe(before[0]);

  await drop(csv);
  await page.getByLabel('the base, as a take of its own').check();
  await page.getByTestId('capture-offset').fill('0.5');
  await page.getByTestId('capture-confirm').click();
  await expect.poll(puff).toBeCloseTo(0.8, 5);
  expect(await depth(studio)).toBe(before[1] + 1);
  await page.keyboard.press('ControlOrMeta+z');
  await expect.poll(puff).toBe(before[0]);

  await drop('Timecode,JawOpen\n00:00:00:00.000,much\n');
  await expect.poll(() => page.evaluate(() => window.__mien!.toasts().at(-1)?.message ?? '')).toContain('Line 2');
  expect(await depth(studio)).toBe(before[1]);
});

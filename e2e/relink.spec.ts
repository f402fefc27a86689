import { copyFileSync, mkdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { expect, picture, projectRoot, stubDialogs, test } from './support/hands';

/* Linked sounds that were moved together are found together. */

test('showing where one missing sound is finds the other one beside it, as one step', async ({ hands }) => {
  test.setTimeout(900_000);
  const { page, studio } = hands;
  const { folder } = studio;
  await hands.sample();
  const sounds = ['sample.wav', 'anger.wav'].map((name) => path.join(folder, name));
  for (const sound of sounds) copyFileSync(path.join(projectRoot, 'assets', 'dialogue', path.basename(sound)), sound);
  await stubDialogs(studio.app, { open: [sounds[1]] });
  await hands.menu('file.import');
  await expect.poll(() => page.evaluate(() => window.__mien!.lineIds().length), { timeout: 240_000 }).toBe(2);
  await hands.idle();
  const project = path.join(folder, 'Show.mien');
  await stubDialogs(studio.app, { save: project });
  await page.keyboard.press('Control+s');
  await expect(page.getByText('Saved Show.mien')).toBeVisible({ timeout: 120_000 });
  await page.getByTestId('inspector-clip').click();
  for (const [key, sound] of [
    ['PageUp', sounds[0]],
    ['PageDown', sounds[1]],
  ] as const) {
    await page.keyboard.press('Escape');
    await page.keyboard.press(key);
    await stubDialogs(studio.app, { open: [sound] });
    await page.getByTestId('link-sound').click();
    await expect(page.getByTestId('embed-sound')).toBeVisible({ timeout: 120_000 });
    await hands.idle();
  }
  await page.keyboard.press('Control+s');
  await expect(page.getByTestId('save-state')).toHaveText(/^\s*Saved/, { timeout: 120_000 });

  // Both go to another drawer, with other names.
  const drawer = path.join(studio.userData, 'drawer');
  mkdirSync(drawer, { recursive: true });
  const moved = sounds.map((_sound, index) => path.join(drawer, `take ${index + 1}.wav`));
  sounds.forEach((sound, index) => renameSync(sound, moved[index]));
  await stubDialogs(studio.app, { open: [project] });
  await hands.menu('file.open');
  await expect(page.getByTestId('line-sound-missing')).toHaveCount(2, { timeout: 240_000 });
  await hands.idle();
  const before = await page.evaluate(() => window.__mien!.historyDepth());
  await stubDialogs(studio.app, { open: [moved[0]] });
  await page.getByTestId('relink-sound').click();
  await expect(page.getByTestId('line-sound-missing')).toHaveCount(0, { timeout: 240_000 });
  await expect(page.getByText(/and 1 more beside it/)).toBeVisible();
  expect(await page.evaluate(() => window.__mien!.historyDepth())).toBe(before + 1);
  await picture(studio, 'relink-01-both-found');
});

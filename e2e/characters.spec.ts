import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { WebIO } from '@gltf-transform/core';
import { renamedCharacter, VISEME_RIG } from '../main/character/testing/renamedCharacter';
import { CC4 } from '../main/character/testing/fieldCharacters';
import { expect, Hands, picture, projectRoot, stubDialogs, test } from './support/hands';

const mien = () => new Uint8Array(readFileSync(path.join(projectRoot, 'assets', 'character', 'mien.glb')));

/** Weights of a target in a written .glb over time, of the first mesh that has it. */
async function writtenWeights(file: string, target: string): Promise<number[]> {
  const document = await new WebIO().readBinary(new Uint8Array(readFileSync(file)));
  for (const channel of document.getRoot().listAnimations()[0].listChannels()) {
    const names = (channel.getTargetNode()?.getMesh()?.getExtras().targetNames ?? []) as string[];
    const at = names.indexOf(target);
    const values = channel.getTargetPath() === 'weights' && at >= 0 ? channel.getSampler()?.getOutput()?.getArray() : null;
    if (values) return Array.from<number>(values).filter((_, index) => index % names.length === at);
  }
  throw new Error(`no curve for ${target} in ${file}`);
}

async function exportGlb(hands: Hands): Promise<string> {
  const { studio, page } = hands;
  await stubDialogs(studio.app, { saveFolder: studio.folder });
  await page.keyboard.press('ControlOrMeta+e');
  for (const format of ['fbx', 'csv']) await page.getByTestId(`format-${format}`).uncheck();
  await page.getByTestId('export-start').click();
  await expect(page.getByTestId('export-row-glb')).toHaveAttribute('data-state', 'done');
  await page.keyboard.press('Escape');
  return path.join(studio.folder, 'sample.glb');
}

async function characterTab(hands: Hands): Promise<void> {
  await hands.page.getByRole('tab', { name: 'Character' }).click();
}

test("Mien's neutral face and limits: in the picture, in the file, undone", async ({ studio }) => {
  const hands = new Hands(studio);
  const { page } = studio;
  await hands.sample();
  const unchanged = await writtenWeights(await exportGlb(hands), 'browInnerUp');
  await characterTab(hands);
  await page.getByTestId('adjust-channel').selectOption('browInnerUp');
  await page.getByLabel('Offset of browInnerUp').fill('0.4');
  await page.getByLabel('Offset of browInnerUp').press('Enter');
  await page.getByLabel('Upper limit of browInnerUp').fill('0.5');
  await page.getByLabel('Upper limit of browInnerUp').press('Enter');
  await page.getByTestId('adjust-channel').selectOption('headRoll');
  await page.getByLabel('Offset of headRoll').fill('8');
  await page.getByLabel('Offset of headRoll').press('Enter');
  await page.waitForFunction(() => window.__mien!.isPictureStill());
  await picture(studio, 'characters-01-neutral');
  const changed = await writtenWeights(await exportGlb(hands), 'browInnerUp');
  unchanged.forEach((value, frame) => expect(changed[frame]).toBeCloseTo(Math.min(0.5, value + 0.4), 5));
  await page.getByLabel('Leave browInnerUp as made').click();
  await expect(page.getByLabel('Offset of browInnerUp')).toHaveCount(0);
  expect(await writtenWeights(await exportGlb(hands), 'browInnerUp')).toEqual(unchanged);
  await hands.press('ControlOrMeta+z');
  await expect(page.getByLabel('Offset of browInnerUp')).toHaveValue('0.4');
});

test('a rig that speaks in visemes: their weights under the playhead, and in its file', async ({ studio }) => {
  const hands = new Hands(studio);
  const { page } = studio;
  await hands.sample();
  const file = path.join(studio.folder, 'avatar.glb');
  writeFileSync(file, await renamedCharacter(mien(), VISEME_RIG));
  await stubDialogs(studio.app, { open: [file] });
  await characterTab(hands);
  await page.getByTestId('import-character').click();
  await expect(page.getByTestId('character')).not.toHaveValue('mien');
  const written = await writtenWeights(await exportGlb(hands), 'viseme_PP');
  const frame = written.indexOf(Math.max(...written));
  expect(written[frame]).toBeGreaterThan(0.3);
  const at = await hands.rulerPoint(frame / 60);
  await hands.click(at);
  const shown = page.getByTestId('viseme-PP');
  await expect.poll(async () => Number(await shown.textContent())).toBeCloseTo(written[frame], 1);
  await shown.scrollIntoViewIfNeeded();
  await page.waitForFunction(() => window.__mien!.isPictureStill());
  await picture(studio, 'characters-02-visemes');
});

test('a rig with other names and missing shapes: table, report, profile', async ({ studio }) => {
  const hands = new Hands(studio);
  const { page } = studio;
  await hands.sample();
  const rig = Object.fromEntries(CC4.map(([target, channel]) => [target, { [channel]: 1 }]));
  const file = path.join(studio.folder, 'Ritter.glb');
  writeFileSync(
    file,
    await renamedCharacter(mien(), { ...rig, Wrinkle_01: { noseSneerLeft: 1 }, MouthSmileRightish: { mouthSmileRight: 1 } }),
  );
  await stubDialogs(studio.app, { open: [file] });
  await characterTab(hands);
  await page.getByTestId('import-character').click();
  await expect(page.getByTestId('character')).not.toHaveValue('mien');
  await hands.idle();
  await page.waitForFunction(() => window.__mien!.isPictureStill());
  await picture(studio, 'characters-03-mapping');
  await page.getByTestId('missing-report').scrollIntoViewIfNeeded();
  await picture(studio, 'characters-04-report');
});

import path from 'node:path';
import { seriousFindings, withAxe } from './support/axe';
import {
  chooseMenu,
  closeStudio,
  expect,
  launchStudio,
  picture,
  projectRoot,
  stubDialogs,
  test,
  untilIdle,
  untilSampleIsOpen,
  type Studio,
} from './support/launchStudio';

/* Nothing made by hand is ever lost: the studio is killed with unsaved work, twice, and started again. */

/** What the document says, as far as probes tell. */
function documentOf(studio: Studio) {
  return studio.page.evaluate(() => {
    const probes = window.__mien!;
    const keys = probes.curveKeysPx().map(({ timeSeconds, value }) => ({ timeSeconds, value }));
    return {
      counts: probes.recordCounts(),
      lines: probes.lineIds(),
      keys,
      phonemes: probes.phonemes(),
      hash: probes.inputHash(),
    };
  });
}

async function keyAtPlayhead(studio: Studio, framesForward: number): Promise<void> {
  for (let frame = 0; frame < framesForward; frame++) await studio.page.keyboard.press('ArrowRight');
  const before = await studio.page.evaluate(() => window.__mien!.historyDepth());
  await studio.page.keyboard.press('i');
  await expect.poll(() => studio.page.evaluate(() => window.__mien!.historyDepth())).toBe(before + 1);
}

/** Ends the app as a crash does: no handler of it runs. */
async function kill(studio: Studio): Promise<void> {
  const gone = new Promise((resolve) => studio.app.process().once('exit', resolve));
  studio.app.process().kill('SIGKILL');
  await gone;
}

async function recover(userData: string, says: RegExp, name: string): Promise<Studio> {
  const studio = await launchStudio({ userData });
  await expect(studio.page.getByTestId('recovery-dialog')).toBeVisible({ timeout: 120_000 });
  await expect(studio.page.getByTestId('recovery-text')).toHaveText(says);
  await withAxe(studio);
  expect(await seriousFindings(studio, '[data-testid=recovery-dialog]')).toEqual([]);
  await picture(studio, name);
  await studio.page.getByTestId('recovery-recover').click();
  await studio.page.waitForFunction(() => window.__mien!.lineIds().length === 1, null, { timeout: 120_000 });
  await untilIdle(studio);
  return studio;
}

test('a killed studio gives back every edit, saved or not', async ({ studio }) => {
  test.setTimeout(900_000);
  await untilSampleIsOpen(studio);
  await keyAtPlayhead(studio, 12);
  await keyAtPlayhead(studio, 20);
  const first = await documentOf(studio);
  expect(first.keys).toHaveLength(2);
  await kill(studio);

  const second = await recover(studio.userData, /^Recovered .*\d+ edits; never saved to a file\.$/, 'recovery-01-never-saved');
  expect(await documentOf(second)).toMatchObject({
    lines: first.lines,
    phonemes: first.phonemes,
    hash: first.hash,
    counts: first.counts,
  });
  const project = path.join(second.folder, 'Harbour.mien');
  await stubDialogs(second.app, { save: project });
  await second.page.keyboard.press('Control+s');
  await expect(second.page.getByText('Saved Harbour.mien')).toBeVisible({ timeout: 120_000 });
  await keyAtPlayhead(second, 7);
  const later = await documentOf(second);
  await kill(second);

  const third = await recover(studio.userData, /^Recovered .*1 edit newer than the file\.$/, 'recovery-02-newer-than-file');
  expect(await documentOf(third)).toMatchObject({ lines: later.lines, keys: later.keys, counts: later.counts });
  expect(third.pageErrors).toEqual([]);
  await closeStudio(third, true);
});

test('a pick-up takes the place of a recording, and undo brings the old one back', async ({ studio }) => {
  test.setTimeout(900_000);
  await untilSampleIsOpen(studio);
  await keyAtPlayhead(studio, 12);
  const before = await documentOf(studio);
  await stubDialogs(studio.app, { open: [path.join(projectRoot, 'assets', 'dialogue', 'anger.wav')] });
  await chooseMenu(studio, 'line.replaceRecording');
  await expect(studio.page.getByTestId('replace-dialog')).toBeVisible({ timeout: 240_000 });
  await expect(studio.page.getByTestId('replace-counts')).toContainText('made by hand');
  await picture(studio, 'replace-01-preview');
  await studio.page.getByTestId('replace-confirm').click();
  await expect
    .poll(async () => (await documentOf(studio)).phonemes.at(-1)!.endSeconds)
    .not.toBe(before.phonemes.at(-1)!.endSeconds);
  await untilIdle(studio);
  expect((await documentOf(studio)).keys).toHaveLength(1);
  await studio.page.keyboard.press('Control+z');
  await expect.poll(() => documentOf(studio)).toMatchObject({ phonemes: before.phonemes, keys: before.keys });
  await untilIdle(studio);
});

test('after a crash the autosaved copy is offered too; it opens as a project of its own and survives the next crash', async ({
  studio,
}) => {
  test.setTimeout(900_000);
  await untilSampleIsOpen(studio);
  await keyAtPlayhead(studio, 12);
  await studio.page.keyboard.press('Control+,');
  await studio.page.getByTestId('autosave-minutes').selectOption('1');
  await studio.page.keyboard.press('Escape');
  await expect(studio.page.getByText('Autosaved', { exact: true })).toBeVisible({ timeout: 180_000 });
  await keyAtPlayhead(studio, 20);
  await kill(studio);

  const second = await launchStudio({ userData: studio.userData });
  await expect(second.page.getByTestId('recovery-copy')).toHaveText(/^\d\d:\d\d, [\d.]+ [kM]B$/, { timeout: 120_000 });
  await picture(second, 'recovery-03-autosaved-copy');
  await second.page.getByTestId('recovery-autosave').click();
  await second.page.waitForFunction(() => window.__mien!.lineIds().length === 1, null, { timeout: 120_000 });
  await untilIdle(second);
  expect((await documentOf(second)).keys).toHaveLength(1);
  await expect(second.page.getByTestId('save-state')).toHaveText(/Not saved/);
  await keyAtPlayhead(second, 7);
  await kill(second);

  const third = await recover(studio.userData, /never saved to a file\.$/, 'recovery-04-after-autosaved');
  expect((await documentOf(third)).keys).toHaveLength(2);
  await expect(third.page.getByTestId('line-sound-missing')).toHaveCount(0);
  expect(third.pageErrors).toEqual([]);
  await closeStudio(third, true);
});

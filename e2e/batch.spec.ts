import { copyFileSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, picture, projectRoot, stubDialogs, test, type Hands } from './support/hands';

/* Many lines at once: generated, cancelled half way, exported to a folder, with a report that says what became of each. */

const COUNT = 8;

test('a batch over many lines: cancel, report, export to a folder, filter by status', async ({ hands }) => {
  test.setTimeout(900_000);
  const { page, studio } = hands;
  await hands.sample();
  const names = Array.from({ length: COUNT - 1 }, (_unused, index) => `take ${index + 1}`);
  for (const name of names)
    copyFileSync(path.join(projectRoot, 'assets', 'dialogue', 'anger.wav'), path.join(studio.folder, `${name}.wav`));
  await stubDialogs(studio.app, { open: names.map((name) => path.join(studio.folder, `${name}.wav`)) });
  await hands.menu('file.import');
  await expect.poll(async () => (await hands.lineIds()).length).toBe(COUNT);
  await hands.idle();
  const rows = page.locator('[data-testid^="line-row-"]');
  const report = page.getByTestId('batch-report');
  const outcomes = () =>
    report.locator('li').evaluateAll((items) => items.map((item) => item.querySelectorAll('span')[1].textContent!.trim()));

  await test.step('Ctrl A in the list chooses all; Cancel ends the batch and the report tells how far it came', async () => {
    await rows.first().click();
    await page.keyboard.press('ControlOrMeta+a');
    await expect(page.getByTestId('batch-bar')).toContainText(`${COUNT} lines selected`);
    await cancelledBatch(hands, 'batch-generate');
    const all = await outcomes();
    expect(all).toHaveLength(COUNT);
    expect(all.at(-1)).toBe('Cancelled');
    // Once cancelled, nothing is begun any more.
    expect(all.slice(all.indexOf('Cancelled')).every((outcome) => outcome === 'Cancelled')).toBe(true);
    await picture(studio, 'batch-01-cancelled');
    await report.getByRole('button', { name: 'Close' }).last().click();
  });

  await test.step('all generated, one after the other', async () => {
    await page.getByTestId('batch-generate').click();
    await expect(page.getByTestId('batch-progress')).toContainText(` of ${COUNT}`);
    await picture(studio, 'batch-02-running');
    await expect(report).toBeVisible();
    expect(await outcomes()).toEqual(Array.from({ length: COUNT }, () => 'Done'));
    await report.getByRole('button', { name: 'Close' }).last().click();
  });

  await test.step('exported to a folder in the chosen formats, named after the lines', async () => {
    const formats = page.getByRole('group', { name: 'Formats of a batch export' });
    for (const chip of await formats.getByRole('button').all()) {
      const isWanted = (await chip.textContent()) === 'CSV';
      if ((await chip.getAttribute('aria-pressed')) !== String(isWanted)) await chip.click();
    }
    await stubDialogs(studio.app, { open: [studio.folder] });
    await page.getByTestId('batch-export').click();
    await expect(report).toBeVisible();
    expect(await outcomes()).toEqual(Array.from({ length: COUNT }, () => 'Done'));
    const written = readdirSync(studio.folder).filter((name) => name.endsWith('.csv'));
    expect(written).toHaveLength(COUNT);
    for (const name of names) expect(statSync(path.join(studio.folder, `${name}.csv`)).size).toBeGreaterThan(10_000);
    await picture(studio, 'batch-03-exported');
    await report.getByRole('button', { name: 'Close' }).last().click();
  });

  await test.step('a batch of exports is cancelled too: what was not begun is not written', async () => {
    const other = path.join(studio.folder, 'again');
    mkdirSync(other);
    await stubDialogs(studio.app, { open: [other] });
    await cancelledBatch(hands, 'batch-export');
    const all = await outcomes();
    expect(all.at(-1)).toBe('Cancelled');
    const done = all.filter((outcome) => outcome === 'Done').length;
    // No half of a file either.
    expect(readdirSync(other)).toHaveLength(done);
    await report.getByRole('button', { name: 'Close' }).last().click();
  });

  await test.step('the list by words and by status', async () => {
    const filter = page.getByLabel('Filter lines');
    await filter.fill('take 3');
    await expect(rows).toHaveCount(1);
    await filter.fill('');
    await expect(rows).toHaveCount(COUNT);
    await rows.last().click();
    await hands.press('i');
    const byStatus = page.getByRole('group', { name: 'Filter by status' });
    await byStatus.getByRole('button', { name: 'Edited' }).click();
    await expect(rows).toHaveCount(1);
    await expect(rows.first()).toContainText(names.at(-1)!);
    await byStatus.getByRole('button', { name: 'All' }).click();
    await expect(rows).toHaveCount(COUNT);
  });
});

interface MainProbe {
  readonly __mienMain: { enginePid(): number };
}

/**
 * Starts a batch and cancels it. The engine stands still meanwhile: the button must answer without it, and the batch cannot
 * be over before the click.
 */
async function cancelledBatch({ page, studio, idle }: Hands, button: 'batch-generate' | 'batch-export'): Promise<void> {
  const engine = await studio.app.evaluate(() => (globalThis as unknown as MainProbe).__mienMain.enginePid());
  process.kill(engine, 'SIGSTOP');
  try {
    await page.getByTestId(button).click();
    const cancel = page.getByTestId('batch-cancel');
    await cancel.click();
    await expect(cancel).toHaveText('Cancelling');
    await expect(cancel).toBeDisabled();
  } finally {
    process.kill(engine, 'SIGCONT');
  }
  await expect(page.getByTestId('batch-report')).toBeVisible();
  await idle();
}

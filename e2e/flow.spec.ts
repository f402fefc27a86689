import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
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

/*
 * The main job as a person does it: a line is brought in by menu and by drop, scrubbed, edited three times by hand, undone,
 * saved, opened again in a new run, and exported.
 */

const dialogue = path.join(projectRoot, 'assets', 'dialogue');
const FRAME_SECONDS = 1 / 60;
const LOOK_AT = ['jawOpen', 'mouthClose', 'mouthSmileLeft', 'browInnerUp', 'eyeBlinkLeft', 'headYaw'] as const;

interface Snapshot {
  readonly phonemes: readonly { phoneme: string; startSeconds: number; endSeconds: number }[];
  readonly emotionKeys: Readonly<Record<string, number>>;
  readonly curveKeys: readonly { timeSeconds: number; value: number }[];
  readonly values: readonly number[];
}

/** What the document says and what the face does, sampled every tenth of a second. */
function snapshot(studio: Studio): Promise<Snapshot> {
  return studio.page.evaluate((channels) => {
    const probes = window.__mien!;
    const phonemes = probes.phonemes();
    const end = phonemes[phonemes.length - 1].endSeconds;
    const values: number[] = [];
    for (const channel of channels) for (let time = 0; time < end; time += 0.1) values.push(probes.channelValue(channel, time));
    return {
      phonemes: [...phonemes],
      emotionKeys: { ...probes.emotionKeyCounts() },
      curveKeys: probes.curveKeysPx().map(({ timeSeconds, value }) => ({ timeSeconds, value })),
      values,
    };
  }, LOOK_AT);
}

const valueAt = (studio: Studio, channel: (typeof LOOK_AT)[number], timeSeconds: number) =>
  studio.page.evaluate(({ channel, timeSeconds }) => window.__mien!.channelValue(channel, timeSeconds), { channel, timeSeconds });

async function drag(studio: Studio, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  const { mouse } = studio.page;
  await mouse.move(from.x, from.y);
  await mouse.down();
  await mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
  await mouse.move(to.x, to.y, { steps: 4 });
  await mouse.up();
}

/** Chooses in the menu bar that the window draws. */
async function clickMenu(studio: Studio, menu: string, commandId: string): Promise<void> {
  await studio.page.getByTestId(`menu-${menu}`).click();
  await studio.page.getByTestId(`command-${commandId}`).click();
}

async function untilLines(studio: Studio, count: number): Promise<void> {
  await studio.page.waitForFunction((wanted) => window.__mien!.lineIds().length === wanted, count, { timeout: 120_000 });
  await untilIdle(studio);
}

test('from sound to files, edited by hand on the way', async ({ studio }) => {
  test.setTimeout(900_000);
  const { page } = studio;
  await untilSampleIsOpen(studio);
  await picture(studio, 'flow-01-sample');

  await test.step('import by menu', async () => {
    await stubDialogs(studio.app, { open: [path.join(dialogue, 'anger.wav')] });
    await clickMenu(studio, 'file', 'file.import');
    await untilLines(studio, 2);
    await expect(page.getByText('anger', { exact: false }).first()).toBeVisible();
  });

  await test.step('import by drag and drop, with its text', async () => {
    const bytes = [...readFileSync(path.join(dialogue, 'sample.wav'))];
    const text = readFileSync(path.join(dialogue, 'sample.txt'), 'utf8');
    const dropped = await page.evaluateHandle(
      ({ bytes, text }) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([new Uint8Array(bytes)], 'dropped line.wav', { type: 'audio/wav' }));
        transfer.items.add(new File([text], 'dropped line.txt', { type: 'text/plain' }));
        return transfer;
      },
      { bytes, text },
    );
    await page.dispatchEvent('[data-testid="app-root"]', 'dragenter', { dataTransfer: dropped });
    await picture(studio, 'flow-02-drop');
    await page.dispatchEvent('[data-testid="app-root"]', 'drop', { dataTransfer: dropped });
    await untilLines(studio, 3);
  });

  // The dropped line is the active one from here on.
  const made = await snapshot(studio);
  expect(made.phonemes.length).toBeGreaterThan(20);
  expect(made.phonemes[0].startSeconds).toBe(0);
  expect(Math.max(...made.values)).toBeGreaterThan(0.2);
  await picture(studio, 'flow-03-generated');

  await test.step('play and stop', async () => {
    await page.getByTestId('play-button').click();
    const drawn = await page.evaluate(() => window.__mien!.drawnFrames());
    await expect.poll(() => page.evaluate(() => window.__mien!.playheadSeconds())).toBeGreaterThan(0.4);
    expect(await page.evaluate(() => window.__mien!.drawnFrames())).toBeGreaterThan(drawn);
    await page.getByTestId('play-button').click();
    await expect.poll(() => page.evaluate(() => window.__mien!.isPlaying())).toBe(false);
  });

  await test.step('scrub', async () => {
    const from = await page.evaluate(() => window.__mien!.rulerPointPx(0.5));
    const to = await page.evaluate(() => window.__mien!.rulerPointPx(2.5));
    await drag(studio, from, to);
    const playhead = await page.evaluate(() => window.__mien!.playheadSeconds());
    expect(Math.abs(playhead - 2.5)).toBeLessThan(2 * FRAME_SECONDS);
    await picture(studio, 'flow-04-scrubbed');
  });

  const before = await snapshot(studio);

  await test.step('edit a phoneme boundary', async () => {
    const edge = await longestEdge(studio);
    await drag(studio, edge, { x: edge.toX, y: edge.y });
    await untilIdle(studio);
    const after = await snapshot(studio);
    const moved = after.phonemes[edge.left].endSeconds - before.phonemes[edge.left].endSeconds;
    expect(Math.abs(moved - edge.shiftSeconds)).toBeLessThan(2 * FRAME_SECONDS);
    // A rolling edit: both sides move, nothing else does.
    expect(after.phonemes[edge.left + 1].startSeconds).toBe(after.phonemes[edge.left].endSeconds);
    expect(after.phonemes.length).toBe(before.phonemes.length);
    await expect.poll(() => page.evaluate(() => window.__mien!.isStale())).toBe(false);
    expect(after.values).not.toEqual(before.values);
  });
  const afterPhoneme = await snapshot(studio);

  await test.step('make an emotion key and drag it', async () => {
    const lane = (await page.getByTestId('emotion-lane-joy').boundingBox())!;
    const x = (await page.evaluate(() => window.__mien!.rulerPointPx(1.5))).x;
    await page.mouse.dblclick(x, lane.y + lane.height * 0.6);
    await expect.poll(async () => (await snapshot(studio)).emotionKeys.joy).toBe(1);
    await untilIdle(studio);
    const [key] = await page.evaluate(() => [...window.__mien!.emotionKeysPx('joy')]);
    await drag(studio, key, { x: key.x, y: lane.y + 4 });
    await untilIdle(studio);
    const [moved] = await page.evaluate(() => [...window.__mien!.emotionKeysPx('joy')]);
    expect(moved.value).toBeGreaterThan(key.value + 0.1);
    const smile = await valueAt(studio, 'mouthSmileLeft', 1.5);
    const beforeSmile = afterPhoneme.values[Math.round(afterPhoneme.values.length / LOOK_AT.length) * 2 + 15];
    expect(smile).toBeGreaterThan(beforeSmile + 0.05);
    await picture(studio, 'flow-05-emotion');
  });
  const afterEmotion = await snapshot(studio);

  await test.step('make a channel key and drag it', async () => {
    await page.getByTestId('channel-row-jawOpen').click();
    const at = await page.evaluate(() => window.__mien!.curvePointPx(2.2, 0.5));
    await page.mouse.dblclick(at.x, at.y);
    await expect.poll(() => page.evaluate(() => window.__mien!.curveKeysPx().length)).toBeGreaterThan(0);
    const key = await page.evaluate(() =>
      window
        .__mien!.curveKeysPx()
        .reduce((best, one) => (Math.abs(one.timeSeconds - 2.2) < Math.abs(best.timeSeconds - 2.2) ? one : best)),
    );
    const to = await page.evaluate(() => window.__mien!.curvePointPx(2.2, 0.9));
    await drag(studio, key, { x: key.x, y: to.y });
    await untilIdle(studio);
    const jaw = await valueAt(studio, 'jawOpen', key.timeSeconds);
    expect(Math.abs(jaw - 0.9)).toBeLessThan(0.06);
    await picture(studio, 'flow-06-channel');
  });
  const afterChannel = await snapshot(studio);

  await test.step('undo everything, redo everything', async () => {
    const undoUntil = async (wanted: Snapshot) => {
      for (let steps = 0; steps < 12; steps++) {
        await page.keyboard.press('ControlOrMeta+z');
        await untilIdle(studio);
        if (JSON.stringify(await snapshot(studio)) === JSON.stringify(wanted)) return steps + 1;
      }
      throw new Error('undo never came back to where it started');
    };
    const steps = (await undoUntil(afterEmotion)) + (await undoUntil(afterPhoneme)) + (await undoUntil(before));
    await picture(studio, 'flow-07-undone');
    for (let step = 0; step < steps; step++) {
      await page.keyboard.press('ControlOrMeta+Shift+z');
      await untilIdle(studio);
    }
    expect(await snapshot(studio)).toEqual(afterChannel);
  });

  const projectFile = path.join(studio.folder, 'Übung ✓.mien');
  await test.step('save', async () => {
    await stubDialogs(studio.app, { save: projectFile });
    await page.keyboard.press('ControlOrMeta+s');
    await expect.poll(() => existsSync(projectFile)).toBe(true);
    await untilIdle(studio);
    await expect(page.getByTestId('save-state')).toHaveText(/^\s*Saved/);
  });

  await test.step('export', async () => {
    await stubDialogs(studio.app, { saveFolder: studio.folder });
    await page.keyboard.press('ControlOrMeta+e');
    await expect(page.getByTestId('export-dialog')).toBeVisible();
    await picture(studio, 'flow-08-export');
    await page.getByTestId('export-start').click();
    for (const format of ['glb', 'fbx', 'csv']) {
      await expect(page.getByTestId(`export-row-${format}`)).toHaveAttribute('data-state', 'done');
      expect(statSync(path.join(studio.folder, `dropped line.${format}`)).size).toBeGreaterThan(10_000);
    }
    await picture(studio, 'flow-09-exported');
    await page.keyboard.press('Escape');
    await expectCsvToShow(studio, path.join(studio.folder, 'dropped line.csv'));
  });

  await test.step('open again in a new run', async () => {
    const second = await launchStudio();
    await untilSampleIsOpen(second);
    await stubDialogs(second.app, { open: [projectFile] });
    await chooseMenu(second, 'file.open');
    await untilLines(second, 3);
    await second.page.locator('[data-testid^="line-row-"]').last().click();
    await untilIdle(second);
    await second.page.getByTestId('channel-row-jawOpen').click();
    await expect.poll(() => snapshot(second)).toEqual(afterChannel);
    expect(await second.page.evaluate(() => window.__mien!.isStale())).toBe(false);
    await second.page.getByTestId('play-button').click();
    await expect.poll(() => second.page.evaluate(() => window.__mien!.playheadSeconds())).toBeGreaterThan(0.3);
    await picture(second, 'flow-10-reopened');
    expect(second.foreignRequests).toEqual([]);
    expect(second.pageErrors).toEqual([]);
    await closeStudio(second);
  });
});

/** The edge between two phonemes of speech with the most room on both sides, and where to drag it. */
async function longestEdge(studio: Studio) {
  return studio.page.evaluate(() => {
    const probes = window.__mien!;
    const phonemes = probes.phonemes();
    const lengthOf = (index: number) => phonemes[index].endSeconds - phonemes[index].startSeconds;
    const candidates = probes.phonemeEdgesPx().flatMap(({ x, y, timeSeconds }) => {
      const left = phonemes.findIndex(({ endSeconds }) => Math.abs(endSeconds - timeSeconds) < 1e-6);
      const isSpeech =
        left >= 0 && left + 1 < phonemes.length && phonemes[left].phoneme !== 'SIL' && phonemes[left + 1].phoneme !== 'SIL';
      return isSpeech ? [{ x, y, left, room: Math.min(lengthOf(left), lengthOf(left + 1)) }] : [];
    });
    const edge = candidates.reduce((best, one) => (one.room > best.room ? one : best));
    const shiftSeconds = edge.room / 2;
    const pixelsPerSecond = probes.rulerPointPx(1).x - probes.rulerPointPx(0).x;
    return { ...edge, shiftSeconds, toX: edge.x + shiftSeconds * pixelsPerSecond };
  });
}

/** The written Live Link Face file must hold the very values that the studio shows. */
async function expectCsvToShow(studio: Studio, file: string): Promise<void> {
  const [header, ...rows] = readFileSync(file, 'utf8').trim().split(/\r?\n/);
  const names = header.split(',').map((name) => name.toLowerCase());
  const column = names.indexOf('jawopen');
  expect(column).toBeGreaterThan(1);
  for (const frame of [0, 30, 60, 132, 200]) {
    const shown = await valueAt(studio, 'jawOpen', frame / 60);
    expect(Math.abs(Number(rows[frame].split(',')[column]) - shown)).toBeLessThan(1e-4);
  }
}

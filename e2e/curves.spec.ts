import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, picture, stubDialogs, test, type Hands } from './support/hands';

/*
 * Work on whole curves and whole lines: reduce within a bound, smooth, match tangents, gain of a channel, the channel list by
 * search, filter and pin, time put into and cut out of all tracks, and hand work that follows a corrected transcript.
 */

const greatest = (numbers: readonly number[]) => Math.max(...numbers.map(Math.abs));
/** Largest step in slope from one frame to the next around a time. */
const cornerAt = async ({ curve }: Hands, timeSeconds: number) => {
  const values = await curve('browInnerUp', timeSeconds - 3 / 60, timeSeconds + 4 / 60);
  return greatest(values.slice(2).map((value, index) => value - 2 * values[index + 1] + values[index]));
};

test('reduce within a bound, smooth, match, gain, search, filter and pin', async ({ hands }) => {
  test.setTimeout(900_000);
  const { page, studio } = hands;
  await hands.sample();
  await hands.press('Shift+3');
  await hands.showChannel('browInnerUp');

  await test.step('bake writes many keys, reduce takes those out that the bound allows, and says so', async () => {
    await page.getByTestId('waveform').scrollIntoViewIfNeeded();
    await hands.drag(await hands.lanePoint('waveform', 1), await hands.lanePoint('waveform', 2));
    const setBound = async (value: string) => {
      await page.getByLabel('Largest error of reducing and baking').fill(value);
    };
    await hands.press('Alt+b');
    const few = (await hands.keys()).length;
    await hands.undo();
    // The bound stands beside the selected keys: make some to reach it.
    await hands.press('Alt+b', 'ControlOrMeta+a');
    await setBound('0.001');
    await hands.undo();
    await hands.press('Alt+b');
    const many = (await hands.keys()).length;
    expect(many).toBeGreaterThan(few);
    const exact = await hands.curve('browInnerUp', 1, 2);
    await hands.press('ControlOrMeta+a');
    expect(await hands.selectedCount()).toBe(many);
    await setBound('0.03');
    await hands.press('Alt+r');
    const left = (await hands.keys()).length;
    expect(left).toBeLessThan(many);
    expect(left).toBeGreaterThanOrEqual(2);
    await expect(page.getByTestId('status-text')).toContainText(`${many} keys to ${left}, within 0.030`);
    const reduced = await hands.curve('browInnerUp', 1, 2);
    expect(greatest(reduced.map((value, frame) => value - exact[frame]))).toBeLessThanOrEqual(0.03 + 1e-4);
    await picture(studio, 'curves-01-reduced');
    await hands.undo();
    expect((await hands.keys()).length).toBe(many);
    expect(await hands.curve('browInnerUp', 1, 2)).toEqual(exact);
    await hands.undo();
    expect(await hands.keys()).toEqual([]);
  });

  await test.step('smooth rounds a zigzag and leaves its ends', async () => {
    await hands.makeKeys('browInnerUp', [
      [2, 0.2],
      [2.2, 0.8],
      [2.4, 0.2],
      [2.6, 0.8],
      [2.8, 0.2],
    ]);
    const before = await hands.values();
    await hands.press('ControlOrMeta+a', 'Alt+s');
    const after = await hands.values();
    expect([after[0], after[4]]).toEqual([before[0], before[4]]);
    const spread = (values: readonly number[]) => Math.max(...values.slice(1, 4)) - Math.min(...values.slice(1, 4));
    expect(spread(after)).toBeLessThan(spread(before) * 0.8);
    expect(await hands.undoLabel()).toBe('Smooth 5 keys, browInnerUp');
    await hands.undo();
  });

  await test.step('broken tangents heal by Match tangents', async () => {
    await hands.press('ControlOrMeta+a', '5');
    const [, , middle] = await hands.times();
    const linear = await cornerAt(hands, middle);
    await hands.press('Alt+t');
    expect(await hands.undoLabel()).toContain('Match tangents');
    expect(await cornerAt(hands, middle)).toBeLessThan(linear * 0.6);
    await picture(studio, 'curves-02-matched');
  });

  await test.step('gain and offset of one channel act on the generated curve, keys are met exactly', async () => {
    const at = (await hands.times())[2];
    const onKey = await hands.valueAt('browInnerUp', at);
    const generated = await hands.curve('browInnerUp', 0.2, 1.2);
    expect(greatest(generated)).toBeGreaterThan(0.01);
    await hands.typeNumber('channel-gain', '0.5');
    const halved = await hands.curve('browInnerUp', 0.2, 1.2);
    halved.forEach((value, frame) => expect(value).toBeCloseTo(generated[frame] / 2, 5));
    expect(await hands.valueAt('browInnerUp', at)).toBeCloseTo(onKey, 5);
    await hands.typeNumber('channel-offset', '0.1');
    expect((await hands.curve('browInnerUp', 0.2, 1.2))[10]).toBeCloseTo(generated[10] / 2 + 0.1, 5);
    expect(await hands.undoLabel()).toBe('Offset of browInnerUp');
    await hands.undo();
    await hands.undo();
    expect(await hands.curve('browInnerUp', 0.2, 1.2)).toEqual(generated);
  });

  await test.step('the list: words in any order, those with keys, those pinned', async () => {
    const rows = () =>
      page.locator('[data-testid^=channel-row-]').evaluateAll((all) => all.map((row) => row.dataset.testid!.slice(12)));
    const search = page.getByTestId('channel-search');
    await search.fill('left smile');
    expect(await rows()).toEqual(['mouthSmileLeft']);
    await page.getByTestId('channel-row-mouthSmileLeft').hover();
    await page.getByTestId('pinned-mouthSmileLeft').click();
    await search.fill('no such channel');
    await expect(page.getByTestId('channel-list')).toContainText('No channel fits.');
    await search.fill('');
    await expect(page.getByTestId('pinned-row-mouthSmileLeft')).toBeVisible();
    const filter = page.getByRole('group', { name: 'Channels shown' });
    await filter.getByRole('button', { name: 'With keys' }).click();
    await expect.poll(rows).toEqual(['browInnerUp']);
    await filter.getByRole('button', { name: 'Pinned' }).click();
    await expect.poll(rows).toEqual(['mouthSmileLeft']);
    await picture(studio, 'curves-03-pinned');
    await filter.getByRole('button', { name: 'All' }).click();
    // A pin belongs to the line: undo takes it out.
    await hands.undo();
    await expect(page.getByTestId('pinned-row-mouthSmileLeft')).toBeHidden();
  });
});

test('time goes into all tracks and out of them; hand work follows a corrected transcript', async ({ hands }) => {
  test.setTimeout(900_000);
  const { page, studio } = hands;
  await hands.sample();
  await hands.press('Shift+3');
  await hands.makeKeys('jawOpen', [
    [2.2, 0.3],
    [2.4, 0.5],
  ]);
  await hands.press('Shift+3');
  const lane = (await page.getByTestId('emotion-lane-joy').boundingBox())!;
  await page.mouse.dblclick((await hands.rulerPoint(2.3)).x, lane.y + lane.height / 2);
  await hands.idle();
  await hands.seek(2.5);
  await page.keyboard.press('Alt+m');
  await page.getByTestId('marker-name').fill('Turn');
  await page.keyboard.press('Enter');
  await hands.idle();
  const blink = await page.evaluate(() => window.__mien!.playheadSeconds());
  await hands.menu('event.blink');

  /** When everything made by hand and everything heard stands. */
  const tracks = async () => ({
    keys: await hands.times(),
    joy: await page.evaluate(() => window.__mien!.emotionKeysPx('joy').map(({ timeSeconds }) => timeSeconds)),
    markers: await page.evaluate(() => window.__mien!.markers().map(({ timeSeconds }) => timeSeconds)),
    blinks: await page.evaluate(() =>
      window
        .__mien!.events()
        .filter(({ origin }) => origin === 'hand')
        .map(({ startSeconds }) => startSeconds),
    ),
    words: (await hands.words()).map(({ startSeconds }) => startSeconds),
    phonemes: (await hands.phonemes()).map(({ startSeconds }) => startSeconds),
  });
  const before = await tracks();
  expect(before.keys).toHaveLength(2);
  expect([before.joy.length, before.markers.length, before.blinks.length]).toEqual([1, 1, 1]);
  expect(before.markers[0]).toBeCloseTo(blink, 6);

  await test.step('a quarter of a second is put in: every track after it moves along, in one step', async () => {
    await hands.seek(2);
    const playhead = await page.evaluate(() => window.__mien!.playheadSeconds());
    const steps = await hands.depth();
    await hands.press('ControlOrMeta+Alt+i');
    expect(await hands.depth()).toBe(steps + 1);
    const after = await tracks();
    for (const track of ['keys', 'joy', 'markers', 'blinks'] as const)
      after[track].forEach((time, index) => expect(time - before[track][index]).toBeCloseTo(0.25, 6));
    const moved = before.words.filter((time) => time >= playhead).length;
    expect(moved).toBeGreaterThan(2);
    expect(after.words.filter((time) => time < playhead)).toEqual(before.words.filter((time) => time < playhead));
    // What leaves the line at its end is cut; all that stays is a quarter of a second later.
    const shiftedWords = after.words.filter((time) => time > playhead);
    shiftedWords.forEach((time, index) => expect(time - before.words[before.words.length - moved + index]).toBeCloseTo(0.25, 5));
    await picture(studio, 'curves-04-time-inserted');
    await hands.undo();
    expect(await tracks()).toEqual(before);
  });

  await test.step('a range is cut out: what follows comes earlier by its length', async () => {
    await hands.drag(await hands.lanePoint('waveform', 1), await hands.lanePoint('waveform', 1.5));
    const last = before.words.length - 1;
    await hands.press('Shift+Delete');
    const after = await tracks();
    const shift = before.markers[0] - after.markers[0];
    expect(shift).toBeGreaterThan(0.4);
    expect(shift).toBeLessThan(0.6);
    for (const track of ['keys', 'joy', 'markers', 'blinks'] as const)
      after[track].forEach((time, index) => expect(before[track][index] - time).toBeCloseTo(shift, 6));
    expect(before.words[last] - after.words[after.words.length - 1]).toBeCloseTo(shift, 5);
    await hands.undo();
    expect(await tracks()).toEqual(before);
    await hands.press('Escape');
  });

  await test.step('a TextGrid with other times: a preview, then hand work goes with its words, one step', async () => {
    const sped = 0.92;
    const file = path.join(studio.folder, 'corrected.TextGrid');
    writeFileSync(file, textGrid(await hands.words(), await hands.phonemes(), sped));
    const steps = await hands.depth();
    await stubDialogs(studio.app, { open: [file] });
    await page.getByTestId('inspector-performance').click();
    await page.getByTestId('load-transcript').click();
    await expect(page.getByTestId('replace-dialog')).toContainText('New times for the words', { timeout: 240_000 });
    await expect(page.getByTestId('replace-counts')).not.toContainText(' 0 moves');
    await picture(studio, 'curves-05-warp');
    await page.getByTestId('replace-confirm').click();
    await expect.poll(async () => (await hands.words()).at(-1)!.startSeconds).toBeCloseTo(before.words.at(-1)! * sped, 3);
    await hands.idle();
    const after = await tracks();
    expect(await hands.depth()).toBe(steps + 1);
    for (const track of ['keys', 'joy'] as const)
      after[track].forEach((time, index) => expect(Math.abs(time - before[track][index] * sped)).toBeLessThan(1 / 60));
    await hands.undo();
    expect(await tracks()).toEqual(before);
  });
});

interface Timed {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** The same words and phonemes at other times, as Praat writes them. */
function textGrid(
  words: readonly (Timed & { text: string })[],
  phonemes: readonly (Timed & { phoneme: string })[],
  factor: number,
): string {
  const end = phonemes[phonemes.length - 1].endSeconds;
  const tier = (index: number, name: string, items: readonly (Timed & { label: string })[]) => {
    const filled: (Timed & { label: string })[] = [];
    let at = 0;
    for (const item of items) {
      const startSeconds = item.startSeconds * factor;
      if (startSeconds > at + 1e-6) filled.push({ label: '', startSeconds: at, endSeconds: startSeconds });
      at = item.endSeconds * factor;
      filled.push({ label: item.label, startSeconds, endSeconds: at });
    }
    if (at < end - 1e-6) filled.push({ label: '', startSeconds: at, endSeconds: end });
    const intervals = filled.map(
      ({ label, startSeconds, endSeconds }, item) =>
        `        intervals [${item + 1}]:\n            xmin = ${startSeconds}\n            xmax = ${endSeconds}\n            text = "${label}"\n`,
    );
    return `    item [${index}]:\n        class = "IntervalTier"\n        name = "${name}"\n        xmin = 0\n        xmax = ${end}\n        intervals: size = ${filled.length}\n${intervals.join('')}`;
  };
  const sounds = phonemes.map(({ phoneme, ...times }) => ({ ...times, label: phoneme === 'SIL' ? '' : phoneme }));
  const texts = words.map(({ text, ...times }) => ({ ...times, label: text }));
  return `File type = "ooTextFile"\nObject class = "TextGrid"\n\nxmin = 0\nxmax = ${end}\ntiers? <exists>\nsize = 2\nitem []:\n${tier(1, 'words', texts)}${tier(2, 'phones', sounds)}`;
}

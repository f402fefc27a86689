import { expect, picture, test, type Hands, type Point } from './support/hands';

/* The dope sheet in an animator's hands: a box over rows, drags that snap, retiming, copies, whole regions. */

const FRAME_SECONDS = 1 / 60;
const KEYS = [
  [1, 0.3],
  [1.2, 0.7],
  [1.4, 0.5],
] as const;

/** The middle of a row at a time. */
const inRow = (hands: Hands, row: string, timeSeconds: number): Promise<Point> => hands.lanePoint(`sheet-${row}`, timeSeconds);
const shifted = (point: Point, dx: number, dy = 0): Point => ({ x: point.x + dx, y: point.y + dy });
const shift = (after: readonly number[], before: readonly number[]) => after.map((time, index) => time - before[index]);
/** Every number the same as the first, to a millionth. */
function expectAllEqual(numbers: readonly number[]): void {
  for (const number of numbers) expect(number).toBeCloseTo(numbers[0], 6);
}

/** Drags with Ctrl held from after the press on: at the press it would retime. */
async function dragThenHoldCtrl({ page, idle }: Hands, from: Point, to: Point): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.keyboard.down('Control');
  await page.mouse.move(to.x, to.y, { steps: 6 });
  await page.mouse.up();
  await page.keyboard.up('Control');
  await idle();
}

test('keys in the dope sheet: caught in a box, moved, snapped, retimed, copied, by region', async ({ hands }) => {
  test.setTimeout(900_000);
  const { page, studio } = hands;
  await hands.sample();
  await hands.press('Shift+3');
  await hands.makeKeys('jawForward', [
    [1.1, 0.3],
    [1.3, 0.4],
  ]);
  await hands.makeKeys('jawOpen', KEYS);
  await hands.press('Shift+3');
  // Room for the rows: the curves below fold away.
  await page.getByTestId('mode-sheet').click();
  await page.getByTestId('sheet-unfold-jaw').click();
  await page.getByTestId('sheet-jawForward').scrollIntoViewIfNeeded();
  await page.getByTestId('sheet-jawOpen').scrollIntoViewIfNeeded();
  const pixelsPerSecond = (await hands.rulerPoint(1)).x - (await hands.rulerPoint(0)).x;

  await test.step('a box over one row catches its keys, Shift adds those of another, a click on nothing lets go', async () => {
    const row = (await page.getByTestId('sheet-jawOpen').boundingBox())!;
    const [left, right] = [await hands.rulerPoint(0.9), await hands.rulerPoint(1.5)];
    await hands.drag({ x: left.x, y: row.y + 3 }, { x: right.x, y: row.y + 15 });
    expect(await hands.selectedCount()).toBe(3);
    const other = (await page.getByTestId('sheet-jawForward').boundingBox())!;
    await hands.drag({ x: left.x, y: other.y + 3 }, { x: right.x, y: other.y + 15 }, ['Shift']);
    expect(await hands.selectedCount()).toBe(5);
    await picture(studio, 'sheet-01-box');
    await hands.click(await inRow(hands, 'jawOpen', 2.5));
    expect(await hands.selectedCount()).toBe(0);
  });

  await test.step('Alt drag and the lasso tool go around keys of several rows; Ctrl takes some away', async () => {
    const [jawOpen, forward] = await Promise.all(
      ['jawOpen', 'jawForward'].map(async (row) => (await page.getByTestId(`sheet-${row}`).boundingBox())!),
    );
    const at = async (timeSeconds: number, y: number): Promise<Point> => ({ x: (await hands.rulerPoint(timeSeconds)).x, y });
    const [top, bottom] = [Math.min(jawOpen.y, forward.y) + 1, Math.max(jawOpen.y, forward.y) + 17];
    // Around the keys at 1 and 1.1, past those at 1.2 and later.
    const outline = [await at(0.93, top), await at(1.15, top), await at(1.15, bottom), await at(0.93, bottom)];
    await hands.stroke(outline, ['Alt']);
    expect(await hands.selectedCount()).toBe(2);
    await hands.press('Shift+B');
    await hands.stroke(outline);
    expect(await hands.selectedCount()).toBe(2);
    await hands.stroke(
      [
        await at(0.93, jawOpen.y + 1),
        await at(1.05, jawOpen.y + 1),
        await at(1.05, jawOpen.y + 17),
        await at(0.93, jawOpen.y + 17),
      ],
      ['Control'],
    );
    expect(await hands.selectedCount()).toBe(1);
    await hands.stroke(outline, [], 'escape');
    expect(await hands.selectedCount()).toBe(1);
    await picture(studio, 'sheet-01b-lasso');
    await hands.press('v');
    await hands.click(await inRow(hands, 'jawOpen', 2.5));
  });

  await test.step('a drag moves the key under the pointer to a whole frame, one step; Escape puts it back', async () => {
    const before = await hands.times();
    const steps = await hands.depth();
    const from = await inRow(hands, 'jawOpen', before[0]);
    await hands.drag(from, shifted(from, -41), [], 'escape');
    expect(await hands.times()).toEqual(before);
    expect(await hands.depth()).toBe(steps);
    await hands.drag(from, shifted(from, -41));
    const [moved] = await hands.times();
    expect(moved).toBeLessThan(before[0] - 0.5 * (41 / pixelsPerSecond));
    expect(await hands.depth()).toBe(steps + 1);
    expect(await hands.undoLabel()).toBe('Move key, jawOpen');
    // The others stayed, and it stands on a frame or on an edge near by.
    expect((await hands.times()).slice(1)).toEqual(before.slice(1));
    const edges = (await hands.phonemes()).map(({ startSeconds }) => startSeconds);
    const nearest = Math.min(...edges.map((edge) => Math.abs(edge - moved)));
    const offFrame = Math.abs(moved / FRAME_SECONDS - Math.round(moved / FRAME_SECONDS)) * FRAME_SECONDS;
    expect(Math.min(nearest, offFrame)).toBeLessThan(1e-6);
    await hands.undo();
    expect(await hands.times()).toEqual(before);
  });

  await test.step('within 6 px it sticks to the edge of a phoneme; with Ctrl it does not', async () => {
    const before = await hands.times();
    const edge = await freeEdge(hands, before[2], pixelsPerSecond);
    const from = await inRow(hands, 'jawOpen', before[2]);
    const to = shifted(from, (edge - before[2]) * pixelsPerSecond + 3);
    await hands.drag(from, to);
    expect((await hands.times())[2]).toBeCloseTo(edge, 6);
    await hands.undo();
    await dragThenHoldCtrl(hands, from, to);
    const free = (await hands.times())[2];
    expect(free - edge).toBeGreaterThan(1 / pixelsPerSecond);
    expect(free - edge).toBeLessThan(5 / pixelsPerSecond);
    await hands.undo();
    expect(await hands.times()).toEqual(before);
  });

  await test.step('Ctrl drag of the last key retimes the selection from its other end', async () => {
    const before = await hands.times();
    await page.getByTestId('sheet-jawOpen').click({ position: { x: 2, y: 9 } });
    const row = (await page.getByTestId('sheet-jawOpen').boundingBox())!;
    await hands.drag({ x: (await hands.rulerPoint(0.9)).x, y: row.y + 3 }, { x: (await hands.rulerPoint(1.5)).x, y: row.y + 15 });
    const from = await inRow(hands, 'jawOpen', before[2]);
    await hands.drag(from, shifted(from, 0.4 * pixelsPerSecond), ['Control']);
    const after = await hands.times();
    expect(after[0]).toBeCloseTo(before[0], 6);
    const stretch = (after[2] - after[0]) / (before[2] - before[0]);
    expect(Math.abs(stretch - 2)).toBeLessThan(0.15);
    expect((after[1] - after[0]) / (before[1] - before[0])).toBeCloseTo(stretch, 6);
    expect(await hands.undoLabel()).toBe('Retime 3 keys, jawOpen');
    await picture(studio, 'sheet-02-retimed');
    await hands.undo();
    expect(await hands.times()).toEqual(before);
  });

  await test.step('a drag of a selected key takes the selection along; Alt drags copies', async () => {
    const before = await hands.times();
    const from = await inRow(hands, 'jawOpen', before[1]);
    await hands.drag(from, shifted(from, 60));
    expectAllEqual(shift(await hands.times(), before));
    expect((await hands.times())[0]).toBeGreaterThan(before[0] + 30 / pixelsPerSecond);
    await hands.undo();
    await hands.drag(from, shifted(from, 1.2 * pixelsPerSecond), ['Alt']);
    const after = await hands.times();
    expect(after.slice(0, 3)).toEqual(before);
    expect(after).toHaveLength(6);
    expectAllEqual(shift(after.slice(3), before));
    expect(await hands.undoLabel()).toBe('Copy 3 keys, jawOpen');
    await hands.undo();
  });

  await test.step('the row of the region moves the keys of all its channels', async () => {
    const before = await hands.times();
    const others = async () => {
      await hands.press('Shift+3');
      await hands.showChannel('jawForward');
      const times = await hands.times();
      await hands.showChannel('jawOpen');
      await hands.press('Shift+3');
      await page.getByTestId('sheet-jaw').scrollIntoViewIfNeeded();
      return times;
    };
    const othersBefore = await others();
    const from = await inRow(hands, 'jaw', before[1]);
    await page.mouse.click(from.x, from.y);
    expect(await hands.selectedCount()).toBe(1);
    await page.getByTestId('sheet-jaw').click({ position: { x: 2, y: 9 } });
    const row = (await page.getByTestId('sheet-jaw').boundingBox())!;
    await hands.drag({ x: (await hands.rulerPoint(0.9)).x, y: row.y + 3 }, { x: (await hands.rulerPoint(1.5)).x, y: row.y + 15 });
    expect(await hands.selectedCount()).toBe(5);
    await hands.drag(from, shifted(from, 50));
    expect(await hands.undoLabel()).toBe('Move 5 keys, 2 channels');
    const moved = shift(await hands.times(), before);
    expectAllEqual(moved);
    expect(moved[0]).toBeGreaterThan(0);
    await picture(studio, 'sheet-03-region');
    expectAllEqual([...shift(await others(), othersBefore), moved[0]]);
    await hands.undo();
    expect(await hands.times()).toEqual(before);
  });
});

/** An edge of a phoneme after a time, with nothing else to stick to within 8 px. */
async function freeEdge({ phonemes, page }: Hands, afterSeconds: number, pixelsPerSecond: number): Promise<number> {
  const edges = (await phonemes()).map(({ startSeconds }) => startSeconds);
  const playhead = await page.evaluate(() => window.__mien!.playheadSeconds());
  const reach = 8 / pixelsPerSecond;
  const found = edges.find(
    (edge) =>
      edge > afterSeconds + 3 * reach && [...edges, playhead].every((other) => other === edge || Math.abs(other - edge) > reach),
  );
  if (found === undefined) throw new Error('no edge stands free');
  return found;
}

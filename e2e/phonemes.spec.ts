import { expect, picture, test, type Hands } from './support/hands';

/* The phoneme lane: split, merge, insert, relabel by typing, edges that roll, ripple, snap to what was heard, locks, and back. */

type Segment = Awaited<ReturnType<Hands['phonemes']>>[number];
const isSpeech = ({ phoneme }: Segment) => phoneme !== 'SIL';
const middleOf = ({ startSeconds, endSeconds }: Pick<Segment, 'startSeconds' | 'endSeconds'>) => (startSeconds + endSeconds) / 2;
const lengthOf = ({ startSeconds, endSeconds }: Segment) => endSeconds - startSeconds;
const names = (segments: readonly Segment[]) => segments.map(({ phoneme }) => phoneme);
const inLane = (hands: Hands, timeSeconds: number) => hands.lanePoint('phoneme-lane', timeSeconds);

/** The spoken phoneme with the most room that has a spoken one after it. */
function roomiest(segments: readonly Segment[]): number {
  const candidates = segments.map((segment, index) =>
    isSpeech(segment) && segments[index + 1] && isSpeech(segments[index + 1]) ? index : -1,
  );
  return candidates
    .filter((index) => index >= 0)
    .reduce((best, index) => {
      const room = (at: number) => Math.min(lengthOf(segments[at]), lengthOf(segments[at + 1]));
      return room(index) > room(best) ? index : best;
    });
}

test('phonemes: split, merge, insert, relabel, roll, ripple, lock, and as they were heard', async ({ hands }) => {
  test.setTimeout(900_000);
  const { page, studio } = hands;
  await hands.sample();
  const heard = await hands.phonemes();
  const at = roomiest(heard);
  const segment = heard[at];
  const pixelsPerSecond = (await hands.rulerPoint(1)).x - (await hands.rulerPoint(0)).x;
  const jaw = () => hands.curve('jawOpen', 0, heard[heard.length - 1].endSeconds);
  const jawBefore = await jaw();

  await test.step('Ctrl Alt click splits where it clicks, M merges again', async () => {
    await hands.click(await inLane(hands, middleOf(segment)), 'Control', 'Alt');
    await hands.idle();
    const split = await hands.phonemes();
    expect(split).toHaveLength(heard.length + 1);
    expect(names(split.slice(at, at + 2))).toEqual([segment.phoneme, segment.phoneme]);
    expect(split[at + 1].startSeconds).toBeCloseTo(middleOf(segment), 1);
    expect(split[at + 1].endSeconds).toBe(segment.endSeconds);
    await hands.click(await inLane(hands, middleOf(split[at])));
    await hands.press('m');
    expect(await hands.phonemes()).toEqual(heard);
  });

  await test.step('a word drags with its phonemes, one step; Alt stretches the words beside it; Escape puts it back', async () => {
    const words = await hands.words();
    const index = words.findIndex(
      ({ startSeconds, endSeconds }, at) => at > 0 && at < words.length - 1 && endSeconds - startSeconds > 0.25,
    );
    const word = words[index];
    const grip = await hands.lanePoint('words', middleOf(word));
    const to = { ...grip, x: grip.x + 0.06 * pixelsPerSecond };
    const lengthsIn = (segments: typeof heard, { startSeconds, endSeconds }: typeof word) =>
      segments
        .filter((one) => one.startSeconds >= startSeconds - 0.002 && one.endSeconds <= endSeconds + 0.002)
        .map((one) => one.endSeconds - one.startSeconds);
    const steps = await hands.depth();
    await hands.drag(grip, to, ['Control'], 'escape');
    expect(await hands.phonemes()).toEqual(heard);
    await hands.drag(grip, to, ['Control']);
    expect(await hands.depth()).toBe(steps + 1);
    const moved = (await hands.words())[index];
    expect(moved.startSeconds).toBeGreaterThan(word.startSeconds + 0.015);
    const [before, after] = [lengthsIn(heard, word), lengthsIn(await hands.phonemes(), moved)];
    expect(after).toHaveLength(before.length);
    after.forEach((length, at) => expect(length).toBeCloseTo(before[at], 6));
    await picture(studio, 'phonemes-00-word');
    await hands.undo();
    expect(await hands.phonemes()).toEqual(heard);
    await hands.drag(grip, to, ['Alt', 'Control']);
    // The words on both sides gave way as a whole, not only at their edges.
    const left = lengthsIn(await hands.phonemes(), (await hands.words())[index - 1]);
    const leftBefore = lengthsIn(heard, words[index - 1]);
    expect(left[0] / leftBefore[0]).toBeGreaterThan(1.001);
    await hands.undo();
    expect(await hands.words()).toEqual(words);
  });

  await test.step('a double click and a typed name relabel; the mouth follows', async () => {
    const point = await inLane(hands, middleOf(segment));
    await page.mouse.dblclick(point.x, point.y);
    await expect(page.getByTestId('phoneme-menu')).toBeVisible();
    await page.keyboard.type('aa');
    await picture(studio, 'phonemes-01-relabel');
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('phoneme-menu')).toBeHidden();
    await hands.idle();
    expect((await hands.phonemes())[at].phoneme).toBe('AA');
    await expect.poll(jaw).not.toEqual(jawBefore);
    await expect.poll(() => page.evaluate(() => window.__mien!.isStale())).toBe(false);
    const after = await jaw();
    // Only the neighbourhood: a second before and after, the mouth is the very same.
    const far = (frame: number) => frame / 60 < segment.startSeconds - 1 || frame / 60 > segment.endSeconds + 1;
    expect(after.filter((_, frame) => far(frame))).toEqual(jawBefore.filter((_, frame) => far(frame)));
  });

  await test.step('the right-click menu brings back what the recogniser heard', async () => {
    const point = await inLane(hands, middleOf(segment));
    await page.mouse.click(point.x, point.y, { button: 'right' });
    await page.getByTestId('context-phoneme.restore').click();
    await hands.idle();
    expect(await hands.phonemes()).toEqual(heard);
    await hands.undo();
    expect((await hands.phonemes())[at].phoneme).toBe('AA');
    await hands.undo();
    expect(await hands.phonemes()).toEqual(heard);
  });

  await test.step('inserted at the playhead, with its name asked for at once', async () => {
    await hands.seek(middleOf(segment));
    const point = await inLane(hands, middleOf(segment));
    await page.mouse.click(point.x, point.y, { button: 'right' });
    await page.getByTestId('context-phoneme.insert').click();
    await expect(page.getByTestId('phoneme-menu')).toBeVisible();
    await page.keyboard.type('uw');
    await page.keyboard.press('Enter');
    await hands.idle();
    const playhead = await page.evaluate(() => window.__mien!.playheadSeconds());
    const made = (await hands.phonemes()).find(({ startSeconds }) => Math.abs(startSeconds - playhead) < 1e-6);
    expect(made?.phoneme).toBe('UW');
    await picture(studio, 'phonemes-02-inserted');
    await hands.undo();
    await hands.undo();
    expect(await hands.phonemes()).toEqual(heard);
  });

  const edge = segment.endSeconds;
  const roll = Math.min(lengthOf(segment), lengthOf(heard[at + 1])) / 2;

  await test.step('Shift ripples all after the edge, Alt leaves silence behind', async () => {
    const from = await inLane(hands, edge);
    const to = { x: from.x + roll * pixelsPerSecond, y: from.y };
    await hands.drag(from, to, ['Shift']);
    const rippled = await hands.phonemes();
    const moved = rippled[at].endSeconds - edge;
    expect(moved).toBeGreaterThan(roll / 2);
    expect(rippled[at + 1].endSeconds - heard[at + 1].endSeconds).toBeCloseTo(moved, 6);
    expect(rippled[at + 2].endSeconds - heard[at + 2].endSeconds).toBeCloseTo(moved, 6);
    await hands.undo();
    expect(await hands.phonemes()).toEqual(heard);
    await hands.drag(from, { x: from.x - roll * pixelsPerSecond, y: from.y }, ['Alt']);
    const detached = await hands.phonemes();
    expect(names(detached.slice(at, at + 3))).toEqual([segment.phoneme, 'SIL', heard[at + 1].phoneme]);
    expect(detached[at + 2].startSeconds).toBe(edge);
    await hands.undo();
  });

  await test.step('a rolled edge snaps back to where it was heard, and Alt click brings it there', async () => {
    await hands.drag(await inLane(hands, edge), await inLane(hands, edge + roll));
    const rolled = (await hands.phonemes())[at].endSeconds;
    expect(rolled).toBeGreaterThan(edge + roll / 2);
    // Dropped a pixel and a half off the dotted line (a rise of the voice may be a target as near as 3): it sticks.
    const near = await inLane(hands, edge);
    await hands.drag(await inLane(hands, rolled), { x: near.x + 1.5, y: near.y });
    expect((await hands.phonemes())[at].endSeconds).toBe(edge);
    await hands.undo();
    await picture(studio, 'phonemes-03-rolled');
    await hands.click(await inLane(hands, rolled), 'Alt');
    await hands.idle();
    expect((await hands.phonemes())[at].endSeconds).toBe(edge);
    await hands.undo();
    await hands.undo();
    expect(await hands.phonemes()).toEqual(heard);
  });

  await test.step('a locked phoneme does not move, and the status bar says why', async () => {
    await hands.click(await inLane(hands, middleOf(segment)));
    await hands.press('h');
    await hands.drag(await inLane(hands, edge), await inLane(hands, edge + roll));
    expect(await hands.phonemes()).toEqual(heard);
    await expect(page.getByTestId('status-text')).toContainText('Locked. ');
    // Neither does its neighbour, which would take room from it; and the pointer says so.
    await hands.drag(await inLane(hands, middleOf(heard[at + 1])), await inLane(hands, middleOf(heard[at + 1]) + roll));
    expect(await hands.phonemes()).toEqual(heard);
    const over = await inLane(hands, middleOf(segment));
    await page.mouse.move(over.x, over.y);
    await expect(page.getByTestId('phoneme-lane')).toHaveCSS('cursor', 'not-allowed');
    await picture(studio, 'phonemes-04-locked');
  });
});

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, picture, stubDialogs, test } from './support/hands';
import type { Studio } from './support/launchStudio';

/*
 * Words of a line as an animator corrects them: a pasted transcript, one word typed anew, a phoneme locked before that, a
 * pronunciation of one's own, subtitles loaded from a file.
 */

const speech = (studio: Studio) =>
  studio.page.evaluate(() => ({ words: [...window.__mien!.words()], phonemes: [...window.__mien!.phonemes()] }));

/** The middle of a word or phoneme in its lane. */
async function placeOf(studio: Studio, lane: 'words' | 'phoneme-lane', item: { startSeconds: number; endSeconds: number }) {
  const middle = (item.startSeconds + item.endSeconds) / 2;
  const { x } = await studio.page.evaluate((seconds) => window.__mien!.rulerPointPx(seconds), middle);
  const box = (await studio.page.getByTestId(lane).boundingBox())!;
  return { x, y: box.y + box.height / 2 };
}

test('transcripts: paste, correct a word, keep what is locked, load subtitles', async ({ hands }) => {
  test.setTimeout(600_000);
  const { page, studio } = hands;
  await hands.sample();

  await test.step('paste a transcript', async () => {
    await page
      .getByTestId('transcript')
      .fill('Oh, you came back! I never believed we would meet by the river again. My whole family will be so hippy!');
    await page.getByTestId('align-button').click();
    await expect.poll(async () => (await speech(studio)).words.at(-1)?.text, { timeout: 120_000 }).toBe('hippy');
    await hands.idle();
  });
  const before = await speech(studio);

  await test.step('lock a phoneme beside the word that is wrong', async () => {
    const so = before.words.find(({ text }) => text === 'so')!;
    const phoneme = before.phonemes.find(({ startSeconds }) => Math.abs(startSeconds - so.startSeconds) < 1e-6)!;
    const at = await placeOf(studio, 'phoneme-lane', phoneme);
    await page.mouse.click(at.x, at.y);
    await page.keyboard.press('h');
    await hands.idle();
  });

  await test.step('type the word anew', async () => {
    const at = await placeOf(studio, 'words', before.words.at(-1)!);
    await page.mouse.dblclick(at.x, at.y);
    await page.getByTestId('word-input').fill('happy');
    await picture(studio, 'transcripts-01-word');
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await speech(studio)).words.at(-1)?.text, { timeout: 120_000 }).toBe('happy');
    await hands.idle();
    const after = await speech(studio);
    const so = before.words.find(({ text }) => text === 'so')!;
    // All before "so", its neighbour, is the very same; "so" is aligned again around its locked phoneme.
    const isKept = ({ endSeconds }: { endSeconds: number }) => endSeconds <= so.startSeconds;
    expect(after.phonemes.filter(isKept)).toEqual(before.phonemes.filter(isKept));
    expect(after.words.filter(isKept)).toEqual(before.words.filter(isKept));
    const first = before.phonemes.find(({ startSeconds }) => Math.abs(startSeconds - so.startSeconds) < 1e-6)!;
    expect(after.phonemes).toContainEqual(first);
    expect(after.words.at(-2)).toMatchObject({ text: 'so', startSeconds: so.startSeconds });
    expect(after.phonemes.map(({ phoneme }) => phoneme).join(' ')).toContain('HH AE P');
    await expect(page.getByTestId('transcript')).toHaveValue(/so happy!$/);
    await picture(studio, 'transcripts-02-corrected');
    await page.keyboard.press('ControlOrMeta+z');
    await hands.idle();
    expect((await speech(studio)).words).toEqual(before.words);
  });

  await test.step('say how a name is said', async () => {
    await page.getByTestId('open-dictionary').click();
    await page.getByTestId('dictionary-word-0').fill('Kael');
    await page.getByTestId('dictionary-sound-0').fill('/keɪl/');
    await picture(studio, 'transcripts-03-pronunciations');
    await page.getByTestId('dictionary-save').click();
    await expect(page.getByTestId('dictionary-dialog')).toBeHidden();
    expect(await page.evaluate(() => window.__mien!.recordCounts().dictionary)).toBe(1);
  });

  await test.step('load subtitles, and look at what does not fit', async () => {
    const srt = path.join(studio.folder, 'line.srt');
    writeFileSync(
      srt,
      '1\n00:00:00,000 --> 00:00:06,000\n[laughs] Oh, you came back! I never believed we would meet\n\n2\n00:00:02,000 --> 00:00:06,000\nby the river again. My whole family will be purple happy!\n',
    );
    await stubDialogs(studio.app, { open: [srt] });
    await page.getByTestId('load-transcript').click();
    await expect(page.getByTestId('transcript')).toHaveValue(/purple happy!$/, { timeout: 120_000 });
    await hands.idle();
    expect((await speech(studio)).words.some(({ text }) => text === 'purple')).toBe(true);
    expect(await page.evaluate(() => window.__mien!.recordCounts().event ?? 0)).toBeGreaterThan(0);
    await page.keyboard.press('Home');
    await page.keyboard.press('F8');
    await expect.poll(() => page.evaluate(() => window.__mien!.playheadSeconds())).toBeGreaterThan(0);
    await picture(studio, 'transcripts-04-unsure');
  });
});

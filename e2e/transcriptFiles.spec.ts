import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { writeTextGrid } from '../core/interchange/textgrid/writeTextGrid';
import type { PhonemeSegment, WordSegment } from '../core/speech/segments';
import { expect, picture, stubDialogs, test, type Hands } from './support/hands';

/*
 * Transcripts from files, chosen in the file dialog: a Praat TextGrid whose times and confidence the lanes then show and whose
 * locked phoneme stays put whatever follows, damaged ones that change nothing, plain text and subtitles.
 */

interface Speech {
  readonly words: readonly WordSegment[];
  readonly phonemes: readonly PhonemeSegment[];
}
const speechOf = (hands: Hands): Promise<Speech> => hands.page.evaluate(() => window.__mien!.speech());
const timesOf = (segments: readonly { startSeconds: number; endSeconds: number }[]) =>
  segments.map(({ startSeconds, endSeconds }) => [startSeconds.toFixed(5), endSeconds.toFixed(5)]);
const namesOf = ({ phonemes }: Speech) => phonemes.map(({ phoneme }) => phoneme);

/** Edges inside the line moved by 7 ms, as an animator with Praat would; confidence by place, the phone `lockedAt` locked. */
function byHand({ words, phonemes }: Speech, lockedAt: number): Speech {
  const end = phonemes.at(-1)!.endSeconds;
  const moved = (seconds: number) => (seconds > 0 && seconds < end ? Math.round((seconds + 0.007) * 1e5) / 1e5 : seconds);
  const place = <T extends WordSegment | PhonemeSegment>(one: T): T => ({
    ...one,
    startSeconds: moved(one.startSeconds),
    endSeconds: moved(one.endSeconds),
  });
  return {
    words: words.map((word, i) => ({ ...place(word), confidence: i % 2 === 0 ? 0.9 : 0.05 })),
    phonemes: phonemes.map((phone, i) => ({
      ...place(phone),
      confidence: ((i * 3) % 10) / 10,
      ...(i === lockedAt && { locked: true }),
    })),
  };
}

test('transcript files: TextGrid, damaged TextGrids, text, subtitles', async ({ hands }) => {
  test.setTimeout(600_000);
  const { page, studio } = hands;
  await hands.sample();
  const text = 'Oh, you came back! I never believed we would meet by the river again. My whole family will be so happy!';
  const load = async (name: string, content: string) => {
    const file = path.join(studio.folder, name);
    writeFileSync(file, content);
    await stubDialogs(studio.app, { open: [file] });
    await page.getByTestId('load-transcript').click();
    await hands.idle();
  };
  const heard = await speechOf(hands);
  const durationSeconds = heard.phonemes.at(-1)!.endSeconds;
  const lockedAt = heard.phonemes.findIndex(({ phoneme, startSeconds }) => phoneme !== 'SIL' && startSeconds > 1);
  const given = byHand(heard, lockedAt);
  const locked = given.phonemes[lockedAt];
  const fromFile = page.getByText('times from a TextGrid');

  await test.step('the lanes show the times and the confidence of a TextGrid', async () => {
    await load('by hand.TextGrid', writeTextGrid({ durationSeconds, ...given }));
    await expect(fromFile).toBeVisible();
    const now = await speechOf(hands);
    expect(namesOf(now)).toEqual(namesOf(given));
    expect(timesOf(now.phonemes)).toEqual(timesOf(given.phonemes));
    expect(timesOf(now.words)).toEqual(timesOf(given.words));
    expect(now.phonemes.map(({ confidence }) => confidence.toFixed(2))).toEqual(
      given.phonemes.map(({ confidence }) => confidence.toFixed(2)),
    );
    expect(now.words.map(({ text: said, confidence }) => [said, confidence])).toEqual(
      given.words.map(({ text: said, confidence }) => [said, confidence]),
    );
    expect(now.phonemes[lockedAt]).toMatchObject({ locked: true });
    expect(await hands.undoLabel()).toBe('Load TextGrid');
    // What is unsure is marked: every other word, and phonemes below the limit of the lane.
    await page.keyboard.press('Home');
    await picture(studio, 'transcript-files-01-textgrid');
  });

  await test.step('its locked phoneme stays when the line is aligned, corrected, loaded again and brought back', async () => {
    const stays = async (what: string) => expect((await speechOf(hands)).phonemes, what).toContainEqual(locked);
    await page.getByTestId('transcript').fill(text);
    await page.getByTestId('align-button').click();
    await hands.idle();
    await stays('aligned');
    expect(timesOf((await speechOf(hands)).phonemes)).not.toEqual(timesOf(given.phonemes));
    await expect(fromFile).toBeHidden();

    const { words } = await speechOf(hands);
    const beside = words.find(
      ({ startSeconds, endSeconds }) => startSeconds <= locked.startSeconds && endSeconds > locked.startSeconds,
    )!;
    const at = await hands.lanePoint('words', (beside.startSeconds + beside.endSeconds) / 2);
    await page.mouse.dblclick(at.x, at.y);
    await page.getByTestId('word-input').fill('wherever');
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await speechOf(hands)).words.map((word) => word.text)).toContain('wherever');
    await hands.idle();
    await stays('a word corrected');

    await load('as heard.TextGrid', writeTextGrid({ durationSeconds, ...heard }));
    await stays('another TextGrid loaded');
    await expect(page.getByTestId('status-text')).toContainText('1 locked phoneme stayed');
    const others = ({ phonemes }: Speech) =>
      timesOf(
        phonemes.filter(
          ({ startSeconds, endSeconds }) => endSeconds < locked.startSeconds - 0.1 || startSeconds > locked.endSeconds + 0.1,
        ),
      );
    expect(others(await speechOf(hands))).toEqual(others(heard));

    await page.keyboard.press('Escape');
    await hands.menu('phoneme.restore');
    await stays('all brought back');
  });

  await test.step('a damaged TextGrid says what, where and what to do, and changes nothing', async () => {
    const before = {
      speech: await speechOf(hands),
      depth: await hands.depth(),
      text: await page.getByTestId('transcript').inputValue(),
    };
    const good = writeTextGrid({ durationSeconds, ...given });
    const damaged: readonly (readonly [name: string, content: string, says: RegExp])[] = [
      [
        'cut.TextGrid',
        good.slice(0, good.length / 3),
        /cut\.TextGrid is a damaged TextGrid that ends too early: the .* is missing/,
      ],
      [
        'letters.TextGrid',
        good.replace(/xmax = [\d.]+\n {12}text = "SIL"/, 'xmax = soon\n            text = "SIL"'),
        /letters\.TextGrid is a damaged TextGrid: in line \d+, the end time of interval 1 of tier "phones"/,
      ],
      ['other.TextGrid', 'This is a letter to a friend.', /other\.TextGrid is not a Praat TextGrid/],
    ];
    for (const [name, content, says] of damaged) {
      studio.expectedErrors.push(name);
      await load(name, content);
      const [toast] = (await page.evaluate(() => [...window.__mien!.toasts()])).slice(-1);
      expect(toast.message).toMatch(says);
      expect(toast.remedy).toMatch(/Praat/);
    }
    await picture(studio, 'transcript-files-02-damaged');
    expect({
      speech: await speechOf(hands),
      depth: await hands.depth(),
      text: await page.getByTestId('transcript').inputValue(),
    }).toEqual(before);
  });

  await test.step('plain text and subtitles are aligned to the sound', async () => {
    const shown = async () => (await speechOf(hands)).words.map((word) => word.text);
    await load('line.txt', `\ufeff${text}\r\n`);
    await expect(page.getByTestId('transcript')).toHaveValue(text);
    await expect.poll(shown).toHaveLength(21);
    expect((await speechOf(hands)).phonemes).toContainEqual(locked);
    await load(
      'line.srt',
      `1\n00:00:00,000 --> 00:00:02,000\nMARA: Oh, you came back!\n\n2\n00:00:01,000 --> 00:00:06,000\n${text.slice(19)}\n`,
    );
    await expect.poll(shown).toHaveLength(21);
    await expect(page.getByTestId('transcript')).toHaveValue(/^Oh, you came back!\nI never/);
    expect((await speechOf(hands)).phonemes).toContainEqual(locked);
  });

  await test.step('phonemes of any language, as IPA and as espeak-ng writes them', async () => {
    const written = [
      ['ipa', 'ˈoʊ juː kˈeɪm bˈæk aɪ nˈɛvɚ bᵻlˈiːvd wiː wʊd mˈiːt baɪ ðə ɹˈɪvɚɹ ɐɡˈɛn maɪ hˈoʊl fˈæmɪli wɪl biː sˌoʊ hˈæpi'],
      [
        'espeak',
        "'oU ju: k'eIm b'ak aI n'Ev3 bI2l'i:vd wi: wUd m'i:t baI D@2 r'Iv3r a#g'En maI h'oUl f'amIli wIl bi: s,oU h'api",
      ],
    ] as const;
    for (const [notation, phonemes] of written) {
      await page.getByTestId('notation').selectOption(notation);
      await page.getByTestId('transcript').fill(phonemes);
      await page.getByTestId('align-button').click();
      await expect.poll(async () => (await speechOf(hands)).words.at(-1)?.text).toBe(phonemes.split(' ').at(-1));
      await hands.idle();
      const now = await speechOf(hands);
      expect(
        namesOf(now)
          .filter((name) => name !== 'SIL')
          .join(' '),
      ).toMatch(/S OW HH AE P IY$/);
      expect(now.words).toHaveLength(21);
      expect(now.phonemes).toContainEqual(locked);
      await expect(page.getByText('21 words, from phonemes')).toBeVisible();
      await expect(page.getByTestId('notation')).toHaveValue(notation);
    }
  });
});

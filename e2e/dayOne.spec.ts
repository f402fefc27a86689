import { expect, picture, test, untilIdle, untilSampleIsOpen, type Studio } from './support/launchStudio';

/* What an animator needs on the first day: poses, targets for the eyes, lips against the sound. */

const history = (studio: Studio) => studio.page.evaluate(() => window.__mien!.historyDepth());
const valueAtPlayhead = (studio: Studio, channel: 'mouthSmileLeft' | 'mouthSmileRight' | 'jawOpen' | 'headYaw' | 'leftEyeYaw') =>
  studio.page.evaluate((name) => window.__mien!.channelValue(name), channel);

/** Types into the number of a slider, as a person does who knows the value. */
async function typeNumber(studio: Studio, slider: string, value: string): Promise<void> {
  const field = studio.page.getByTestId(slider).locator('input');
  await field.fill(value);
  await field.press('Enter');
}

test('a pose is saved, applied elsewhere and mirrored; the eyes look at a target; the lips move against the sound', async ({
  studio,
}) => {
  test.setTimeout(900_000);
  const { page } = studio;
  await untilSampleIsOpen(studio);
  await typeNumber(studio, 'emotion-slider-contempt', '1');
  await untilIdle(studio);
  const source = await valueAtPlayhead(studio, 'mouthSmileLeft');
  const other = await valueAtPlayhead(studio, 'mouthSmileRight');
  expect(Math.abs(source - other)).toBeGreaterThan(0.05);

  await page.getByTestId('inspector-clip').click();
  await page.getByTestId('save-pose').click();
  await page.getByTestId('pose-name').fill('Smirk');
  await page.getByTestId('pose-name').press('Enter');
  await expect(page.getByTestId('pose-Smirk').locator('img')).toBeVisible();
  await page.keyboard.press('Escape');

  // Elsewhere in the line, mirrored.
  await page.keyboard.press('End');
  await page.getByTestId('pose-Smirk').click();
  await page.getByTestId('pose-mirror').click();
  await typeNumber(studio, 'pose-amount', '1');
  await untilIdle(studio);
  expect(await valueAtPlayhead(studio, 'mouthSmileRight')).toBeCloseTo(source, 2);
  expect(await valueAtPlayhead(studio, 'mouthSmileLeft')).toBeCloseTo(other, 2);
  await expect(page.getByTestId('pose-amount').getByRole('slider')).toHaveAttribute('aria-valuenow', '0');

  await page.keyboard.press('Home');
  const before = await history(studio);
  await page.getByTestId('add-lookat').selectOption('Left');
  await page.getByTestId('lookat-Left').click();
  await typeNumber(studio, 'lookat-share', '0.5');
  await page.getByTestId('look-at-Left').click();
  await untilIdle(studio);
  expect(await history(studio)).toBe(before + 3);
  const yaw = await page.evaluate(() => ({
    head: window.__mien!.channelValue('headYaw', 0.8),
    eye: window.__mien!.channelValue('leftEyeYaw', 0.8),
  }));
  // 30 degrees to the left, half of it by the head.
  expect(Math.abs(yaw.head + yaw.eye)).toBeGreaterThan(0.3);
  expect(Math.abs(yaw.head)).toBeGreaterThan(0.12);

  const jaw = () => page.evaluate(() => [0.5, 0.7, 0.9, 1.1, 1.3].map((time) => window.__mien!.channelValue('jawOpen', time)));
  const inSync = await jaw();
  await typeNumber(studio, 'lip-nudge', '50');
  await untilIdle(studio);
  const late = await jaw();
  expect(late).not.toEqual(inSync);
  await picture(studio, 'day-one-01-clip-tab');
  await page.keyboard.press('Control+z');
  await untilIdle(studio);
  expect(await jaw()).toEqual(inSync);
});

import { expect, picture, test, untilIdle, untilSampleIsOpen, type Studio } from './support/launchStudio';

const drawn = (studio: Studio) => studio.page.evaluate(() => window.__mien!.drawnFrames());
const untilStill = (studio: Studio) =>
  studio.page.waitForFunction(() => window.__mien!.isPictureStill(), undefined, { timeout: 240_000 });

test('the picture: what each quality takes, nothing drawn while nothing changes, the ghost of another take', async ({
  studio,
}) => {
  test.setTimeout(600_000);
  const { page } = studio;
  await untilSampleIsOpen(studio);

  for (const tier of ['draft', 'standard', 'high'] as const) {
    const figures = await page.evaluate((options) => window.__mien!.measureScene('mien', options), {
      tier,
      morphPath: 'gpu',
      width: 160,
      height: 100,
      pictures: 1,
      look: 'real',
      lights: 'studio',
    } as const);
    expect(figures.drawCalls, `${tier}: draw calls`).toBeGreaterThan(3);
    expect(figures.drawCalls, `${tier}: draw calls`).toBeLessThanOrEqual(40);
    expect(figures.triangles, `${tier}: triangles`).toBeGreaterThan(20_000);
    expect(figures.triangles, `${tier}: triangles`).toBeLessThanOrEqual(40_000);
    expect(figures.textureBytes, `${tier}: texture bytes`).toBeGreaterThan(1e6);
    expect(figures.textureBytes, `${tier}: texture bytes`).toBeLessThanOrEqual(64 * 1024 ** 2);
  }

  await untilStill(studio);
  const before = await drawn(studio);
  // A stretch in which the window would have drawn, had it been asked to.
  await page.evaluate(async () => {
    for (let frame = 0; frame < 60; frame += 1) await new Promise(requestAnimationFrame);
  });
  expect(await drawn(studio)).toBe(before);

  const at = await page.evaluate(() => window.__mien!.rulerPointPx(2.2));
  await page.mouse.click(at.x, at.y);
  await page.evaluate(() => document.querySelector<HTMLElement>('[data-testid="inspector-layers"]')?.click());
  await page.getByTestId('new-take').click();
  await untilIdle(studio);
  await page.getByTestId('ghost').selectOption({ label: 'Take 1' });
  await expect.poll(() => page.evaluate(() => window.__mien!.ghostValue('headYaw'))).not.toBeNaN();
  const values = () =>
    page.evaluate(() => ({ ghost: window.__mien!.ghostValue('headYaw'), shown: window.__mien!.channelValue('headYaw') }));
  const asGhost = await values();
  expect(asGhost.ghost).not.toBeCloseTo(asGhost.shown, 4);
  await untilStill(studio);
  await picture(studio, 'viewport-ghost');
  // Take 1 on stage moves as its ghost did.
  await page.getByTestId('take-b').click();
  await expect.poll(async () => (await values()).shown).toBeCloseTo(asGhost.ghost, 3);
  // A ghost is drawn with the face, and gone when it is switched off.
  await page.getByTestId('ghost').selectOption('off');
  await expect.poll(() => page.evaluate(() => window.__mien!.ghostValue('headYaw'))).toBeNaN();
});

test('one quality after the other, each under another light: every surface is drawn', async ({ studio }) => {
  test.setTimeout(600_000);
  const { page } = studio;
  const refused: string[] = [];
  page.on('console', (message) => {
    if (message.text().includes('GL_INVALID')) refused.push(message.text());
  });
  await untilSampleIsOpen(studio);
  for (const [quality, lights] of [
    ['high', 'studio'],
    ['standard', 'dramatic'],
  ]) {
    await page.getByTestId('quality').selectOption(quality);
    await page.getByTestId('lights').selectOption(lights);
    await untilStill(studio);
  }
  await picture(studio, 'viewport-standard-after-high');
  expect(refused).toEqual([]);
});

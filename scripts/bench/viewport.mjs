/**
 * Draws the sample line on the built studio's stage in every quality and prints counts and times as JSON. On software GL two
 * figures are told: the time until the picture is there, which other work on the machine lengthens, and the processor time of
 * the process that draws (all its threads), which it hardly does.
 */
import fs from 'node:fs';
import { startStudio } from './studioForBench.mjs';

const SIZE = { width: 1280, height: 800 };
/** Pictures timed: many of a draft, few of what software GL takes seconds for. */
const PICTURES = { draft: 60, standard: 6, high: 4 };

const { app, page, end } = await startStudio();
try {
  await page.waitForFunction(() => window.__mien?.lineIds().length === 1 && window.__mien.isIdle(), undefined, {
    timeout: 240_000,
  });
  const drawer = (await app.evaluate(({ app: electron }) => electron.getAppMetrics())).find(({ type }) => type === 'GPU')?.pid;
  const tiers = {};
  for (const tier of ['draft', 'standard', 'high']) tiers[tier] = await measure(drawer, tier, 1);
  const draftScales = {};
  for (const scale of [1, 0.75, 0.6]) draftScales[scale] = await measure(drawer, 'draft', scale);
  const morphPaths = {};
  for (const morphPath of ['cpu', 'gpu']) morphPaths[morphPath] = await measure(drawer, 'draft', 0.1, morphPath);
  console.log(JSON.stringify({ ...SIZE, tiers, draftScales, morphPaths, framesWhileNothingChanges: await idleFrames() }));
} finally {
  await end();
}

/** Without `morphPath`: blended where this renderer's choice is (texture memory counts those textures then). */
async function measure(drawerPid, tier, scale, morphPath) {
  const options = {
    tier,
    morphPath: morphPath ?? (tier === 'draft' ? 'cpu' : 'gpu'),
    look: 'real',
    lights: 'studio',
    width: Math.round(SIZE.width * scale),
    height: Math.round(SIZE.height * scale),
  };
  const run = (pictures) => page.evaluate((given) => window.__mien.measureScene('mien', given), { ...options, pictures });
  const pictures = PICTURES[tier];
  // Loading and warming up are in both runs: the difference is drawing alone.
  await run(1);
  const [before, , between] = [processorMs(drawerPid), await run(1), processorMs(drawerPid)];
  const figures = await run(1 + pictures);
  const drawingMs = processorMs(drawerPid) - between - (between - before);
  return {
    ...options,
    ...figures,
    drawingProcessorMs: Number.isFinite(drawingMs) ? Number((drawingMs / pictures).toFixed(1)) : null,
  };
}

/** Processor time of a process and its threads so far; NaN where the system does not tell. */
function processorMs(pid) {
  try {
    const fields = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
    // User and system time in hundredths of a second (proc(5): fields 14 and 15).
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return NaN;
  }
}

/** Pictures drawn during two seconds in which nothing changes. */
async function idleFrames() {
  await page.waitForFunction(() => window.__mien.isPictureStill(), undefined, { timeout: 60_000 });
  const before = await page.evaluate(() => window.__mien.drawnFrames());
  await page.waitForTimeout(2000);
  return (await page.evaluate(() => window.__mien.drawnFrames())) - before;
}

/**
 * Opens ten minutes with 10,000 keys in the built studio, then scrolls, zooms, scrubs, plays, drags an emotion and a key, and prints as JSON
 * which tasks of the window's thread took longer than 50 ms (PerformanceObserver 'longtask'). Tasks within which the viewport
 * drew count apart: on software GL drawing a face takes that long by itself. `longestProcessorMs` is what the longest task spent
 * on the processor (Chromium's trace, pictures included): it says the same on a machine that does other work beside this.
 *   node longTasks.mjs PROJECT.mien [FOLDER]    FOLDER: a CPU profile of each action goes there (measuring is slower then)
 */
import fs from 'node:fs';
import path from 'node:path';
import { startStudio } from './studioForBench.mjs';

const [file, profileFolder] = process.argv.slice(2);
const { app, page, end } = await startStudio();
try {
  // With its curves: before they are there the sample counts as unsaved work, and opening a file would ask about it.
  await page.waitForFunction(
    () =>
      window.__mien?.lineIds().length === 1 &&
      Number.isFinite(window.__mien.channelValue('jawOpen', 1)) &&
      window.__mien.isIdle(),
    undefined,
    { timeout: 240_000 },
  );
  await page.waitForTimeout(1000);
  await observe();
  const actions = {};
  const profiler = profileFolder ? await startProfiler(profileFolder) : null;
  const measure = async (name, act) => {
    await settle();
    await page.evaluate(() => window.longTasks.splice(0));
    await profiler?.begin();
    await app.evaluate(({ contentTracing }) => contentTracing.startRecording({ included_categories: ['toplevel'] }));
    await act();
    await settle();
    const trace = await app.evaluate(({ contentTracing }) => contentTracing.stopRecording());
    await profiler?.end(name);
    actions[name] = { ...(await longTasks()), longestProcessorMs: longestProcessorMs(trace) };
  };
  const point = (time) => page.evaluate((seconds) => window.__mien.rulerPointPx(seconds), time);

  await measure('open', async () => {
    await app.evaluate(({ dialog, Menu, BrowserWindow }, path) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
      Menu.getApplicationMenu().getMenuItemById('file.open').click(undefined, BrowserWindow.getAllWindows()[0]);
    }, file);
    // On a busy machine the question about unsaved work may come late, or not at all.
    const isOpen = () => page.evaluate(() => window.__mien.lineIds().join() === 'line:long' && window.__mien.isIdle());
    const keepNothing = page.getByRole('button', { name: "Don't save" });
    for (let wait = 0; !(await isOpen()); wait += 1) {
      if (wait > 2400) throw new Error('the project does not open');
      if (await keepNothing.isVisible()) await keepNothing.click();
      await page.waitForTimeout(100);
    }
    await page.waitForFunction(() => Number.isFinite(window.__mien.channelValue('jawOpen', 1)), undefined, { timeout: 240_000 });
  });
  await measure('unfold the sheet', () => page.getByTestId('sheet-unfold-mouth').click());
  const lanes = await page.locator('.timeline .lanes').boundingBox();
  await page.mouse.move(lanes.x + lanes.width * 0.7, lanes.y + lanes.height / 2);
  const wheel = async (turns, dx, dy, key) => {
    if (key) await page.keyboard.down(key);
    for (let turn = 0; turn < turns; turn++) await page.mouse.wheel(dx, dy * (turn % 8 < 5 ? 1 : -1));
    if (key) await page.keyboard.up(key);
  };
  await measure('scroll', () => wheel(40, 0, 60));
  await measure('zoom', () => wheel(24, 0, -240, 'Control'));
  await measure('pan', () => wheel(24, 0, 160, 'Shift'));
  await measure('scrub', async () => {
    const from = await point(await page.evaluate(() => window.__mien.playheadSeconds()));
    const ruler = await page.getByTestId('ruler').boundingBox();
    const y = from.y;
    await page.mouse.move(ruler.x + 40, y);
    await page.mouse.down();
    for (let step = 1; step <= 30; step++) await page.mouse.move(ruler.x + 40 + step * 20, y);
    await page.mouse.up();
  });
  await measure('play two seconds', async () => {
    await page.keyboard.press('Space');
    await page.waitForTimeout(2000);
    await page.keyboard.press('Space');
  });
  const follows = [];
  await measure('drag an emotion', async () => {
    const slider = page.getByTestId('emotion-slider-joy').getByRole('slider');
    await slider.scrollIntoViewIfNeeded();
    const box = await slider.boundingBox();
    const y = box.y + box.height / 2;
    await noteFollowing();
    await page.mouse.move(box.x + box.width * 0.3, y);
    await page.mouse.down();
    for (let step = 1; step <= 25; step++) {
      await page.mouse.move(box.x + box.width * (0.3 + 0.02 * step), y);
      await page.waitForTimeout(120);
    }
    await page.mouse.up();
    follows.push(...(await page.evaluate(() => window.followedAfterMs.splice(0))));
  });
  await page.keyboard.press('Control+z');
  await measure('curve editor', () => page.keyboard.press('Shift+3'));
  await measure('show the whole line', () => page.keyboard.press('a'));
  await measure('drag a key', async () => {
    const canvas = await page.getByTestId('curve-canvas').boundingBox();
    const keys = await page.evaluate(() => window.__mien.curveKeysPx());
    const key = keys.find(
      ({ x, y }) =>
        x > canvas.x + 60 && x < canvas.x + canvas.width - 200 && y > canvas.y + 20 && y < canvas.y + canvas.height - 40,
    );
    if (!key) throw new Error('no key is in sight');
    await page.mouse.move(key.x, key.y);
    await page.mouse.down();
    for (let step = 1; step <= 20; step++) await page.mouse.move(key.x + step * 3, key.y + step);
    await page.mouse.up();
  });
  await measure('undo', () => page.keyboard.press('Control+z'));
  await measure('select all, nudge', async () => {
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Alt+ArrowRight');
  });
  follows.sort((a, b) => a - b);
  const at = (share) => Math.round(follows[Math.floor(share * (follows.length - 1))] ?? NaN);
  const emotionFollows = { moves: follows.length, medianMs: at(0.5), longestMs: at(1) };
  console.log(JSON.stringify({ longerThanMs: 50, actions, emotionFollows }));
} finally {
  await end();
}

/** Writes what the window's thread did between `begin` and `end` as NAME.cpuprofile. */
async function startProfiler(folder) {
  fs.mkdirSync(folder, { recursive: true });
  const session = await page.context().newCDPSession(page);
  await session.send('Profiler.enable');
  return {
    begin: () => session.send('Profiler.start'),
    end: async (name) => {
      const { profile } = await session.send('Profiler.stop');
      fs.writeFileSync(path.join(folder, `${name.replaceAll(/[ ,]+/g, '-')}.cpuprofile`), JSON.stringify(profile));
    },
  };
}

/** Processor time of the longest task on the window's thread. The trace has more threads of that name: the busiest is the window's. */
function longestProcessorMs(file) {
  const events = JSON.parse(fs.readFileSync(file, 'utf8')).traceEvents;
  fs.rmSync(file);
  const threadOf = ({ pid, tid }) => `${pid} ${tid}`;
  const threads = events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(threadOf);
  const tasks = (thread) =>
    events.filter((event) => event.name === 'ThreadControllerImpl::RunTask' && threadOf(event) === thread);
  const busiest = threads.map(tasks).sort((a, b) => b.length - a.length)[0] ?? [];
  return Math.round(busiest.reduce((longest, { tdur = 0 }) => Math.max(longest, tdur), 0) / 1000);
}

/** Every long task, with the pictures that the viewport drew meanwhile. */
async function observe() {
  await page.evaluate(() => {
    const tasks = [];
    window.longTasks = tasks;
    // Drawn pictures with their times, so that a task can be told to be one.
    const drawn = [];
    let before = window.__mien.drawnFrames();
    const request = window.requestAnimationFrame.bind(window);
    window.requestAnimationFrame = (callback) =>
      request((time) => {
        const start = performance.now();
        callback(time);
        const now = window.__mien.drawnFrames();
        if (now !== before) drawn.push({ start, end: performance.now() });
        before = now;
      });
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) {
        const drawing = drawn
          .filter(({ start, end }) => end > startTime && start < startTime + duration)
          .reduce((sum, { start, end }) => sum + Math.min(end, startTime + duration) - Math.max(start, startTime), 0);
        tasks.push({ ms: Math.round(duration), drawingMs: Math.round(drawing) });
      }
    }).observe({ entryTypes: ['longtask'] });
  });
}

/** From a move of the pointer to new curves at the playhead, without drawing; moves that bring nothing new do not count. */
async function noteFollowing() {
  await page.evaluate(() => {
    const times = [];
    window.followedAfterMs = times;
    const read = () => window.__mien.channelValue('cheekSquintLeft');
    let moved = null;
    window.addEventListener(
      'pointermove',
      (event) => {
        if (event.buttons === 1) moved ??= { at: event.timeStamp, before: read() };
      },
      { capture: true },
    );
    setInterval(() => {
      if (!moved || read() === moved.before) return;
      times.push(performance.now() - moved.at);
      moved = null;
    }, 2);
  });
}

async function settle() {
  await page.waitForFunction(() => window.__mien.isIdle() && window.__mien.isPictureStill(), undefined, { timeout: 120_000 });
  await page.waitForTimeout(400);
}

/** Without the viewport's drawing: how many tasks are still long, and the longest. */
async function longTasks() {
  const tasks = await page.evaluate(() => window.longTasks.splice(0));
  const own = tasks.map(({ ms, drawingMs }) => ms - drawingMs).filter((ms) => ms > 50);
  return {
    count: own.length,
    longestMs: Math.max(0, ...own),
    withDrawing: tasks.length,
    longestWithDrawingMs: Math.max(0, ...tasks.map(({ ms }) => ms)),
  };
}

/** Starts the built studio three times and prints the milliseconds until it is drawn and its engine's bridge answers, as JSON. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { _electron } from 'playwright';
import { electronSwitches } from '../runtime/launch.mjs';
import { projectRoot } from '../runtime/projectRoot.mjs';

const RUNS = 3;
const milliseconds = [];
for (let run = 0; run < RUNS; run++) {
  const userData = fs.mkdtempSync(path.join(os.tmpdir(), 'mien-bench-'));
  const startMs = performance.now();
  const app = await _electron.launch({
    cwd: projectRoot,
    args: [...electronSwitches(), projectRoot],
    env: { ...process.env, MIEN_E2E: '1', MIEN_USER_DATA: userData },
    timeout: 60_000,
  });
  const page = await app.firstWindow();
  await page.getByTestId('app-root').waitFor({ state: 'visible', timeout: 60_000 });
  await page.evaluate(() => window.mien.app.info());
  milliseconds.push(Math.round(performance.now() - startMs));
  await end(app);
  fs.rmSync(userData, { recursive: true, force: true });
}
/** Ends the studio without its question about unsaved changes; a window that will not go must not hold the bench. */
async function end(app) {
  const child = app.process();
  const closed = new Promise((resolve) => child.once('exit', resolve));
  await app.evaluate(({ app: electron }) => electron.exit(0)).catch(() => undefined);
  await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 10_000))]);
  if (child.exitCode === null) child.kill('SIGKILL');
}

console.log(JSON.stringify({ milliseconds }));

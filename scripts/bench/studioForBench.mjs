/** The built studio, started for one measurement and ended without its question about unsaved changes. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { _electron } from 'playwright';
import { electronSwitches } from '../runtime/launch.mjs';
import { projectRoot } from '../runtime/projectRoot.mjs';

/** Starts it with user data of its own; `end` also removes them. */
export async function startStudio() {
  const userData = fs.mkdtempSync(path.join(os.tmpdir(), 'mien-bench-'));
  const app = await _electron.launch({
    cwd: projectRoot,
    args: [...electronSwitches(), projectRoot],
    env: { ...process.env, MIEN_E2E: '1', MIEN_USER_DATA: userData },
    timeout: 60_000,
  });
  return { app, page: await app.firstWindow(), end: () => end(app, userData) };
}

/** A window that will not go must not hold the bench. */
async function end(app, userData) {
  const child = app.process();
  const closed = new Promise((resolve) => child.once('exit', resolve));
  await app.evaluate(({ app: electron }) => electron.exit(0)).catch(() => undefined);
  await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 10_000))]);
  if (child.exitCode === null) child.kill('SIGKILL');
  fs.rmSync(userData, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { build } from './build.mjs';
import { electronEnvironment } from './runtime/ensureElectron.mjs';
import { ensureSystemLibraries } from './runtime/ensureSystemLibraries.mjs';
import { withScreen } from './runtime/launch.mjs';
import { projectRoot } from './runtime/projectRoot.mjs';

/**
 * Runs the Playwright tests with everything they need in place.
 * @param {string[]} playwrightArguments
 * @returns {Promise<number>} Playwright's exit code
 */
export async function runE2e(playwrightArguments = []) {
  ensureSystemLibraries();
  const env = await electronEnvironment();
  await build({ only: ['app', 'renderer'] });
  const cli = createRequire(import.meta.url).resolve('@playwright/test/cli');
  const { command, args } = withScreen(process.execPath, [cli, 'test', ...playwrightArguments]);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: projectRoot, env, stdio: 'inherit' });
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}

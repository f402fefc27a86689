/** npm start: builds what changed and opens the studio. Arguments after `--` go to Electron. */
import { spawn } from 'node:child_process';
import { build } from './build.mjs';
import { electronEnvironment, electronExecutable } from './runtime/ensureElectron.mjs';
import { ensureSystemLibraries } from './runtime/ensureSystemLibraries.mjs';
import { electronSwitches, withScreen } from './runtime/launch.mjs';
import { projectRoot } from './runtime/projectRoot.mjs';

try {
  ensureSystemLibraries();
  const env = await electronEnvironment();
  await build({ only: ['app', 'renderer'] });
  const { command, args } = withScreen(electronExecutable(env), [...electronSwitches(), projectRoot, ...process.argv.slice(2)]);
  const child = spawn(command, args, { stdio: 'inherit', env, cwd: projectRoot });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(`Could not start ${command}: ${error.message}`);
    process.exitCode = 1;
  });
  child.on('close', (code) => (process.exitCode = code ?? 1));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

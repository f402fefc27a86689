/** npm run e2e [-- playwright arguments]: builds what changed and runs the tests on the real app. */
import { runE2e } from './runE2e.mjs';

try {
  process.exitCode = await runE2e(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

/**
 * npm test: everything there is to check, one step after the other; a failing step does not stop the next. Ends with one
 * line alone: `N passed, N failed, N skipped`, and exit code 1 when anything failed.
 *   --long  also runs the full counts (MIEN_LONG=1) and writes reports/long.json
 */
import { spawn } from 'node:child_process';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build } from './build.mjs';
import { projectRoot } from './runtime/projectRoot.mjs';
import { ensureIndependentReaders } from './runtime/ensureIndependentReaders.mjs';
import { runE2e } from './runE2e.mjs';
import { countPlaywright, countVitest, summaryLine } from './testCounts.mjs';

const long = process.argv.includes('--long');
const require = createRequire(import.meta.url);
const results = path.join(projectRoot, 'test-results');
const vitestReport = path.join(results, 'vitest.json');
const playwrightReport = path.join(results, 'e2e.json');
if (long) process.env.MIEN_LONG = '1';

/** Path of a package's command line, started with this Node: no shell, the same on every system. */
function bin(packageName, name = packageName) {
  const manifest = require.resolve(`${packageName}/package.json`, { paths: [projectRoot] });
  const { bin: bins } = JSON.parse(fs.readFileSync(manifest, 'utf8'));
  return path.join(path.dirname(manifest), typeof bins === 'string' ? bins : bins[name]);
}

function node(...args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: projectRoot, stdio: 'inherit', env: process.env });
    child.on('error', () => resolve(1));
    child.on('close', (code) => resolve(code ?? 1));
  });
}

const STEPS = [
  { name: 'readers that are not ours', run: async () => ensureIndependentReaders() },
  { name: 'types of core', run: () => node(bin('typescript', 'tsc'), '-p', 'core/tsconfig.json') },
  { name: 'types', run: () => node(bin('typescript', 'tsc'), '-p', 'tsconfig.json') },
  { name: 'svelte-check', run: () => node(bin('svelte-check'), '--tsconfig', './tsconfig.json', '--threshold', 'error') },
  { name: 'lint', run: () => node(bin('eslint'), '.', '--max-warnings', '0') },
  { name: 'format', run: () => node(bin('prettier'), '--check', '.', '--log-level', 'warn') },
  {
    name: 'unit tests',
    run: () => node(bin('vitest'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`),
    counts: () => countVitest(vitestReport),
  },
  { name: 'build', run: async () => (await build(), 0) },
  { name: 'end-to-end tests', run: () => runE2e(), counts: () => countPlaywright(playwrightReport) },
];

fs.mkdirSync(results, { recursive: true });
for (const stale of [vitestReport, playwrightReport]) fs.rmSync(stale, { force: true });

const total = { passed: 0, failed: 0, skipped: 0 };
const failedSteps = [];
const stepReports = [];
for (const step of STEPS) {
  console.log(`\n== ${step.name}`);
  const start = performance.now();
  let code;
  try {
    code = await step.run();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    code = 1;
  }
  const counts = step.counts?.() ?? { passed: code === 0 ? 1 : 0, failed: 0, skipped: 0 };
  // A step that ends badly without a failing test (types, lint, a crash of the runner) counts as one failure.
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  for (const key of Object.keys(total)) total[key] += counts[key];
  if (counts.failed > 0) failedSteps.push(step.name);
  stepReports.push({ step: step.name, seconds: Number(((performance.now() - start) / 1000).toFixed(1)), ...counts });
}

console.log('');
for (const { step, seconds, passed, failed, skipped } of stepReports) {
  console.log(
    `${failed > 0 ? 'FAILED ' : 'ok     '}${step}: ${passed} passed, ${failed} failed, ${skipped} skipped (${seconds} s)`,
  );
}
if (long) writeLongReport();
if (total.failed > 0) process.exitCode = 1;
console.log(`\n${summaryLine(total)}`);

/** reports/long.json: what was run on which commit, with the seeds of every seeded test that noted one. */
function writeLongReport() {
  const commit = gitCommit();
  const seedsFile = path.join(results, 'seeds.jsonl');
  const seeds = fs.existsSync(seedsFile)
    ? fs
        .readFileSync(seedsFile, 'utf8')
        .trim()
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line))
    : [];
  const folder = path.join(projectRoot, 'reports');
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(
    path.join(folder, 'long.json'),
    `${JSON.stringify({ commit, date: new Date().toISOString(), node: process.version, total, failedSteps, steps: stepReports, seeds }, null, 2)}\n`,
  );
}

function gitCommit() {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], { cwd: projectRoot, encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}

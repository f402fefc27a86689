/**
 * Builds what runs: main, engine and preload (CommonJS, for Electron 25 and current), the command line (ES module) and the
 * renderer (vite). A part whose inputs have not changed since its last build is skipped.
 *   node scripts/build.mjs [--only=app|cli|renderer] [--force]
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { build as esbuild } from 'esbuild';
import { projectRoot } from './runtime/projectRoot.mjs';

const out = path.join(projectRoot, 'out');
const at = (...parts) => path.join(projectRoot, ...parts);

/** Never bundled: a native module, the runtime itself, and a decoder that reads its wasm beside itself. */
const external = ['electron', 'onnxruntime-node', 'draco3dgltf'];

const shared = {
  bundle: true,
  platform: 'node',
  target: 'node18',
  external,
  sourcemap: 'linked',
  legalComments: 'none',
  logLevel: 'warning',
  absWorkingDir: projectRoot,
};

/** CommonJS: some decoders ask for import.meta.url; `import()` of a package inside an asar fails on Electron 25, require works. */
const commonJs = {
  ...shared,
  format: 'cjs',
  define: { 'import.meta.url': 'importMetaUrl' },
  banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
  supported: { 'dynamic-import': false },
};

const PARTS = {
  app: {
    inputs: ['core', 'main', 'preload'],
    build: async () => {
      await Promise.all([
        esbuild({ ...commonJs, entryPoints: [at('main/app/main.ts')], outfile: path.join(out, 'main/index.cjs') }),
        esbuild({ ...commonJs, entryPoints: [at('main/engine/main.ts')], outfile: path.join(out, 'main/engine.cjs') }),
        esbuild({
          ...shared,
          format: 'cjs',
          platform: 'browser',
          target: 'chrome114',
          entryPoints: [at('preload/index.ts')],
          outfile: path.join(out, 'preload/index.cjs'),
        }),
      ]);
    },
  },
  cli: {
    inputs: ['core', 'main', 'cli'],
    skip: () => !fs.existsSync(at('cli/main.ts')),
    build: () =>
      esbuild({
        ...shared,
        format: 'esm',
        entryPoints: [at('cli/main.ts')],
        outfile: path.join(out, 'cli/mien.mjs'),
        // CommonJS packages inside an ES module bundle still call require.
        banner: {
          js: "import { createRequire as mienCreateRequire } from 'node:module';\nconst require = mienCreateRequire(import.meta.url);",
        },
      }),
  },
  renderer: {
    inputs: ['core', 'main/ipc', 'renderer', 'vite.config.ts'],
    build: async () => {
      const { build: viteBuild } = await import('vite');
      await viteBuild({ configFile: at('vite.config.ts'), logLevel: 'warn' });
    },
  },
};

/**
 * Builds parts whose inputs changed.
 * @param {{ only?: Array<'app' | 'cli' | 'renderer'>, force?: boolean, quiet?: boolean }} [options]
 */
export async function build({ only = ['app', 'cli', 'renderer'], force = false, quiet = false } = {}) {
  const release = await takeLock();
  try {
    for (const name of only) {
      const part = PARTS[name];
      if (!part) throw new Error(`There is no part "${name}" to build; parts: ${Object.keys(PARTS).join(', ')}`);
      if (part.skip?.()) continue;
      const stamp = path.join(out, `.${name}.hash`);
      const hash = hashOf(part.inputs);
      if (!force && fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === hash) continue;
      const start = performance.now();
      fs.rmSync(stamp, { force: true });
      await part.build();
      fs.mkdirSync(out, { recursive: true });
      fs.writeFileSync(stamp, hash);
      if (!quiet) console.log(`built ${name} in ${((performance.now() - start) / 1000).toFixed(1)} s`);
    }
  } finally {
    release();
  }
}

/** Hash over names and contents of every input, this script and the locked versions of all packages. */
function hashOf(inputs) {
  const hash = createHash('sha256');
  const files = [...inputs, 'scripts/build.mjs', 'package-lock.json', 'package.json']
    .flatMap((input) => listFiles(at(input)))
    .sort();
  for (const file of files) {
    hash.update(path.relative(projectRoot, file));
    hash.update('\0');
    hash.update(fs.readFileSync(file));
    hash.update('\0');
  }
  return hash.digest('hex');
}

function listFiles(start) {
  if (!fs.existsSync(start)) return [];
  if (fs.statSync(start).isFile()) return [start];
  return fs
    .readdirSync(start, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? listFiles(path.join(start, entry.name)) : [path.join(start, entry.name)]))
    .filter((file) => !/\.test\.ts$|[\\/]golden[\\/]/.test(file));
}

/** Two commands started together must not write the same files: the second waits for the first. */
async function takeLock() {
  const lock = path.join(out, '.lock');
  fs.mkdirSync(out, { recursive: true });
  for (;;) {
    try {
      fs.writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return () => fs.rmSync(lock, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (!isAlive(Number(readOr(lock, '0')))) fs.rmSync(lock, { force: true });
      else await new Promise((done) => setTimeout(done, 200));
    }
  }
}

function readOr(file, fallback) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return fallback;
  }
}

function isAlive(pid) {
  if (!pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

if (process.argv[1] && path.resolve(process.argv[1]) === at('scripts/build.mjs')) {
  const only = process.argv
    .find((arg) => arg.startsWith('--only='))
    ?.slice('--only='.length)
    .split(',');
  try {
    await build({ only, force: process.argv.includes('--force') });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

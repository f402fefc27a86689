/**
 * node scripts/emotionSheets.mjs [--engine rules|neural] [--camera face|mouth|eyes] [--out folder] line.wav ...
 * A picture a line: every emotion held at .5 and at 1, at six telling times (closures, open vowels), to see what an animator would
 * laugh at. A transcript beside the sound (same name, .txt) is used. Without lines those of assets/dialogue.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { projectRoot } from './runtime/projectRoot.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    engine: { type: 'string', default: 'rules' },
    camera: { type: 'string', default: 'face' },
    out: { type: 'string', default: path.join(projectRoot, 'build-cache/emotion-sheets') },
  },
});
const bundled = ['sample.wav', 'anger.wav', 'fear.flac', 'playful.ogg'].map((name) =>
  path.join(projectRoot, 'assets/dialogue', name),
);
const files = positionals.length > 0 ? positionals.map((file) => path.resolve(file)) : bundled;
// Inside the project, where onnxruntime and the assets are found.
const outfile = path.join(projectRoot, 'build-cache/emotion-sheets.mjs');
await build({
  entryPoints: [path.join(projectRoot, 'scripts/pictures/emotionSheets.ts')],
  bundle: true,
  platform: 'node',
  format: 'esm',
  outfile,
  packages: 'external',
  // CommonJS packages are called by require.
  banner: {
    js: "import { createRequire as sheetsRequire } from 'node:module';\nconst require = sheetsRequire(import.meta.url);",
  },
  logLevel: 'error',
});
const { status } = spawnSync(process.execPath, [outfile, JSON.stringify({ ...values, files, out: path.resolve(values.out) })], {
  stdio: 'inherit',
});
process.exitCode = status ?? 1;

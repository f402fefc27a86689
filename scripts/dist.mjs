/**
 * npm run dist [-- electron-builder arguments]: packages the app for this system with the official Electron.
 *   npm run dist -- --dir --electron-dist <folder>   a folder to look at, with an unpacked runtime of your own
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build } from './build.mjs';
import { projectRoot } from './runtime/projectRoot.mjs';

const require = createRequire(import.meta.url);
const wishes = process.argv.slice(2);
const distAt = wishes.indexOf('--electron-dist');
const electronDist = distAt >= 0 ? path.resolve(wishes.splice(distAt, 2)[1] ?? '') : null;

const env = { ...process.env };
// zip and tar.gz are made by 7za; the one from npm needs no download, but comes without its executable bit.
const sevenZip = require('7zip-bin').path7za;
if (fs.existsSync(sevenZip)) {
  fs.chmodSync(sevenZip, 0o755);
  env.ELECTRON_BUILDER_7ZIP_PATH = sevenZip;
}

await build({ force: true });
const cli = path.join(path.dirname(require.resolve('electron-builder/package.json')), 'cli.js');
const args = [cli, '--config', 'electron-builder.yml', '--publish', 'never', ...wishes];
// An unpacked runtime says its own version; a packaged app must not claim another.
if (electronDist)
  args.push(
    `-c.electronDist=${electronDist}`,
    `-c.electronVersion=${fs.readFileSync(path.join(electronDist, 'version'), 'utf8').trim()}`,
  );
const result = spawnSync(process.execPath, args, { cwd: projectRoot, env, stdio: 'inherit' });
process.exitCode = result.status ?? 1;

/**
 * npm run demo: the whole chain on the bundled line, without a window. Writes demo-out/sample.{glb,fbx,csv,mien,TextGrid} and a
 * picture, and says what to do with them.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { build } from './build.mjs';
import { projectRoot } from './runtime/projectRoot.mjs';

const out = path.join(projectRoot, 'demo-out');
const line = path.join(projectRoot, 'assets/dialogue/sample.wav');
const transcript = path.join(projectRoot, 'assets/dialogue/sample.txt');
/** Surprised to see a friend again, then glad: times fit the bundled line. */
const emotion = 'surprise=0.75@0-1.6,joy=0.85@1.3-7';
const performance = ['--transcript', transcript, '--emotion', emotion, '--style', 'jaw=0.55,lip=0.6'];

/** Runs `mien`; resolves with its JSON lines, or with none when it talks to the terminal itself. */
function mien(args, { quiet = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(projectRoot, 'out/cli/mien.mjs'), ...args, ...(quiet ? ['--json'] : [])], {
      stdio: ['inherit', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
    });
    let printed = '';
    let complained = '';
    child.stdout?.on('data', (text) => (printed += text));
    child.stderr?.on('data', (text) => (complained += text));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0)
        resolve(
          printed
            .split('\n')
            .filter(Boolean)
            .map((row) => JSON.parse(row)),
        );
      else reject(new Error(`${complained}mien ${args[0]} ended with exit code ${code}.`));
    });
  });
}

try {
  await build({ only: ['cli'] });
  fs.mkdirSync(out, { recursive: true });
  const at = (suffix) => path.join(path.relative(process.cwd(), out) || '.', `sample${suffix}`);
  console.log(`\n"${fs.readFileSync(transcript, 'utf8').trim()}"\n`);
  await mien([
    'generate',
    line,
    ...performance,
    ...['.glb', '.fbx', '.csv', '.mien', '.TextGrid'].flatMap((suffix) => ['--out', at(suffix)]),
  ]);
  for (const suffix of ['.glb', '.fbx', '.csv', '.mien']) {
    const { ok, findings } = (await mien(['validate', at(suffix)], { quiet: true })).at(-1);
    const told = findings.filter(({ severity }) => severity !== 'info');
    console.log(`checked ${at(suffix)}: ${ok ? 'valid' : 'NOT valid'}${told.length > 0 ? `, ${told.length} warnings` : ''}`);
  }
  await mien(['picture', line, ...performance, '--out', at('.png')], { quiet: true });
  console.log(`drew ${at('.png')}`);
  console.log(`
Everything is in ${path.relative(process.cwd(), out) || out}:
  sample.png       faces over the line: look at it first
  sample.glb       drop it on any glTF viewer
  sample.fbx       import it in Blender (File > Import > FBX), Unreal, Unity or Maya
  sample.csv       Live Link Face takes, for MetaHuman and other ARKit-driven faces
  sample.mien      the project: "npm start", then File > Open
  sample.TextGrid  words and phones, for Praat

Next: npm start opens the studio; npx mien generate your.wav --text "..." --out your.fbx does your own line.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

/**
 * npm run bench [-- --quick] [-- --out report.json]: measures this machine and prints one JSON object.
 *   stages      seconds of work per second of sound, by stage, for one minute of the bundled lines (cpu; median of runs)
 *   memory      peak resident memory (and processor time) of a whole generate for 1, 5 and 20 minutes of speech
 *   exports     seconds and bytes by format for that minute
 *   editing     milliseconds of the document's core on ten minutes with 10,000 keys: playhead, edit, undo (medians)
 *   preview     milliseconds (and processor time) from an emotion slider to new curves around the playhead, short line and ten minutes, both engines
 *   viewport    each quality of the picture: counts, and milliseconds a picture on whatever draws here; where shapes are blended fastest
 *   longTasks   tasks over 50 ms in the window on that line, by what was done (opened, scrolled, zoomed, scrubbed, a key dragged)
 *   app         milliseconds from start to a studio that answers, where Electron can run
 * --quick leaves out 20 minutes and the studio; --only longTasks,editing measures those parts alone; --profiles FOLDER writes a
 * .cpuprofile (for Chromium's developer tools) of each action of longTasks. Nothing here passes or fails: npm test judges, this
 * only measures.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build as bundle } from 'esbuild';
import { build } from './build.mjs';
import { electronEnvironment } from './runtime/ensureElectron.mjs';
import { hasDisplay } from './runtime/ensureSystemLibraries.mjs';
import { withScreen } from './runtime/launch.mjs';
import { projectRoot } from './runtime/projectRoot.mjs';

const quick = process.argv.includes('--quick');
const outFile = optionOf('--out');
const only = optionOf('--only')?.split(',');
const profiles = optionOf('--profiles');
const cli = path.join(projectRoot, 'out/cli/mien.mjs');
const RUNS = quick ? 1 : 3;
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'mien-bench-'));

try {
  await build({ only: ['cli'], quiet: true });
  const report = {
    machine: {
      cpu: os.cpus()[0]?.model ?? '',
      cores: os.availableParallelism(),
      memoryBytes: os.totalmem(),
      node: process.version,
      platform: `${process.platform} ${process.arch}`,
      loadAverage: os.loadavg()[0],
    },
    date: new Date().toISOString(),
    ...(isAsked('stages') ? await measureStages() : {}),
    ...(await measured({
      memory: () => measureMemory(quick ? [1, 5] : [1, 5, 20]),
      editing: measureEditing,
      preview: measurePreview,
      app: quick ? skippedByQuick : measureApp,
      viewport: quick ? skippedByQuick : measureViewport,
      longTasks: quick ? skippedByQuick : measureLongTasks,
    })),
  };
  const text = JSON.stringify(report, null, 2);
  console.log(text);
  if (outFile) fs.writeFileSync(outFile, `${text}\n`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  fs.rmSync(scratch, { recursive: true, force: true });
}

/** The word after an option, or undefined. */
function optionOf(name) {
  const index = process.argv.indexOf(name);
  return index > 0 ? process.argv[index + 1] : undefined;
}

function isAsked(part) {
  return !only || only.includes(part);
}

function skippedByQuick() {
  return { skipped: '--quick' };
}

/** The parts that were asked for, one after the other: two at once would measure each other. */
async function measured(parts) {
  const results = {};
  for (const [part, measure] of Object.entries(parts)) if (isAsked(part)) results[part] = await measure();
  return results;
}

function megabytes(bytes) {
  return Math.round(bytes / 1e6);
}

/** Stages and exports of one minute; the numbers of each run together, so that ratios are of one run. */
async function measureStages() {
  const sound = writeSpeech(1);
  const outs = ['.glb', '.fbx', '.csv', '.mien'].map((suffix) => path.join(scratch, `minute${suffix}`));
  const runs = [];
  for (let run = 0; run < RUNS; run++) {
    const { result } = await generate(['--provider', 'cpu', sound, ...outs.flatMap((out) => ['--out', out])]);
    runs.push(result);
  }
  runs.sort((a, b) => a.timings.totalSeconds - b.timings.totalSeconds);
  const { durationSeconds, timings, files, provider } = runs[Math.floor(runs.length / 2)];
  const stageSeconds = Object.entries(timings).filter(([name]) => !name.startsWith('write') && name !== 'totalSeconds');
  const perSecond = (seconds) => Number((seconds / durationSeconds).toFixed(5));
  const wholeSeconds = stageSeconds.reduce((sum, [, seconds]) => sum + seconds, 0);
  return {
    sound: { durationSeconds, provider, runs: RUNS },
    stages: Object.fromEntries(stageSeconds.map(([name, seconds]) => [name.replace(/Seconds$/, ''), perSecond(seconds)])),
    // Everything from the file to final curves; what is written afterwards is under exports.
    whole: perSecond(wholeSeconds),
    wholeRuns: runs.map((run) =>
      perSecond(
        Object.entries(run.timings).reduce(
          (sum, [name, seconds]) => (name.startsWith('write') || name === 'totalSeconds' ? sum : sum + seconds),
          0,
        ),
      ),
    ),
    exports: Object.fromEntries(
      files.map(({ format, bytes }) => [
        format,
        { seconds: timings[`write${format[0].toUpperCase()}${format.slice(1)}Seconds`], bytes, frames: runs[0].frameCount },
      ]),
    ),
  };
}

async function measureMemory(minutesList) {
  const lines = [];
  for (const minutes of minutesList) {
    const sound = writeSpeech(minutes);
    const out = path.join(scratch, `long-${minutes}`);
    const curves = await generate(['--provider', 'cpu', sound, '--out', `${out}.csv`]);
    const all = await generate([
      '--provider',
      'cpu',
      sound,
      '--out',
      `${out}.glb`,
      '--out',
      `${out}.fbx`,
      '--out',
      `${out}.mien`,
    ]);
    lines.push({
      minutes,
      peakMegabytes: megabytes(curves.peakBytes),
      peakWithGlbFbxProjectMegabytes: megabytes(all.peakBytes),
      totalSeconds: curves.result.timings.totalSeconds,
      // All threads, with the start of the process and the writing of the CSV; does not depend on what else the machine does.
      processorSecondsPerSecond: Number((curves.processorSeconds / curves.result.durationSeconds).toFixed(5)),
      timesRealTime: curves.result.timesRealTime,
    });
    for (const name of fs.readdirSync(scratch)) if (name.startsWith('long-')) fs.rmSync(path.join(scratch, name));
    fs.rmSync(sound);
  }
  const [first, last] = [lines[0], lines.at(-1)];
  // 1: grows with the length; 2: with its square; near 0: hardly grows.
  const growthExponent = Math.log(last.peakMegabytes / first.peakMegabytes) / Math.log(last.minutes / first.minutes);
  return { lines, growthExponent: Number(growthExponent.toFixed(3)) };
}

/** Bundled inside the project, where onnxruntime is found. */
async function measurePreview() {
  const outfile = path.join(projectRoot, 'build-cache/bench-preview.mjs');
  const entryPoints = [path.join(projectRoot, 'scripts/bench/preview.ts')];
  const external = ['onnxruntime-node'];
  // CommonJS packages inside an ES module bundle still call require.
  const banner = {
    js: "import { createRequire as benchRequire } from 'node:module';\nconst require = benchRequire(import.meta.url);",
  };
  await bundle({ entryPoints, bundle: true, platform: 'node', format: 'esm', outfile, external, banner, logLevel: 'error' });
  const { printed } = await runChild(process.execPath, [outfile, path.join(projectRoot, 'models')], process.env);
  return JSON.parse(printed.trim());
}

/** Bundled and run in a process of its own, so that nothing else of the bench is in memory. */
async function measureEditing() {
  const outfile = path.join(scratch, 'editing.mjs');
  const entryPoints = [path.join(projectRoot, 'scripts/bench/editing.ts')];
  await bundle({ entryPoints, bundle: true, platform: 'node', format: 'esm', outfile, logLevel: 'error' });
  const { printed } = await runChild(process.execPath, [outfile], process.env);
  return JSON.parse(printed.trim());
}

async function measureApp() {
  try {
    const env = await electronEnvironment({ quiet: true });
    await build({ only: ['app', 'renderer'], quiet: true });
    const { command, args } = withScreen(process.execPath, [path.join(projectRoot, 'scripts/bench/appStart.mjs')]);
    const { printed } = await runChild(command, args, env);
    const { milliseconds } = JSON.parse(printed.trim().split('\n').at(-1));
    return { startToInteractiveMilliseconds: [...milliseconds].sort((a, b) => a - b)[1], runsMilliseconds: milliseconds };
  } catch (error) {
    return { skipped: `the studio could not be measured here: ${error instanceof Error ? error.message.split('\n')[0] : error}` };
  }
}

function measureViewport() {
  return measureStudio('picture', 'viewport.mjs');
}

async function measureLongTasks() {
  const outfile = path.join(scratch, 'writeLongProject.mjs');
  const project = path.join(scratch, 'ten minutes.mien');
  const entryPoints = [path.join(projectRoot, 'scripts/bench/writeLongProject.ts')];
  await bundle({ entryPoints, bundle: true, platform: 'node', format: 'esm', outfile, logLevel: 'error' });
  const { printed } = await runChild(process.execPath, [outfile, project], process.env);
  return {
    ...JSON.parse(printed.trim()),
    ...(await measureStudio('window', 'longTasks.mjs', project, ...(profiles ? [profiles] : []))),
  };
}

/** What a script of bench/ prints about the studio. */
async function measureStudio(what, script, ...rest) {
  try {
    const env = await electronEnvironment({ quiet: true });
    await build({ only: ['app', 'renderer'], quiet: true });
    const { command, args } = withScreen(process.execPath, [path.join(projectRoot, 'scripts/bench', script), ...rest]);
    // Under a virtual screen the studio would take a display for a graphics card, and draw with the slower software GL.
    const { printed } = await runChild(command, args, hasDisplay() ? env : { ...env, MIEN_SOFTWARE_GL: '1' });
    return JSON.parse(printed.trim().split('\n').at(-1));
  } catch (error) {
    return {
      skipped: `the ${what} could not be measured here: ${error instanceof Error ? error.message.split('\n')[0] : error}`,
    };
  }
}

async function generate(args) {
  const memoryFile = path.join(scratch, 'memory.json');
  const env = { ...process.env, MIEN_BENCH_MEMORY: memoryFile };
  const preload = path.join(projectRoot, 'scripts/bench/peakMemory.mjs');
  const { printed } = await runChild(process.execPath, ['--import', preload, cli, 'generate', ...args, '--json'], env);
  const result = JSON.parse(printed.trim().split('\n').at(-1));
  return { result, ...JSON.parse(fs.readFileSync(memoryFile, 'utf8')) };
}

function runChild(command, args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: projectRoot, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let printed = '';
    let complained = '';
    child.stdout.on('data', (text) => (printed += text));
    child.stderr.on('data', (text) => (complained += text));
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve({ printed }) : reject(new Error(`${complained || printed}`.trim() || `${command} ended with ${code}`)),
    );
  });
}

/** A wav of `minutes` of speech: the bundled 16 kHz and 32 kHz lines over and over, brought to 16 kHz by dropping every second sample. */
function writeSpeech(minutes) {
  const lines = ['sample', 'anger'].map((name) => readWav(path.join(projectRoot, `assets/dialogue/${name}.wav`)));
  const total = Math.round(minutes * 60 * 16000);
  const samples = new Int16Array(total);
  for (let at = 0, turn = 0; at < total; turn++) {
    const piece = lines[turn % lines.length];
    samples.set(piece.subarray(0, Math.min(piece.length, total - at)), at);
    at += piece.length;
  }
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + samples.byteLength, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(16000, 24);
  header.writeUInt32LE(32000, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(samples.byteLength, 40);
  const file = path.join(scratch, `speech-${minutes}.wav`);
  fs.writeFileSync(file, Buffer.concat([header, Buffer.from(samples.buffer)]));
  return file;
}

/** The bundled files are plain 16 bit mono with a 44 byte header (python's wave module wrote them). */
function readWav(file) {
  const bytes = fs.readFileSync(file);
  const rate = bytes.readUInt32LE(24);
  const samples = new Int16Array(bytes.buffer.slice(bytes.byteOffset + 44, bytes.byteOffset + bytes.byteLength));
  return rate === 16000 ? samples : samples.filter((_, index) => index % Math.round(rate / 16000) === 0);
}

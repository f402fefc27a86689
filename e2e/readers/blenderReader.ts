import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { nominalFramesPerSecond } from '../../core/interchange/livelink/timecode';
import { framesPerSecond } from '../../core/time/frameRate';
import { runReader } from './ensureReaders';
import type { ReaderCase } from './readerCases';
import type { ReaderDump } from './readerDump';

const SCRIPT = fileURLToPath(new URL('./blender_read.py', import.meta.url));
const TIMEOUT_SECONDS = 500;

/** Opens one of a case's files in Blender, in background and with factory settings. */
export function readWithBlender(asked: ReaderCase, format: 'fbx' | 'glb'): ReaderDump {
  const folder = mkdtempSync(path.join(tmpdir(), 'mien-blender-'));
  try {
    const file = path.join(folder, `line.${format}`);
    const output = path.join(folder, 'dump.json');
    const jobs = path.join(folder, 'jobs.json');
    writeFileSync(file, asked[format]);
    const nominal = nominalFramesPerSecond(asked.tracks.frameRate);
    const job = {
      file,
      format,
      fps: nominal,
      fpsBase: nominal / framesPerSecond(asked.tracks.frameRate),
      frameCount: asked.tracks.frameCount,
      joints: Object.keys(asked.expected.jointRotations(0)),
      checkedFrames: asked.checkedFrames,
      output,
    };
    writeFileSync(jobs, JSON.stringify([job]));
    const log = runReader(
      'blender',
      ['-b', '--factory-startup', '--python-exit-code', '3', '--python', SCRIPT, '--', jobs],
      TIMEOUT_SECONDS,
    );
    if (!log.includes('MIEN-READER-DONE')) throw new Error(`Blender did not finish:\n${log}`);
    return JSON.parse(readFileSync(output, 'utf8')) as ReaderDump;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

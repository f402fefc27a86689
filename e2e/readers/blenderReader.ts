import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { nominalFramesPerSecond } from '../../core/interchange/livelink/timecode';
import { framesPerSecond } from '../../core/time/frameRate';
import { decodeFloats } from './decodeFloats';
import { runReader } from './ensureReaders';
import type { ReaderCase } from './readerCases';
import type { MeshDump, ReaderDump } from './readerDump';

const SCRIPT = fileURLToPath(new URL('./blender_read.py', import.meta.url));
const TIMEOUT_SECONDS = 900;

/** One file of one case. */
export interface BlenderJob {
  readonly asked: ReaderCase;
  readonly format: 'fbx' | 'glb';
}

/** Opens files in one Blender, one after the other, in background and with factory settings; dumps in the order of the jobs. */
export function readWithBlender(jobs: readonly BlenderJob[]): ReaderDump[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'mien-blender-'));
  try {
    const list = jobs.map((job, index) => describeJob(job, path.join(folder, String(index))));
    list.forEach((entry, index) => writeFileSync(entry.file, jobs[index].asked[jobs[index].format]));
    const listFile = path.join(folder, 'jobs.json');
    writeFileSync(listFile, JSON.stringify(list));
    const args = ['-b', '--factory-startup', '--python-exit-code', '3', '--python', SCRIPT, '--', listFile];
    const log = runReader('blender', args, TIMEOUT_SECONDS);
    if (!log.includes('MIEN-READER-DONE')) throw new Error(`Blender did not finish:\n${log}`);
    return list.map((entry) => decodeDump(JSON.parse(readFileSync(entry.output, 'utf8')) as EncodedDump));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function describeJob({ asked, format }: BlenderJob, stem: string) {
  const nominal = nominalFramesPerSecond(asked.tracks.frameRate);
  return {
    file: `${stem}.${format}`,
    format,
    fps: nominal,
    fpsBase: nominal / framesPerSecond(asked.tracks.frameRate),
    frameCount: asked.tracks.frameCount,
    joints: Object.keys(asked.expected.jointRotations(0)),
    checkedFrames: asked.checkedFrames,
    output: `${stem}.json`,
  };
}

/** As blender_read.py writes it: positions are base64 of float32. */
interface EncodedDump {
  readonly meshes: Readonly<
    Record<string, Record<'shapes' | 'deformed', Record<string, string>> & Pick<MeshDump, 'weights'> & { rest: string }>
  >;
  readonly joints: ReaderDump['joints'];
}

function decodeDump({ meshes, joints }: EncodedDump): ReaderDump {
  const decodeAll = (record: Record<string, string>): Record<string, Float32Array> =>
    Object.fromEntries(Object.entries(record).map(([name, base64]) => [name, decodeFloats(base64)]));
  const decoded = Object.entries(meshes).map(([name, mesh]): [string, MeshDump] => [
    name,
    { rest: decodeFloats(mesh.rest), shapes: decodeAll(mesh.shapes), weights: mesh.weights, deformed: decodeAll(mesh.deformed) },
  ]);
  return { meshes: Object.fromEntries(decoded), joints };
}

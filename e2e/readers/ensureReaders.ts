import { execFileSync, spawnSync } from 'node:child_process';

/** A program from outside that opens what Mien writes. */
export type ReaderName = 'blender' | 'assimp' | 'ffmpeg';

/** Debian packages of each reader, for the message; numpy is what Blender's glTF importer runs on. */
const PACKAGES: Readonly<Record<ReaderName, readonly string[]>> = {
  blender: ['blender', 'python3-numpy'],
  assimp: ['assimp-utils', 'python3'],
  ffmpeg: ['ffmpeg'],
};

type Probe = readonly [program: string, args: readonly string[]];

/** All must end well. Blender runs the system's Python, not one that stands earlier in PATH. */
const PROBES: Readonly<Record<ReaderName, readonly Probe[]>> = {
  blender: [
    ['blender', ['--version']],
    ['/usr/bin/python3', ['-c', 'import numpy']],
  ],
  assimp: [['python3', ['-c', 'import ctypes, ctypes.util; ctypes.CDLL(ctypes.util.find_library("assimp"))']]],
  ffmpeg: [
    ['ffmpeg', ['-version']],
    ['ffprobe', ['-version']],
  ],
};

/** True on the machine that decides about a change: there a missing reader fails the tests. */
export const underCi = process.env.CI === 'true';

/**
 * Whether a reader can be used. `npm test` installs what is missing under CI (scripts/runtime/ensureIndependentReaders.mjs);
 * here a missing one is only said to be missing, so that the caller can skip, or fail under CI.
 */
export function ensureReader(reader: ReaderName): boolean {
  if (PROBES[reader].every(([program, args]) => spawnSync(program, args, { stdio: 'ignore' }).status === 0)) return true;
  const command = `apt-get install -y --no-install-recommends ${PACKAGES[reader].join(' ')}`;
  console.log(`[readers] ${reader} is not installed: its tests are skipped. To run them: ${command}`);
  return false;
}

/** Runs a reader's script; its output is part of the error when it fails. */
export function runReader(program: string, args: readonly string[], timeoutSeconds: number): string {
  try {
    return execFileSync(program, args, {
      encoding: 'utf8',
      timeout: timeoutSeconds * 1000,
      maxBuffer: 64 * 1024 * 1024,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } catch (cause) {
    const { stdout = '', stderr = '' } = cause as { readonly stdout?: string; readonly stderr?: string };
    throw new Error(`${program} failed.\n${String(stdout).slice(-4000)}\n${String(stderr).slice(-4000)}`, { cause });
  }
}

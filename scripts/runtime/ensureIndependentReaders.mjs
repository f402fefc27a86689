/**
 * Programs that read our exports, or say what ours must understand, in tests and are not ours. They are installed only in continuous integration on a Debian
 * machine where this user may; elsewhere a missing one is said to be missing, and its tests are skipped.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';

const READERS = [
  { command: 'blender', packageName: 'blender' },
  // Blender's glTF importer needs numpy, which Debian's package only recommends. Blender runs the system's Python.
  { command: '/usr/bin/python3', args: ['-c', 'import numpy'], packageName: 'python3-numpy' },
  { command: 'assimp', packageName: 'assimp-utils' },
  { command: 'ffprobe', packageName: 'ffmpeg' },
  // Says how it speaks other languages: phonemes that Mien must know.
  { command: 'espeak-ng', packageName: 'espeak-ng' },
];

/** @returns 0, or 1 when CI may install a reader and that failed */
export function ensureIndependentReaders() {
  const missing = READERS.filter((reader) => !isThere(reader));
  if (missing.length === 0) return 0;
  const mayInstall = process.env.CI === 'true' && process.getuid?.() === 0 && fs.existsSync('/etc/debian_version');
  if (!mayInstall) {
    for (const { packageName } of missing) console.log(`${packageName} is not installed: the tests that need it are skipped.`);
    return 0;
  }
  console.log(`Installing ${missing.map(({ packageName }) => packageName).join(' ')} ...`);
  apt(['update', '-qq']);
  apt(['install', '-y', '-qq', '--no-install-recommends', ...missing.map(({ packageName }) => packageName)]);
  const still = missing.filter((reader) => !isThere(reader));
  for (const { packageName } of still) console.error(`${packageName} could not be installed; continuous integration needs it.`);
  return still.length === 0 ? 0 : 1;
}

function isThere({ command, args }) {
  // Each knows some way to say its version; that it starts at all is enough.
  const { error, status } = spawnSync(command, args ?? ['--version'], { stdio: 'ignore' });
  return error === undefined && (args === undefined || status === 0);
}

function apt(args) {
  spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=300', ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

import { execFileSync, spawnSync } from 'node:child_process';

/** A program from outside that opens what Mien writes. */
export type ReaderName = 'blender' | 'assimp';

/** Debian packages of each reader; numpy is what Blender's glTF importer runs on. */
const PACKAGES: Readonly<Record<ReaderName, readonly string[]>> = {
  blender: ['blender', 'python3-numpy'],
  assimp: ['assimp-utils', 'python3'],
};
const PROBES: Readonly<Record<ReaderName, readonly [string, readonly string[]]>> = {
  blender: ['blender', ['--version']],
  assimp: ['python3', ['-c', 'import ctypes, ctypes.util; ctypes.CDLL(ctypes.util.find_library("assimp"))']],
};

/** True on the machine that decides about a change: there a missing reader fails the tests. */
export const underCi = process.env.CI === 'true';

/**
 * Whether a reader can be used. Under CI=true, as root and with apt-get, a missing one is installed (and this is printed);
 * anywhere else nothing is installed and the reason is printed, so that the caller can skip.
 */
export function ensureReader(reader: ReaderName): boolean {
  if (isPresent(reader)) return true;
  const command = `apt-get install -y --no-install-recommends ${PACKAGES[reader].join(' ')}`;
  if (!underCi || process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) {
    console.log(`[readers] ${reader} is not installed: its tests are skipped. To run them: ${command}`);
    return false;
  }
  console.log(`[readers] CI=true: installing with: ${command}`);
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args: string[]): number | null =>
    // Two test files may come here at once: wait for the package lock instead of failing.
    spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=900', '-q', ...args], { env: environment, stdio: 'ignore' }).status;
  const install = (): number | null => apt('install', '-y', '--no-install-recommends', ...PACKAGES[reader]);
  if (install() !== 0) {
    apt('update');
    install();
  }
  return isPresent(reader);
}

function isPresent(reader: ReaderName): boolean {
  const [program, args] = PROBES[reader];
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}

/** Runs a reader's script; its output is part of the error when it fails. */
export function runReader(program: string, args: readonly string[], timeoutSeconds: number): string {
  return execFileSync(program, args, {
    encoding: 'utf8',
    timeout: timeoutSeconds * 1000,
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

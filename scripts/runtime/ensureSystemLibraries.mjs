/**
 * Makes sure the shared libraries that Electron needs on Debian-like systems are there, and Xvfb where no display is.
 * As root on Debian it installs them; otherwise it prints the exact command and stops. Elsewhere it does nothing.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';

/** What Electron loads at start, and Mesa for software OpenGL. */
const LIBRARIES = ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'libegl1', 'libgl1', 'libgl1-mesa-dri'];
/** A virtual screen, only where there is no real one. */
const VIRTUAL_SCREEN = ['xvfb', 'xauth'];

/**
 * @param {{ display?: boolean }} [options] display: true when a screen is there already (default: DISPLAY or WAYLAND_DISPLAY set)
 * @throws Error with the exact command when something is missing that this user may not install
 */
export function ensureSystemLibraries({ display = hasDisplay() } = {}) {
  if (process.platform !== 'linux' || !isDebianLike()) return;
  const missing = missingPackages(display ? LIBRARIES : [...LIBRARIES, ...VIRTUAL_SCREEN]);
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0) throw new Error(advice(missing));

  console.log(`Installing system libraries: ${missing.join(' ')} ...`);
  let result = install(missing);
  if (result.status !== 0) {
    // A fresh machine has no package lists yet, or old ones that name files the mirror no longer has.
    apt(['update', '-qq']);
    result = install(missing);
  }
  if (result.status !== 0) {
    const reason = (result.stderr || '').trim().split('\n').slice(-3).join('\n');
    throw new Error(`apt-get failed:\n${reason}\n${advice(missing)}`);
  }
}

/** True when a window can be opened without a virtual screen. */
export function hasDisplay() {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

function advice(missing) {
  return `Mien's window needs system libraries that are not installed here. Run this, then try again:\n  sudo apt-get update && sudo apt-get install -y ${missing.join(' ')}`;
}

function isDebianLike() {
  return fs.existsSync('/etc/debian_version') && spawnSync('dpkg-query', ['--version']).status === 0;
}

function missingPackages(names) {
  return names.filter((name) => !isInstalled(name) && !isInstalled(`${name}t64`));
}

function isInstalled(name) {
  const query = spawnSync('dpkg-query', ['-W', '-f=${Status}', name], { encoding: 'utf8' });
  return query.status === 0 && query.stdout.includes('install ok installed');
}

function install(names) {
  return apt(['install', '-y', '-qq', '--no-install-recommends', ...names.map(currentName)]);
}

/** Debian 13 and Ubuntu 24.04 renamed some libraries to `...t64` (64-bit time); the old name is then virtual and not installable. */
function currentName(name) {
  const show = spawnSync('apt-cache', ['show', `${name}t64`], { encoding: 'utf8' });
  return show.status === 0 && show.stdout.includes('Package:') ? `${name}t64` : name;
}

function apt(args) {
  // Another apt run may hold the lock for a while: wait rather than fail.
  return spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=300', ...args], {
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    maxBuffer: 64 * 1024 * 1024,
  });
}

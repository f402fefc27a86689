/** How Mien's Electron is started from a checkout: switches, environment and a virtual screen where none is. */
import { hasDisplay } from './ensureSystemLibraries.mjs';

/**
 * Switches for this machine. Root cannot use Chromium's sandbox (containers, CI); without a screen or a GPU, ANGLE on
 * Mesa's llvmpipe draws about twice as fast as Chromium's own SwiftShader (measured: 20 against 10 frames a second).
 */
export function electronSwitches() {
  const switches = [];
  if (process.platform === 'linux' && process.getuid?.() === 0) switches.push('--no-sandbox');
  if (process.platform === 'linux' && (!hasDisplay() || process.env.MIEN_SOFTWARE_GL === '1')) switches.push(...SOFTWARE_GL);
  return switches;
}

/** Mesa draws the face; the tracks are quicker drawn by Chromium itself than through software GL, as it does on machines without a GPU. */
export const SOFTWARE_GL = ['--use-gl=angle', '--use-angle=gl', '--ignore-gpu-blocklist', '--disable-accelerated-2d-canvas'];

/** Wraps a command in xvfb-run where there is no display. Decide the switches before: inside, DISPLAY is set. */
export function withScreen(command, args) {
  if (hasDisplay()) return { command, args };
  return { command: 'xvfb-run', args: ['-a', '-s', '-screen 0 1400x900x24', command, ...args] };
}

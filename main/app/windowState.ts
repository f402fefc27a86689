import { readFileSync, writeFileSync } from 'node:fs';
import { screen, type BrowserWindow, type Rectangle } from 'electron';
import * as v from 'valibot';

const Saved = v.object({
  x: v.pipe(v.number(), v.integer()),
  y: v.pipe(v.number(), v.integer()),
  width: v.pipe(v.number(), v.integer(), v.minValue(400), v.maxValue(20000)),
  height: v.pipe(v.number(), v.integer(), v.minValue(300), v.maxValue(20000)),
  maximized: v.boolean(),
});

export interface WindowState {
  readonly bounds: Partial<Rectangle> & { readonly width: number; readonly height: number };
  readonly maximized: boolean;
}

const DEFAULT_SIZE = { width: 1680, height: 1050 };

/** Where the window was last time, if that is still on a screen; else the default size cut to the screen. */
export function readWindowState(file: string): WindowState {
  try {
    const saved = v.parse(Saved, JSON.parse(readFileSync(file, 'utf8')));
    if (isVisible(saved)) {
      const { maximized, ...bounds } = saved;
      return { bounds, maximized };
    }
  } catch {
    // First start, or a file we cannot use: begin afresh.
  }
  const area = screen.getPrimaryDisplay().workAreaSize;
  return {
    bounds: { width: Math.min(DEFAULT_SIZE.width, area.width), height: Math.min(DEFAULT_SIZE.height, area.height) },
    maximized: false,
  };
}

/** Writes the window's place when it closes. */
export function keepWindowState(window: BrowserWindow, file: string): void {
  window.on('close', () => {
    const state = { ...window.getNormalBounds(), maximized: window.isMaximized() };
    try {
      writeFileSync(file, JSON.stringify(state));
    } catch {
      // Not worth an error: the next start uses the default size.
    }
  });
}

function isVisible(bounds: Rectangle): boolean {
  const { workArea } = screen.getDisplayMatching(bounds);
  const overlapX = Math.min(bounds.x + bounds.width, workArea.x + workArea.width) - Math.max(bounds.x, workArea.x);
  const overlapY = Math.min(bounds.y + bounds.height, workArea.y + workArea.height) - Math.max(bounds.y, workArea.y);
  return overlapX > 100 && overlapY > 50;
}

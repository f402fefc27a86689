/**
 * node assets/app/makeIcon.mjs: draws icon.png (512 x 512), the mark of the title bar on a rounded plate. electron-builder makes
 * every system's icons from it.
 */
import { writeFileSync } from 'node:fs';
import { encode } from 'fast-png';

const SIZE = 512;
const SAMPLES = 3;
/** The mark's own units, as in the title bar's picture: 16 x 16, here with a margin around. */
const MARGIN = 2.2;
const UNITS = 16 + 2 * MARGIN;
const PLATE = { inset: 0.6, radius: 4.2 };
const COLOURS = {
  plateTop: [0x2b, 0x2c, 0x33],
  plateBottom: [0x17, 0x18, 0x1c],
  line: [0xf2, 0xf2, 0xf4],
  key: [0xff, 0x9a, 0x52],
};
const STROKE = 1.8;

/** M2 10.5 C3.6 5 5.2 5 6.4 8.4 S9.2 12 10 8.2 12.4 4 14 6.4: every control point behind an S mirrors the one before. */
const CURVES = [
  [
    [2, 10.5],
    [3.6, 5],
    [5.2, 5],
    [6.4, 8.4],
  ],
  [
    [6.4, 8.4],
    [7.6, 11.8],
    [9.2, 12],
    [10, 8.2],
  ],
  [
    [10, 8.2],
    [10.8, 4.4],
    [12.4, 4],
    [14, 6.4],
  ],
];

const points = CURVES.flatMap((curve) => Array.from({ length: 100 }, (_, step) => bezier(curve, step / 99)));

function bezier([a, b, c, d], t) {
  const s = 1 - t;
  return [0, 1].map((axis) => s ** 3 * a[axis] + 3 * s * s * t * b[axis] + 3 * s * t * t * c[axis] + t ** 3 * d[axis]);
}

/** Colour of a place in the mark's units; null outside of the plate. */
function colourAt(x, y) {
  const half = UNITS / 2 - PLATE.inset;
  const [dx, dy] = [Math.abs(x - 8) - (half - PLATE.radius), Math.abs(y - 8) - (half - PLATE.radius)];
  if (Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) > PLATE.radius) return null;
  if (Math.abs(x - 10) + Math.abs(y - 8) <= 2.4) return COLOURS.key;
  if (points.some(([px, py]) => (x - px) ** 2 + (y - py) ** 2 <= (STROKE / 2) ** 2)) return COLOURS.line;
  const share = (y + MARGIN) / UNITS;
  return COLOURS.plateTop.map((top, index) => top + (COLOURS.plateBottom[index] - top) * share);
}

const data = new Uint8Array(SIZE * SIZE * 4);
for (let row = 0; row < SIZE; row += 1) {
  for (let column = 0; column < SIZE; column += 1) {
    const sum = [0, 0, 0];
    let covered = 0;
    for (let sample = 0; sample < SAMPLES * SAMPLES; sample += 1) {
      const at = (pixel, offset) => ((pixel + (offset + 0.5) / SAMPLES) / SIZE) * UNITS - MARGIN;
      const colour = colourAt(at(column, sample % SAMPLES), at(row, Math.floor(sample / SAMPLES)));
      if (!colour) continue;
      covered += 1;
      colour.forEach((value, index) => (sum[index] += value));
    }
    const pixel = sum.map((value) => (covered > 0 ? Math.round(value / covered) : 0));
    data.set([...pixel, Math.round((covered / SAMPLES ** 2) * 255)], (row * SIZE + column) * 4);
  }
}
writeFileSync(new URL('icon.png', import.meta.url), encode({ width: SIZE, height: SIZE, channels: 4, depth: 8, data }));

import type { VisibilityBuffer } from './rasterize';

/** Probe offsets on three rings, as fractions of the radius; a fixed pattern, so pictures repeat exactly. */
const PROBES = Array.from({ length: 14 }, (_, k) => {
  const angle = k * 2.39996; // golden angle: even cover without visible rings
  const distance = Math.sqrt((k + 0.5) / 14);
  return [Math.cos(angle) * distance, Math.sin(angle) * distance] as const;
});
/** Surfaces further in front than this do not darken: hair over a cheek is not a crevice. */
/** Light finds its way even between lips and teeth: skin and teeth hand it on. */
const DARKEST = 0.32;
const REACH_METRES = 0.018;

/** Screen-space ambient occlusion: share of light (0..1) that reaches each pixel past its neighbours in the depth buffer. */
export function screenOcclusion(buffer: VisibilityBuffer, pixelsPerMetre: number): Float32Array {
  const { width, height, depth } = buffer;
  const out = new Float32Array(width * height).fill(1);
  const radius = REACH_METRES * pixelsPerMetre;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const here = depth[at];
      if (here === Infinity) continue;
      // The local slope is taken out, or every tilted cheek would shade itself.
      const slopeX = slope(depth, at, x > 0 ? 1 : 0, x < width - 1 ? 1 : 0);
      const slopeY = slope(depth, at, y > 0 ? width : 0, y < height - 1 ? width : 0);
      let blocked = 0;
      for (const [dx, dy] of PROBES) {
        const px = Math.round(x + dx * radius);
        const py = Math.round(y + dy * radius);
        if (px < 0 || py < 0 || px >= width || py >= height) continue;
        const expected = here + slopeX * (px - x) + slopeY * (py - y);
        const rise = expected - depth[py * width + px];
        if (rise > 0.0012 && rise < REACH_METRES * 2) blocked += Math.min(1, rise / (REACH_METRES * 0.6));
      }
      out[at] = Math.max(DARKEST, 1 - (blocked / PROBES.length) * 1.05);
    }
  }
  return out;
}

/** Depth change a pixel, the smaller of both sides: a silhouette edge is no slope. */
function slope(depth: Float32Array, at: number, before: number, after: number): number {
  const back = before > 0 && depth[at - before] !== Infinity ? depth[at] - depth[at - before] : null;
  const ahead = after > 0 && depth[at + after] !== Infinity ? depth[at + after] - depth[at] : null;
  if (back === null) return ahead ?? 0;
  if (ahead === null) return back;
  return Math.abs(back) < Math.abs(ahead) ? back : ahead;
}

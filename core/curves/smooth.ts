import type { FrameSpan } from '../time/frameSpan';

/** 0 at and below `from`, 1 at and above `to`, flat at both ends (smoothstep). */
export function smoothStep(from: number, to: number, value: number): number {
  if (to <= from) return value < from ? 0 : 1;
  const x = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return x * x * (3 - 2 * x);
}

/** As smoothStep, but with zero second slopes at both ends too: the path of least jerk (Flash and Hogan 1985). */
export function leastJerkStep(from: number, to: number, value: number): number {
  if (to <= from) return value < from ? 0 : 1;
  const x = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return x * x * x * (x * (x * 6 - 15) + 10);
}

/** Frames a Gaussian of `sigmaFrames` looks at on each side. */
export function smoothReach(sigmaFrames: number): number {
  return sigmaFrames > 0 ? Math.max(1, Math.ceil(sigmaFrames * 3)) : 0;
}

/**
 * Gaussian smoothing with the ends held; a weighted mean, so it never overshoots. `sigmaFrames` <= 0 returns a copy.
 * The kernel ends at three sigma.
 * @param span only these frames are worked out, the others stay 0; default all
 */
export function gaussianSmooth(
  samples: Float32Array,
  sigmaFrames: number,
  span: FrameSpan = { first: 0, end: samples.length },
): Float32Array {
  if (!(sigmaFrames > 0) || samples.length === 0) return samples.slice();
  const radius = smoothReach(sigmaFrames);
  const kernel = gaussianKernel(sigmaFrames, radius);
  const result = new Float32Array(samples.length);
  const last = samples.length - 1;
  for (let frame = span.first; frame < span.end; frame++) {
    const start = frame - radius;
    let sum = 0;
    if (start >= 0 && frame + radius <= last) {
      for (let k = 0; k < kernel.length; k++) sum += kernel[k] * samples[start + k];
    } else {
      for (let k = 0; k < kernel.length; k++) sum += kernel[k] * samples[Math.min(last, Math.max(0, start + k))];
    }
    result[frame] = sum;
  }
  return result;
}

function gaussianKernel(sigmaFrames: number, radius: number): Float64Array {
  const kernel = new Float64Array(2 * radius + 1);
  let total = 0;
  for (let offset = -radius; offset <= radius; offset++) {
    const weight = Math.exp(-0.5 * (offset / sigmaFrames) ** 2);
    kernel[offset + radius] = weight;
    total += weight;
  }
  return kernel.map((weight) => weight / total);
}

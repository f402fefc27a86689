/**
 * Counter-based noise: a pure function of (seed, region, index), so that any stretch of a line can be made again, in any
 * order, with the same result. Mixing steps: the 32-bit finaliser of MurmurHash3 (A. Appleby, public domain).
 */
function mix(value: number): number {
  let h = value | 0;
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  h ^= h >>> 16;
  return h >>> 0;
}

/** Which behaviour a random number belongs to; each has its own stream under one seed. */
export const NOISE_REGION = {
  blinkInterval: 1,
  blinkChoice: 2,
  gazeInterval: 3,
  gazeChoice: 4,
  microsaccade: 5,
  headYaw: 6,
  headPitch: 7,
  headRoll: 8,
  brow: 9,
  nod: 10,
  idle: 11,
  breath: 12,
} as const;

/** Uniform in 0..1 (1 excluded). `lane` gives several independent numbers for one index. */
export function hashUniform(seed: number, region: number, index: number, lane = 0): number {
  const h = mix(
    mix(mix(seed ^ 0x9e3779b9) ^ Math.imul(region + 1, 0x27d4eb2f)) ^ Math.imul(index + 1, 0x165667b1) ^ (lane * 0x3c6ef372),
  );
  return h / 4294967296;
}

/** Standard normal by the Box-Muller transform. */
export function hashNormal(seed: number, region: number, index: number, lane = 0): number {
  const u = Math.max(1e-9, hashUniform(seed, region, index, lane * 2 + 16));
  const v = hashUniform(seed, region, index, lane * 2 + 17);
  return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v);
}

/**
 * Smooth noise over time in -1..1: random values at a lattice of `periodSeconds`, joined by a quintic with zero first and
 * second slopes (K. Perlin, Improving Noise, 2002).
 */
export function smoothNoise(seed: number, region: number, timeSeconds: number, periodSeconds: number): number {
  const position = timeSeconds / periodSeconds;
  const cell = Math.floor(position);
  const x = position - cell;
  const blend = x * x * x * (x * (x * 6 - 15) + 10);
  const from = hashUniform(seed, region, cell) * 2 - 1;
  const to = hashUniform(seed, region, cell + 1) * 2 - 1;
  return from + (to - from) * blend;
}

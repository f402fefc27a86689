/** Lowest and highest value of a stretch of samples. */
export interface ValueRange {
  readonly low: number;
  readonly high: number;
}

interface Blocks {
  readonly lows: Float32Array;
  readonly highs: Float32Array;
}

/** Samples a block: at 60 fps about half a second, so that ten minutes are a thousand blocks. */
const BLOCK = 32;
/** Curves never change in place (an edit makes a new array), so what was found in them stays found. */
const known = new WeakMap<Float32Array, Blocks>();

/**
 * The range of `samples` from index `from` up to, not including, `to`; whole blocks inside are read from a table made once
 * for the array, so that a long line costs what its columns on the screen do. An empty stretch gives Infinity and -Infinity.
 */
export function rangeOf(samples: Float32Array, from: number, to: number): ValueRange {
  const last = Math.min(to, samples.length);
  let index = Math.max(0, from);
  let low = Infinity;
  let high = -Infinity;
  const blocks = last - index >= 2 * BLOCK ? blocksOf(samples) : null;
  while (index < last) {
    if (blocks && index % BLOCK === 0 && index + BLOCK <= last) {
      const block = index / BLOCK;
      if (blocks.lows[block] < low) low = blocks.lows[block];
      if (blocks.highs[block] > high) high = blocks.highs[block];
      index += BLOCK;
    } else {
      const value = samples[index];
      if (value < low) low = value;
      if (value > high) high = value;
      index += 1;
    }
  }
  return { low, high };
}

function blocksOf(samples: Float32Array): Blocks {
  let blocks = known.get(samples);
  if (!blocks) {
    blocks = findBlocks(samples);
    known.set(samples, blocks);
  }
  return blocks;
}

function findBlocks(samples: Float32Array): Blocks {
  const count = Math.ceil(samples.length / BLOCK);
  const lows = new Float32Array(count).fill(Infinity);
  const highs = new Float32Array(count).fill(-Infinity);
  for (let index = 0; index < samples.length; index += 1) {
    const block = (index / BLOCK) | 0;
    const value = samples[index];
    if (value < lows[block]) lows[block] = value;
    if (value > highs[block]) highs[block] = value;
  }
  return { lows, highs };
}

import type { FloatTensor } from '../inferenceRunner';

/** Rows of equal length: [channels x length], as a tensor of one batch. */
export interface Rows {
  readonly data: Float32Array;
  readonly channels: number;
  readonly length: number;
}

export function createRows(channels: number, length: number): Rows {
  return { data: new Float32Array(channels * length), channels, length };
}

export function rowsOf(tensor: FloatTensor): Rows {
  return { data: tensor.data, channels: tensor.dims[1], length: tensor.dims[2] };
}

/** Columns `from`..`to` of every row, as a tensor. */
export function cutRows(rows: Rows, from: number, to: number): FloatTensor {
  const length = to - from;
  const data = new Float32Array(rows.channels * length);
  for (let channel = 0; channel < rows.channels; channel++) {
    data.set(rows.data.subarray(channel * rows.length + from, channel * rows.length + to), channel * length);
  }
  return { data, dims: [1, rows.channels, length] };
}

/** Copies columns `from`..`to` of `source` into `target` at column `at`. */
export function pasteRows(target: Rows, at: number, source: Rows, from: number, to: number): void {
  for (let channel = 0; channel < target.channels; channel++) {
    const start = channel * source.length;
    target.data.set(source.data.subarray(start + from, start + to), channel * target.length + at);
  }
}

/** A stretch a net computes (`from`..`to`) and the part of it that is kept: the rest is what the net needs to see around. */
export interface Chunk {
  readonly from: number;
  readonly to: number;
  readonly keepFrom: number;
  readonly keepTo: number;
}

/** Chunks that cover `start`..`end` of 0..length, each seeing `reach` to both sides as far as the line goes. */
export function chunksOf(start: number, end: number, length: number, chunkLength: number, reach: number): Chunk[] {
  const chunks: Chunk[] = [];
  for (let keepFrom = start; keepFrom < end; keepFrom += chunkLength) {
    const keepTo = Math.min(end, keepFrom + chunkLength);
    chunks.push({ from: Math.max(0, keepFrom - reach), to: Math.min(length, keepTo + reach), keepFrom, keepTo });
  }
  return chunks;
}

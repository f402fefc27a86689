const OUTLINE = '#5d5d64';
const CORE = '#a9a9b0';
/** The brighter core is this share of the peak: about the ratio of RMS to peak in speech. */
const CORE_SHARE = 0.58;

/** Draws peaks as a mirrored, filled shape with a brighter core; wavesurfer calls it for each stretch it needs. */
export function paintWaveform(channels: (Float32Array | number[])[], context: CanvasRenderingContext2D): void {
  const [peaks] = channels;
  const { width, height } = context.canvas;
  const middle = height / 2;
  const columns = Math.max(1, Math.floor(width));
  const heights = columnPeaks(peaks, columns);
  context.clearRect(0, 0, width, height);
  for (const [share, color] of [
    [1, OUTLINE],
    [CORE_SHARE, CORE],
  ] as const) {
    context.fillStyle = color;
    for (let column = 0; column < columns; column += 1) {
      const half = Math.max(0.5, heights[column] * share * (middle - 2));
      context.fillRect(column, middle - half, 1, 2 * half);
    }
  }
}

/** The largest absolute peak under each column. */
export function columnPeaks(peaks: Float32Array | number[], columns: number): Float32Array {
  const heights = new Float32Array(columns);
  if (peaks.length === 0) return heights;
  for (let column = 0; column < columns; column += 1) {
    const from = Math.floor((column / columns) * peaks.length);
    const to = Math.max(from + 1, Math.ceil(((column + 1) / columns) * peaks.length));
    let largest = 0;
    for (let index = from; index < to && index < peaks.length; index += 1) largest = Math.max(largest, Math.abs(peaks[index]));
    heights[column] = Math.min(1, largest);
  }
  return heights;
}

import { rangeOf } from './sample-range';
import { timeAt, xOf, type TimeScale } from './timeline-geometry';

export const WAVE_COLORS = { outline: '#5d5d64', core: '#a9a9b0' } as const;
/** The brighter core is this share of the peak: about the ratio of RMS to peak in speech. */
const CORE_SHARE = 0.58;
/** Room above and below the loudest peak; silence is still a line of a pixel. */
const PAD_PX = 2;
const HALF_SILENCE_PX = 0.5;

/** The part of a waveform in sight: the largest peak, 0..1, of each column from `x` on. */
export interface WaveColumns {
  readonly x: number;
  readonly columnPx: number;
  readonly heights: Float32Array;
}

/**
 * Columns of the sound in sight.
 * @param peaks pairs of lowest and highest over the whole sound, -1..1
 * @param columnPx a pixel of the screen, in CSS pixels
 * @param gain what peaks are multiplied with before they are drawn
 */
export function waveColumns(peaks: Float32Array, durationSeconds: number, scale: TimeScale, columnPx = 1, gain = 1): WaveColumns {
  // On whole columns: half ones are blurred, and take longer.
  const x = Math.max(0, Math.floor(xOf(scale, 0) / columnPx) * columnPx);
  const endX = Math.min(scale.width, xOf(scale, durationSeconds));
  const heights = new Float32Array(Math.max(0, Math.ceil((endX - x) / columnPx)));
  const pairsPerSecond = peaks.length / 2 / Math.max(1e-6, durationSeconds);
  const pairAt = (column: number) => timeAt(scale, x + column * columnPx) * pairsPerSecond;
  for (let column = 0; column < heights.length; column += 1) {
    const from = Math.max(0, Math.floor(pairAt(column)));
    const to = Math.max(from + 1, Math.ceil(pairAt(column + 1)));
    const { low, high } = rangeOf(peaks, 2 * from, 2 * to);
    heights[column] = high >= low ? Math.min(1, gain * Math.max(Math.abs(low), Math.abs(high))) : 0;
  }
  return { x, columnPx, heights };
}

/** Draws peaks as a mirrored shape with a brighter core. */
export function paintWaveform(context: CanvasRenderingContext2D, { x, columnPx, heights }: WaveColumns, height: number): void {
  const middle = height / 2;
  for (const [share, color] of [
    [1, WAVE_COLORS.outline],
    [CORE_SHARE, WAVE_COLORS.core],
  ] as const) {
    context.fillStyle = color;
    heights.forEach((peak, column) => {
      const half = Math.max(HALF_SILENCE_PX, peak * share * (middle - PAD_PX));
      context.fillRect(x + column * columnPx, middle - half, columnPx, 2 * half);
    });
  }
}

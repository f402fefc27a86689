import type { MonoPcm } from './pcm';

/**
 * Smallest and largest sample of each slice of the line, for drawing.
 * @returns interleaved [min, max] pairs; pair k covers k / peaksPerSecond .. (k + 1) / peaksPerSecond seconds; the last may be short
 * @throws RangeError when peaksPerSecond is not a positive number
 */
export function computePeaks(pcm: MonoPcm, peaksPerSecond: number): Float32Array {
  if (!(peaksPerSecond > 0)) throw new RangeError(`peaksPerSecond must be positive, not ${peaksPerSecond}`);
  const { samples, sampleRateHz } = pcm;
  const pairCount = Math.ceil((samples.length / sampleRateHz) * peaksPerSecond - 1e-9);
  const peaks = new Float32Array(pairCount * 2);
  for (let k = 0; k < pairCount; k++) {
    const from = Math.floor((k * sampleRateHz) / peaksPerSecond);
    const to = Math.min(samples.length, Math.max(from + 1, Math.floor(((k + 1) * sampleRateHz) / peaksPerSecond)));
    let low = samples[from];
    let high = samples[from];
    for (let i = from + 1; i < to; i++) {
      const value = samples[i];
      if (value < low) low = value;
      else if (value > high) high = value;
    }
    peaks[2 * k] = low;
    peaks[2 * k + 1] = high;
  }
  return peaks;
}

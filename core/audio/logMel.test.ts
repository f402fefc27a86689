import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { logMel, melFrameCount, MEL_BINS, rawLogMel } from './logMel';
import { goldenSignal } from './testing/goldenSignal';

interface Golden {
  readonly sampleCount: number;
  readonly frameCount: number;
  readonly firstSamples: number[];
  readonly frameIndices: number[];
  readonly raw: number[][];
  readonly normalised: number[][];
}
const golden = JSON.parse(readFileSync(new URL('./golden/logmel.json', import.meta.url), 'utf8')) as Golden;

describe('logMel', () => {
  it('equals the Python front end within 1e-3, raw and normalised', () => {
    const signal = goldenSignal(golden.sampleCount);
    golden.firstSamples.forEach((value, i) => expect(signal[i]).toBeCloseTo(value, 6));
    const raw = rawLogMel(signal);
    const normalised = logMel(signal);
    expect(raw.frameCount).toBe(golden.frameCount);
    let worst = 0;
    golden.frameIndices.forEach((frame, row) => {
      for (let bin = 0; bin < MEL_BINS; bin++) {
        const at = frame * MEL_BINS + bin;
        worst = Math.max(worst, Math.abs(raw.data[at] - golden.raw[row][bin]));
        worst = Math.max(worst, Math.abs(normalised.data[at] - golden.normalised[row][bin]));
      }
    });
    expect(worst).toBeLessThan(1e-3);
  });

  it('gives floor(n / 160) + 1 finite frames for any length', () => {
    for (const count of [0, 1, 2, 159, 160, 161, 399, 401, 1600]) {
      const mel = logMel(new Float32Array(count).fill(0.1));
      expect(mel.frameCount).toBe(melFrameCount(count));
      expect(mel.data.every(Number.isFinite)).toBe(true);
    }
  });

  it('does not change with gain (per-line normalisation) where the floor does not matter', () => {
    const signal = goldenSignal(8000);
    const quiet = logMel(signal.map((v) => v * 0.5));
    const loud = logMel(signal);
    let worst = 0;
    // The lowest bins lie near the 1e-6 floor; speech lives above.
    for (let k = 0; k < loud.frameCount; k++)
      for (let bin = 8; bin < MEL_BINS; bin++)
        worst = Math.max(worst, Math.abs(loud.data[k * 80 + bin] - quiet.data[k * 80 + bin]));
    expect(worst).toBeLessThan(0.02);
  });
});

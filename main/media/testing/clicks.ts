/** Where the clicks of main/media/fixtures lie. */
export const CLICK_SECONDS = [0.3, 0.8] as const;

/** The click track that makeFixtures.mjs encodes, at any rate. */
export function clickTrack(sampleRateHz: number, seconds = 1.2): Float32Array {
  const samples = new Float32Array(Math.round(sampleRateHz * seconds));
  for (const clickSeconds of CLICK_SECONDS) {
    const start = Math.round(clickSeconds * sampleRateHz);
    for (let i = 0; i < sampleRateHz * 0.02; i++) {
      samples[start + i] = 0.7 * Math.exp(-i / (sampleRateHz * 0.002)) * Math.cos((2 * Math.PI * 1500 * i) / sampleRateHz);
    }
  }
  return samples;
}

/** Time of the largest sample within .2 s of each click, in seconds. */
export function findClicks(samples: Float32Array, sampleRateHz: number): number[] {
  return CLICK_SECONDS.map((seconds) => {
    let best = Math.max(0, Math.round((seconds - 0.2) * sampleRateHz));
    for (let i = best; i < Math.min(samples.length, Math.round((seconds + 0.2) * sampleRateHz)); i++) {
      if (Math.abs(samples[i]) > Math.abs(samples[best])) best = i;
    }
    return best / sampleRateHz;
  });
}

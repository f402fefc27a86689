/** One channel of sound; samples in -1..1 (values outside are legal in float files). */
export interface MonoPcm {
  readonly sampleRateHz: number;
  readonly samples: Float32Array;
}

/** What a decoder gives: one Float32Array a channel, all of the same length. */
export interface DecodedAudio {
  readonly sampleRateHz: number;
  readonly channels: readonly Float32Array[];
  /** Container and codec in words, e.g. "wav pcm 24 bit"; for the user's eye. */
  readonly format: string;
}

/** The rate every analysis stage works at. */
export const ANALYSIS_RATE_HZ = 16000;
/** The hop of every analysis frame: 10 ms; frame k is centred at k x 10 ms. */
export const ANALYSIS_HOP_SECONDS = 0.01;

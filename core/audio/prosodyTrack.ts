/** Prosody at 100 Hz; entry k belongs to the time k x hopSeconds. All arrays have the same length. */
export interface ProsodyTrack {
  readonly hopSeconds: number;
  /** Fundamental frequency in Hz, 0 where unvoiced. */
  readonly f0Hz: Float32Array;
  /** Probability-like voicing strength 0..1. */
  readonly voicing: Float32Array;
  /** RMS loudness of a 25 ms window in dB full scale, floored at -100. */
  readonly loudnessDb: Float32Array;
  /** Spectral tilt in dB per octave (100 Hz..5 kHz, least squares); less negative = pressed, louder voice. */
  readonly tiltDbPerOctave: Float32Array;
  /** Vocal effort 0..1, relative to the line (or to a voice profile), .5 = the speaker's middle. */
  readonly effort: Float32Array;
  /** Voice activity probability 0..1 of the acoustic model (all 1 where it was not run). */
  readonly voice: Float32Array;
}

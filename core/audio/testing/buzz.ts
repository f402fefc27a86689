import type { MonoPcm } from '../pcm';

export interface BuzzPlan {
  readonly seconds: number;
  /** Pitch in Hz at a time in seconds; 0 for a pause. */
  readonly pitchHz: (timeSeconds: number) => number;
  /** Amplitude factor at a time; default 1. */
  readonly gain?: (timeSeconds: number) => number;
  /** Harmonic h has amplitude h^-rolloff; 2 is -12 dB an octave, as the glottal source of a calm voice. */
  readonly rolloff?: (timeSeconds: number) => number;
}

/** A voiced sound with known pitch at 16 kHz over a faint, repeatable noise. */
export function buzz(plan: BuzzPlan): MonoPcm {
  const rate = 16000;
  const samples = new Float32Array(Math.round(plan.seconds * rate));
  let phase = 0;
  let noise = 1;
  for (let i = 0; i < samples.length; i++) {
    const time = i / rate;
    const pitch = plan.pitchHz(time);
    phase += (2 * Math.PI * pitch) / rate;
    noise = (Math.imul(noise, 1664525) + 1013904223) >>> 0;
    let value = 0;
    const rolloff = plan.rolloff?.(time) ?? 2;
    for (let h = 1; pitch > 0 && h * pitch < 7000; h++) value += Math.sin(h * phase) / h ** rolloff;
    samples[i] = (plan.gain?.(time) ?? 1) * (0.15 * value + (noise / 2 ** 32 - 0.5) * 0.002);
  }
  return { sampleRateHz: rate, samples };
}

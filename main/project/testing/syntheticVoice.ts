import type { ProsodyTrack } from '../../../core/audio/prosodyTrack';
import { buildWav } from '../../media/testing/buildWav';

const SAMPLE_RATE_HZ = 8000;

/** A voice-like hum that swells twice a second, as a wav: the same bytes on every run. */
export function syntheticVoice(seconds: number): Uint8Array {
  const samples = Float32Array.from({ length: seconds * SAMPLE_RATE_HZ }, (_unused, index) => {
    const time = index / SAMPLE_RATE_HZ;
    return 0.3 * Math.sin(2 * Math.PI * 120 * time) * Math.max(0, Math.sin(Math.PI * ((time * 2) % 1)));
  });
  return buildWav({ sampleRateHz: SAMPLE_RATE_HZ, channels: [samples], samples: 's16' });
}

/** What listening to that hum would give, at 100 Hz. */
export function syntheticProsody(seconds: number): ProsodyTrack {
  const track = (at: (hop: number) => number) =>
    Float32Array.from({ length: seconds * 100 }, (_unused, hop) => Math.fround(at(hop)));
  const swell = (hop: number) => Math.max(0, Math.sin((Math.PI * (hop % 50)) / 50));
  return {
    hopSeconds: 0.01,
    f0Hz: track(() => 120),
    voicing: track(() => 1),
    loudnessDb: track((hop) => -40 + 20 * swell(hop)),
    tiltDbPerOctave: track(() => -9),
    effort: track((hop) => 0.5 * swell(hop)),
    voice: track(() => 1),
  };
}

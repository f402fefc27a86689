import { framesPerSecond, type FrameRate } from '../time/frameRate';
import type { SampledTracks } from './sampledTracks';
import { monotoneSlope } from './tangents';

/**
 * The same performance at another frame rate. Between frames a monotone cubic (Fritsch-Butland slopes) is read, so that
 * nothing overshoots and a closed lip stays closed; where a new frame falls on an old one its value is copied exactly.
 * The result covers the same time: its last frame is at or after the last old one, holding the last value.
 */
export function resampleTracks(tracks: SampledTracks, frameRate: FrameRate): SampledTracks {
  if (sameRate(tracks.frameRate, frameRate)) return tracks;
  const { numerator, denominator } = frameRate;
  // One new frame is step old frames; kept as a fraction of whole numbers so that 29.97 never drifts.
  const stepTop = denominator * tracks.frameRate.numerator;
  const stepBottom = numerator * tracks.frameRate.denominator;
  const frameCount = tracks.frameCount === 0 ? 0 : Math.ceil(((tracks.frameCount - 1) * stepBottom) / stepTop - 1e-6) + 1;
  const channels = tracks.channels.map((samples) => resampleChannel(samples, frameCount, stepTop, stepBottom));
  return { frameRate, frameCount, channels };
}

function resampleChannel(samples: Float32Array, frameCount: number, stepTop: number, stepBottom: number): Float32Array {
  const result = new Float32Array(frameCount);
  const last = samples.length - 1;
  for (let frame = 0; frame < frameCount; frame++) {
    const whole = Math.floor((frame * stepTop) / stepBottom);
    const rest = frame * stepTop - whole * stepBottom;
    if (whole >= last) result[frame] = samples[last];
    else if (rest === 0) result[frame] = samples[whole];
    else result[frame] = readBetween(samples, whole, rest / stepBottom);
  }
  return result;
}

/** Monotone cubic between samples[index] and samples[index + 1] at `fraction`. */
function readBetween(samples: Float32Array, index: number, fraction: number): number {
  const from = samples[index];
  const to = samples[index + 1];
  const chord = to - from;
  // At the ends the curve goes on as it is: a flat end would bend the last frame.
  const chordBefore = index > 0 ? from - samples[index - 1] : chord;
  const chordAfter = index + 2 < samples.length ? samples[index + 2] - to : chord;
  const slopeFrom = monotoneSlope(chordBefore, chord, 1, 1);
  const slopeTo = monotoneSlope(chord, chordAfter, 1, 1);
  const f2 = fraction * fraction;
  const f3 = f2 * fraction;
  return (2 * f3 - 3 * f2 + 1) * from + (f3 - 2 * f2 + fraction) * slopeFrom + (-2 * f3 + 3 * f2) * to + (f3 - f2) * slopeTo;
}

function sameRate(a: FrameRate, b: FrameRate): boolean {
  return Math.abs(framesPerSecond(a) - framesPerSecond(b)) < 1e-9;
}

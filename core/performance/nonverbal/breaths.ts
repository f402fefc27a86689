import type { SampledTracks } from '../../curves/sampledTracks';
import { trackOf } from '../../curves/sampledTracks';
import { leastJerkStep } from '../../curves/smooth';
import type { PhonemeSegment } from '../../speech/segments';
import { frameToSeconds } from '../../time/frameRate';
import { frameSpanOf, type FrameSpan } from '../../time/frameSpan';
import type { PerformanceEvent } from '../events/performanceEvent';
import { speechRanges } from '../rules/speechGate';
import { hashUniform, NOISE_REGION } from './hashNoise';

/** A pause must be this long for a breath: in read speech about nine of ten breaths fall in pauses above .3 s (Winkworth et al. 1994). */
const SHORTEST_PAUSE_SECONDS = 0.45;
/** Speech breaths are quick: 300-700 ms of inhaling (Winkworth et al. 1994; Conrad and Schönle 1979). */
const INHALE_SECONDS = { least: 0.3, most: 0.65 };
/** The breath ends this long before the first sound. */
const BEFORE_SPEECH_SECONDS = 0.06;
/** Lips part by .05-.12 (speech-to-face.md, section 2): share of lowerDown and jaw at intensity 1. */
const PART = { jawOpen: 0.045, mouthLowerDown: 0.05, mouthUpperUp: 0.02, noseSneer: 0.03 };
/** The head rises with the chest. */
const RISE_RADIANS = 0.012;

/**
 * A breath before every stretch of speech that has a pause long enough before it.
 * @param fromSeconds where the line begins: below 0 with a pre-roll, which gives the first breath its room
 */
export function planBreaths(
  phonemes: readonly PhonemeSegment[],
  amount: number,
  seed: number,
  fromSeconds = 0,
): PerformanceEvent[] {
  if (!(amount > 0)) return [];
  const ranges = speechRanges(phonemes, SHORTEST_PAUSE_SECONDS);
  return ranges.flatMap(({ startSeconds, endSeconds }, index): PerformanceEvent[] => {
    const pauseStart = index === 0 ? fromSeconds : ranges[index - 1].endSeconds;
    const room = startSeconds - BEFORE_SPEECH_SECONDS - pauseStart - 0.1;
    if (room < INHALE_SECONDS.least) return [];
    // A longer phrase wants more air.
    const wanted = 0.35 + 0.06 * (endSeconds - startSeconds);
    const seconds = Math.min(INHALE_SECONDS.most, room, Math.max(INHALE_SECONDS.least, wanted));
    const end = startSeconds - BEFORE_SPEECH_SECONDS;
    return [
      {
        key: `breath:${seed}:${index}`,
        type: 'breath',
        startSeconds: end - seconds,
        endSeconds: end,
        intensity: Math.min(2, amount * (0.7 + 0.5 * hashUniform(seed, NOISE_REGION.breath, index))),
        locked: false,
        origin: 'generated',
      },
    ];
  });
}

/** Parts the lips and lifts the head a little: rising through two thirds of the breath, falling in the rest. */
export function renderBreaths(tracks: SampledTracks, events: readonly PerformanceEvent[], span: FrameSpan): void {
  const pitch = trackOf(tracks, 'headPitch');
  for (const event of events) {
    if (event.type !== 'breath') continue;
    const seconds = event.endSeconds - event.startSeconds;
    const peak = event.startSeconds + (2 / 3) * seconds;
    const frames = frameSpanOf(event, tracks.frameCount, tracks.frameRate, 1);
    for (let frame = Math.max(span.first, frames.first); frame < Math.min(span.end, frames.end); frame++) {
      const timeSeconds = frameToSeconds(frame, tracks.frameRate);
      const air =
        event.intensity *
        (timeSeconds < peak
          ? leastJerkStep(event.startSeconds, peak, timeSeconds)
          : 1 - leastJerkStep(peak, event.endSeconds, timeSeconds));
      raise(trackOf(tracks, 'jawOpen'), frame, PART.jawOpen * air);
      for (const side of ['Left', 'Right'] as const) {
        raise(trackOf(tracks, `mouthLowerDown${side}`), frame, PART.mouthLowerDown * air);
        raise(trackOf(tracks, `mouthUpperUp${side}`), frame, PART.mouthUpperUp * air);
        raise(trackOf(tracks, `noseSneer${side}`), frame, PART.noseSneer * air);
      }
      pitch[frame] -= RISE_RADIANS * air;
    }
  }
}

function raise(samples: Float32Array, frame: number, value: number): void {
  samples[frame] = Math.min(1, Math.max(samples[frame], value));
}

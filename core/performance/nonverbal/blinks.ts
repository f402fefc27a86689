import type { SampledTracks } from '../../curves/sampledTracks';
import { trackOf } from '../../curves/sampledTracks';
import type { PhonemeSegment } from '../../speech/segments';
import { frameToSeconds } from '../../time/frameRate';
import { frameSpanOf, type FrameSpan } from '../../time/frameSpan';
import type { PerformanceEvent } from '../events/performanceEvent';
import { speechRanges } from '../rules/speechGate';
import { hashNormal, hashUniform, NOISE_REGION } from './hashNoise';

/** Closing about 90 ms, opening about 240 ms (VanderWerf 2003). */
export const BLINK_CLOSING_SECONDS = 0.09;
export const BLINK_OPENING_SECONDS = 0.24;
/** Held shut a little over one frame at 60 fps, so that every blink is seen closed. */
const BLINK_SHUT_SECONDS = 0.018;
/** Median of the log-normal interval and its spread: mean 2.6 s, about 21 a minute with doubles; conversation 10.5-32.5 (Doughty 2001). */
const INTERVAL_MEDIAN_SECONDS = 2.55;
const INTERVAL_LOG_SIGMA = 0.5;
const INTERVAL_MIN_SECONDS = 0.7;
/** 85 % of blinks are single. */
const DOUBLE_CHANCE = 0.15;
const DOUBLE_GAP_SECONDS = 0.42;
/** Blinks favour phrase boundaries: a blink this near to one usually moves onto it. */
const BOUNDARY_REACH_SECONDS = 0.6;
const BOUNDARY_CHANCE = 0.75;
const PHRASE_PAUSE_SECONDS = 0.12;

/** From the first movement of the lids to the last, of a usual blink. */
export const BLINK_SECONDS = BLINK_CLOSING_SECONDS + BLINK_SHUT_SECONDS + BLINK_OPENING_SECONDS;

/**
 * Blinks of a line: log-normal intervals drawn by counter, drawn toward phrase boundaries, some double.
 * @param blinkAmount scales the rate; 0 gives none
 */
export function planBlinks(
  phonemes: readonly PhonemeSegment[],
  durationSeconds: number,
  blinkAmount: number,
  seed: number,
): PerformanceEvent[] {
  const events: PerformanceEvent[] = [];
  let last = -1;
  const add = (key: string, shutSeconds: number, depth: number) => {
    last = shutSeconds;
    events.push({
      key: `blink:${seed}:${key}`,
      type: 'blink',
      ...blinkTimes(shutSeconds),
      intensity: depth,
      locked: false,
      origin: 'generated',
    });
  };
  if (!(blinkAmount > 0)) return events;
  const boundaries = phraseBoundaries(phonemes);
  let nextBoundary = 0;
  // The first interval starts at a random point of itself, so that lines do not all begin alike.
  let clock = -interval(seed, 0, blinkAmount) * hashUniform(seed, NOISE_REGION.blinkChoice, 0, 3) * 0.7;
  for (let index = 0; clock < durationSeconds; index++) {
    let timeSeconds = clock + interval(seed, index, blinkAmount);
    while (nextBoundary < boundaries.length && boundaries[nextBoundary] < timeSeconds - BOUNDARY_REACH_SECONDS) nextBoundary++;
    const boundary = boundaries[nextBoundary];
    const near = boundary !== undefined && Math.abs(boundary - timeSeconds) <= BOUNDARY_REACH_SECONDS;
    const after = boundary - last > INTERVAL_MIN_SECONDS;
    if (near && after && hashUniform(seed, NOISE_REGION.blinkChoice, index) < BOUNDARY_CHANCE) timeSeconds = boundary;
    clock = timeSeconds;
    if (timeSeconds < BLINK_CLOSING_SECONDS || timeSeconds > durationSeconds) continue;
    const depth = 0.94 + 0.06 * hashUniform(seed, NOISE_REGION.blinkChoice, index, 1);
    add(`${index}`, timeSeconds, depth);
    if (
      hashUniform(seed, NOISE_REGION.blinkChoice, index, 2) < DOUBLE_CHANCE &&
      timeSeconds + DOUBLE_GAP_SECONDS < durationSeconds
    ) {
      clock = timeSeconds + DOUBLE_GAP_SECONDS;
      add(`${index}b`, clock, depth * 0.96);
    }
  }
  return events;
}

/** Start and end of a usual blink that is shut at `shutSeconds`. */
export function blinkTimes(shutSeconds: number): { startSeconds: number; endSeconds: number } {
  const startSeconds = shutSeconds - BLINK_CLOSING_SECONDS;
  return { startSeconds, endSeconds: startSeconds + BLINK_SECONDS };
}

function interval(seed: number, index: number, blinkAmount: number): number {
  const drawn = INTERVAL_MEDIAN_SECONDS * Math.exp(INTERVAL_LOG_SIGMA * hashNormal(seed, NOISE_REGION.blinkInterval, index));
  return Math.max(INTERVAL_MIN_SECONDS, drawn / blinkAmount);
}

/** Moments just inside a pause, shortly after speech stops. */
function phraseBoundaries(phonemes: readonly PhonemeSegment[]): number[] {
  const ranges = speechRanges(phonemes, PHRASE_PAUSE_SECONDS);
  return ranges.map(({ endSeconds }, index) => {
    const pauseSeconds = (ranges[index + 1]?.startSeconds ?? Infinity) - endSeconds;
    return endSeconds + Math.min(0.12, pauseSeconds / 2);
  });
}

/** Lid weight of a blink at a time relative to full closure: quick smooth closing, slower opening that eases out. */
export function blinkShape(secondsFromShut: number): number {
  if (secondsFromShut < 0) {
    const x = 1 + secondsFromShut / BLINK_CLOSING_SECONDS;
    return x <= 0 ? 0 : x * x * (3 - 2 * x);
  }
  const opening = (secondsFromShut - BLINK_SHUT_SECONDS) / BLINK_OPENING_SECONDS;
  if (opening <= 0) return 1;
  if (opening >= 1) return 0;
  // Lids open fast at first and settle slowly: smoothstep over a bent time axis.
  const x = 1 - Math.pow(opening, 0.8);
  return x * x * (3 - 2 * x);
}

/** Combines blinks with the lids' other positions by max, and takes wide and squinting lids out of the way of a closed one. */
export function renderBlinks(tracks: SampledTracks, events: readonly PerformanceEvent[], span: FrameSpan): void {
  const left = trackOf(tracks, 'eyeBlinkLeft');
  const right = trackOf(tracks, 'eyeBlinkRight');
  const parted = [trackOf(tracks, 'eyeWideLeft'), trackOf(tracks, 'eyeWideRight')];
  // A shut lid has no squint or lowered look left in it: their shapes would push it past the lower one.
  const lidShapes = (['eyeSquintLeft', 'eyeSquintRight', 'eyeLookDownLeft', 'eyeLookDownRight'] as const).map((channel) =>
    trackOf(tracks, channel),
  );
  for (const event of events) {
    if (event.type !== 'blink' || event.intensity === 0) continue;
    // A blink that was made longer is the same movement, slower.
    const stretch = (event.endSeconds - event.startSeconds) / BLINK_SECONDS;
    const shutSeconds = event.startSeconds + BLINK_CLOSING_SECONDS * stretch;
    const frames = frameSpanOf(event, tracks.frameCount, tracks.frameRate, 1);
    for (let frame = Math.max(span.first, frames.first); frame < Math.min(span.end, frames.end); frame++) {
      const away = (frameToSeconds(frame, tracks.frameRate) - shutSeconds) / stretch;
      const closed = Math.min(1, event.intensity) * blinkShape(away);
      left[frame] = Math.max(left[frame], closed);
      right[frame] = Math.max(right[frame], closed);
      for (const wide of parted) wide[frame] *= 1 - closed;
      for (const shape of lidShapes) shape[frame] *= 1 - closed;
    }
  }
}

/** A squint carries the upper lid a little: final lid = max(blink, squint coupling). */
export const SQUINT_LID_COUPLING = 0.12;

/** Adds the squint's share of the lids; run before `renderBlinks`. */
export function coupleSquint(tracks: SampledTracks, span: FrameSpan): void {
  for (const side of ['Left', 'Right'] as const) {
    const lid = trackOf(tracks, `eyeBlink${side}`);
    const squint = trackOf(tracks, `eyeSquint${side}`);
    const wide = trackOf(tracks, `eyeWide${side}`);
    for (let frame = span.first; frame < span.end; frame++) {
      // A glare (wide and squint together) keeps its upper lid up.
      lid[frame] = Math.max(lid[frame], SQUINT_LID_COUPLING * squint[frame] * (1 - wide[frame]));
    }
  }
}

import type { SampledTracks } from '../curves/sampledTracks';
import { smoothStep } from '../curves/smooth';
import { CHANNEL_INDEX } from '../rig/channels';
import { LIP_OPENING } from '../rig/lipOpening';
import type { FrameSpan } from '../time/frameSpan';
import { DEFAULT_STYLE, type PerformanceStyle } from './performanceEngine';

/** Rounding (pucker + funnel) below the first is no rounding, above the second it is meant: bilabials draw their corners in by .18. */
const SLIGHT = 0.05;
const MEANT = 0.55;
/**
 * What rounded lips gain at `rounding` .5, most half way: chosen by eye on "blue shoe", "you", "saw", "would" (pucker .5 becomes
 * .73). Wide ramps and a gain below 1 keep a fast onset fast, and not a jump: no step grows by more than four fifths.
 */
const GAIN = 0.9;
/** Puckered lips also turn outward: this share of what the pucker gained (visemes U and W of face-facts carry both). */
const FUNNEL_WITH_PUCKER = 0.3;

/**
 * Rounds rounded lips further, in place. Both engines follow captured lips, and the captured speaker says "you" with hardly
 * pursed lips; on a drawn face, seen from the front, that reads as a grin. Weights near what rigs are made for (U: pucker .85,
 * funnel .5, face-facts) read as rounding. Lips stay as far apart as they were: what the funnel opens, mouthClose takes back.
 * Frames depend on nothing but themselves, and unrounded ones stay as they are.
 *
 * @param style its `rounding`: 0 as captured, .5 (also where it is absent) drawn clearly, 1 strongly
 */
export function roundLips(tracks: SampledTracks, style: PerformanceStyle, span: FrameSpan): void {
  const amount = 2 * (style.rounding ?? DEFAULT_STYLE.rounding!);
  const [pucker, funnel, close, jaw] = roundingOf(tracks);
  for (let frame = span.first; frame < span.end; frame++) {
    const meant = amount * smoothStep(SLIGHT, MEANT, pucker[frame] + funnel[frame]);
    if (meant === 0) continue;
    const rounder = rounderBy(pucker[frame], GAIN * meant);
    const outward = rounderBy(funnel[frame], GAIN * meant) + FUNNEL_WITH_PUCKER * (rounder - pucker[frame]) * (1 - funnel[frame]);
    close[frame] = closedAfter(close[frame], outward - funnel[frame], jaw[frame]);
    pucker[frame] = rounder;
    funnel[frame] = Math.min(1, outward);
  }
}

/**
 * Rounds lips at least as the rules round their phones, in place; roundLips goes on from there. The captured man, whom the nets
 * follow more closely than the rules' tables do, says "you" and "shoe" with hardly any pucker. Lips stay as far apart as they
 * were.
 *
 * @param rules the rules' mouth on the same frames, before closures
 * @param style its `rounding`: 0 as captured, .5 (also where it is absent) and more as the rules
 */
export function roundAsPhones(tracks: SampledTracks, rules: SampledTracks, style: PerformanceStyle, span: FrameSpan): void {
  const share = Math.min(1, 2 * (style.rounding ?? DEFAULT_STYLE.rounding!));
  const [pucker, funnel, close, jaw] = roundingOf(tracks);
  const [phonePucker, phoneFunnel] = roundingOf(rules);
  for (let frame = span.first; frame < span.end; frame++) {
    pucker[frame] = Math.max(pucker[frame], share * phonePucker[frame]);
    const outward = Math.max(funnel[frame], share * phoneFunnel[frame]);
    close[frame] = closedAfter(close[frame], outward - funnel[frame], jaw[frame]);
    funnel[frame] = outward;
  }
}

const roundingOf = (tracks: SampledTracks) =>
  (['mouthPucker', 'mouthFunnel', 'mouthClose', 'jawOpen'] as const).map((channel) => tracks.channels[CHANNEL_INDEX[channel]]);

/** mouthClose that takes back what a larger funnel opens, as far as the jaw is open. */
const closedAfter = (close: number, funnelGain: number, jaw: number) =>
  Math.max(close, Math.min(close + LIP_OPENING.mouthFunnel! * funnelGain, jaw));

/** Keeps 0 and 1 and leads everything between nearer to 1. */
const rounderBy = (value: number, gain: number) => Math.min(1, value + gain * value * Math.max(0, 1 - value));

import type { PhonemeSegment } from '../../speech/segments';
import { planBlinks } from '../nonverbal/blinks';
import { planGaze } from '../nonverbal/gaze';
import type { PerformanceStyle } from '../performanceEngine';
import { speechRanges } from '../rules/speechGate';
import type { PerformanceEvent } from './performanceEvent';

/** Noise of its own, so that the sound's own blinks and looks are the same with and without a pre-roll. */
const PRE_ROLL_SEED = 0x5bd1e995;
/** A breath before speech takes about this long: who speaks next blinks as it begins, at the edge of the phrase to come. */
const BREATH_LEAD_SECONDS = 0.5;

/** Blinks and looks of somebody who listens and is about to speak, from the start of the pre-roll to time 0. */
export function planPreRoll(
  phonemes: readonly PhonemeSegment[],
  preRollSeconds: number,
  style: Pick<PerformanceStyle, 'blinkAmount'>,
  seed: number,
): { readonly blinks: readonly PerformanceEvent[]; readonly looks: readonly PerformanceEvent[] } {
  if (!(preRollSeconds > 0)) return { blinks: [], looks: [] };
  const speechSeconds = speechRanges(phonemes, 0)[0]?.startSeconds ?? 0;
  const own = (seed ^ PRE_ROLL_SEED) >>> 0;
  // Listening, on a clock that begins with the roll; "speech" up to the breath gives the blinks a phrase edge to lean on.
  const turnSeconds = preRollSeconds + speechSeconds - BREATH_LEAD_SECONDS;
  const edge: PhonemeSegment[] =
    turnSeconds > 0 ? [{ phoneme: 'AH', startSeconds: turnSeconds - 0.12, endSeconds: turnSeconds, confidence: 1 }] : [];
  const moved = (event: PerformanceEvent): PerformanceEvent => ({
    ...event,
    key: `pre-${event.key}`,
    startSeconds: event.startSeconds - preRollSeconds,
    endSeconds: event.endSeconds - preRollSeconds,
  });
  return {
    blinks: planBlinks(edge, preRollSeconds, style.blinkAmount, own)
      .map(moved)
      .filter(({ endSeconds }) => endSeconds <= 0),
    looks: planGaze([], preRollSeconds, own).map(moved),
  };
}

import type { PhoneSpan } from './decodePhones';
import { PHONEMES } from './phonemes';
import type { Posteriors } from './posteriors';
import { silence, type PhonemeSegment } from './segments';

const FRAME_SECONDS = 0.01;

export interface StressedSpan extends PhoneSpan {
  readonly stress?: 0 | 1 | 2;
}

/**
 * Spans in frames to segments in seconds that cover 0..durationSeconds. A boundary between frames k-1 and k lies at
 * k x 10 ms, the rule by which the training labels were made (training/visemes.py frame_of). Equal neighbours merge when
 * both are silence; confidence is the mean posterior of the phone over its frames.
 */
export function spansToSegments(
  spans: readonly StressedSpan[],
  posteriors: Posteriors,
  durationSeconds: number,
): PhonemeSegment[] {
  const kept: StressedSpan[] = [];
  for (const span of spans) {
    const before = kept[kept.length - 1];
    if (before !== undefined && before.phone === 0 && span.phone === 0)
      kept[kept.length - 1] = { ...before, endFrame: span.endFrame };
    // The last frame is centred on the end of the line: a span that begins there has no length.
    else if (span.firstFrame === 0 || span.firstFrame * FRAME_SECONDS < durationSeconds) kept.push(span);
  }
  if (kept.length === 0) return [silence(0, durationSeconds)];
  return kept.map((span, i) => ({
    phoneme: PHONEMES[span.phone],
    startSeconds: i === 0 ? 0 : span.firstFrame * FRAME_SECONDS,
    endSeconds: i === kept.length - 1 ? durationSeconds : span.endFrame * FRAME_SECONDS,
    confidence: meanPosterior(posteriors, span),
    ...(span.stress === undefined ? {} : { stress: span.stress }),
  }));
}

/** Mean probability of a span's phone over its frames, 0..1. */
export function meanPosterior(posteriors: Posteriors, span: PhoneSpan): number {
  let sum = 0;
  for (let frame = span.firstFrame; frame < span.endFrame; frame++) {
    sum += Math.exp(posteriors.phoneLogProbs[frame * PHONEMES.length + span.phone]);
  }
  return Math.min(1, sum / Math.max(1, span.endFrame - span.firstFrame));
}

import { framesInside } from '../../core/curves/sampleCurve';
import type { SampledTracks } from '../../core/curves/sampledTracks';
import type { FrameRange } from '../../core/layers/applyLayers';
import { differingFrames } from '../../core/layers/changedFrames';
import { CLOSURE_EDGE_SECONDS, closureReport, type ClosureReport } from '../../core/performance/constraints/closureReport';
import { CHANNEL_INDEX } from '../../core/rig/channels';
import { LIP_OPENING_CHANNELS } from '../../core/rig/lipOpening';
import { isBilabial } from '../../core/speech/phonemes';
import type { PhonemeSegment } from '../../core/speech/segments';

interface Known {
  readonly tracks: SampledTracks;
  readonly phonemes: readonly PhonemeSegment[];
  readonly report: ClosureReport;
}

let last: Known | null = null;

/**
 * `closureReport` of the curves, worked out once however many panels show it. An edit is looked at only where it moved the
 * lips: the closures of ten minutes take longer than a frame.
 */
export function closuresOf(tracks: SampledTracks, phonemes: readonly PhonemeSegment[]): ClosureReport {
  if (last?.tracks !== tracks || last.phonemes !== phonemes) last = { tracks, phonemes, report: updated(tracks, phonemes) };
  return last.report;
}

function updated(tracks: SampledTracks, phonemes: readonly PhonemeSegment[]): ClosureReport {
  if (last?.phonemes !== phonemes || last.tracks.frameCount !== tracks.frameCount) return closureReport(tracks, phonemes);
  const before = last;
  const touched = LIP_OPENING_CHANNELS.flatMap((channel) => {
    const index = CHANNEL_INDEX[channel];
    return differingFrames(before.tracks.channels[index], tracks.channels[index]) ?? [];
  });
  if (touched.length === 0) return before.report;
  const near = phonemes.filter((segment) => isBilabial(segment.phoneme) && isTouched(segment, tracks, touched));
  if (near.length === 0) return before.report;
  const looked = new Set(near);
  const missedNow = new Set([
    ...closureReport(tracks, near).missed,
    ...before.report.missed.filter((segment) => !looked.has(segment)),
  ]);
  const { total } = before.report;
  const missed = phonemes.filter((segment) => missedNow.has(segment));
  const closed = total - missed.length;
  return { closed, total, rate: total > 0 ? closed / total : null, missed };
}

function isTouched({ startSeconds, endSeconds }: PhonemeSegment, tracks: SampledTracks, touched: readonly FrameRange[]): boolean {
  const { first, last: end } = framesInside(
    startSeconds - CLOSURE_EDGE_SECONDS,
    endSeconds + CLOSURE_EDGE_SECONDS,
    tracks.frameCount,
    tracks.frameRate,
  );
  return touched.some((range) => range.first <= end && range.last >= first);
}

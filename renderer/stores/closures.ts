import type { SampledTracks } from '../../core/curves/sampledTracks';
import { closureReport, type ClosureReport } from '../../core/performance/constraints/closureReport';
import type { PhonemeSegment } from '../../core/speech/segments';

const known = new WeakMap<SampledTracks, { readonly phonemes: readonly PhonemeSegment[]; readonly report: ClosureReport }>();

/** `closureReport` of the curves, worked out once however many panels show it: on ten minutes it costs milliseconds a frame. */
export function closuresOf(tracks: SampledTracks, phonemes: readonly PhonemeSegment[]): ClosureReport {
  const last = known.get(tracks);
  if (last?.phonemes === phonemes) return last.report;
  const report = closureReport(tracks, phonemes);
  known.set(tracks, { phonemes, report });
  return report;
}

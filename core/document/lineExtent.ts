import type { TimeRange } from '../time/timeRange';
import type { LineRecord } from './records';

/** Where a line may be keyed: its sound with pre- and post-roll. The sound begins at 0. */
export function lineExtent(line: Pick<LineRecord, 'durationSeconds' | 'preRollSeconds' | 'postRollSeconds'>): TimeRange {
  return { startSeconds: 0 - (line.preRollSeconds ?? 0), endSeconds: line.durationSeconds + (line.postRollSeconds ?? 0) };
}

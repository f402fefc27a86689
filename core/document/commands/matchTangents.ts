import { withSlope, withTangentMode } from '../../curves/keyTangents';
import type { PerformanceChannel } from '../../rig/channels';
import type { KeyRef } from '../channelSpans';
import { editKeyGroups } from '../editKeyGroups';
import type { RecordDraft } from '../recordDraft';

export interface MatchTangentsArgs {
  readonly keys: readonly KeyRef[];
  /** Slope (value per second) of the curve below at a time, e.g. of the generated base. */
  readonly slopeBelow: (channel: PerformanceChannel, timeSeconds: number) => number;
}

/**
 * Makes keys continue what is around them: the first and last key of a span take the slope of the curve below, so that the
 * hand curve leaves and meets it without a corner; keys inside take one slope for both sides (broken tangents heal).
 */
export function matchTangents(draft: RecordDraft, { keys, slopeBelow }: MatchTangentsArgs): void {
  editKeyGroups(draft, keys, (all, ids, { channel }) =>
    all.map((key, index) => {
      if (!ids.has(key.id)) return key;
      const aligned = withTangentMode(all, index, 'aligned');
      const isEnd = index === 0 || index === all.length - 1;
      return isEnd && all.length > 1 ? withSlope(aligned, slopeBelow(channel, key.timeSeconds)) : aligned;
    }),
  );
}

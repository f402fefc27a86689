import { reduceKeys } from '../../curves/reduceKeys';
import { framesInside } from '../../curves/sampleCurve';
import type { SampledTracks } from '../../curves/sampledTracks';
import { CHANNEL_INDEX, isPoseChannel, type PerformanceChannel } from '../../rig/channels';
import { frameToSeconds, gridFrom } from '../../time/frameRate';
import type { TimeRange } from '../../time/timeRange';
import { putSpans, requireUnlocked, spansOf } from '../channelSpans';
import type { RecordDraft } from '../recordDraft';
import type { LayerId } from '../records';
import { POSE_VIEW_RADIANS } from './transformKeys';

export interface BakeRangeArgs {
  /** An override layer; keys it has in the range are replaced. */
  readonly layerId: LayerId;
  readonly channels: readonly PerformanceChannel[];
  readonly range: TimeRange;
  /** What to bake: the base, or base and layers. */
  readonly tracks: SampledTracks;
  /** Largest difference of a weight at any frame; rotations the same share of their axis. Default .01 */
  readonly maxError?: number;
  /** Start of the ids of the new span and keys; unique to this edit. */
  readonly idPrefix: string;
}

/** Turns a stretch of curves into keys on a layer, few but within an error bound, to be changed by hand from there. */
export function bakeRange(draft: RecordDraft, args: BakeRangeArgs): void {
  requireUnlocked(draft, args.layerId);
  const { tracks, maxError = 0.01 } = args;
  const { first, last } = framesInside(args.range.startSeconds, args.range.endSeconds, tracks.frameCount, tracks.frameRate);
  if (last < first) return;
  const startSeconds = frameToSeconds(first, tracks.frameRate);
  const endSeconds = frameToSeconds(last, tracks.frameRate);
  for (const channel of args.channels) {
    const samples = tracks.channels[CHANNEL_INDEX[channel]].subarray(first, last + 1);
    const prefix = `${args.idPrefix}-${channel}-`;
    const bound = isPoseChannel(channel) ? maxError * 2 * POSE_VIEW_RADIANS : maxError;
    const keys = reduceKeys(samples, gridFrom(tracks.frameRate, first), bound, prefix);
    const outside = spansOf(draft, args.layerId, channel).flatMap((span) => {
      const before = span.keys.filter((key) => key.timeSeconds < startSeconds - 1e-6);
      const after = span.keys.filter((key) => key.timeSeconds > endSeconds + 1e-6);
      return [
        { id: span.id, keys: before },
        { id: before.length > 0 ? `${prefix}rest-${span.id}` : span.id, keys: after },
      ];
    });
    putSpans(draft, args.layerId, channel, [...outside, { id: `${prefix}span`, keys }]);
  }
}

import type { SampledTracks } from '../curves/sampledTracks';
import { CHANNEL_INDEX, isPoseChannel, type PerformanceChannel } from '../rig/channels';
import { isSameGrid, secondsToNearestFrame } from '../time/frameRate';
import { frameSpanOf } from '../time/frameSpan';
import type { TimeRange } from '../time/timeRange';
import type { EditLayer } from './editLayer';

/** An additive edit whose ground moved: it still adds the same, to something else. */
export interface EditConflict extends TimeRange {
  readonly layerId: string;
  readonly layerName: string;
  readonly channel: PerformanceChannel;
  /** Largest change of the generated curve under the edit: weight, or radians. */
  readonly movedBy: number;
  /** The edit's keys, and how far the ground moved up under each: taking it off gives the look of before there. */
  readonly keys: readonly { readonly keyId: string; readonly shift: number }[];
}

/** Smaller movements of the ground are not seen: a weight of .05, or 1.5 degrees. */
const SEEN_WEIGHT = 0.05;
const SEEN_RADIANS = 0.026;

/** Additive edits under which the generated curve moved visibly, the largest first. Override edits say what is shown by themselves. */
export function findConflicts(before: SampledTracks, after: SampledTracks, layers: readonly EditLayer[]): EditConflict[] {
  if (before.frameCount !== after.frameCount || !isSameGrid(before.frameRate, after.frameRate)) return [];
  const conflicts = layers
    .filter(({ mode, muted, weight }) => mode === 'additive' && !muted && weight > 0)
    .flatMap((layer) =>
      layer.curves.flatMap(({ channel, spans }) =>
        spans.flatMap(({ keys }): EditConflict[] => {
          if (keys.length === 0) return [];
          const range = { startSeconds: keys[0].timeSeconds, endSeconds: keys[keys.length - 1].timeSeconds };
          const { first, end } = frameSpanOf(range, after.frameCount, after.frameRate, 1);
          const [old, made] = [before.channels[CHANNEL_INDEX[channel]], after.channels[CHANNEL_INDEX[channel]]];
          let movedBy = 0;
          for (let frame = first; frame < end; frame++) movedBy = Math.max(movedBy, Math.abs(made[frame] - old[frame]));
          const isSeen = movedBy > (isPoseChannel(channel) ? SEEN_RADIANS : SEEN_WEIGHT);
          const shifts = keys.map(({ id, timeSeconds }) => {
            const frame = Math.min(after.frameCount - 1, Math.max(0, secondsToNearestFrame(timeSeconds, after.frameRate)));
            return { keyId: id, shift: made[frame] - old[frame] };
          });
          return isSeen ? [{ ...range, keys: shifts, layerId: layer.id, layerName: layer.name, channel, movedBy }] : [];
        }),
      ),
    );
  return conflicts.sort((a, b) => b.movedBy - a.movedBy);
}

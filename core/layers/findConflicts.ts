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
  /** Change of the generated curve where it is largest under the edit, up or down: weight, or radians. */
  readonly movedBy: number;
  /** The edit's keys, and how far the ground moved up under each: taking it off gives the look of before there. */
  readonly keys: readonly { readonly keyId: string; readonly shift: number }[];
}

/** Smaller movements of the ground are not seen: a weight of .05, or 1.5 degrees. */
const SEEN_WEIGHT = 0.05;
const SEEN_RADIANS = 0.026;

/** False for a movement nobody would see; several of them can add up to one that is seen. */
export function isSeen({ channel, movedBy }: EditConflict): boolean {
  return Math.abs(movedBy) > (isPoseChannel(channel) ? SEEN_RADIANS : SEEN_WEIGHT);
}

/** Additive edits under which the generated curve moved visibly, the largest first. Override edits say what is shown by themselves. */
export function findConflicts(before: SampledTracks, after: SampledTracks, layers: readonly EditLayer[]): EditConflict[] {
  return addMoves([], before, after, layers).filter(isSeen);
}

/**
 * How far the ground under each additive edit is from where it was when the edit was made or settled: what was known, and what
 * the new curves add. So two small changes are one larger, and a change that is taken back is none. The largest first.
 * @param known of earlier changes; edits that are gone since are left out
 */
export function addMoves(
  known: readonly EditConflict[],
  before: SampledTracks,
  after: SampledTracks,
  layers: readonly EditLayer[],
): EditConflict[] {
  const isComparable = before.frameCount === after.frameCount && isSameGrid(before.frameRate, after.frameRate);
  const ground = isComparable ? before : after;
  return layers
    .filter(({ mode, muted, weight }) => mode === 'additive' && !muted && weight > 0)
    .flatMap((layer) =>
      layer.curves.flatMap(({ channel, spans }) =>
        spans.flatMap(({ keys }) => {
          if (keys.length === 0) return [];
          const keyIds = new Set(keys.map(({ id }) => id));
          const earlier = known.find(
            (edit) => edit.layerId === layer.id && edit.channel === channel && edit.keys.some(({ keyId }) => keyIds.has(keyId)),
          );
          return [{ layerId: layer.id, layerName: layer.name, channel, ...movedUnder(ground, after, channel, keys, earlier) }];
        }),
      ),
    )
    .filter(({ movedBy, keys }) => Math.abs(movedBy) > 1e-4 || keys.some(({ shift }) => Math.abs(shift) > 1e-4))
    .sort((a, b) => Math.abs(b.movedBy) - Math.abs(a.movedBy));
}

function movedUnder(
  before: SampledTracks,
  after: SampledTracks,
  channel: PerformanceChannel,
  keys: EditLayer['curves'][number]['spans'][number]['keys'],
  earlier: EditConflict | undefined,
): Pick<EditConflict, 'startSeconds' | 'endSeconds' | 'movedBy' | 'keys'> {
  const range = { startSeconds: keys[0].timeSeconds, endSeconds: keys[keys.length - 1].timeSeconds };
  const { first, end } = frameSpanOf(range, after.frameCount, after.frameRate, 1);
  const [old, made] = [before.channels[CHANNEL_INDEX[channel]], after.channels[CHANNEL_INDEX[channel]]];
  let movedBy = 0;
  for (let frame = first; frame < end; frame++) {
    const moved = made[frame] - old[frame];
    if (Math.abs(moved) > Math.abs(movedBy)) movedBy = moved;
  }
  const shifts = keys.map(({ id, timeSeconds }) => {
    const frame = Math.min(after.frameCount - 1, Math.max(0, secondsToNearestFrame(timeSeconds, after.frameRate)));
    const shiftBefore = earlier?.keys.find(({ keyId }) => keyId === id)?.shift ?? 0;
    return { keyId: id, shift: shiftBefore + made[frame] - old[frame] };
  });
  return { ...range, keys: shifts, movedBy: movedBy + (earlier?.movedBy ?? 0) };
}

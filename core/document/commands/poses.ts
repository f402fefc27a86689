import { isPoseChannel, PERFORMANCE_CHANNELS, type PerformanceChannel } from '../../rig/channels';
import { mirrorChannel, mirrorValue } from '../../rig/mirrorChannel';
import type { RecordDraft } from '../recordDraft';
import type { LayerId, LineId, PoseId, PoseRecord } from '../records';
import { setChannelKey } from './channelKeys';

type Weights = PoseRecord['weights'];

/** Puts a pose into the library, or a new version of it under the same id. */
export function savePose(draft: RecordDraft, args: { poseId: PoseId; name: string; weights: Weights; picture?: string }): void {
  const { poseId, name, weights, picture } = args;
  draft.put({ id: poseId, kind: 'pose', name: name.trim() || 'Pose', weights, ...(picture && { picture }) });
}

export function renamePose(draft: RecordDraft, args: { poseId: PoseId; name: string }): void {
  const pose = draft.get<PoseRecord>(args.poseId);
  const name = args.name.trim();
  if (name !== '' && name !== pose.name) draft.put({ ...pose, name });
}

export function removePose(draft: RecordDraft, poseId: PoseId): void {
  if (draft.find(poseId)) draft.remove(poseId);
}

/** The pose seen in a mirror: sides swapped, turns and tilts the other way round. */
export function mirrorPose(weights: Weights): Weights {
  const entries = (Object.entries(weights) as [PerformanceChannel, number][]).map(([channel, value]) => [
    mirrorChannel(channel),
    mirrorValue(channel, value),
  ]);
  return Object.fromEntries(entries) as Weights;
}

export interface ApplyPoseArgs {
  readonly lineId: LineId;
  readonly poseId: PoseId;
  /** Where to write; null takes the topmost unlocked layer that is heard, or makes one. */
  readonly layerId: LayerId | null;
  readonly timeSeconds: number;
  /** The slider: 0 leaves what is there, 1 is the pose, up to 1.5 beyond it. */
  readonly amount: number;
  readonly isMirrored?: boolean;
  /** What the channels are without the pose, e.g. the final curves at that time. */
  readonly present: Weights;
  /** Start of the ids of what may have to be made; unique to this edit. */
  readonly idPrefix: string;
}

/** Keys the channels of a pose at a time, `amount` of the way from what is there to the pose. */
export function applyPose(draft: RecordDraft, args: ApplyPoseArgs): void {
  const { lineId, timeSeconds, idPrefix, present } = args;
  const pose = draft.get<PoseRecord>(args.poseId);
  const weights = args.isMirrored ? mirrorPose(pose.weights) : pose.weights;
  const amount = Math.min(1.5, Math.max(0, args.amount));
  const newLayerId = `layer:${idPrefix}` as const;
  for (const channel of PERFORMANCE_CHANNELS) {
    const goal = weights[channel];
    if (goal === undefined) continue;
    const from = present[channel] ?? 0;
    const layerId = args.layerId ?? (draft.find(newLayerId) ? newLayerId : null);
    const value = from + (goal - from) * amount;
    const ids = { newKeyId: `${idPrefix}-${channel}-k`, newSpanId: `${idPrefix}-${channel}-s`, newLayerId };
    setChannelKey(draft, { lineId, layerId, channel, timeSeconds, value, ...ids });
  }
}

/**
 * What a new pose takes from a frame: of the given channels those that are not at rest on this side of the face or on the other, so
 * that a smirk, mirrored, also lets go of the side it was on.
 */
export function poseFromFrame(
  values: Readonly<Record<PerformanceChannel, number>>,
  channels: readonly PerformanceChannel[] = PERFORMANCE_CHANNELS,
): Weights {
  const isMoved = (channel: PerformanceChannel) => Math.abs(values[channel]) > (isPoseChannel(channel) ? 0.002 : 0.005);
  const kept = channels.filter((channel) => isMoved(channel) || isMoved(mirrorChannel(channel)));
  return Object.fromEntries(kept.map((channel) => [channel, values[channel]])) as Weights;
}

import { thinKeys } from '../../curves/thinKeys';
import { isPoseChannel } from '../../rig/channels';
import type { KeyRef } from '../channelSpans';
import { editKeyGroups } from '../editKeyGroups';
import type { RecordDraft } from '../recordDraft';
import { POSE_VIEW_RADIANS } from './transformKeys';

/**
 * Removes chosen keys that the curve does not need: it stays within `maxError` of what it was at every frame.
 * @param args.maxError in weights; rotations take the same share of their axis. Default .01
 */
export function reduceChannelKeys(
  draft: RecordDraft,
  args: { readonly keys: readonly KeyRef[]; readonly maxError?: number },
): void {
  const { maxError = 0.01 } = args;
  editKeyGroups(draft, args.keys, (keys, ids, { channel }) =>
    thinKeys(keys, ids, isPoseChannel(channel) ? maxError * 2 * POSE_VIEW_RADIANS : maxError),
  );
}

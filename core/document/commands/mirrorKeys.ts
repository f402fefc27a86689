import { mirrorChannel } from '../../rig/mirrorChannel';
import type { KeyRef } from '../channelSpans';
import { copyClip } from '../keyClip';
import type { RecordDraft } from '../recordDraft';
import type { LineId } from '../records';
import { pasteClip } from './pasteClip';

/** Gives the other side of the face the chosen keys too, at the same times and on their own layers; the middle has no other side. */
export function mirrorKeys(
  draft: RecordDraft,
  args: { readonly lineId: LineId; readonly keys: readonly KeyRef[]; readonly idPrefix: string },
): KeyRef[] {
  const { lineId } = args;
  const sided = args.keys.filter(({ channel }) => mirrorChannel(channel) !== channel);
  const layerIds = [...new Set(sided.map(({ layerId }) => layerId))];
  return layerIds.flatMap((layerId, index) => {
    const clip = copyClip((id) => draft.find(id), { lineId, keys: sided.filter((key) => key.layerId === layerId) });
    if (!clip) return [];
    const idPrefix = `${args.idPrefix}-${index}`;
    return pasteClip(draft, { lineId, clip, timeSeconds: clip.startSeconds, layerId, isMirrored: true, idPrefix });
  });
}

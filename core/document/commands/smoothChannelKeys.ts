import { smoothKeys } from '../../curves/smoothKeys';
import type { KeyRef } from '../channelSpans';
import { editKeyGroups } from '../editKeyGroups';
import type { RecordDraft } from '../recordDraft';

/** Smooths the chosen keys; the first and last key of each span stay, so that it still meets what lies around it. */
export function smoothChannelKeys(
  draft: RecordDraft,
  args: { readonly keys: readonly KeyRef[]; readonly amount?: number; readonly passes?: number },
): void {
  editKeyGroups(draft, args.keys, (keys, ids) => smoothKeys(keys, ids, args.amount, args.passes));
}

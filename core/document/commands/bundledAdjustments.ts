import { adjustsAnything, type ChannelAdjustments } from '../../rig/retarget/channelAdjustments';
import type { CharacterRecord } from '../libraryRecords';
import type { RecordDraft } from '../recordDraft';
import type { DocumentRecords } from '../records';

/** The record of a bundled character: it has no file and no mapping, and is there only when something is changed. */
const recordIdOf = (bundledId: string): CharacterRecord['id'] => `character:${bundledId}`;

/** Keeps what the project changes of a bundled character (Mien, Elder, Child); nothing changed takes the record away. */
export function setBundledAdjustments(draft: RecordDraft, bundledId: string, adjustments: ChannelAdjustments): void {
  const id = recordIdOf(bundledId);
  const { gains, limits, neutralOffset } = adjustments;
  if (adjustsAnything(adjustments))
    draft.put({ id, kind: 'character', name: bundledId, mapping: [], gains, limits, neutralOffset });
  else if (draft.find(id)) draft.remove(id);
}

/** What the project changes of a bundled character; null: nothing. */
export function bundledAdjustmentsOf(records: DocumentRecords, bundledId: string): ChannelAdjustments | null {
  const record = records[recordIdOf(bundledId)];
  return record?.kind === 'character' && record.sha256 === undefined ? record : null;
}

import type { StoreApi } from 'zustand/vanilla';
import { moveChannelKeys, removeChannelKeys } from '../../core/document/commands/channelKeys';
import type { LayerId } from '../../core/document/records';
import type { EditConflict } from '../../core/layers/findConflicts';
import type { SessionState } from '../stores/sessionState';
import type { ViewState } from '../stores/viewState';
import type { Edits } from './edits';
import type { Transport } from './transport';

export interface ConflictsParts {
  readonly session: StoreApi<SessionState>;
  readonly view: StoreApi<ViewState>;
  readonly edits: Pick<Edits, 'run'>;
  readonly transport: Pick<Transport, 'seek'>;
}

/** keep: the edit rides on the new ground. hold: the face looks as before at its keys. remove: the edit goes. */
export type Resolution = 'keep' | 'hold' | 'remove';

const LABELS = { hold: 'Hold the look', remove: 'Remove the edit' } as const;

/** Additive edits whose ground moved: shown where they are, and settled one by one. Each but 'keep' is one undo step. */
export class Conflicts {
  constructor(private readonly parts: ConflictsParts) {}

  show({ layerId, channel, startSeconds }: EditConflict): void {
    this.parts.view.setState({ activeLayerId: layerId as LayerId, activeChannel: channel });
    this.parts.transport.seek(startSeconds);
  }

  resolve(conflict: EditConflict, resolution: Resolution): void {
    const { session, edits } = this.parts;
    const { conflicts } = session.getState();
    if (!conflicts) return;
    const { lineId } = conflicts;
    const { channel, keys } = conflict;
    const layerId = conflict.layerId as LayerId;
    if (resolution !== 'keep') {
      const depthLabel = `${LABELS[resolution]}, ${channel}`;
      const done = edits.run(depthLabel, (draft) => {
        if (resolution === 'remove') removeChannelKeys(draft, { layerId, channel, keyIds: keys.map(({ keyId }) => keyId) });
        else
          for (const { keyId, shift } of keys)
            moveChannelKeys(draft, { lineId, layerId, channel, keyIds: [keyId], deltaSeconds: 0, deltaValue: -shift });
      });
      // Refused (a locked layer): it stays on the list.
      if (!done) return;
    }
    const left = conflicts.edits.filter((other) => other !== conflict);
    session.setState({ conflicts: left.length > 0 ? { lineId, edits: left } : null });
  }
}

import type { StoreApi } from 'zustand/vanilla';
import { moveChannelKeys, removeChannelKeys } from '../../core/document/commands/channelKeys';
import type { SampledTracks } from '../../core/curves/sampledTracks';
import type { LayerId, LineId } from '../../core/document/records';
import { addMoves, isSeen, type EditConflict } from '../../core/layers/findConflicts';
import type { LineModelState } from '../stores/lineModel';
import type { SessionState } from '../stores/sessionState';
import type { ViewState } from '../stores/viewState';
import type { Edits } from './edits';
import type { Transport } from './transport';

export interface ConflictsParts {
  readonly lineModel: StoreApi<LineModelState>;
  readonly session: StoreApi<SessionState>;
  readonly view: StoreApi<ViewState>;
  readonly edits: Pick<Edits, 'run'>;
  readonly transport: Pick<Transport, 'seek'>;
  readonly notify: (text: string) => void;
}

/** keep: the edit rides on the new ground. hold: the face looks as before at its keys. remove: the edit goes. */
export type Resolution = 'keep' | 'hold' | 'remove';

const LABELS = { hold: 'Hold the look', remove: 'Remove the edit' } as const;

/**
 * Additive edits whose ground moved: found whenever the curves of the shown line settle (made again, an emotion or style
 * changed, another take, undo), shown where they are, and settled one by one. Each but 'keep' is one undo step.
 */
export class Conflicts {
  /** The curves of the document on which the edits of the shown line lie; what is only previewed is no ground. */
  private ground: { readonly lineId: LineId; readonly base: SampledTracks } | null = null;

  constructor(private readonly parts: ConflictsParts) {
    parts.lineModel.subscribe(() => this.watch());
    parts.session.subscribe((state, before) => state.preview !== before.preview && this.watch());
    this.watch();
  }

  private watch(): void {
    const { lineModel, session } = this.parts;
    const { model } = lineModel.getState();
    if (!model?.base || session.getState().preview) return;
    const { base, layers, line } = model;
    if (base === this.ground?.base) return;
    const before = this.ground?.lineId === line.id ? this.ground.base : null;
    this.ground = { lineId: line.id, base };
    if (!before) return;
    const { conflicts } = session.getState();
    const known = conflicts?.lineId === line.id ? conflicts.edits : [];
    const edits = addMoves(known, before, base, layers);
    if (edits.length === 0 && known.length === 0) return;
    session.setState({ conflicts: edits.length > 0 ? { lineId: line.id, edits } : null });
    const count = edits.filter(isSeen).length;
    if (count > known.filter(isSeen).length)
      this.parts.notify(`The ground moved under ${count} additive ${count === 1 ? 'edit' : 'edits'}; see Layers`);
  }

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

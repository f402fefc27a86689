import type { StoreApi } from 'zustand/vanilla';
import { removeChannelKeys } from '../../core/document/commands/channelKeys';
import type { DocumentEdit } from '../../core/document/documentStore';
import type { LayerId } from '../../core/document/records';
import { valueAtTime, type SampledTracks } from '../../core/curves/sampledTracks';
import { evaluateCurve } from '../../core/curves/evaluateCurve';
import type { PerformanceChannel } from '../../core/rig/channels';
import type { LineModelState } from '../stores/lineModel';
import type { ViewState } from '../stores/viewState';
import type { Edits } from './edits';
import type { TimelineActions } from './timelineActions';

export interface FaceKeyingParts {
  readonly lineModel: StoreApi<LineModelState>;
  readonly view: StoreApi<ViewState>;
  readonly edits: Edits;
  readonly timeline: TimelineActions;
}

/** A drag that keys several channels at the playhead as one undo step. */
export interface FaceDrag {
  /** Value of a channel when the drag began. */
  start(channel: PerformanceChannel): number;
  update(values: ReadonlyMap<PerformanceChannel, number>): void;
  commit(): void;
  discard(): void;
}

/** Two keys this near are one. */
const SAME_TIME_SECONDS = 1e-6;

/** Keys channels together at the playhead, on the active edit layer (a new one if there is none). */
export class FaceKeying {
  constructor(private readonly parts: FaceKeyingParts) {}

  /** null when no line is generated. */
  begin(label: string, channels: readonly PerformanceChannel[]): FaceDrag | null {
    const { model } = this.parts.lineModel.getState();
    if (!model?.final) return null;
    const { edits, timeline } = this.parts;
    const timeSeconds = timeline.playheadFrameSeconds;
    const { final } = model;
    const starts = new Map(channels.map((channel) => [channel, valueAtTime(final, channel, timeSeconds)]));
    const edit = new Map<PerformanceChannel, (value: number) => DocumentEdit>();
    const onLayer = this.valueOnLayer(timeSeconds);
    const drag = edits.begin(label);
    let hasChanged = false;
    return {
      start: (channel) => starts.get(channel) ?? 0,
      update: (values) => {
        if (values.size === 0 && !hasChanged) return;
        hasChanged = true;
        drag.update((draft) => {
          for (const [channel, value] of values) {
            const make = edit.get(channel) ?? timeline.channelEdit(channel, timeSeconds);
            if (!make) continue;
            edit.set(channel, make);
            make(onLayer(channel, value, starts.get(channel) ?? 0))(draft);
          }
        });
      },
      commit: () => drag.commit(),
      discard: () => drag.discard(),
    };
  }

  /** Takes the hand out of these channels at the playhead: a key there goes; what else holds the value is keyed to the generated one. */
  backToGenerated(label: string, channels: readonly PerformanceChannel[]): void {
    const { lineModel, edits, timeline } = this.parts;
    const timeSeconds = timeline.playheadFrameSeconds;
    const model = lineModel.getState().model;
    if (!model?.base || !model.final) return;
    const drag = edits.begin(`${label}, back to generated`);
    const keysHere = model.layers
      .filter((layer) => !layer.locked)
      .flatMap((layer) =>
        layer.curves
          .filter((curve) => (channels as readonly string[]).includes(curve.channel))
          .flatMap((curve) =>
            curve.spans.flatMap((span) =>
              span.keys
                .filter((key) => Math.abs(key.timeSeconds - timeSeconds) < SAME_TIME_SECONDS)
                .map((key) => ({ layerId: layer.id as LayerId, channel: curve.channel, keyIds: [key.id] })),
            ),
          ),
      );
    const removals: DocumentEdit = (draft) => keysHere.forEach((target) => removeChannelKeys(draft, target));
    drag.update(removals);
    const after = lineModel.getState().model;
    const shown = (tracks: SampledTracks | null | undefined, channel: PerformanceChannel) =>
      tracks ? valueAtTime(tracks, channel, timeSeconds) : 0;
    const stillHeld = channels.filter((channel) => Math.abs(shown(after?.final, channel) - shown(after?.base, channel)) > 1e-3);
    drag.update((draft) => {
      removals(draft);
      for (const channel of stillHeld) timeline.channelEdit(channel, timeSeconds)?.(shown(model.base, channel))(draft);
    });
    drag.commit();
  }

  /** On an additive active layer a key holds the difference to what shows without it; on any other the value itself. */
  private valueOnLayer(timeSeconds: number): (channel: PerformanceChannel, wanted: number, start: number) => number {
    const { model } = this.parts.lineModel.getState();
    const { activeLayerId } = this.parts.view.getState();
    const layer = model?.layers.find((candidate) => candidate.id === activeLayerId);
    if (!layer || layer.mode !== 'additive' || layer.muted) return (_channel, wanted) => wanted;
    return (channel, wanted, start) => {
      const spans = layer.curves.find((curve) => curve.channel === channel)?.spans ?? [];
      const span = spans.find(
        ({ keys }) => keys[0].timeSeconds <= timeSeconds && keys[keys.length - 1].timeSeconds >= timeSeconds,
      );
      return (span ? evaluateCurve(span, timeSeconds) : 0) + (wanted - start) / Math.max(0.05, layer.weight);
    };
  }
}

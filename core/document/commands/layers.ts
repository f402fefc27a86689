import type { RecordDraft } from '../recordDraft';
import type { LayerId, LayerRecord, LineId, LineRecord } from '../records';

/** Adds an empty override layer on top. */
export function addLayer(draft: RecordDraft, args: { lineId: LineId; layerId: LayerId; name?: string }): void {
  const line = draft.get<LineRecord>(args.lineId);
  const name = args.name ?? `Edits ${line.layerIds.length + 1}`;
  const layer: LayerRecord = {
    id: args.layerId,
    kind: 'layer',
    lineId: line.id,
    name,
    mode: 'override',
    weight: 1,
    muted: false,
    locked: false,
  };
  draft.put(layer);
  draft.put({ ...line, layerIds: [...line.layerIds, layer.id] });
}

export type LayerChange = Partial<Pick<LayerRecord, 'name' | 'mode' | 'weight' | 'muted' | 'locked' | 'solo' | 'mask'>>;

/** Changes a layer's own fields; its keys stay. `mask: undefined` lets it act on all channels again. */
export function setLayer(draft: RecordDraft, args: { layerId: LayerId; change: LayerChange }): void {
  const layer = draft.get<LayerRecord>(args.layerId);
  const next = { ...layer, ...args.change };
  const fields = Object.keys(args.change) as (keyof LayerChange)[];
  if (fields.some((field) => next[field] !== layer[field])) draft.put(next);
}

/** Takes a layer out with its keys. */
export function removeLayer(draft: RecordDraft, args: { lineId: LineId; layerId: LayerId }): void {
  const line = draft.get<LineRecord>(args.lineId);
  if (!line.layerIds.includes(args.layerId)) return;
  for (const id of draft.idsWithPrefix(`curve:${args.layerId}:`)) draft.remove(id as LayerId);
  draft.remove(args.layerId);
  draft.put({ ...line, layerIds: line.layerIds.filter((id) => id !== args.layerId) });
}

/** Puts a layer at another place; 0 is the bottom, right over the base. */
export function moveLayer(draft: RecordDraft, args: { lineId: LineId; layerId: LayerId; index: number }): void {
  const line = draft.get<LineRecord>(args.lineId);
  if (!line.layerIds.includes(args.layerId)) return;
  const others = line.layerIds.filter((id) => id !== args.layerId);
  const layerIds = [...others.slice(0, args.index), args.layerId, ...others.slice(args.index)];
  if (layerIds.some((id, index) => id !== line.layerIds[index])) draft.put({ ...line, layerIds });
}

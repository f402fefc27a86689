import { EMPTY_CURVE } from '../curves/keyedCurve';
import type { EmotionCurves } from '../emotion/emotionCurves';
import { ACTIVE_EMOTIONS, type ActiveEmotion } from '../emotion/emotions';
import type { EditLayer, LayerCurve } from '../layers/editLayer';
import { PERFORMANCE_CHANNELS } from '../rig/channels';
import type {
  ChunkId,
  DocumentRecords,
  EmotionCurveRecord,
  LayerCurveRecord,
  LayerId,
  LayerRecord,
  LineId,
  LineRecord,
  ProjectRecord,
  SpeechRecord,
  TakeRecord,
} from './records';

export function projectOf(records: DocumentRecords): ProjectRecord | undefined {
  return records.project as ProjectRecord | undefined;
}

/** Lines in the order of the list. */
export function linesOf(records: DocumentRecords): LineRecord[] {
  const ids = projectOf(records)?.lineIds ?? [];
  return ids.map((id) => records[id] as LineRecord | undefined).filter((line) => line !== undefined);
}

export function lineOf(records: DocumentRecords, lineId: LineId): LineRecord | undefined {
  return records[lineId] as LineRecord | undefined;
}

export function speechOf(records: DocumentRecords, lineId: LineId): SpeechRecord | undefined {
  return records[`speech:${lineId}`] as SpeechRecord | undefined;
}

export function emotionOf(records: DocumentRecords, lineId: LineId, emotion: ActiveEmotion): EmotionCurveRecord | undefined {
  return records[`emotion:${lineId}:${emotion}`] as EmotionCurveRecord | undefined;
}

/** The eight emotion curves of a line; those without a record are at rest. */
export function emotionsOf(records: DocumentRecords, lineId: LineId): EmotionCurves {
  return Object.fromEntries(
    ACTIVE_EMOTIONS.map((emotion) => {
      const keys = emotionOf(records, lineId, emotion)?.keys;
      return [emotion, keys && keys.length > 0 ? { keys } : EMPTY_CURVE];
    }),
  ) as unknown as EmotionCurves;
}

export function activeTakeOf(records: DocumentRecords, line: LineRecord): TakeRecord | undefined {
  return line.activeTakeId === '' ? undefined : (records[line.activeTakeId] as TakeRecord | undefined);
}

export function takesOf(records: DocumentRecords, line: LineRecord): TakeRecord[] {
  return line.takeIds.map((id) => records[id] as TakeRecord | undefined).filter((take) => take !== undefined);
}

/** Layer records bottom to top. */
export function layerRecordsOf(records: DocumentRecords, line: LineRecord): LayerRecord[] {
  return line.layerIds.map((id) => records[id] as LayerRecord | undefined).filter((layer) => layer !== undefined);
}

/** The hand-made curves of a layer, in channel order. */
export function layerCurvesOf(records: DocumentRecords, layerId: LayerId): LayerCurveRecord[] {
  return PERFORMANCE_CHANNELS.map((channel) => records[`curve:${layerId}:${channel}`] as LayerCurveRecord | undefined).filter(
    (curve) => curve !== undefined,
  );
}

/** A line's edit layers as `applyLayers` takes them, bottom to top. */
export function editLayersOf(records: DocumentRecords, line: LineRecord): EditLayer[] {
  return layerRecordsOf(records, line).map(({ id, name, mode, weight, muted, locked }) => ({
    id,
    name,
    mode,
    weight,
    muted,
    locked,
    curves: layerCurvesOf(records, id).map(({ channel, spans }): LayerCurve => ({ channel, spans })),
  }));
}

/** Number of hand-made keys on a layer. */
export function keyCountOf(records: DocumentRecords, layerId: LayerId): number {
  let count = 0;
  for (const curve of layerCurvesOf(records, layerId)) for (const span of curve.spans) count += span.keys.length;
  return count;
}

/** Every chunk the document's takes name, each once. */
export function referencedChunks(records: DocumentRecords): Set<ChunkId> {
  const ids = new Set<ChunkId>();
  for (const record of Object.values(records)) {
    if (record.kind === 'take') for (const id of record.chunkIds) ids.add(id);
  }
  return ids;
}

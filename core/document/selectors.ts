import { EMPTY_CURVE } from '../curves/keyedCurve';
import type { EmotionCurves } from '../emotion/emotionCurves';
import { ACTIVE_EMOTIONS, type ActiveEmotion } from '../emotion/emotions';
import type { SettingsByChannel } from '../layers/channelSettings';
import type { EditLayer, LayerCurve } from '../layers/editLayer';
import { PERFORMANCE_CHANNELS } from '../rig/channels';
import type {
  ChannelSettingsRecord,
  ChunkId,
  DocumentRecord,
  DocumentRecords,
  EmotionCurveRecord,
  LayerCurveRecord,
  LayerId,
  LayerRecord,
  LineId,
  LineRecord,
  MarkerRecord,
  NonverbalEventRecord,
  ProjectRecord,
  RangeLockRecord,
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

/** What to call a line's recording: its own file name; before that was kept, the line's name with the sound's ending. */
export function soundNameOf({ soundName, name, audioFile }: LineRecord): string {
  return soundName ?? `${name}${/\.[a-z0-9]+$/i.exec(audioFile)?.[0] ?? ''}`;
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
  return layerRecordsOf(records, line).map(({ id, name, mode, weight, muted, locked, solo, weightKeys, mask }) => ({
    id,
    name,
    mode,
    weight,
    muted,
    locked,
    solo: solo ?? false,
    ...(weightKeys && weightKeys.length > 0 && { weightKeys }),
    ...(mask && { mask }),
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

const NO_SETTINGS: SettingsByChannel = {};

/** Mute, solo, lock, pin, gain and offset of a line's channels. The same object as long as nothing changes. */
export function channelSettingsOf(records: DocumentRecords, lineId: LineId): SettingsByChannel {
  return (records[`channels:${lineId}`] as ChannelSettingsRecord | undefined)?.channels ?? NO_SETTINGS;
}

/** Blinks, looks, nods, breaths... of a line, in order of time. */
export function eventsOf(records: DocumentRecords, lineId: LineId): NonverbalEventRecord[] {
  return recordsOfLine<NonverbalEventRecord>(records, `event:${lineId}:`).sort((a, b) => a.startSeconds - b.startSeconds);
}

/** Markers of a line, in order of time. */
export function markersOf(records: DocumentRecords, lineId: LineId): MarkerRecord[] {
  return recordsOfLine<MarkerRecord>(records, `marker:${lineId}:`).sort((a, b) => a.timeSeconds - b.timeSeconds);
}

/** Range locks of a line, in order of time. */
export function locksOf(records: DocumentRecords, lineId: LineId): RangeLockRecord[] {
  return recordsOfLine<RangeLockRecord>(records, `lock:${lineId}:`).sort((a, b) => a.startSeconds - b.startSeconds);
}

/** All records whose id begins with a prefix; walks the whole document, so keep the result while the records stay. */
function recordsOfLine<T extends DocumentRecord>(records: DocumentRecords, prefix: string): T[] {
  const found: T[] = [];
  for (const id in records) if (id.startsWith(prefix)) found.push(records[id] as T);
  return found;
}

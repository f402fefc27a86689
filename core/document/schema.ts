import * as v from 'valibot';
import { CURRENT_SCHEMA_VERSION, type DocumentRecord, type DocumentRecords } from './records';
import {
  CharacterSchema,
  DictionarySchema,
  LookAtSchema,
  PoseSchema,
  ProjectSchema,
  SpeakerSchema,
} from './schema/librarySchemas';
import {
  ChannelSettingsSchema,
  EffortGainSchema,
  EmotionDraftSchema,
  EmotionSchema,
  EventSchema,
  LayerCurveSchema,
  LayerSchema,
  LineSchema,
  LockSchema,
  MarkerSchema,
  SpeechSchema,
  TakeSchema,
} from './schema/lineSchemas';

/*
 * The shape of a stored document, record by record (schema/). Bounds are far above any real project; they exist so that a
 * hostile file is refused at once instead of filling memory.
 */

export { KeysSchema, MAX_DURATION_SECONDS, PhonemesSchema, WordsSchema } from './schema/primitives';
export { StyleSchema } from './schema/lineSchemas';

const MAX_RECORDS = 200_000;

/** One record of any kind, by itself; what it names need not be there. */
export const RecordSchema = v.variant('kind', [
  ProjectSchema,
  LineSchema,
  SpeechSchema,
  EmotionSchema,
  TakeSchema,
  LayerSchema,
  LayerCurveSchema,
  EventSchema,
  MarkerSchema,
  LockSchema,
  EffortGainSchema,
  EmotionDraftSchema,
  ChannelSettingsSchema,
  PoseSchema,
  LookAtSchema,
  DictionarySchema,
  SpeakerSchema,
  CharacterSchema,
]);

/** All records by id. */
export const RecordsSchema = v.pipe(
  v.record(v.pipe(v.string(), v.maxLength(400)), RecordSchema),
  v.check((records) => Object.keys(records).length <= MAX_RECORDS, 'too many records'),
  v.check(
    (records) => Object.entries(records).every(([key, record]) => record.id === key),
    'a record is stored under another id',
  ),
  v.check((records) => records['project']?.kind === 'project', 'the project record is missing'),
  v.transform((records) => records as unknown as DocumentRecords),
);

/** document.json of a project file, after migration. */
export const DocumentSchema = v.object({ schemaVersion: v.literal(CURRENT_SCHEMA_VERSION), records: RecordsSchema });

/**
 * What a schema cannot see: every id that a record names must exist and be of the right kind.
 * @param hasChunk tells whether a chunk of base curves is there
 * @returns the first broken reference in words, or null
 */
export function brokenReference(records: DocumentRecords, hasChunk: (chunkId: string) => boolean): string | null {
  const isKind = (recordId: string, kind: DocumentRecord['kind']) =>
    Object.hasOwn(records, recordId) && records[recordId].kind === kind;
  for (const record of Object.values(records)) {
    const missing = referencesOf(record).find(([target, kind]) => !isKind(target, kind));
    if (missing) return `${record.id} names ${missing[0]}, which is not there`;
    if (record.kind === 'take') {
      const chunk = record.chunkIds.find((chunkId) => !hasChunk(chunkId));
      if (chunk !== undefined) return `${record.id} names curves that are not there`;
    }
  }
  return null;
}

type Reference = readonly [string, DocumentRecord['kind']];

function referencesOf(record: DocumentRecord): Reference[] {
  switch (record.kind) {
    case 'project':
      return [
        ...record.lineIds.map((target): Reference => [target, 'line']),
        ...optional(record.stageCharacter?.startsWith('character:') ? record.stageCharacter : undefined, 'character'),
      ];
    case 'line':
      return [
        ...optional(record.activeTakeId || undefined, 'take'),
        ...record.takeIds.map((target): Reference => [target, 'take']),
        ...record.layerIds.map((target): Reference => [target, 'layer']),
        ...optional(record.speakerId, 'speaker'),
        ...Object.values(record.takeMix ?? {}).flatMap((share) => [
          ...optional(share?.takeId, 'take'),
          ...optional(share?.blendTakeId, 'take'),
        ]),
      ];
    case 'curve':
      return [[record.layerId, 'layer']];
    case 'event':
      return [[record.lineId, 'line'], ...optional(record.lookAtId, 'lookat')];
    case 'speaker':
      return optional(record.characterId, 'character');
    case 'pose':
    case 'lookat':
    case 'dictionary':
    case 'character':
      return [];
    default:
      return [[record.lineId, 'line']];
  }
}

function optional(target: string | undefined, kind: DocumentRecord['kind']): Reference[] {
  return target === undefined ? [] : [[target, kind]];
}

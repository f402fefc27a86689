import * as v from 'valibot';
import { ACTIVE_EMOTIONS } from '../emotion/emotions';
import { PERFORMANCE_CHANNELS } from '../rig/channels';
import { PHONEMES } from '../speech/phonemes';
import { CURRENT_SCHEMA_VERSION, type DocumentRecord, type DocumentRecords } from './records';

/*
 * The shape of a stored document, record by record. Bounds are far above any real project; they exist so that a hostile
 * file is refused at once instead of filling memory.
 */

/** Longest line we accept: four hours. */
export const MAX_DURATION_SECONDS = 4 * 3600;
const MAX_FRAMES = MAX_DURATION_SECONDS * 60 + 1;
const MAX_LIST = 500_000;
const MAX_RECORDS = 200_000;

const Finite = v.pipe(v.number(), v.finite());
const Unit = v.pipe(Finite, v.minValue(0), v.maxValue(1));
const Amount = v.pipe(Finite, v.minValue(0), v.maxValue(2));
const Seconds = v.pipe(Finite, v.minValue(0), v.maxValue(MAX_DURATION_SECONDS));
const Name = v.pipe(v.string(), v.maxLength(1000));
const Seed = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffff_ffff));

/** Ids carry their kind as a prefix; the rest is printable ASCII. */
function id<P extends string>(prefix: P) {
  return v.pipe(
    v.string(),
    v.maxLength(300),
    v.regex(new RegExp(`^${prefix}[\\x21-\\x7e]+$`), `not an id of the kind ${prefix}`),
    v.transform((text) => text as `${P}${string}`),
  );
}
const LineId = id('line:');
const TakeId = id('take:');
const LayerId = id('layer:');
const ChunkId = id('chunk:');

const Engine = v.picklist(['rules', 'neural']);

export const StyleSchema = v.object({
  jaw: Unit,
  lip: Unit,
  closureStrength: Unit,
  smoothing: Unit,
  blinkAmount: Amount,
  gazeAmount: Amount,
  headAmount: Amount,
  browAmount: Amount,
});

const Handle = v.object({ deltaSeconds: Finite, deltaValue: Finite });
const KeySchema = v.object({
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(300)),
  // A key may stand before the sound (anticipation), never at a time that is no time.
  timeSeconds: v.pipe(Finite, v.minValue(-MAX_DURATION_SECONDS), v.maxValue(MAX_DURATION_SECONDS)),
  value: Finite,
  interpolation: v.picklist(['bezier', 'linear', 'constant']),
  tangentMode: v.picklist(['auto', 'flat', 'aligned', 'free']),
  inHandle: v.optional(Handle),
  outHandle: v.optional(Handle),
});
export const KeysSchema = v.pipe(
  v.array(KeySchema),
  v.maxLength(MAX_LIST),
  v.check(
    (keys) => keys.every((key, index) => index === 0 || keys[index - 1].timeSeconds < key.timeSeconds),
    'keys must be in order of time',
  ),
);

function inOrder(segments: readonly { readonly startSeconds: number; readonly endSeconds: number }[]): boolean {
  return segments.every(
    (segment, index) =>
      segment.startSeconds <= segment.endSeconds &&
      (index === 0 || segments[index - 1].endSeconds <= segment.startSeconds + 1e-6),
  );
}

export const PhonemesSchema = v.pipe(
  v.array(
    v.object({
      phoneme: v.picklist(PHONEMES),
      startSeconds: Seconds,
      endSeconds: Seconds,
      confidence: Unit,
      stress: v.optional(v.picklist([0, 1, 2])),
    }),
  ),
  v.maxLength(MAX_LIST),
  v.check((segments) => inOrder(segments), 'phonemes must be in order of time and not overlap'),
);

export const WordsSchema = v.pipe(
  v.array(v.object({ text: Name, startSeconds: Seconds, endSeconds: Seconds, confidence: Unit })),
  v.maxLength(MAX_LIST),
  v.check((segments) => inOrder(segments), 'words must be in order of time and not overlap'),
);

const ProjectSchema = v.object({
  id: v.literal('project'),
  kind: v.literal('project'),
  name: Name,
  lineIds: v.pipe(v.array(LineId), v.maxLength(MAX_LIST)),
});

const LineSchema = v.object({
  id: LineId,
  kind: v.literal('line'),
  name: Name,
  audioFile: Name,
  durationSeconds: Seconds,
  transcript: v.pipe(v.string(), v.maxLength(1_000_000)),
  engine: Engine,
  seed: Seed,
  style: StyleSchema,
  activeTakeId: v.union([v.literal(''), TakeId]),
  takeIds: v.pipe(v.array(TakeId), v.maxLength(MAX_LIST)),
  layerIds: v.pipe(v.array(LayerId), v.maxLength(MAX_LIST)),
});

const SpeechSchema = v.object({
  id: id('speech:line:'),
  kind: v.literal('speech'),
  lineId: LineId,
  words: WordsSchema,
  phonemes: PhonemesSchema,
  recognisedPhonemes: PhonemesSchema,
});

const EmotionSchema = v.object({
  id: id('emotion:line:'),
  kind: v.literal('emotion'),
  lineId: LineId,
  emotion: v.picklist(ACTIVE_EMOTIONS),
  keys: KeysSchema,
});

const TakeSchema = v.looseObject({
  id: TakeId,
  kind: v.literal('take'),
  lineId: LineId,
  name: Name,
  inputHash: Name,
  seed: v.optional(Seed),
  engine: v.optional(Engine),
  frameCount: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_FRAMES)),
  chunkIds: v.pipe(v.array(ChunkId), v.maxLength(MAX_LIST)),
});

const LayerSchema = v.object({
  id: LayerId,
  kind: v.literal('layer'),
  lineId: LineId,
  name: Name,
  mode: v.picklist(['override', 'additive']),
  weight: Unit,
  muted: v.boolean(),
  locked: v.boolean(),
});

const LayerCurveSchema = v.object({
  id: id('curve:layer:'),
  kind: v.literal('curve'),
  layerId: LayerId,
  channel: v.picklist(PERFORMANCE_CHANNELS),
  spans: v.pipe(v.array(v.object({ id: v.pipe(v.string(), v.maxLength(300)), keys: KeysSchema })), v.maxLength(MAX_LIST)),
});

const RecordSchema = v.variant('kind', [
  ProjectSchema,
  LineSchema,
  SpeechSchema,
  EmotionSchema,
  TakeSchema,
  LayerSchema,
  LayerCurveSchema,
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

function referencesOf(record: DocumentRecord): [string, DocumentRecord['kind']][] {
  switch (record.kind) {
    case 'project':
      return record.lineIds.map((target) => [target, 'line']);
    case 'line': {
      const active: [string, DocumentRecord['kind']][] = record.activeTakeId === '' ? [] : [[record.activeTakeId, 'take']];
      return [
        ...active,
        ...record.takeIds.map((target): [string, 'take'] => [target, 'take']),
        ...record.layerIds.map((target): [string, 'layer'] => [target, 'layer']),
      ];
    }
    case 'curve':
      return [[record.layerId, 'layer']];
    default:
      return [[record.lineId, 'line']];
  }
}

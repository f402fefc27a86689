import * as v from 'valibot';
import {
  KeysSchema,
  MAX_DURATION_SECONDS,
  PhonemesSchema,
  RecordsSchema,
  StyleSchema,
  WordsSchema,
} from '../../core/document/schema';
import {
  LinkedFileSchema,
  PlannedEventSchema,
  SeedRangesSchema,
  StartTimecodeSchema,
} from '../../core/document/schema/lineSchemas';
import { ACTIVE_EMOTIONS } from '../../core/emotion/emotions';
import { PERFORMANCE_CHANNEL_COUNT } from '../../core/rig/channels';
import { LONGEST_ROLL_SECONDS } from '../../core/performance/checkInput';
import { FACE_REGIONS } from '../../core/rig/faceRegions';
import { TRANSCRIPT_NOTATIONS } from '../../core/speech/transcriptSource';
import { AdjustmentsShape, ProfileShape } from '../../core/rig/retarget/characterProfile';
import { FRAME_RATES } from '../../core/time/frameRate';
import { FormatSchema, HandleSchema, NameSchema } from '../ipc/schemas';
import type { EngineMethod } from './engineMessages';

const JobId = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const LineIdSchema = v.pipe(v.string(), v.maxLength(300), v.regex(/^line:[\x21-\x7e]+$/, 'not the id of a line'));
const TranscriptText = v.pipe(v.string(), v.maxLength(1_000_000));
const UserWords = v.pipe(
  v.array(
    v.strictObject({
      word: v.pipe(v.string(), v.maxLength(200)),
      pronunciations: v.pipe(v.array(v.pipe(v.string(), v.maxLength(1000))), v.maxLength(20)),
    }),
  ),
  v.maxLength(100_000),
);
const Cues = v.pipe(
  v.array(v.strictObject({ startSeconds: v.number(), endSeconds: v.number(), text: TranscriptText })),
  v.maxLength(100_000),
);
const Transcript = v.union([
  TranscriptText,
  v.strictObject({
    text: TranscriptText,
    notation: v.optional(v.picklist(TRANSCRIPT_NOTATIONS)),
    userWords: v.optional(UserWords),
    cues: v.optional(Cues),
    timed: v.optional(v.strictObject({ words: WordsSchema, phonemes: PhonemesSchema })),
    notices: v.optional(v.pipe(v.array(v.pipe(v.string(), v.maxLength(1000))), v.maxLength(10))),
  }),
]);
const WordIndex = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000));
const Keep = v.strictObject({
  previous: v.strictObject({ phonemes: PhonemesSchema, words: WordsSchema }),
  changed: v.optional(v.strictObject({ from: WordIndex, to: WordIndex })),
});
const Seconds = v.pipe(v.number(), v.finite(), v.minValue(-MAX_DURATION_SECONDS), v.maxValue(MAX_DURATION_SECONDS));
const Range = v.pipe(
  v.strictObject({ startSeconds: Seconds, endSeconds: Seconds }),
  v.check(({ startSeconds, endSeconds }) => startSeconds < endSeconds, 'the range is empty'),
);
const RollSeconds = v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(LONGEST_ROLL_SECONDS)));
/** Before and behind the sound together. */
const MAX_ROLL_FRAMES = 2 * (LONGEST_ROLL_SECONDS + 1) * 60;
const FrameCount = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_DURATION_SECONDS * 60 + 1 + MAX_ROLL_FRAMES));
const Curves = v.object(Object.fromEntries(ACTIVE_EMOTIONS.map((emotion) => [emotion, v.object({ keys: KeysSchema })])));

const Chunks = v.pipe(
  v.custom<Readonly<Record<string, Float32Array>>>((value) => typeof value === 'object' && value !== null),
  v.check(
    (chunks) =>
      Object.values(chunks).every((chunk) => chunk instanceof Float32Array && chunk.length === PERFORMANCE_CHANNEL_COUNT * 60),
    'a chunk of curves has the wrong size',
  ),
);

const HashSchema = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'not a hash'));
const CharacterChoiceSchema = v.variant('kind', [
  v.strictObject({
    kind: v.literal('bundled'),
    id: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}$/)),
    adjustments: v.optional(AdjustmentsShape),
  }),
  v.strictObject({ kind: v.literal('own'), sha256: HashSchema, profile: ProfileShape }),
]);

const SpeechKey = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const PERFORM_SPEECH = {
  phonemes: PhonemesSchema,
  words: WordsSchema,
  events: v.optional(v.pipe(v.array(PlannedEventSchema), v.maxLength(500_000))),
};
const PERFORM_SETTINGS = {
  jobId: JobId,
  lineId: LineIdSchema,
  engine: v.picklist(['rules', 'neural']),
  emotions: Curves,
  style: StyleSchema,
  seed: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffff_ffff)),
  seedRanges: v.optional(SeedRangesSchema),
  effortGain: v.optional(v.object({ keys: KeysSchema })),
  lipNudgeSeconds: v.optional(v.pipe(v.number(), v.minValue(-0.2), v.maxValue(0.2))),
  preRollSeconds: RollSeconds,
  postRollSeconds: RollSeconds,
  inputHash: v.pipe(v.string(), v.maxLength(1000)),
};

/** The one argument of every engine method. */
export const ENGINE_ARGUMENT = {
  importAudio: v.strictObject({ jobId: JobId, lineId: LineIdSchema, file: HandleSchema, transcript: Transcript }),
  importPickup: v.strictObject({ jobId: JobId, lineId: LineIdSchema, file: HandleSchema, transcript: Transcript }),
  useSound: v.strictObject({ lineId: LineIdSchema, audioFile: v.pipe(v.string(), v.maxLength(1000)) }),
  linkSound: v.strictObject({ jobId: JobId, lineId: LineIdSchema, file: HandleSchema, project: HandleSchema }),
  relinkSound: v.strictObject({
    jobId: JobId,
    lineId: LineIdSchema,
    file: HandleSchema,
    project: HandleSchema,
    link: LinkedFileSchema,
    others: v.optional(v.pipe(v.array(v.strictObject({ lineId: LineIdSchema, link: LinkedFileSchema })), v.maxLength(10_000))),
  }),
  align: v.strictObject({ jobId: JobId, lineId: LineIdSchema, transcript: Transcript, keep: v.optional(Keep) }),
  readTranscript: HandleSchema,
  readDictionary: HandleSchema,
  perform: v.strictObject({
    ...PERFORM_SETTINGS,
    ...PERFORM_SPEECH,
    speechKey: v.optional(SpeechKey),
    part: v.optional(
      v.pipe(
        v.strictObject({
          range: v.optional(Range),
          regions: v.optional(v.pipe(v.array(v.picklist(FACE_REGIONS)), v.minLength(1), v.maxLength(FACE_REGIONS.length))),
          frameCount: FrameCount,
          previousSamples: v.instance(Float32Array),
        }),
        v.check(
          ({ previousSamples, frameCount }) => previousSamples.length === frameCount * PERFORMANCE_CHANNEL_COUNT,
          'previousSamples do not fit frameCount',
        ),
      ),
    ),
  }),
  preview: v.strictObject({
    ...PERFORM_SETTINGS,
    only: Range,
    speechKey: SpeechKey,
    speech: v.optional(v.strictObject(PERFORM_SPEECH)),
  }),
  exportLine: v.pipe(
    v.strictObject({
      jobId: JobId,
      lineId: LineIdSchema,
      lineName: NameSchema,
      target: HandleSchema,
      format: FormatSchema,
      frameRate: v.pipe(
        v.string(),
        v.check((label) => Object.hasOwn(FRAME_RATES, label), 'not a frame rate Mien knows'),
      ),
      character: v.optional(CharacterChoiceSchema),
      frameCount: FrameCount,
      startFrame: v.optional(v.pipe(v.number(), v.integer(), v.minValue(-MAX_ROLL_FRAMES), v.maxValue(0))),
      samples: v.instance(Float32Array),
      phonemes: PhonemesSchema,
      words: WordsSchema,
      clip: v.optional(
        v.strictObject({
          inSeconds: v.optional(Seconds),
          outSeconds: v.optional(Seconds),
          startTimecode: v.optional(StartTimecodeSchema),
        }),
      ),
      soundEvents: v.optional(v.pipe(v.array(Range), v.maxLength(500_000))),
    }),
    v.check(
      ({ samples, frameCount }) => samples.length === frameCount * PERFORMANCE_CHANNEL_COUNT,
      'samples do not fit frameCount',
    ),
  ),
  loadCharacter: v.union([
    v.strictObject({ jobId: JobId, file: HandleSchema }),
    v.strictObject({ jobId: JobId, sha256: HashSchema, fileName: v.pipe(NameSchema, v.maxLength(255)) }),
  ]),
  readProfile: HandleSchema,
  readCapture: v.strictObject({ jobId: JobId, file: HandleSchema }),
  cancel: JobId,
  createProject: v.undefined(),
  openProject: v.strictObject({ file: v.nullable(HandleSchema), journal: v.nullable(HandleSchema) }),
  saveProject: v.strictObject({
    target: HandleSchema,
    token: v.optional(v.pipe(v.string(), v.maxLength(100))),
    records: RecordsSchema,
    chunks: Chunks,
    picture: v.optional(
      v.pipe(
        v.instance(Uint8Array),
        v.check((bytes) => bytes.byteLength <= 200_000, 'the picture is too large'),
      ),
    ),
  }),
} as const satisfies Record<EngineMethod, v.GenericSchema>;

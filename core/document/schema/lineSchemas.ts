import * as v from 'valibot';
import { FACE_REGIONS } from '../../rig/faceRegions';
import { FARTHEST_LOOK_METRES, NEAREST_LOOK_METRES } from '../../rig/vergence';
import { LONGEST_ROLL_SECONDS } from '../../performance/checkInput';
import { FRAME_RATES } from '../../time/frameRate';
import { NONVERBAL_TYPES } from '../performanceRecords';
import {
  Amount,
  between,
  byChannel,
  Channel,
  ChunkId,
  Emotion,
  Finite,
  id,
  KeysSchema,
  LayerId,
  LineId,
  MAX_DURATION_SECONDS,
  MAX_LIST,
  Name,
  PhonemesSchema,
  Region,
  Seconds,
  Seed,
  Sha256,
  shortList,
  SignedSeconds,
  TakeId,
  Unit,
  WordsSchema,
} from './primitives';

const MAX_FRAMES = (MAX_DURATION_SECONDS + 2 * LONGEST_ROLL_SECONDS + 1) * 60 + 1;
const Engine = v.picklist(['rules', 'neural']);

export const StyleSchema = v.object({
  jaw: Unit,
  lip: Unit,
  rounding: v.optional(Unit),
  closureStrength: Unit,
  smoothing: Unit,
  blinkAmount: Amount,
  gazeAmount: Amount,
  headAmount: Amount,
  browAmount: Amount,
  idleAmount: v.optional(Amount),
  breathAmount: v.optional(Amount),
});

/** A way from the project's folder: never absolute, no drive, no backslash; what it leads to must have the right hash. */
const RelativePath = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(4096),
  v.regex(/^(?!\/)(?![A-Za-z]:)[^\\\p{Cc}]+$/u, 'not a relative path'),
);
export const LinkedFileSchema = v.object({
  relativePath: RelativePath,
  sha256: Sha256,
  bytes: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 40)),
});

const TakeShareSchema = v.object({ takeId: TakeId, blendTakeId: v.optional(TakeId), blend: v.optional(Unit) });
const TakeMixSchema = v.object({
  mouth: v.optional(TakeShareSchema),
  upper: v.optional(TakeShareSchema),
  head: v.optional(TakeShareSchema),
});

export const StartTimecodeSchema = v.object({
  text: v.pipe(v.string(), v.regex(/^\d{2}:[0-5]\d:[0-5]\d[:;]\d{2}$/, 'not a timecode')),
  rate: v.pipe(
    v.string(),
    v.check((label) => Object.hasOwn(FRAME_RATES, label), 'not a frame rate Mien knows'),
  ),
});

const RollSeconds = between(0, LONGEST_ROLL_SECONDS);
/** Frames of a take beside the sound; a roll is made in whole seconds. */
const RollFrames = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue((LONGEST_ROLL_SECONDS + 1) * 60));

export const SeedRangesSchema = v.pipe(
  v.array(
    v.object({
      startSeconds: SignedSeconds,
      endSeconds: SignedSeconds,
      regions: v.pipe(v.array(v.picklist(FACE_REGIONS)), v.maxLength(FACE_REGIONS.length)),
      seed: Seed,
    }),
  ),
  v.maxLength(1000),
);

export const DirectionSchema = v.object({
  yawRadians: between(-Math.PI, Math.PI),
  pitchRadians: between(-Math.PI / 2, Math.PI / 2),
});

/** An event as engines see it. */
export const PlannedEventSchema = v.object({
  key: v.pipe(v.string(), v.minLength(1), v.maxLength(300)),
  type: v.picklist(NONVERBAL_TYPES),
  startSeconds: SignedSeconds,
  endSeconds: SignedSeconds,
  intensity: Amount,
  target: v.optional(DirectionSchema),
  headShare: v.optional(Unit),
  distanceMetres: v.optional(between(NEAREST_LOOK_METRES, FARTHEST_LOOK_METRES)),
  pupilDistanceMetres: v.optional(between(0.001, 10)),
  locked: v.boolean(),
  origin: v.picklist(['generated', 'heard', 'hand']),
});

export const LineSchema = v.object({
  id: LineId,
  kind: v.literal('line'),
  name: Name,
  audioFile: Name,
  soundName: v.optional(Name),
  durationSeconds: Seconds,
  transcript: v.pipe(v.string(), v.maxLength(1_000_000)),
  engine: Engine,
  seed: Seed,
  style: StyleSchema,
  activeTakeId: v.union([v.literal(''), TakeId]),
  takeIds: v.pipe(v.array(TakeId), v.maxLength(MAX_LIST)),
  layerIds: v.pipe(v.array(LayerId), v.maxLength(MAX_LIST)),
  audioLink: v.optional(LinkedFileSchema),
  phoneSource: v.optional(v.picklist(['recogniser', 'transcript', 'phonemes', 'textgrid', 'hand'])),
  notation: v.optional(v.picklist(['ipa', 'espeak', 'arpabet'])),
  language: v.optional(v.pipe(v.string(), v.regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$/, 'not a language tag'))),
  speakerId: v.optional(id('speaker:')),
  takeMix: v.optional(TakeMixSchema),
  seedRanges: v.optional(SeedRangesSchema),
  lipNudgeSeconds: v.optional(between(-0.2, 0.2)),
  preRollSeconds: v.optional(RollSeconds),
  postRollSeconds: v.optional(RollSeconds),
  inSeconds: v.optional(SignedSeconds),
  outSeconds: v.optional(SignedSeconds),
  startTimecode: v.optional(StartTimecodeSchema),
  referenceVideo: v.optional(v.object({ file: LinkedFileSchema, offsetSeconds: SignedSeconds })),
  exportedHash: v.optional(Name),
});

export const SpeechSchema = v.object({
  id: id('speech:line:'),
  kind: v.literal('speech'),
  lineId: LineId,
  words: WordsSchema,
  phonemes: PhonemesSchema,
  recognisedPhonemes: PhonemesSchema,
  recognisedWords: WordsSchema,
});

export const EmotionSchema = v.object({
  id: id('emotion:line:'),
  kind: v.literal('emotion'),
  lineId: LineId,
  emotion: Emotion,
  keys: KeysSchema,
});

export const TakeSchema = v.looseObject({
  id: TakeId,
  kind: v.literal('take'),
  lineId: LineId,
  name: Name,
  inputHash: Name,
  seed: v.optional(Seed),
  engine: v.optional(Engine),
  seedRanges: v.optional(SeedRangesSchema),
  events: v.optional(v.pipe(v.array(PlannedEventSchema), v.maxLength(MAX_LIST))),
  captured: v.optional(v.literal(true)),
  leadFrames: v.optional(RollFrames),
  tailFrames: v.optional(RollFrames),
  frameCount: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_FRAMES)),
  chunkIds: v.pipe(v.array(ChunkId), v.maxLength(MAX_LIST)),
});

const Regions = shortList(Region);
const Channels = shortList(Channel);

export const LayerSchema = v.object({
  id: LayerId,
  kind: v.literal('layer'),
  lineId: LineId,
  name: Name,
  mode: v.picklist(['override', 'additive']),
  weight: Unit,
  muted: v.boolean(),
  locked: v.boolean(),
  solo: v.optional(v.boolean()),
  weightKeys: v.optional(KeysSchema),
  mask: v.optional(v.object({ regions: Regions, channels: Channels })),
});

export const LayerCurveSchema = v.object({
  id: id('curve:layer:'),
  kind: v.literal('curve'),
  layerId: LayerId,
  channel: Channel,
  spans: v.pipe(v.array(v.object({ id: v.pipe(v.string(), v.maxLength(300)), keys: KeysSchema })), v.maxLength(MAX_LIST)),
});

export const EventSchema = v.pipe(
  v.object({
    id: id('event:line:'),
    kind: v.literal('event'),
    lineId: LineId,
    type: v.picklist(NONVERBAL_TYPES),
    startSeconds: SignedSeconds,
    endSeconds: SignedSeconds,
    intensity: Amount,
    target: v.optional(DirectionSchema),
    lookAtId: v.optional(id('lookat:')),
    locked: v.boolean(),
    origin: v.picklist(['generated', 'heard', 'hand']),
  }),
  v.check(({ startSeconds, endSeconds }) => startSeconds <= endSeconds, 'an event ends before it begins'),
);

export const MarkerSchema = v.pipe(
  v.object({
    id: id('marker:line:'),
    kind: v.literal('marker'),
    lineId: LineId,
    timeSeconds: SignedSeconds,
    endSeconds: v.optional(SignedSeconds),
    name: Name,
    colour: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(7))),
  }),
  v.check(
    ({ timeSeconds, endSeconds }) => endSeconds === undefined || timeSeconds <= endSeconds,
    'a marker ends before it begins',
  ),
);

export const LockSchema = v.pipe(
  v.object({
    id: id('lock:line:'),
    kind: v.literal('lock'),
    lineId: LineId,
    startSeconds: SignedSeconds,
    endSeconds: SignedSeconds,
    regions: Regions,
    channels: Channels,
    name: v.optional(Name),
  }),
  v.check(({ startSeconds, endSeconds }) => startSeconds <= endSeconds, 'a lock ends before it begins'),
);

export const EffortGainSchema = v.object({
  id: id('effort:line:'),
  kind: v.literal('effort'),
  lineId: LineId,
  keys: KeysSchema,
});

export const EmotionDraftSchema = v.object({
  id: id('draft:line:'),
  kind: v.literal('draft'),
  lineId: LineId,
  emotion: Emotion,
  keys: KeysSchema,
});

export const ChannelSettingsSchema = v.object({
  id: id('channels:line:'),
  kind: v.literal('channels'),
  lineId: LineId,
  channels: byChannel(
    v.object({
      muted: v.optional(v.boolean()),
      solo: v.optional(v.boolean()),
      locked: v.optional(v.boolean()),
      pinned: v.optional(v.boolean()),
      gain: v.optional(between(-4, 4)),
      offset: v.optional(Finite),
    }),
  ),
});

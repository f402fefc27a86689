import type { CurveKey } from '../curves/keyedCurve';
import type { ActiveEmotion } from '../emotion/emotions';
import type { ChannelMask } from '../layers/channelMask';
import type { CurveSpan, LayerMode } from '../layers/editLayer';
import type { PerformanceEvent } from '../performance/events/performanceEvent';
import type { EngineId, PerformanceStyle } from '../performance/performanceEngine';
import type { SeedRange } from '../performance/performTake';
import type { PerformanceChannel } from '../rig/channels';
import type { PhonemeSegment, WordSegment } from '../speech/segments';
import type { PhonemeNotation } from '../speech/text/ipa';
import type { CharacterRecord, DictionaryRecord, LookAtRecord, PoseRecord, SpeakerRecord } from './libraryRecords';
import type {
  ChannelSettingsRecord,
  EffortGainRecord,
  EmotionDraftRecord,
  MarkerRecord,
  NonverbalEventRecord,
  RangeLockRecord,
  TakeMix,
} from './performanceRecords';
import type { ChunkId, EmotionCurveId, LayerCurveId, LayerId, LineId, ProjectId, SpeakerId, SpeechId, TakeId } from './recordIds';

export type * from './libraryRecords';
export type * from './recordIds';
export type * from './performanceRecords';

export interface ProjectRecord {
  readonly id: ProjectId;
  readonly kind: 'project';
  readonly name: string;
  readonly lineIds: readonly LineId[];
  /** Who is on stage: a character record's id ("character:..."), or the name of a bundled one; absent: Mien. */
  readonly stageCharacter?: string;
}

/** A file beside the project: found by its way from the project's folder ("/" on every system), recognised by its content. */
export interface LinkedFile {
  readonly relativePath: string;
  /** Lower-case hex. */
  readonly sha256: string;
  readonly bytes: number;
}

/** Where the phones come from. 'phonemes': given as IPA or espeak-ng phonemes. */
export type PhoneSource = 'recogniser' | 'transcript' | 'phonemes' | 'textgrid' | 'hand';

/** "HH:MM:SS:FF", or ";" before FF for drop frame (SMPTE ST 12-1); `rate` is a key of FRAME_RATES. */
export interface StartTimecode {
  readonly text: string;
  readonly rate: string;
}

/** Shown in sync beside the viewport; never stored in the project. */
export interface ReferenceVideo {
  readonly file: LinkedFile;
  /** Time of the line at which the video begins. */
  readonly offsetSeconds: number;
}

/** One line of dialogue. */
export interface LineRecord {
  readonly id: LineId;
  readonly kind: 'line';
  readonly name: string;
  /** File name of the imported sound inside the project, e.g. "audio/line-1.wav". */
  readonly audioFile: string;
  /** What the recording was called when it was imported, e.g. "Take 3 (final).wav"; absent in projects from before it was kept. */
  readonly soundName?: string;
  readonly durationSeconds: number;
  readonly transcript: string;
  readonly engine: EngineId;
  readonly seed: number;
  readonly style: PerformanceStyle;
  /** The take in use as base; empty string before the first generation. */
  readonly activeTakeId: TakeId | '';
  readonly takeIds: readonly TakeId[];
  /** Bottom to top; the base lies under all of them. */
  readonly layerIds: readonly LayerId[];
  /** The sound lies beside the project instead of inside; `audioFile` then only names it. */
  readonly audioLink?: LinkedFile;
  readonly phoneSource?: PhoneSource;
  /** How `transcript` is written when it is phonemes; absent: words of text (IPA in files from before this was kept). */
  readonly notation?: PhonemeNotation;
  /** BCP 47 ("en", "de-AT"); absent: English. */
  readonly language?: string;
  readonly speakerId?: SpeakerId;
  /** Takes by part of the face; absent: the active take everywhere. */
  readonly takeMix?: TakeMix;
  /** Stretches made with seeds of their own, later ones over earlier ones. */
  readonly seedRanges?: readonly SeedRange[];
  /** Mouth earlier (below 0) or later than the sound; -.2...2 s. */
  readonly lipNudgeSeconds?: number;
  /** Silence before and after the sound in which the face already (still) acts; 0..60 s. */
  readonly preRollSeconds?: number;
  readonly postRollSeconds?: number;
  /** The part that is exported; absent: from the first to the last moment, rolls included. */
  readonly inSeconds?: number;
  readonly outSeconds?: number;
  readonly startTimecode?: StartTimecode;
  readonly referenceVideo?: ReferenceVideo;
  /** Hash of what was last exported, so that the list can tell exported from stale. */
  readonly exportedHash?: string;
}

/** Words and phonemes of a line, with what the recogniser first said. */
export interface SpeechRecord {
  readonly id: SpeechId;
  readonly kind: 'speech';
  readonly lineId: LineId;
  readonly words: readonly WordSegment[];
  readonly phonemes: readonly PhonemeSegment[];
  readonly recognisedPhonemes: readonly PhonemeSegment[];
  readonly recognisedWords: readonly WordSegment[];
}

export interface EmotionCurveRecord {
  readonly id: EmotionCurveId;
  readonly kind: 'emotion';
  readonly lineId: LineId;
  readonly emotion: ActiveEmotion;
  readonly keys: readonly CurveKey[];
}

/** One generated base: the hash of its inputs and its curves as copy-on-write chunks of one second. */
export interface TakeRecord {
  readonly id: TakeId;
  readonly kind: 'take';
  readonly lineId: LineId;
  readonly name: string;
  readonly inputHash: string;
  /** Seed and engine it was made with, so that choosing the take again brings them back. */
  readonly seed?: number;
  readonly engine?: EngineId;
  readonly seedRanges?: readonly SeedRange[];
  /** What the engine planned beside the words; a record with the same key stands for one that was changed. */
  readonly events?: readonly PerformanceEvent[];
  /** A captured face: never written over, curves made anew become a take of their own. */
  readonly captured?: true;
  /** Of `frameCount`: how many lie before time 0 (pre-roll) and behind the sound (post-roll); absent: none. */
  readonly leadFrames?: number;
  readonly tailFrames?: number;
  readonly frameCount: number;
  readonly chunkIds: readonly ChunkId[];
}

export interface LayerRecord {
  readonly id: LayerId;
  readonly kind: 'layer';
  readonly lineId: LineId;
  readonly name: string;
  readonly mode: LayerMode;
  readonly weight: number;
  readonly muted: boolean;
  readonly locked: boolean;
  /** With any layer of the line soloed, only those act. */
  readonly solo?: boolean;
  /** Weight over time, 0..1, times `weight`; absent: 1 everywhere. */
  readonly weightKeys?: readonly CurveKey[];
  /** Channels the layer acts on; absent: all. Keys outside stay, without effect. */
  readonly mask?: ChannelMask;
}

export interface LayerCurveRecord {
  readonly id: LayerCurveId;
  readonly kind: 'curve';
  readonly layerId: LayerId;
  readonly channel: PerformanceChannel;
  readonly spans: readonly CurveSpan[];
}

export type DocumentRecord =
  | ProjectRecord
  | LineRecord
  | SpeechRecord
  | EmotionCurveRecord
  | TakeRecord
  | LayerRecord
  | LayerCurveRecord
  | NonverbalEventRecord
  | MarkerRecord
  | RangeLockRecord
  | EffortGainRecord
  | EmotionDraftRecord
  | ChannelSettingsRecord
  | PoseRecord
  | LookAtRecord
  | DictionaryRecord
  | SpeakerRecord
  | CharacterRecord;
export type RecordId = DocumentRecord['id'];

/** The whole document: plain records keyed by id. Order is derived from the id lists, never from this map. */
export type DocumentRecords = Readonly<Record<string, DocumentRecord>>;

export const CURRENT_SCHEMA_VERSION = 2;
/** Frames in one chunk of base curves. */
export const CHUNK_FRAMES = 60;

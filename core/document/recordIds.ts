import type { ActiveEmotion } from '../emotion/emotions';
import type { PerformanceChannel } from '../rig/channels';

/** Ids are opaque strings; the prefix tells the kind, so that a wrong id is seen at once. */
export type ProjectId = 'project';
export type LineId = `line:${string}`;
export type TakeId = `take:${string}`;
export type LayerId = `layer:${string}`;
export type SpeechId = `speech:${LineId}`;
export type EmotionCurveId = `emotion:${LineId}:${ActiveEmotion}`;
export type LayerCurveId = `curve:${LayerId}:${PerformanceChannel}`;
/** Content hash of one second of base curves (61 x 60 float32). */
export type ChunkId = `chunk:${string}`;
export type PoseId = `pose:${string}`;
export type LookAtId = `lookat:${string}`;
export type DictionaryId = 'dictionary';
export type SpeakerId = `speaker:${string}`;
export type CharacterId = `character:${string}`;

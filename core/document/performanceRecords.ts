import type { CurveKey } from '../curves/keyedCurve';
import type { ActiveEmotion } from '../emotion/emotions';
import type { SettingsByChannel } from '../layers/channelSettings';
import type { EventOrigin, GazeDirection, NonverbalType } from '../performance/events/performanceEvent';
import type { FaceRegion } from '../rig/faceRegions';
import type { ChannelRegion, PerformanceChannel } from '../rig/channels';
import type { LineId, LookAtId, TakeId } from './recordIds';

/*
 * Records of a line that came with schema 2: what happens beside the words, and what protects or steers the curves. One
 * record for each event, marker and lock, so that an edit of one never touches the others; their order is derived.
 */

export type EventId = `event:${LineId}:${string}`;
export type MarkerId = `marker:${LineId}:${string}`;
export type LockId = `lock:${LineId}:${string}`;
export type EffortGainId = `effort:${LineId}`;
export type EmotionDraftId = `draft:${LineId}:${ActiveEmotion}`;
export type ChannelSettingsId = `channels:${LineId}`;

export { NONVERBAL_TYPES } from '../performance/events/performanceEvent';
export type { EventOrigin, GazeDirection, NonverbalType };

/** A blink, look, nod, breath, laugh...: acts from start to end. */
export interface NonverbalEventRecord {
  readonly id: EventId;
  readonly kind: 'event';
  readonly lineId: LineId;
  readonly type: NonverbalType;
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** 0..2; 1 as usual. */
  readonly intensity: number;
  /** Where a gaze or saccade goes, or how far a nod turns. */
  readonly target?: GazeDirection;
  /** A named target instead of a direction; wins over `target`. */
  readonly lookAtId?: LookAtId;
  /** A locked event is kept as it is by regeneration and cannot be changed by hand. */
  readonly locked: boolean;
  readonly origin: EventOrigin;
}

/** A named moment, or a named stretch when it has an end. */
export interface MarkerRecord {
  readonly id: MarkerId;
  readonly kind: 'marker';
  readonly lineId: LineId;
  readonly timeSeconds: number;
  readonly endSeconds?: number;
  readonly name: string;
  /** One of the marker colours of the studio, 0..7; absent: the first. */
  readonly colour?: number;
}

/** A stretch that regeneration must leave byte-equal. Without regions and channels it holds for all of them. */
export interface RangeLockRecord {
  readonly id: LockId;
  readonly kind: 'lock';
  readonly lineId: LineId;
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly regions: readonly ChannelRegion[];
  readonly channels: readonly PerformanceChannel[];
  readonly name?: string;
}

/** Gain on the effort read from the voice: keys 0..2 over seconds, 1 as heard. Without the record the gain is 1. */
export interface EffortGainRecord {
  readonly id: EffortGainId;
  readonly kind: 'effort';
  readonly lineId: LineId;
  readonly keys: readonly CurveKey[];
}

/** An emotion curve that the voice suggests; it acts only when the animator takes it over. */
export interface EmotionDraftRecord {
  readonly id: EmotionDraftId;
  readonly kind: 'draft';
  readonly lineId: LineId;
  readonly emotion: ActiveEmotion;
  readonly keys: readonly CurveKey[];
}

/** The channel settings of a line, in one record: channels without an entry have the defaults. */
export interface ChannelSettingsRecord {
  readonly id: ChannelSettingsId;
  readonly kind: 'channels';
  readonly lineId: LineId;
  readonly channels: SettingsByChannel;
}

/** One part's take, or two of them blended. */
export interface TakeShare {
  readonly takeId: TakeId;
  readonly blendTakeId?: TakeId;
  /** 0 all `takeId`, 1 all `blendTakeId`. */
  readonly blend?: number;
}

/** Takes by part; a part without an entry uses the line's active take. */
export type TakeMix = Readonly<Partial<Record<FaceRegion, TakeShare>>>;

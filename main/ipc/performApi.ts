import type { KeyedCurve } from '../../core/curves/keyedCurve';
import type { LineId } from '../../core/document/records';
import type { EmotionCurves } from '../../core/emotion/emotionCurves';
import type { PerformanceEvent } from '../../core/performance/events/performanceEvent';
import type { EngineId, PerformanceStyle } from '../../core/performance/performanceEngine';
import type { SeedRange } from '../../core/performance/performTake';
import type { FaceRegion } from '../../core/rig/faceRegions';
import type { PhonemeSegment, WordSegment } from '../../core/speech/segments';
import type { TimeRange } from '../../core/time/timeRange';

/** The long part of what a performance is made from: what is said, and the events that the engine plans around. */
export interface PerformSpeech {
  readonly phonemes: readonly PhonemeSegment[];
  readonly words: readonly WordSegment[];
  /** Default none. */
  readonly events?: readonly PerformanceEvent[];
}

/** The short part: what sliders and keys change. */
interface PerformSettings {
  readonly jobId: string;
  readonly lineId: LineId;
  readonly engine: EngineId;
  readonly emotions: EmotionCurves;
  readonly style: PerformanceStyle;
  readonly seed: number;
  readonly seedRanges?: readonly SeedRange[];
  readonly effortGain?: KeyedCurve;
  readonly lipNudgeSeconds?: number;
  readonly preRollSeconds?: number;
  readonly postRollSeconds?: number;
  /** Hash of the inputs as the renderer sees them; comes back unchanged so that late results can be dropped. */
  readonly inputHash: string;
}

export interface PerformRequest extends PerformSettings, PerformSpeech {
  /** Name under which the engine keeps the speech for previews: the same name, the same speech. */
  readonly speechKey?: string;
  /** Makes a stretch or some regions anew and keeps the rest of earlier curves, byte for byte. */
  readonly part?: {
    /** Default: the whole line. */
    readonly range?: TimeRange;
    /** Default: all. */
    readonly regions?: readonly FaceRegion[];
    readonly frameCount: number;
    /** The curves to keep, channel-major at 60 fps. */
    readonly previousSamples: Float32Array;
  };
}

/** A stretch of a line while something is dragged. Short itself, so that a move costs the same on any line. */
export interface PreviewRequest extends PerformSettings {
  readonly only: TimeRange;
  readonly speechKey: string;
  /** Sent when the engine did not know the key. */
  readonly speech?: PerformSpeech;
}

export interface PreviewResult {
  readonly inputHash: string;
  /** First frame of `samples` among those of `curveGridOf`. */
  readonly firstFrame: number;
  readonly frameCount: number;
  /** Channel-major: 61 x frameCount float32 at 60 fps. */
  readonly samples: Float32Array;
}

export interface PerformResult {
  readonly inputHash: string;
  readonly frameCount: number;
  /** Channel-major: 61 x frameCount float32 at 60 fps, on the frames of `curveGridOf`. */
  readonly samples: Float32Array;
  /** Everything the face does beside speaking. */
  readonly events?: readonly PerformanceEvent[];
}

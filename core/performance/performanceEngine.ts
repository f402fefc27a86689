import type { ProsodyTrack } from '../audio/prosodyTrack';
import type { SampledTracks } from '../curves/sampledTracks';
import type { EmotionCurves } from '../emotion/emotionCurves';
import type { FaceRegion } from '../rig/faceRegions';
import type { CancelSignal } from '../speech/cancelSignal';
import type { PhonemeSegment, WordSegment } from '../speech/segments';
import type { TimeRange } from '../time/timeRange';
import type { PerformanceEvent } from './events/performanceEvent';
import type { InferenceRunner } from './inferenceRunner';

/** Style of the whole line; every field 0..1 unless said. */
export interface PerformanceStyle {
  /** Jaw field: 0 mumble, .5 as spoken, 1 over-enunciated. */
  readonly jaw: number;
  /** Lip field: 0 slack, .5 as spoken, 1 over-enunciated. */
  readonly lip: number;
  /** How far rounded lips are rounded: 0 as captured, .5 drawn clearly, 1 strongly; absent .5. */
  readonly rounding?: number;
  /** Strength of lip closures; 1 always closes. */
  readonly closureStrength: number;
  /** Extra smoothing of mouth curves; 0 none. */
  readonly smoothing: number;
  /** Amounts; 1 as generated, 0 off, up to 2. */
  readonly blinkAmount: number;
  readonly gazeAmount: number;
  readonly headAmount: number;
  readonly browAmount: number;
  /** Sway and drift of head and face while nobody speaks; 0..2, absent 1. */
  readonly idleAmount?: number;
  /** Breaths before phrases; 0..2, absent 1. */
  readonly breathAmount?: number;
}

export const DEFAULT_STYLE: PerformanceStyle = {
  jaw: 0.5,
  lip: 0.5,
  rounding: 0.5,
  closureStrength: 1,
  smoothing: 0,
  blinkAmount: 1,
  gazeAmount: 1,
  headAmount: 1,
  browAmount: 1,
};

/** Everything a performance engine may look at. The same input always gives the same curves. */
export interface PerformanceInput {
  /** Of the sound, which begins at 0. */
  readonly durationSeconds: number;
  /** Silence before and after the sound in which the face acts already, or still; 0..60 s, default 0. */
  readonly preRollSeconds?: number;
  readonly postRollSeconds?: number;
  readonly phonemes: readonly PhonemeSegment[];
  readonly words: readonly WordSegment[];
  readonly prosody: ProsodyTrack;
  readonly emotions: EmotionCurves;
  readonly style: PerformanceStyle;
  /** 32-bit unsigned. */
  readonly seed: number;
  /** Events of the animator and of the sound; generated ones are planned around them. Default none. */
  readonly events?: readonly PerformanceEvent[];
}

export type EngineId = 'rules' | 'neural';

/** How and what to generate; everything is optional for a whole line. */
export interface GenerateOptions {
  /** Needed by engines with models; the rules engine does without. */
  readonly runner?: InferenceRunner;
  /** Aborting rejects with MienError 'cancelled'. */
  readonly signal?: CancelSignal;
  /** Share of the work done, 0..1. */
  readonly onProgress?: (fraction: number) => void;
  /**
   * Curves of an earlier run of the same line. With it, only `range` and `regions` are made anew: outside the range and
   * in all other regions the result is byte-equal to it, and the blend (>= 100 ms an end) lies inside the range.
   */
  readonly previous?: SampledTracks;
  /** Only with `previous`; default the whole line. */
  readonly range?: TimeRange;
  /** Only with `previous`; default all regions. */
  readonly regions?: readonly FaceRegion[];
  /**
   * A preview: the result holds the frames of this stretch alone (`frameRate.startFrame` says where they lie), and `previous`
   * must. It costs what the stretch is long, and differs from what the whole line has there by less than .03 (weights).
   */
  readonly only?: TimeRange;
}

/** A performance engine: phones, prosody, emotion and style in, 61 constrained curves at 60 fps out, on the frames of
 * `curveGridOf`. */
export interface PerformanceEngine {
  readonly id: EngineId;
  /** Models of models/manifest.json it runs; none for an engine of rules. */
  readonly models: readonly string[];
  /**
   * The same input and options always give the same curves.
   * @throws MienError 'invalid-input', 'cancelled', and 'model-unavailable' from engines with models
   */
  generate(input: PerformanceInput, options?: GenerateOptions): Promise<SampledTracks>;
}

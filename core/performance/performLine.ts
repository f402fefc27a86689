import type { SampledTracks } from '../curves/sampledTracks';
import { NEUTRAL_EMOTIONS, type EmotionCurves } from '../emotion/emotionCurves';
import { applyLayers } from '../layers/applyLayers';
import type { EditLayer } from '../layers/editLayer';
import type { LineAnalysis } from '../speech/lineAnalysis';
import { closureReport, type ClosureReport } from './constraints/closureReport';
import type { LintFinding } from './constraints/lintFinding';
import { limitTracks } from './constraints/limitTracks';
import { lintTracks } from './constraints/lintTracks';
import { engineNamed } from './engines';
import { heardEvents } from './events/heardEvents';
import { isSoundEvent, type PerformanceEvent } from './events/performanceEvent';
import { planPerformance } from './pipeline';
import { DEFAULT_STYLE, type EngineId, type GenerateOptions, type PerformanceStyle } from './performanceEngine';

export interface PerformLineOptions extends GenerateOptions {
  /** Silence before and after the sound in which the face acts; 0..60 s, default 0. */
  readonly preRollSeconds?: number;
  readonly postRollSeconds?: number;
  /** Default: none. */
  readonly emotions?: EmotionCurves;
  readonly style?: PerformanceStyle;
  /** 32-bit unsigned; default 1. */
  readonly seed?: number;
  /** Events of the animator and of the sound; default: those that were heard. */
  readonly events?: readonly PerformanceEvent[];
  /** Default 'rules'. */
  readonly engine?: EngineId;
  /** Hand edits, bottom to top; default none. */
  readonly layers?: readonly EditLayer[];
}

/** One performed line: what the engine made, what is shown and exported, and what is to be known about it. */
export interface PerformedLine {
  /** The engine's own curves; layers lie over these. */
  readonly base: SampledTracks;
  /** Base + layers, limited: for viewport and export. */
  readonly tracks: SampledTracks;
  readonly closure: ClosureReport;
  readonly findings: readonly LintFinding[];
  /** Everything the face does beside speaking. */
  readonly events: readonly PerformanceEvent[];
}

/**
 * From what the ears know to final curves. The whole chain, each step a function of its own (core/README.md draws it):
 *
 *   decodeAudio -> toMono -> resample 16 kHz        (main/media, core/audio)
 *   analyseLine: logMel -> acoustic model -> Viterbi (with text: forced alignment) -> phones, words; analyseProsody  (core/speech)
 *   **perform -> applyLayers -> limitTracks -> closureReport, lintTracks**   (here)
 *   resampleTracks -> writeGlb | writeFbx | writeLiveLinkCsv                 (core/curves, core/interchange)
 *
 * Pure: the same input gives the same curves.
 * @throws MienError of the engine: 'invalid-input', 'model-unavailable', 'cancelled'
 */
export async function performLine(analysis: LineAnalysis, options: PerformLineOptions = {}): Promise<PerformedLine> {
  const input = {
    durationSeconds: analysis.durationSeconds,
    preRollSeconds: options.preRollSeconds,
    postRollSeconds: options.postRollSeconds,
    phonemes: analysis.phonemes,
    words: analysis.words,
    prosody: analysis.prosody,
    emotions: options.emotions ?? NEUTRAL_EMOTIONS,
    style: options.style ?? DEFAULT_STYLE,
    seed: options.seed ?? 1,
    events: options.events ?? heardEvents(analysis.events ?? []),
  };
  const base = await engineNamed(options.engine ?? 'rules').generate(input, options);
  const { events } = planPerformance(input);
  const layered = applyLayers(base, options.layers ?? []);
  const tracks = limitTracks(layered);
  return {
    base,
    tracks,
    closure: closureReport(tracks, analysis.phonemes),
    // Lint looks at the curves before the limit, or it could never say what the limit changed.
    findings: lintTracks(layered, analysis.phonemes, events.filter(isSoundEvent)),
    events,
  };
}

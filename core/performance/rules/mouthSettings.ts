/**
 * Timing and gain of the coarticulation model. Starting points: JALI (SIGGRAPH 2016): onset and release of about 120 ms,
 * 60 ms after a vowel, up to 150 ms for protrusion. Gaussian flanks of sigma s fall to 5 % at 2.4 s, so 45 ms is about 110 ms.
 */
export interface MouthSettings {
  /** Flank before a target's plateau, by group (seconds, one sigma). */
  readonly onsetSeconds: { readonly jaw: number; readonly shape: number; readonly opening: number };
  /** Flank after a target's plateau. */
  readonly releaseSeconds: { readonly jaw: number; readonly shape: number; readonly opening: number };
  /** Lip-heavy phones widen their shape flanks by these factors. */
  readonly lipHeavyOnset: number;
  readonly lipHeavyRelease: number;
  /** Part of a phone at each side that is flank and not plateau, at most `insetMaxSeconds`. */
  readonly insetShare: number;
  readonly insetMaxSeconds: number;
  /** A vowel shorter than this undershoots. */
  readonly fullVowelSeconds: number;
  readonly undershootPower: number;
  /** How much the targets lead the sound, by group; negative where captured lips follow it. */
  readonly leadSeconds: { readonly jaw: number; readonly shape: number; readonly opening: number };
  /** Extra jaw per unit of effort away from the speaker's middle, and per 10 dB of loudness away from the line's. */
  readonly effortGain: number;
  readonly loudnessGain: number;
  /** Jaw of an unstressed vowel and of a vowel with primary stress, where stress is known. */
  readonly unstressedJaw: number;
  readonly stressedJaw: number;
  /** Dominance of short silence against full silence. */
  readonly shortPauseDominance: number;
  /** Smoothing of the blended curves, one sigma. */
  readonly smoothSeconds: number;
}

/** Fitted to captured lips together with phoneTargets (see there), rounded. */
export const MOUTH_SETTINGS: MouthSettings = {
  onsetSeconds: { jaw: 0.085, shape: 0.061, opening: 0.052 },
  releaseSeconds: { jaw: 0.072, shape: 0.078, opening: 0.046 },
  lipHeavyOnset: 1,
  lipHeavyRelease: 1.45,
  insetShare: 0.49,
  insetMaxSeconds: 0.045,
  fullVowelSeconds: 0.09,
  undershootPower: 0.62,
  leadSeconds: { jaw: -0.027, shape: -0.003, opening: 0.012 },
  effortGain: 0.4,
  loudnessGain: 0.12,
  unstressedJaw: 0.85,
  stressedJaw: 1.08,
  shortPauseDominance: 0.43,
  smoothSeconds: 0.012,
};

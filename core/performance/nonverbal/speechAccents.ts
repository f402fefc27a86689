import { isVowel } from '../../speech/phonemes';
import type { PhonemeSegment } from '../../speech/segments';
import { secondsToNearestFrame, type FrameGrid } from '../../time/frameRate';
import type { VoiceTone } from './voiceFeatures';

/** A prominent vowel: where brows lift and the head nods. */
export interface SpeechAccent {
  /** Middle of the vowel. */
  readonly timeSeconds: number;
  /** 0..1: how prominent. */
  readonly strength: number;
  /** F0 of the vowel in semitones above the line's median. */
  readonly pitchSemitones: number;
}

/** Accents nearer than this to a stronger one are part of the same beat. */
const MIN_SPACING_SECONDS = 0.45;
const MIN_STRENGTH = 0.3;

/**
 * Vowels that stand out by pitch, loudness, length and dictionary stress, at most one a beat. Weights after the acoustic
 * correlates of prominence (Terken 1991; Kochanski et al. 2005: loudness and duration above F0).
 */
export function speechAccents(phonemes: readonly PhonemeSegment[], tone: VoiceTone, rate: FrameGrid): SpeechAccent[] {
  const candidates = phonemes
    .filter((segment) => isVowel(segment.phoneme) && segment.stress !== 0)
    .map((segment) => {
      const timeSeconds = (segment.startSeconds + segment.endSeconds) / 2;
      const frame = Math.min(tone.pitchSemitones.length - 1, Math.max(0, secondsToNearestFrame(timeSeconds, rate)));
      const pitch = tone.pitchSemitones[frame];
      const seconds = segment.endSeconds - segment.startSeconds;
      const score =
        0.3 * limit(pitch / 4) +
        0.35 * limit(tone.loudnessDb[frame] / 5) +
        0.3 * limit((seconds - 0.1) / 0.1) +
        (segment.stress === 1 ? 0.15 : 0) +
        0.2;
      return { timeSeconds, strength: Math.min(1, Math.max(0, score)), pitchSemitones: pitch };
    })
    .filter((accent) => accent.strength >= MIN_STRENGTH);
  return strongestApart(candidates);
}

/** Keeps every accent that is the strongest within MIN_SPACING_SECONDS; one pass, so long lines stay linear. */
function strongestApart(accents: readonly SpeechAccent[]): SpeechAccent[] {
  const kept: SpeechAccent[] = [];
  for (const accent of accents) {
    const last = kept[kept.length - 1];
    if (last && accent.timeSeconds - last.timeSeconds < MIN_SPACING_SECONDS) {
      if (accent.strength > last.strength) kept[kept.length - 1] = accent;
    } else kept.push(accent);
  }
  return kept;
}

function limit(value: number): number {
  return Math.min(1, Math.max(-1, value));
}

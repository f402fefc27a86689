import { gaussianSmooth } from '../../curves/smooth';
import type { SampledTracks } from '../../curves/sampledTracks';
import { trackOf } from '../../curves/sampledTracks';
import { lipOpening } from '../../rig/lipOpening';
import { isBilabial, isLabiodental, isVowel, type Phoneme } from '../../speech/phonemes';
import type { PhonemeSegment } from '../../speech/segments';
import { framesPerSecond, frameToSeconds } from '../../time/frameRate';

/** How well a mouth fits phones: correlations, 1 perfect, 0 chance. A constant mouth has no correlation and scores 0. */
export interface MouthMatchScore {
  /** Mean of the three below. */
  readonly score: number;
  /** Lip opening against vowel height. */
  readonly opening: number;
  /** Rounding and spreading against rounded and spread phones. */
  readonly rounding: number;
  /** Lip contact against P B M F V. */
  readonly contact: number;
}

/** Expected values pass through the same kind of smoothing as a mouth: one sigma. */
const EXPECTED_SMOOTH_SECONDS = 0.035;
/** Lips this near each other (units of jawOpen) read as half touching. */
const CONTACT_OPENING = 0.05;
const MIN_FRAMES = 12;

const OPEN_VOWELS: ReadonlySet<Phoneme> = new Set<Phoneme>(['AA', 'AE', 'AY', 'AW', 'EH', 'EY']);
const ROUND: ReadonlySet<Phoneme> = new Set<Phoneme>(['UW', 'UH', 'OW', 'AO', 'OY', 'W', 'R', 'ER', 'SH', 'ZH', 'CH', 'JH']);
const SPREAD: ReadonlySet<Phoneme> = new Set<Phoneme>(['IY', 'IH', 'EH', 'EY', 'AE', 'S', 'Z', 'Y']);

/**
 * Reads phone classes back from curves, by phonetics alone (vowel height, rounding, lip contact), sharing no table with
 * any engine. Shuffled phones and a muted mouth come out near 0: the control every real mouth must beat.
 */
export function mouthMatchScore(tracks: SampledTracks, phonemes: readonly PhonemeSegment[]): MouthMatchScore {
  const expected = expectedTracks(phonemes, tracks);
  const spoken = expected.spoken;
  const opening = correlation(pick(readOpening(tracks), spoken), pick(expected.opening, spoken));
  const rounding = correlation(pick(readRounding(tracks), spoken), pick(expected.rounding, spoken));
  const contact = correlation(pick(readContact(tracks), spoken), pick(expected.contact, spoken));
  return { score: (opening + rounding + contact) / 3, opening, rounding, contact };
}

function expectedTracks(phonemes: readonly PhonemeSegment[], tracks: SampledTracks) {
  const count = tracks.frameCount;
  const raw = { opening: new Float32Array(count), rounding: new Float32Array(count), contact: new Float32Array(count) };
  const spoken: number[] = [];
  let index = 0;
  for (let frame = 0; frame < count; frame++) {
    const timeSeconds = frameToSeconds(frame, tracks.frameRate);
    while (index < phonemes.length - 1 && phonemes[index].endSeconds <= timeSeconds) index++;
    const phoneme = phonemes[index]?.phoneme ?? 'SIL';
    raw.opening[frame] = expectedOpening(phoneme);
    raw.rounding[frame] = ROUND.has(phoneme) ? 1 : SPREAD.has(phoneme) ? -1 : 0;
    raw.contact[frame] = isBilabial(phoneme) || isLabiodental(phoneme) ? 1 : 0;
    if (phoneme !== 'SIL') spoken.push(frame);
  }
  const sigma = EXPECTED_SMOOTH_SECONDS * framesPerSecond(tracks.frameRate);
  return {
    opening: gaussianSmooth(raw.opening, sigma),
    rounding: gaussianSmooth(raw.rounding, sigma),
    contact: gaussianSmooth(raw.contact, sigma),
    spoken,
  };
}

function expectedOpening(phoneme: Phoneme): number {
  if (phoneme === 'SIL' || isBilabial(phoneme)) return 0;
  if (isLabiodental(phoneme) || phoneme === 'W') return 0.1;
  if (!isVowel(phoneme)) return 0.4;
  if (OPEN_VOWELS.has(phoneme)) return 1;
  return phoneme === 'UW' || phoneme === 'UH' ? 0.3 : 0.6;
}

function readOpening(tracks: SampledTracks): Float32Array {
  return Float32Array.from({ length: tracks.frameCount }, (_, frame) => lipOpening(tracks, frame));
}

function readRounding(tracks: SampledTracks): Float32Array {
  const read = (name: Parameters<typeof trackOf>[1]) => trackOf(tracks, name);
  const [funnel, pucker] = [read('mouthFunnel'), read('mouthPucker')];
  const wide = [read('mouthStretchLeft'), read('mouthStretchRight'), read('mouthSmileLeft'), read('mouthSmileRight')];
  return funnel.map((value, frame) => value + pucker[frame] - wide.reduce((sum, samples) => sum + samples[frame] / 2, 0));
}

function readContact(tracks: SampledTracks): Float32Array {
  const rollLower = trackOf(tracks, 'mouthRollLower');
  return readOpening(tracks).map((opening, frame) => Math.max(1 / (1 + (opening / CONTACT_OPENING) ** 2), rollLower[frame]));
}

function pick(values: Float32Array, frames: readonly number[]): number[] {
  return frames.map((frame) => values[frame]);
}

/** Pearson correlation; 0 when a side does not vary or there is too little to compare. */
function correlation(a: readonly number[], b: readonly number[]): number {
  if (a.length < MIN_FRAMES) return 0;
  const meanA = a.reduce((sum, value) => sum + value, 0) / a.length;
  const meanB = b.reduce((sum, value) => sum + value, 0) / b.length;
  let both = 0;
  let varianceA = 0;
  let varianceB = 0;
  for (let index = 0; index < a.length; index++) {
    both += (a[index] - meanA) * (b[index] - meanB);
    varianceA += (a[index] - meanA) ** 2;
    varianceB += (b[index] - meanB) ** 2;
  }
  return varianceA < 1e-9 || varianceB < 1e-9 ? 0 : both / Math.sqrt(varianceA * varianceB);
}

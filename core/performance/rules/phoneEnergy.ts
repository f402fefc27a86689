import type { ProsodyTrack } from '../../audio/prosodyTrack';
import { isVowel } from '../../speech/phonemes';
import type { PhonemeSegment } from '../../speech/segments';
import { keptByIdentity } from '../keptByIdentity';
import type { PhoneEnergy } from './mouthGestures';

const MIDDLE: PhoneEnergy = { effort: 0, loudnessDb: 0 };
/** Beyond this a reading is noise or a fault, not more speech. */
const MAX_LOUDNESS_DB = 12;

/** A consonant takes its energy from vowels up to this far away. */
const BORROW_SECONDS = 0.4;

/**
 * Loudness and effort of each phone, both 0 where the line has no usable prosody. Only vowels are measured: consonants
 * are quiet by nature and take the mean of the vowels beside them.
 */
export const phoneEnergies = keptByIdentity(energiesOf);

function energiesOf(phonemes: readonly PhonemeSegment[], prosody: ProsodyTrack): readonly PhoneEnergy[] {
  const vowels = phonemes.map((segment) => isVowel(segment.phoneme));
  const loudness = phonemes.map((segment, index) =>
    vowels[index] ? meanOver(prosody.loudnessDb, segment, prosody.hopSeconds) : NaN,
  );
  const medianDb = median(loudness.filter(Number.isFinite));
  const energies = phonemes.map((segment, index): PhoneEnergy => {
    if (!vowels[index]) return MIDDLE;
    const effort = meanOver(prosody.effort, segment, prosody.hopSeconds) - 0.5;
    return { effort: within(effort, 0.5), loudnessDb: within(loudness[index] - medianDb, MAX_LOUDNESS_DB) };
  });
  return energies.map((energy, index) =>
    vowels[index] || phonemes[index].phoneme === 'SIL' ? energy : borrowed(phonemes, energies, index),
  );
}

function borrowed(phonemes: readonly PhonemeSegment[], energies: readonly PhoneEnergy[], index: number): PhoneEnergy {
  const near: PhoneEnergy[] = [];
  for (const step of [-1, 1]) {
    for (let other = index + step; other >= 0 && other < phonemes.length; other += step) {
      const gap =
        step > 0
          ? phonemes[other].startSeconds - phonemes[index].endSeconds
          : phonemes[index].startSeconds - phonemes[other].endSeconds;
      if (gap > BORROW_SECONDS || phonemes[other].phoneme === 'SIL') break;
      if (!isVowel(phonemes[other].phoneme)) continue;
      near.push(energies[other]);
      break;
    }
  }
  if (near.length === 0) return MIDDLE;
  const mean = (read: (energy: PhoneEnergy) => number) => near.reduce((sum, energy) => sum + read(energy), 0) / near.length;
  return { effort: mean((energy) => energy.effort), loudnessDb: mean((energy) => energy.loudnessDb) };
}

function within(value: number, limit: number): number {
  return Number.isFinite(value) ? Math.min(limit, Math.max(-limit, value)) : 0;
}

/** Mean of a 100 Hz track over a segment; NaN when the track does not reach it. */
function meanOver(values: Float32Array, segment: PhonemeSegment, hopSeconds: number): number {
  const first = Math.max(0, Math.round(segment.startSeconds / hopSeconds));
  const end = Math.min(values.length, Math.max(first + 1, Math.round(segment.endSeconds / hopSeconds)));
  let sum = 0;
  for (let index = first; index < end; index++) sum += values[index];
  return end > first ? sum / (end - first) : NaN;
}

/** Median of a list; NaN when empty. */
export function median(values: readonly number[]): number {
  if (values.length === 0) return NaN;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

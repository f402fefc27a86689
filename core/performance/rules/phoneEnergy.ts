import type { ProsodyTrack } from '../../audio/prosodyTrack';
import type { PhonemeSegment } from '../../speech/segments';
import type { PhoneEnergy } from './mouthGestures';

const MIDDLE: PhoneEnergy = { effort: 0, loudnessDb: 0 };
/** Beyond this a reading is noise or a fault, not more speech. */
const MAX_LOUDNESS_DB = 12;

/** Loudness and effort of each phone, both 0 where the line has no usable prosody. */
export function phoneEnergies(phonemes: readonly PhonemeSegment[], prosody: ProsodyTrack): PhoneEnergy[] {
  const spoken = phonemes.filter((segment) => segment.phoneme !== 'SIL');
  const medianDb = median(
    spoken.map((segment) => meanOver(prosody.loudnessDb, segment, prosody.hopSeconds)).filter(Number.isFinite),
  );
  return phonemes.map((segment) => {
    if (segment.phoneme === 'SIL') return MIDDLE;
    const loudness = meanOver(prosody.loudnessDb, segment, prosody.hopSeconds) - medianDb;
    const effort = meanOver(prosody.effort, segment, prosody.hopSeconds) - 0.5;
    return {
      effort: Number.isFinite(effort) ? Math.min(0.5, Math.max(-0.5, effort)) : 0,
      loudnessDb: Number.isFinite(loudness) ? Math.min(MAX_LOUDNESS_DB, Math.max(-MAX_LOUDNESS_DB, loudness)) : 0,
    };
  });
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

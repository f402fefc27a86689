import { gaussianSmooth } from '../../curves/smooth';
import type { PhonemeSegment } from '../../speech/segments';
import { framesPerSecond, frameToSeconds, type FrameGrid } from '../../time/frameRate';
import { contactEnvelope, lipContacts } from '../constraints/lipClosures';
import { CAPTURED_PAIRS } from './capturedPairs';

/**
 * The mouth was captured on 51 words. On words it never heard the net and the rules err in different ways, and their mean follows
 * the lips better than either (training/NOTES.md): the mouth leans on the rules a little always, and more where two phones meet
 * that never met in the captured clips, as language models back off on words they never saw. Lips that meet are the net's alone:
 * the rules leave closing to the constraints. Shares chosen on validation clips.
 */
const LEAN_ON_NEW_PAIRS = 0.5;
const LEAN_ALWAYS = 0.3;
const CHANGE_SECONDS = 0.04;

/** Share of the rules' mouth at every frame, 0..1. Each half of a phone belongs to the pair it makes with that neighbour. */
export function leanOnRules(phonemes: readonly PhonemeSegment[], frameCount: number, rate: FrameGrid): Float32Array {
  const lean = new Float32Array(frameCount).fill(LEAN_ALWAYS);
  let index = 0;
  for (let frame = 0; frame < frameCount; frame++) {
    const timeSeconds = frameToSeconds(frame, rate);
    while (index + 1 < phonemes.length && timeSeconds >= phonemes[index].endSeconds) index++;
    const segment = phonemes[index];
    if (!segment) break;
    const early = timeSeconds < (segment.startSeconds + segment.endSeconds) / 2;
    const other = phonemes[early ? index - 1 : index + 1];
    if (!other) continue;
    const pair = early ? `${other.phoneme} ${segment.phoneme}` : `${segment.phoneme} ${other.phoneme}`;
    if (!CAPTURED_PAIRS.has(pair)) lean[frame] = LEAN_ON_NEW_PAIRS;
  }
  const smooth = gaussianSmooth(lean, CHANGE_SECONDS * framesPerSecond(rate));
  const closed = contactEnvelope(lipContacts(phonemes), 'bilabial', { frameCount, frameRate: rate, channels: [] });
  return smooth.map((share, frame) => share * (1 - closed[frame]));
}

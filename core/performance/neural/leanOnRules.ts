import { gaussianSmooth } from '../../curves/smooth';
import type { ArkitChannel } from '../../rig/channels';
import type { PhonemeSegment } from '../../speech/segments';
import { framesPerSecond, frameToSeconds, type FrameRate } from '../../time/frameRate';
import { CAPTURED_PAIRS } from './capturedPairs';

/**
 * The mouth was captured on 51 words. Where two phones meet that never met there, what the net says is a guess, and the mouth
 * leans on the rules: back-off, as language models do for words they never saw. Shares chosen on validation clips.
 */
const LEAN_ON_NEW_PAIRS = 0.65;
const LEAN_ALWAYS = 0.1;
const CHANGE_SECONDS = 0.04;
/** The rules draw rounding and spreading about twice as far as captured lips; beside them they are brought nearer. */
const SHAPE_SHARE = 0.6;
const SHAPES = ['mouthPucker', 'mouthFunnel', 'mouthSmile', 'mouthStretch', 'mouthDimple'];

/** Share of the rules' mouth at every frame, 0..1. Each half of a phone belongs to the pair it makes with that neighbour. */
export function leanOnRules(phonemes: readonly PhonemeSegment[], frameCount: number, rate: FrameRate): Float32Array {
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
  return gaussianSmooth(lean, CHANGE_SECONDS * framesPerSecond(rate));
}

/** How much of a channel of the rules is taken where the mouth leans on them. */
export function rulesShare(channel: ArkitChannel): number {
  return SHAPES.some((name) => channel.startsWith(name)) ? SHAPE_SHARE : 1;
}

import type { KeptBlock, PreviousSpeech } from './keptBlocks';
import { PHONEME_INDEX, PHONEMES, type Phoneme } from './phonemes';
import type { Posteriors } from './posteriors';
import type { PhonemeSegment, WordSegment } from './segments';

const FRAME_SECONDS = 0.01;
const SAME_SECONDS = 1e-6;
/** Log-probability of every other phone inside a pin, and of the pin's own phone in the frames that touch it. */
const RULED_OUT = -30;
/** A word's edge this near to an edge of a pin was meant to be that edge: frames are 10 ms. */
const SNAP_SECONDS = 0.015;

/** Locked phonemes inside words that are aligned again: the word moves around them. All others stand in blocks. */
export function pinnedPhonemes({ phonemes }: PreviousSpeech, blocks: readonly KeptBlock[]): PhonemeSegment[] {
  const inBlocks = new Set(blocks.flatMap((block) => block.phonemes));
  return phonemes.filter((phoneme) => phoneme.locked && !inBlocks.has(phoneme));
}

/**
 * What was heard, as if it were certain where a pin is: its phone and no other inside, not that phone in the frames beside it. A
 * search on it finds the best times of the other phones around the pins.
 * @param firstFrame frame of the line that is frame 0 of the posteriors
 */
export function pinPosteriors(posteriors: Posteriors, pins: readonly PhonemeSegment[], firstFrame: number): Posteriors {
  if (pins.length === 0) return posteriors;
  const phoneLogProbs = posteriors.phoneLogProbs.slice();
  const closed = posteriors.closed.slice();
  const teeth = posteriors.teeth.slice();
  const count = PHONEMES.length;
  for (const pin of pins) {
    const phone = PHONEME_INDEX[pin.phoneme];
    const first = Math.round(pin.startSeconds / FRAME_SECONDS) - firstFrame;
    const end = Math.max(first + 1, Math.round(pin.endSeconds / FRAME_SECONDS) - firstFrame);
    for (const frame of [first - 1, end])
      if (frame >= 0 && frame < posteriors.frameCount) phoneLogProbs[frame * count + phone] = RULED_OUT;
    for (let frame = Math.max(0, first); frame < Math.min(end, posteriors.frameCount); frame++) {
      phoneLogProbs.fill(RULED_OUT, frame * count, (frame + 1) * count);
      phoneLogProbs[frame * count + phone] = 0;
      // The lips are known as well as the phone: what they were heard to do must not speak against it.
      closed[frame] = isClosed(pin.phoneme) ? 1 : 0;
      teeth[frame] = isTeeth(pin.phoneme) ? 1 : 0;
    }
  }
  return { ...posteriors, phoneLogProbs, closed, teeth };
}

const isClosed = (phoneme: Phoneme) => phoneme === 'P' || phoneme === 'B' || phoneme === 'M';
const isTeeth = (phoneme: Phoneme) => phoneme === 'F' || phoneme === 'V';

/** The pins themselves (the same objects) among phonemes that were found around them; whatever lay under a pin gives way. */
export function stampPinned(phonemes: readonly PhonemeSegment[], pins: readonly PhonemeSegment[]): PhonemeSegment[] {
  let result = [...phonemes];
  for (const pin of pins) {
    const before = result
      .filter(({ startSeconds }) => startSeconds < pin.startSeconds - SAME_SECONDS)
      .map((one) => (one.endSeconds > pin.startSeconds - SAME_SECONDS ? { ...one, endSeconds: pin.startSeconds } : one));
    const after = result
      .filter(({ endSeconds }) => endSeconds > pin.endSeconds + SAME_SECONDS)
      .map((one) => (one.startSeconds < pin.endSeconds + SAME_SECONDS ? { ...one, startSeconds: pin.endSeconds } : one));
    // A sliver of the same phone beside the pin is the rounding of a frame: its neighbour takes it.
    if (before.length > 1 && before.at(-1)!.phoneme === pin.phoneme && !pins.includes(before.at(-2)!)) {
      before.pop();
      before.push({ ...before.pop()!, endSeconds: pin.startSeconds });
    }
    if (after.length > 1 && after[0].phoneme === pin.phoneme) {
      after.shift();
      after[0] = { ...after[0], startSeconds: pin.endSeconds };
    }
    result = [...before, pin, ...after];
  }
  return result;
}

/** Words whose edges fell beside those of a pin by the rounding of a frame begin and end with it. */
export function snapToPinned(words: readonly WordSegment[], pins: readonly PhonemeSegment[]): WordSegment[] {
  const edges = pins.flatMap((pin) => [pin.startSeconds, pin.endSeconds]);
  const snapped = (seconds: number) => edges.find((edge) => Math.abs(edge - seconds) <= SNAP_SECONDS) ?? seconds;
  return words.map((word) => {
    const [startSeconds, endSeconds] = [snapped(word.startSeconds), snapped(word.endSeconds)];
    return endSeconds > startSeconds ? { ...word, startSeconds, endSeconds } : word;
  });
}

import { PHONEME_INDEX, PHONEMES, type Phoneme } from '../phonemes';
import type { Posteriors } from '../posteriors';

/** A phone and how many frames of 10 ms it lasts. */
export type Beat = readonly [phoneme: Phoneme, frames: number];

/**
 * Posteriors of a perfect, slightly unsure listener: `certainty` on the true phone of each frame, the rest spread over the
 * others. `noise` gives a number in 0..1 and shifts some of it at random.
 */
export function fakePosteriors(beats: readonly Beat[], certainty = 0.8, noise?: () => number): Posteriors {
  const frameCount = beats.reduce((sum, [, frames]) => sum + frames, 0);
  const phoneLogProbs = new Float32Array(frameCount * PHONEMES.length);
  const voice = new Float32Array(frameCount);
  const closed = new Float32Array(frameCount);
  const teeth = new Float32Array(frameCount);
  let frame = 0;
  for (const [phoneme, frames] of beats) {
    for (let i = 0; i < frames; i++, frame++) {
      const weights = PHONEMES.map(
        (_, p) => (p === PHONEME_INDEX[phoneme] ? certainty : (1 - certainty) / 39) * (noise ? 0.1 + noise() : 1),
      );
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      weights.forEach((weight, p) => (phoneLogProbs[frame * PHONEMES.length + p] = Math.log(weight / total)));
      voice[frame] = phoneme === 'SIL' ? 0.05 : 0.95;
      closed[frame] = ['P', 'B', 'M'].includes(phoneme) ? 0.9 : 0.02;
      teeth[frame] = ['F', 'V'].includes(phoneme) ? 0.9 : 0.02;
    }
  }
  return { frameCount, phoneLogProbs, voice, closed, teeth };
}

/** "HH AH L OW" at `frames` each. */
export function beats(phones: string, frames = 8): Beat[] {
  return phones.split(' ').map((phoneme) => [phoneme as Phoneme, phoneme === 'SIL' ? frames * 3 : frames]);
}

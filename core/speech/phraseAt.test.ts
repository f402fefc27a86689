import { describe, expect, it } from 'vitest';
import { phraseAt } from './phraseAt';
import type { PhonemeSegment } from './segments';

const segment = (phoneme: PhonemeSegment['phoneme'], startSeconds: number, endSeconds: number): PhonemeSegment => ({
  phoneme,
  startSeconds,
  endSeconds,
  confidence: 1,
});
const phonemes = [
  segment('SIL', 0, 0.2),
  segment('M', 0.2, 0.4),
  segment('SIL', 0.4, 0.5),
  segment('AH', 0.5, 0.7),
  segment('SIL', 0.7, 1.2),
  segment('N', 1.2, 1.5),
];

describe('phraseAt', () => {
  it('runs from pause to pause, over short silences', () => {
    expect(phraseAt(phonemes, 0.6)).toEqual({ startSeconds: 0.2, endSeconds: 0.7 });
    expect(phraseAt(phonemes, 1.3)).toEqual({ startSeconds: 1.2, endSeconds: 1.5 });
  });
  it('is null in a pause and past the end', () => {
    expect(phraseAt(phonemes, 0.9)).toBeNull();
    expect(phraseAt(phonemes, 0.1)).toBeNull();
    expect(phraseAt(phonemes, 3)).toBeNull();
    expect(phraseAt([], 0)).toBeNull();
  });
});

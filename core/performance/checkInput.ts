import { MienError } from '../errors';
import type { PerformanceInput } from './performanceEngine';

/** Longest line an engine takes: beyond this something upstream is broken, and the curves would not fit in memory. */
export const LONGEST_LINE_SECONDS = 4 * 3600;

/** Longest silence before or after the sound in which a face acts. */
export const LONGEST_ROLL_SECONDS = 60;

/**
 * Refuses input no engine can perform: a length that is no length, phones that run backwards or are not numbers.
 * @throws MienError 'invalid-input'
 */
export function checkInput(
  input: Pick<PerformanceInput, 'durationSeconds' | 'preRollSeconds' | 'postRollSeconds' | 'phonemes'>,
): void {
  const { durationSeconds, phonemes } = input;
  if (!(durationSeconds > 0 && durationSeconds <= LONGEST_LINE_SECONDS)) {
    throw new MienError(
      'invalid-input',
      `The line is ${durationSeconds} s long; a performance needs more than 0 s and at most ${LONGEST_LINE_SECONDS} s.`,
      'Cut the recording into lines of dialogue and import them one by one.',
    );
  }
  for (const seconds of [input.preRollSeconds ?? 0, input.postRollSeconds ?? 0]) {
    if (seconds >= 0 && seconds <= LONGEST_ROLL_SECONDS) continue;
    throw new MienError(
      'invalid-input',
      `A pre- or post-roll of ${seconds} s is not possible.`,
      `Choose 0 to ${LONGEST_ROLL_SECONDS} s.`,
    );
  }
  let before = -Infinity;
  for (const { phoneme, startSeconds, endSeconds } of phonemes) {
    if (startSeconds >= before && endSeconds >= startSeconds && Number.isFinite(endSeconds)) {
      before = startSeconds;
      continue;
    }
    throw new MienError(
      'invalid-input',
      `The phoneme ${phoneme} at ${startSeconds} s to ${endSeconds} s is out of order.`,
      'Align the line again, or undo the last change to its phonemes.',
    );
  }
}

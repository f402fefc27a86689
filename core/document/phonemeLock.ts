import { MienError } from '../errors';
import type { SpeechRecord } from './records';

/** @throws MienError 'invalid-input' when one of the phonemes (by index; those outside do not count) is locked */
export function requireUnlockedPhonemes(speech: SpeechRecord, indices: readonly number[]): void {
  const locked = indices.map((index) => speech.phonemes[index]).find((segment) => segment?.locked);
  if (!locked) return;
  throw new MienError('invalid-input', `The phoneme ${locked.phoneme} is locked.`, 'Unlock it first: select it and press H.');
}

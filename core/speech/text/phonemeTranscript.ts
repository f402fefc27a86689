import { MienError } from '../../errors';
import { readingsOf, type PhonemeNotation } from './ipa';
import type { NormalisedText, TranscriptWord } from './normaliseText';

const MAX_CHARACTERS = 200_000;

/**
 * A transcript that is given as phonemes: words are parted by spaces (in ARPAbet by "|" or a new line, phones by spaces). Any
 * language; see `ipaTables` for what stands for what. Signs nobody knows are named and left out.
 * @throws MienError 'text-unusable' when it is longer than any line can be
 */
export function phonemeTranscript(text: string, notation: PhonemeNotation): NormalisedText {
  if (text.length > MAX_CHARACTERS)
    throw new MienError(
      'text-unusable',
      `The phonemes have ${text.length} characters; a line can have ${MAX_CHARACTERS}.`,
      'Give the phonemes of this line only.',
    );
  const words: TranscriptWord[] = [];
  const unreadable: string[] = [];
  const pieces = text.split(notation === 'arpabet' ? /[|\n/]+/ : notation === 'ipa' ? /[\s|‖_]+/u : /\s+|_[:|]|\|\|/);
  for (const piece of pieces) {
    if (piece.trim() === '') continue;
    const readings = readingsOf(piece, notation);
    unreadable.push(...readings[0].unknown);
    if (readings[0].phones.length > 0)
      words.push({ text: piece.trim(), spoken: readings.map(({ phones }) => [`/${phones.join(' ')}/`]) });
  }
  return { words, unreadable: [...new Set(unreadable)], directions: [] };
}

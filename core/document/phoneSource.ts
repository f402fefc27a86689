import type { TranscriptNotation, TranscriptSource } from '../speech/transcriptSource';
import type { LineRecord, PhoneSource } from './records';

/** Where the phones of a line come from that was made with a transcript. */
export function phoneSourceOf({ text, notation = 'text', timed }: TranscriptSource): PhoneSource {
  if (timed !== undefined) return 'textgrid';
  if (text.trim() === '') return 'recogniser';
  return notation === 'text' ? 'transcript' : 'phonemes';
}

/** What a line keeps of how its transcript is written: nothing for words of text. */
export function notationKept({ notation = 'text' }: TranscriptSource): Pick<LineRecord, 'notation'> {
  return notation === 'text' ? {} : { notation };
}

/** How a line's transcript is written. Lines from before the notation was kept hold IPA when their phones came from phonemes. */
export function notationOf({ notation, phoneSource }: Pick<LineRecord, 'notation' | 'phoneSource'>): TranscriptNotation {
  return notation ?? (phoneSource === 'phonemes' ? 'ipa' : 'text');
}

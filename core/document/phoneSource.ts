import type { TranscriptSource } from '../speech/transcriptSource';
import type { PhoneSource } from './records';

/** Where the phones of a line come from that was made with a transcript. */
export function phoneSourceOf({ text, notation = 'text', timed }: TranscriptSource): PhoneSource {
  if (timed !== undefined) return 'textgrid';
  if (text.trim() === '') return 'recogniser';
  return notation === 'text' ? 'transcript' : 'phonemes';
}

import type { PhonemeSegment, WordSegment } from '../segments';
import { decodeText } from './decodeText';
import { readSubtitles, type SubtitleCue } from './readSubtitles';
import { readTextGrid } from './readTextGrid';
import { transcriptOfTiers } from './transcriptOfTiers';

/** What a transcript file says. */
export interface TranscriptFile {
  readonly kind: 'text' | 'subtitles' | 'textgrid';
  /** The words, stage directions included. */
  readonly text: string;
  /** What is said from when to when: subtitles, or the words of a TextGrid without usable phones. */
  readonly cues?: readonly SubtitleCue[];
  /** Times of a TextGrid whose phones are ARPAbet or IPA: taken as they are instead of aligning. */
  readonly timed?: { readonly words: readonly WordSegment[]; readonly phonemes: readonly PhonemeSegment[] };
  /** What of the file could not be used, in sentences for the user. */
  readonly notices?: readonly string[];
}

/**
 * A transcript from a .txt, .srt, .vtt or .TextGrid file; the content decides where the name does not.
 * @throws MienError 'text-unusable' with what is wrong
 */
export function readTranscriptFile(bytes: Uint8Array, fileName: string): TranscriptFile {
  const text = decodeText(bytes, fileName);
  if (/\.textgrid$/i.test(fileName) || /^\ufeff?\s*File type\s*=\s*"ooTextFile/.test(text))
    return transcriptOfTiers(readTextGrid(text, fileName), fileName);
  if (/\.(srt|vtt)$/i.test(fileName) || /^\ufeff?(WEBVTT|\s*\d+\s*\r?\n\s*\d+:\d\d:\d\d[,.]\d+\s*-->)/.test(text)) {
    const cues = readSubtitles(text, fileName).filter((cue) => cue.text !== '');
    return { kind: 'subtitles', text: cues.map((cue) => cue.text).join('\n'), cues };
  }
  return { kind: 'text', text: text.replace(/^\ufeff/, '').trim() };
}

import { decodeText } from './decodeText';
import { readSubtitles } from './readSubtitles';
import { readTextGrid } from './readTextGrid';
import type { TranscriptFile } from './transcriptFile';
import { transcriptOfTiers } from './transcriptOfTiers';

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

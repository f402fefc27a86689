import { MienError } from '../../errors';

/** One subtitle: what is shown, and from when to when. */
export interface SubtitleCue {
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** Lines joined by spaces; markup of the format is taken out. */
  readonly text: string;
}

/** "01:02:03,456 --> 01:02:05,000", with "." in WebVTT; hours may be missing there. */
const TIMES = /^\s*(?:(\d+):)?(\d{1,2}):(\d{1,2})[,.](\d{1,3})\s*-->\s*(?:(\d+):)?(\d{1,2}):(\d{1,2})[,.](\d{1,3})/;
/** A speaker in front: "MARA:", "- ", ">> ". Capitals only: "Warning: ..." is spoken. */
const SPEAKER = /^\s*(?:[-–—]\s*|>>\s*)?(?:\p{Lu}[\p{Lu}\p{N} .'’_#-]{1,40}:\s+)?/u;

/**
 * Cues of a SubRip (.srt) or WebVTT (.vtt) file, in the order of the file.
 * @throws MienError 'text-unusable' when there is no cue in it
 */
export function readSubtitles(text: string, fileName: string): SubtitleCue[] {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
  const cues: SubtitleCue[] = [];
  for (let at = 0; at < lines.length; at++) {
    const times = TIMES.exec(lines[at]);
    if (times === null) continue;
    const shown: string[] = [];
    for (at++; at < lines.length && lines[at].trim() !== '' && !TIMES.test(lines[at]); at++) shown.push(lines[at]);
    // A missing blank line: the last line shown is the number of the next cue.
    if (at < lines.length && TIMES.test(lines[at])) {
      if (/^\s*\d+\s*$/.test(shown[shown.length - 1] ?? '')) shown.pop();
      at--;
    }
    const startSeconds = seconds(times, 1);
    cues.push({ startSeconds, endSeconds: Math.max(startSeconds, seconds(times, 5)), text: shown.map(plain).join(' ').trim() });
  }
  if (cues.length === 0)
    throw new MienError(
      'text-unusable',
      `${fileName} holds no subtitle (no line like "00:00:01,000 --> 00:00:02,500").`,
      'Check that it is a SubRip (.srt) or WebVTT (.vtt) file.',
    );
  return cues;
}

function seconds(match: RegExpExecArray, at: number): number {
  const [hours, minutes, whole, parts] = [0, 1, 2, 3].map((i) => match[at + i] ?? '0');
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(whole) + Number(parts.padEnd(3, '0')) / 1000;
}

/** Position codes ("{\an8}") and voice tags go; italics are left to the transcript's own markup. */
function plain(line: string): string {
  return line
    .replace(/\{\\[^{}]*\}/g, '')
    .replace(/<\/?(?:[ibuv]|font|c)(?:[.\s][^<>]*)?>/gi, '')
    .replace(/<\d\d:\d\d[^<>]*>/g, '')
    .replace(/&nbsp;/g, ' ')
    .replace(/&amp;/g, '&')
    .replace(SPEAKER, '');
}

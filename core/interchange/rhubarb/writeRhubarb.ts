import { mouthCues, type MouthCue } from '../../speech/mouthClasses';
import type { PhonemeSegment } from '../../speech/segments';

/** What the Rhubarb writers take. */
export interface RhubarbExport {
  /** Goes into the metadata where Rhubarb writes the sound file's name. */
  readonly name: string;
  readonly durationSeconds: number;
  readonly phonemes: readonly PhonemeSegment[];
}

/** Rhubarb's JSON: `metadata {soundFile, duration}` and `mouthCues [{start, end, value}]`, seconds in hundredths. */
export function writeRhubarbJson(line: RhubarbExport): string {
  const cues = cuesOf(line).map((cue) => ({ start: Number(cue.start), end: Number(cue.end), value: cue.mouth }));
  const metadata = { soundFile: line.name, duration: Number(hundredths(line.durationSeconds)) };
  return `${JSON.stringify({ metadata, mouthCues: cues }, null, 2)}\n`;
}

/** Rhubarb's TSV: a line `start<TAB>shape` for each cue, and one at the end that closes the last. */
export function writeRhubarbTsv(line: RhubarbExport): string {
  const cues = cuesOf(line);
  const rows = cues.map((cue) => `${cue.start}\t${cue.mouth}`);
  return [...rows, `${cues.at(-1)?.end ?? hundredths(line.durationSeconds)}\tX`].join('\n') + '\n';
}

/** Rhubarb's XML. */
export function writeRhubarbXml(line: RhubarbExport): string {
  const cues = cuesOf(line).map((cue) => `    <mouthCue start="${cue.start}" end="${cue.end}">${cue.mouth}</mouthCue>\n`);
  return (
    '<?xml version="1.0" encoding="utf-8"?>\n<rhubarbResult>\n  <metadata>\n' +
    `    <soundFile>${escapeXml(line.name)}</soundFile>\n    <duration>${hundredths(line.durationSeconds)}</duration>\n` +
    `  </metadata>\n  <mouthCues>\n${cues.join('')}  </mouthCues>\n</rhubarbResult>\n`
  );
}

/** Times in hundredths as text; a cue that is shorter than that is left out, its neighbours stay in touch. */
function cuesOf({ phonemes, durationSeconds }: RhubarbExport): { start: string; end: string; mouth: MouthCue['mouth'] }[] {
  const cues =
    phonemes.length > 0 ? mouthCues(phonemes) : [{ startSeconds: 0, endSeconds: durationSeconds, mouth: 'X' as const }];
  return cues
    .map((cue) => ({ start: hundredths(cue.startSeconds), end: hundredths(cue.endSeconds), mouth: cue.mouth }))
    .filter((cue) => cue.start !== cue.end);
}

function hundredths(seconds: number): string {
  return seconds.toFixed(2);
}

function escapeXml(text: string): string {
  return text
    .replace(/\p{Cc}/gu, ' ')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');
}

import { decimalText } from '../decimalText';
import type { PhonemeSegment, WordSegment } from '../../speech/segments';

/** What the alignment writers take; both tiers run from 0 to `durationSeconds`. */
export interface AlignmentExport {
  readonly durationSeconds: number;
  readonly phonemes: readonly PhonemeSegment[];
  readonly words: readonly WordSegment[];
}

interface Interval {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Names of the tiers that Mien writes. */
export const TIERS = {
  words: 'words',
  phones: 'phones',
  wordConfidence: 'word confidence',
  phoneConfidence: 'phone confidence',
  wordFlags: 'flags',
  phoneFlags: 'phone flags',
} as const;

/** Two intervals closer than this touch (a tenth of a millisecond). */
const GAP_SECONDS = 1e-4;

/**
 * A Praat TextGrid (long text format) with the interval tiers "words" and "phones", and behind them "word confidence", "phone
 * confidence" (0..1, two digits), "flags" of words (missing, repeated, unwritten, locked) and "phone flags" (stress0, stress1,
 * stress2, locked). Gaps are intervals with empty text, as Praat wants tiers without holes. Silence keeps its name SIL on the phone
 * tier. `readTranscriptFile` reads all of it back.
 */
export function writeTextGrid({ durationSeconds, phonemes, words }: AlignmentExport): string {
  const end = Math.max(durationSeconds, phonemes.at(-1)?.endSeconds ?? 0, words.at(-1)?.endSeconds ?? 0);
  const tiers: [string, Interval[]][] = [
    [TIERS.words, intervalsOf(words, ({ text }) => text)],
    [TIERS.phones, intervalsOf(phonemes, ({ phoneme }) => phoneme)],
    [TIERS.wordConfidence, intervalsOf(words, ({ confidence }) => confidence.toFixed(2))],
    [TIERS.phoneConfidence, intervalsOf(phonemes, ({ confidence }) => confidence.toFixed(2))],
    [TIERS.wordFlags, intervalsOf(words, ({ flag, locked }) => joined(flag, locked === true && 'locked'))],
    [
      TIERS.phoneFlags,
      intervalsOf(phonemes, ({ stress, locked }) =>
        joined(stress !== undefined && `stress${stress}`, locked === true && 'locked'),
      ),
    ],
  ];
  const lines = [
    'File type = "ooTextFile"',
    'Object class = "TextGrid"',
    '',
    'xmin = 0',
    `xmax = ${seconds(end)}`,
    'tiers? <exists>',
    `size = ${tiers.length}`,
    'item []:',
  ];
  tiers.forEach(([name, intervals], index) => {
    const filled = fillGaps(intervals, end);
    lines.push(`    item [${index + 1}]:`, '        class = "IntervalTier"', `        name = "${name}"`, '        xmin = 0');
    lines.push(`        xmax = ${seconds(end)}`, `        intervals: size = ${filled.length}`);
    filled.forEach((interval, order) => {
      lines.push(`        intervals [${order + 1}]:`, `            xmin = ${seconds(interval.start)}`);
      lines.push(
        `            xmax = ${seconds(interval.end)}`,
        `            text = "${interval.text.replace(/[\r\n]+/g, ' ').replace(/"/g, '""')}"`,
      );
    });
  });
  return lines.join('\n') + '\n';
}

function intervalsOf<T extends { readonly startSeconds: number; readonly endSeconds: number }>(
  segments: readonly T[],
  textOf: (segment: T) => string,
): Interval[] {
  return segments.map((segment) => ({ start: segment.startSeconds, end: segment.endSeconds, text: textOf(segment) }));
}

function joined(...flags: readonly (string | false | undefined)[]): string {
  return flags.filter((flag) => flag !== undefined && flag !== false).join(' ');
}

/** Microseconds, without trailing zeros. */
function seconds(value: number): string {
  return decimalText(value, 6);
}

function fillGaps(intervals: readonly Interval[], end: number): Interval[] {
  const filled: Interval[] = [];
  let at = 0;
  for (const interval of intervals) {
    if (interval.end - at < GAP_SECONDS) continue;
    const start = interval.start - at > GAP_SECONDS ? interval.start : at;
    if (start > at) filled.push({ start: at, end: start, text: '' });
    filled.push({ ...interval, start });
    at = interval.end;
  }
  if (end - at > GAP_SECONDS || filled.length === 0) filled.push({ start: at, end, text: '' });
  else filled[filled.length - 1] = { ...filled[filled.length - 1], end };
  return filled;
}

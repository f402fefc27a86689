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

/** Two intervals closer than this touch (a tenth of a millisecond). */
const GAP_SECONDS = 1e-4;

/**
 * A Praat TextGrid (long text format) with the interval tiers "words" and "phones", and behind them "word confidence", "phone
 * confidence" (0..1, two digits) and "flags" (missing, repeated, unwritten, locked). Gaps are intervals with empty text, as Praat
 * wants tiers without holes. Silence keeps its name SIL on the phone tier.
 */
export function writeTextGrid({ durationSeconds, phonemes, words }: AlignmentExport): string {
  const end = Math.max(durationSeconds, phonemes.at(-1)?.endSeconds ?? 0, words.at(-1)?.endSeconds ?? 0);
  const tiers: [string, Interval[]][] = [
    ['words', words.map((word) => ({ start: word.startSeconds, end: word.endSeconds, text: word.text }))],
    ['phones', phonemes.map((phone) => ({ start: phone.startSeconds, end: phone.endSeconds, text: phone.phoneme }))],
    [
      'word confidence',
      words.map((word) => ({ start: word.startSeconds, end: word.endSeconds, text: word.confidence.toFixed(2) })),
    ],
    [
      'phone confidence',
      phonemes.map((phone) => ({ start: phone.startSeconds, end: phone.endSeconds, text: phone.confidence.toFixed(2) })),
    ],
    [
      'flags',
      words.map((word) => ({
        start: word.startSeconds,
        end: word.endSeconds,
        text: [word.flag, word.locked === true ? 'locked' : undefined].filter((flag) => flag !== undefined).join(' '),
      })),
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

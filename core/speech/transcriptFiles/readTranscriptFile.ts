import { MienError } from '../../errors';
import { TIERS } from '../../interchange/textgrid/writeTextGrid';
import { isPhoneme } from '../phonemes';
import { silence, type PhonemeSegment, type WordSegment } from '../segments';
import { decodeText } from './decodeText';
import { readSubtitles, type SubtitleCue } from './readSubtitles';
import { readTextGrid, type TextGridInterval, type TextGridTier } from './readTextGrid';

/** What a transcript file says. */
export interface TranscriptFile {
  readonly kind: 'text' | 'subtitles' | 'textgrid';
  /** The words, stage directions included. */
  readonly text: string;
  /** Of subtitles: what is said from when to when. */
  readonly cues?: readonly SubtitleCue[];
  /** Times of a TextGrid whose phones are ARPAbet: taken as they are instead of aligning. */
  readonly timed?: { readonly words: readonly WordSegment[]; readonly phonemes: readonly PhonemeSegment[] };
}

/**
 * A transcript from a .txt, .srt, .vtt or .TextGrid file; the content decides where the name does not.
 * @throws MienError 'text-unusable' with what is wrong
 */
export function readTranscriptFile(bytes: Uint8Array, fileName: string): TranscriptFile {
  const text = decodeText(bytes, fileName);
  if (/\.textgrid$/i.test(fileName) || /^\ufeff?\s*File type\s*=\s*"ooTextFile/.test(text))
    return fromTextGrid(readTextGrid(text, fileName), fileName);
  if (/\.(srt|vtt)$/i.test(fileName) || /^\ufeff?(WEBVTT|\s*\d+\s*\r?\n\s*\d+:\d\d:\d\d[,.]\d+\s*-->)/.test(text)) {
    const cues = readSubtitles(text, fileName).filter((cue) => cue.text !== '');
    return { kind: 'subtitles', text: cues.map((cue) => cue.text).join('\n'), cues };
  }
  return { kind: 'text', text: text.replace(/^\ufeff/, '').trim() };
}

function fromTextGrid(tiers: readonly TextGridTier[], fileName: string): TranscriptFile {
  const words =
    tiers.find(({ name }) => /^(words?|mots?|ort(ho)?|kan|transcri)/i.test(name)) ??
    tiers.find(
      ({ intervals, name }) => !/^(phon|phone|seg|mau|ipa)/i.test(name) && intervals.some((one) => one.text.trim() !== ''),
    );
  const phones = tiers.find(({ name }) => /^(phon|phone|seg|mau)/i.test(name));
  if (words === undefined && phones === undefined)
    throw new MienError(
      'text-unusable',
      `${fileName} has no tier with words or phones.`,
      'Name a tier "words" (and one "phones") in Praat.',
    );
  const spoken = (words?.intervals ?? []).filter(({ text }) => isSpoken(text));
  const marks = marksOf(tiers);
  const timedWords = spoken.map((interval) => wordOf(interval, marks));
  const text = timedWords
    .filter(({ flag }) => flag === undefined || flag === 'missing')
    .map((word) => word.text)
    .join(' ');
  const phonemes = phones === undefined ? null : segmentsOf(phones, marks);
  if (phonemes === null) return { kind: 'textgrid', text };
  return { kind: 'textgrid', text, timed: { words: timedWords.filter((word) => word.endSeconds > word.startSeconds), phonemes } };
}

/** Text of one of Mien's own extra tiers (`TIERS`) where a segment lies; empty where there is none. */
type Marks = (tier: keyof typeof TIERS, segment: TextGridInterval) => string;

/** Found by the middle of the segment, so that an edge moved in Praat on one tier alone loses nothing. */
function marksOf(tiers: readonly TextGridTier[]): Marks {
  return (tier, { startSeconds, endSeconds }) => {
    const middle = (startSeconds + endSeconds) / 2;
    const intervals = tiers.find(({ name }) => name === TIERS[tier])?.intervals ?? [];
    return intervals[intervalAt(intervals, middle)]?.text.trim() ?? '';
  };
}

/** Index of the last interval that starts at or before `seconds`; -1 for none. The intervals of a tier are in order. */
function intervalAt(intervals: readonly TextGridInterval[], seconds: number): number {
  let low = 0;
  let high = intervals.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (intervals[middle].startSeconds <= seconds) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** 1 where nothing usable is written: times of a file are meant as they are. */
function confidenceOf(text: string): number {
  const value = Number(text);
  return text !== '' && value >= 0 && value <= 1 ? value : 1;
}

const WORD_FLAGS = ['missing', 'repeated', 'unwritten'] as const satisfies readonly WordSegment['flag'][];

function wordOf(interval: TextGridInterval, marks: Marks): WordSegment {
  const flags = marks('wordFlags', interval).split(/\s+/);
  const flag = WORD_FLAGS.find((name) => flags.includes(name));
  return {
    text: interval.text.trim(),
    startSeconds: interval.startSeconds,
    endSeconds: interval.endSeconds,
    confidence: confidenceOf(marks('wordConfidence', interval)),
    ...(flags.includes('locked') ? { locked: true } : {}),
    ...(flag === undefined ? {} : { flag }),
  };
}

/** Names of aligners for nothing said and for noise. */
function isSpoken(text: string): boolean {
  return text.trim() !== '' && !/^(sil|sp|spn|silence|<.*>|#|_|-|\{.*\}|pau|h#|<p:>|<eps>)$/i.test(text.trim());
}

/** Phones of a tier that touch each other from its start to its end; null when a name is no ARPAbet. */
function segmentsOf({ intervals }: TextGridTier, marks: Marks): PhonemeSegment[] | null {
  const segments: PhonemeSegment[] = [];
  for (const interval of intervals) {
    const name = isSpoken(interval.text) ? interval.text.trim().toUpperCase() : 'SIL';
    const phoneme = name.replace(/[012]$/, '');
    if (!isPhoneme(phoneme)) return null;
    if (interval.endSeconds <= interval.startSeconds) continue;
    const at = segments[segments.length - 1]?.endSeconds ?? 0;
    if (interval.startSeconds > at + 1e-4) segments.push(silence(at, interval.startSeconds));
    const flags = marks('phoneFlags', interval);
    const stress = /[012]$/.exec(name)?.[0] ?? /\bstress([012])\b/.exec(flags)?.[1];
    segments.push({
      phoneme,
      startSeconds: segments.length === 0 ? 0 : segments[segments.length - 1].endSeconds,
      endSeconds: interval.endSeconds,
      confidence: confidenceOf(marks('phoneConfidence', interval)),
      ...(stress === undefined ? {} : { stress: Number(stress) as 0 | 1 | 2 }),
      ...(/\blocked\b/.test(flags) ? { locked: true } : {}),
    });
  }
  return segments.some(({ phoneme }) => phoneme !== 'SIL') ? segments : null;
}

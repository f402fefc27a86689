import { MienError } from '../../errors';
import { isPhoneme, type Phoneme } from '../phonemes';
import type { PhonemeSegment, WordSegment } from '../segments';
import { decodeText } from './decodeText';
import { readSubtitles, type SubtitleCue } from './readSubtitles';
import { readTextGrid, type TextGridTier } from './readTextGrid';

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
  const text = spoken.map((interval) => interval.text.trim()).join(' ');
  const phonemes = phones === undefined ? null : segmentsOf(phones);
  if (phonemes === null) return { kind: 'textgrid', text };
  const timedWords = spoken
    .filter((interval) => interval.endSeconds > interval.startSeconds)
    .map((interval) => ({
      text: interval.text.trim(),
      startSeconds: interval.startSeconds,
      endSeconds: interval.endSeconds,
      confidence: 1,
    }));
  return { kind: 'textgrid', text, timed: { words: timedWords, phonemes } };
}

/** Names of aligners for nothing said and for noise. */
function isSpoken(text: string): boolean {
  return text.trim() !== '' && !/^(sil|sp|spn|silence|<.*>|#|_|-|\{.*\}|pau|h#|<p:>|<eps>)$/i.test(text.trim());
}

/** Phones of a tier that touch each other from its start to its end; null when a name is no ARPAbet. */
function segmentsOf({ intervals }: TextGridTier): PhonemeSegment[] | null {
  const segments: PhonemeSegment[] = [];
  for (const interval of intervals) {
    const name = isSpoken(interval.text) ? interval.text.trim().toUpperCase() : 'SIL';
    const phoneme = name.replace(/[012]$/, '');
    if (!isPhoneme(phoneme)) return null;
    if (interval.endSeconds <= interval.startSeconds) continue;
    const at = segments[segments.length - 1]?.endSeconds ?? 0;
    if (interval.startSeconds > at + 1e-4) segments.push(segment('SIL', at, interval.startSeconds));
    const stress = name === phoneme ? undefined : (Number(name.slice(-1)) as 0 | 1 | 2);
    segments.push({
      ...segment(phoneme, segments.length === 0 ? 0 : segments[segments.length - 1].endSeconds, interval.endSeconds),
      ...(stress === undefined ? {} : { stress }),
    });
  }
  return segments.some(({ phoneme }) => phoneme !== 'SIL') ? segments : null;
}

function segment(phoneme: Phoneme, startSeconds: number, endSeconds: number): PhonemeSegment {
  return { phoneme, startSeconds, endSeconds, confidence: 1 };
}

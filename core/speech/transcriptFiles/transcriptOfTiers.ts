import { MienError } from '../../errors';
import { TIERS } from '../../interchange/textgrid/writeTextGrid';
import { isPhoneme, type Phoneme } from '../phonemes';
import { silence, type PhonemeSegment, type WordSegment } from '../segments';
import { ipaToPhonemes } from '../text/ipa';
import type { TextGridInterval, TextGridTier } from './readTextGrid';
import type { TranscriptFile } from './transcriptFile';

/**
 * What the tiers of a TextGrid say: the words, and the times where its phones are ARPAbet or IPA.
 * @throws MienError 'text-unusable' when no tier holds words or phones
 */
export function transcriptOfTiers(tiers: readonly TextGridTier[], fileName: string): TranscriptFile {
  const own = tiers.filter(({ name }) => !OWN_TIERS.has(name));
  const words =
    own.find(({ name }) => /^(words?|mots?|ort(ho)?|kan|transcri)/i.test(name)) ??
    own.find(({ intervals, name }) => !/^(phon|phone|seg|mau|ipa)/i.test(name) && intervals.some((one) => isSpoken(one.text)));
  const phones = own.find(({ name }) => /^(phon|phone|seg|mau)/i.test(name));
  const spoken = (words?.intervals ?? []).filter(({ text }) => isSpoken(text));
  const marks = marksOf(tiers);
  const timedWords = spoken.map((interval) => wordOf(interval, marks));
  const written = timedWords.filter(({ flag }) => flag === undefined || flag === 'missing');
  const text = written.map((word) => word.text).join(' ');
  const read = phones === undefined ? null : segmentsOf(phones, marks);
  if (read !== null && 'phonemes' in read)
    return {
      kind: 'textgrid',
      text,
      timed: { words: timedWords.filter((word) => word.endSeconds > word.startSeconds), phonemes: read.phonemes },
    };
  const strange =
    read &&
    `The phones of ${fileName} are neither ARPAbet nor IPA ("${read.unknown.text.trim()}" at ${read.unknown.startSeconds.toFixed(2)} s)`;
  if (text === '')
    throw new MienError(
      'text-unusable',
      `${strange ?? `${fileName} has no tier with words or phones in it`}.`,
      'Name a tier "words" in Praat, or one "phones" with ARPAbet or IPA in it.',
    );
  return {
    kind: 'textgrid',
    text,
    cues: written.map(({ startSeconds, endSeconds, text: said }) => ({ startSeconds, endSeconds, text: said })),
    ...(strange && { notices: [`${strange}, so its words were aligned anew.`] }),
  };
}

/** Tiers that Mien adds: they say more of the words and phones. */
const OWN_TIERS: ReadonlySet<string> = new Set([TIERS.wordConfidence, TIERS.phoneConfidence, TIERS.wordFlags, TIERS.phoneFlags]);
/** Intervals closer than this touch. */
const GAP_SECONDS = 1e-4;

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

type Alphabet = (text: string) => readonly string[] | null;

/** "AH0", "sh"; a name of its own is one phone. */
const arpabet: Alphabet = (text) => (isPhoneme(text.toUpperCase().replace(/[012]$/, '')) ? [text.toUpperCase()] : null);
/** Aligners with IPA write "aɪ" as one phone, a syllabic "l̩" stands for two; a glottal stop for none. */
const ipa: Alphabet = (text) => {
  const { phones, unknown } = ipaToPhonemes(text);
  if (unknown.length > 0) return null;
  return /[ˈˌ]/.test(text) ? phones : phones.map((phone) => phone.replace(/\d$/, ''));
};

/** Phones of a tier that touch each other from its start to its end, or the first one whose name is of no alphabet. */
function segmentsOf(
  { intervals }: TextGridTier,
  marks: Marks,
): { readonly phonemes: PhonemeSegment[] } | { readonly unknown: TextGridInterval } | null {
  const spoken = intervals.filter(({ text }) => isSpoken(text));
  const unknownIn = (alphabet: Alphabet) => spoken.find(({ text }) => alphabet(text.trim()) === null);
  const unknown = [unknownIn(arpabet), unknownIn(ipa)];
  // Of the alphabet that goes further: that is the one it is meant to be.
  if (unknown[0] && unknown[1]) return { unknown: unknown[0].startSeconds > unknown[1].startSeconds ? unknown[0] : unknown[1] };
  const alphabet = unknown[0] ? ipa : arpabet;
  const segments: PhonemeSegment[] = [];
  for (const interval of intervals) {
    const at = segments[segments.length - 1]?.endSeconds ?? 0;
    const start = interval.startSeconds > at + GAP_SECONDS ? interval.startSeconds : at;
    if (interval.endSeconds <= start) continue;
    if (start > at) segments.push(silence(at, start));
    const names = isSpoken(interval.text) ? alphabet(interval.text.trim())! : [];
    segments.push(...phonesOf(names.length === 0 ? ['SIL'] : names, { ...interval, startSeconds: start }, marks));
  }
  return segments.some(({ phoneme }) => phoneme !== 'SIL') ? { phonemes: segments } : null;
}

/** The phones of one interval, which share its time. */
function phonesOf(names: readonly string[], interval: TextGridInterval, marks: Marks): PhonemeSegment[] {
  const { startSeconds, endSeconds } = interval;
  const flags = marks('phoneFlags', interval);
  const edge = (i: number) => (i === names.length ? endSeconds : startSeconds + ((endSeconds - startSeconds) * i) / names.length);
  return names.map((name, i) => {
    const stress = /[012]$/.exec(name)?.[0] ?? /\bstress([012])\b/.exec(flags)?.[1];
    return {
      phoneme: name.replace(/[012]$/, '') as Phoneme,
      startSeconds: edge(i),
      endSeconds: edge(i + 1),
      confidence: confidenceOf(marks('phoneConfidence', interval)),
      ...(stress === undefined ? {} : { stress: Number(stress) as 0 | 1 | 2 }),
      ...(/\blocked\b/.test(flags) ? { locked: true } : {}),
    };
  });
}

import type { ProsodyTrack } from '../../audio/prosodyTrack';
import { NEUTRAL_EMOTIONS, type EmotionCurves } from '../../emotion/emotionCurves';
import type { ActiveEmotion } from '../../emotion/emotions';
import type { Phoneme } from '../../speech/phonemes';
import type { PhonemeSegment, WordSegment } from '../../speech/segments';
import { DEFAULT_STYLE, type PerformanceInput } from '../performanceEngine';

/** Phones with their lengths in ms; words are separated by "|". For tests only. */
export function lineOf(script: string): { phonemes: PhonemeSegment[]; words: WordSegment[]; durationSeconds: number } {
  const phonemes: PhonemeSegment[] = [];
  const words: WordSegment[] = [];
  let clock = 0;
  for (const word of script.split('|')) {
    const startSeconds = clock;
    let spoken = false;
    for (const item of word.trim().split(/\s+/)) {
      const [, name, stress, milliseconds] = /^([A-Z]+)([012])?:(\d+)$/.exec(item) ?? [];
      const endSeconds = Number((clock + Number(milliseconds) / 1000).toFixed(6));
      phonemes.push({
        phoneme: name as Phoneme,
        startSeconds: clock,
        endSeconds,
        confidence: 1,
        ...(stress === undefined ? {} : { stress: Number(stress) as 0 | 1 | 2 }),
      });
      spoken ||= name !== 'SIL';
      clock = endSeconds;
    }
    if (spoken) words.push({ text: word.trim().toLowerCase(), startSeconds, endSeconds: clock, confidence: 1 });
  }
  return { phonemes, words, durationSeconds: clock };
}

/** "Pop man: five blue thieves ... vow to show my boy the sea." Every class of mouth, a merge, a pause, diphthongs. */
export const HAND_MADE_SCRIPT =
  'SIL:500 | P:90 AA1:140 P:70 | M:80 AE1:150 N:70 | SIL:60 | F:100 AY1:170 V:60 | B:70 L:50 UW1:130 | TH:80 IY1:140 V:50 Z:90 | SIL:900 | ' +
  'V:70 AW1:190 | T:60 AH0:40 | SH:110 OW1:150 | M:70 AY1:160 | B:80 OY1:200 | DH:40 AH0:45 | S:120 IY1:220 | SIL:700';

/** A voice that rises and falls over the phones; loud on vowels, silent in SIL. */
export function prosodyOf(phonemes: readonly PhonemeSegment[], durationSeconds: number): ProsodyTrack {
  const count = Math.ceil(durationSeconds / 0.01) + 1;
  const tracks = {
    f0Hz: new Float32Array(count),
    voicing: new Float32Array(count),
    loudnessDb: new Float32Array(count).fill(-70),
  };
  const effort = new Float32Array(count);
  for (const { phoneme, startSeconds, endSeconds, stress } of phonemes) {
    if (phoneme === 'SIL') continue;
    for (let k = Math.ceil(startSeconds * 100); k < endSeconds * 100; k++) {
      const lift = stress === 1 ? 1 : 0;
      tracks.f0Hz[k] = 120 * 2 ** ((2 * Math.sin(k / 37) + 3 * lift) / 12);
      tracks.voicing[k] = 1;
      tracks.loudnessDb[k] = -30 + 6 * lift + 3 * Math.sin(k / 53);
      effort[k] = 0.5 + 0.15 * lift + 0.1 * Math.sin(k / 53);
    }
  }
  return {
    hopSeconds: 0.01,
    ...tracks,
    effort,
    tiltDbPerOctave: new Float32Array(count).fill(-6),
    voice: new Float32Array(count).fill(1),
  };
}

/** A complete input from a script. */
export function inputOf(script: string, more: Partial<PerformanceInput> = {}): PerformanceInput {
  const line = lineOf(script);
  return {
    ...line,
    prosody: prosodyOf(line.phonemes, line.durationSeconds),
    emotions: NEUTRAL_EMOTIONS,
    style: DEFAULT_STYLE,
    seed: 1,
    ...more,
  };
}

/** One emotion held at one intensity. */
export function heldEmotion(emotion: ActiveEmotion, intensity: number): EmotionCurves {
  return {
    ...NEUTRAL_EMOTIONS,
    [emotion]: { keys: [{ id: 'held', timeSeconds: 0, value: intensity, interpolation: 'linear', tangentMode: 'auto' }] },
  };
}

/** A random but valid line of phones, from a list of numbers (for property tests). */
export function scriptOf(numbers: readonly number[], names: readonly Phoneme[]): string {
  return ['SIL:300', ...numbers.map((n) => `${names[n % names.length]}:${30 + ((n >> 6) % 180)}`), 'SIL:300'].join(' ');
}

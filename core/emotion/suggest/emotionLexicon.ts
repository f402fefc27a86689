import type { ActiveEmotion } from '../emotions';
import { EMOTION_WORDS } from './emotionWords';

/** Words that turn around what follows them within three words. */
export const NEGATIONS: ReadonlySet<string> = new Set([
  "don't",
  'not',
  'no',
  'never',
  "isn't",
  "wasn't",
  "can't",
  "won't",
  'nothing',
  "didn't",
  "aren't",
  "doesn't",
  "wouldn't",
  'cannot',
]);

/** The more of an emotion's weak words a phrase needs: they are common, alone they say little. */
const STRONG_WEIGHT = 2;
const WEAK_WEIGHT = 0.7;
const PHRASE_WEIGHT = 1.5;

interface Stem {
  readonly text: string;
  readonly isWhole: boolean;
  readonly emotion: ActiveEmotion;
  readonly weight: number;
}

const STEMS: readonly Stem[] = Object.entries(EMOTION_WORDS).flatMap(([emotion, { strong, weak }]) =>
  [
    [strong, STRONG_WEIGHT],
    [weak, WEAK_WEIGHT],
  ].flatMap(([list, weight]) =>
    String(list)
      .split(' ')
      .map((stem): Stem => ({
        text: stem.replace(/\.$/, ''),
        isWhole: stem.endsWith('.'),
        emotion: emotion as ActiveEmotion,
        weight: Number(weight),
      })),
  ),
);

/** Phrases by their first word. */
const PHRASES = new Map<string, { readonly words: readonly string[]; readonly emotion: ActiveEmotion }[]>();
for (const [emotion, { phrases }] of Object.entries(EMOTION_WORDS)) {
  for (const text of new Set(phrases.split(', '))) {
    const words = text.split(' ');
    PHRASES.set(words[0], [...(PHRASES.get(words[0]) ?? []), { words, emotion: emotion as ActiveEmotion }]);
  }
}

export interface EmotionCue {
  readonly emotion: ActiveEmotion;
  readonly weight: number;
}

/** What one word says, an emotion once, with its strongest entry; an empty list for most words. */
export function lookUpEmotion(word: string): readonly EmotionCue[] {
  const lower = plain(word);
  const found = STEMS.filter(({ text, isWhole }) => (isWhole ? lower === text : lower.startsWith(text)));
  return found.filter(({ emotion }, index) => found.findIndex((other) => other.emotion === emotion) === index);
}

/** The turns of phrase that begin at `index`. Negations inside them belong to them. */
export function phrasesAt(words: readonly string[], index: number): readonly EmotionCue[] {
  const starting = PHRASES.get(plain(words[index])) ?? [];
  return starting.filter((phrase) => fits(phrase.words, words, index)).map(({ emotion }) => ({ emotion, weight: PHRASE_WEIGHT }));
}

/** A `*` stands for one or two words. */
function fits(phrase: readonly string[], words: readonly string[], index: number): boolean {
  const gap = phrase.indexOf('*');
  const isAt = (part: readonly string[], at: number) =>
    part.every((word, k) => at + k < words.length && plain(words[at + k]) === word);
  if (gap < 0) return isAt(phrase, index);
  const rest = phrase.slice(gap + 1);
  return isAt(phrase.slice(0, gap), index) && [1, 2].some((skipped) => isAt(rest, index + gap + skipped));
}

const plain = (word: string): string => word.toLowerCase().replace(/’/g, "'");

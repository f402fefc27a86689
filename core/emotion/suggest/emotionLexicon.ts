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
]);

/** The more of an emotion's weak words a phrase needs: they are common, alone they say little. */
const STRONG_WEIGHT = 2;
const WEAK_WEIGHT = 0.7;
const PHRASE_WEIGHT = 1.4;

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

/** What one word says for each emotion; an empty list for most words. */
export function lookUpEmotion(word: string): readonly EmotionCue[] {
  const lower = plain(word);
  return STEMS.filter(({ text, isWhole }) => (isWhole ? lower === text : lower.startsWith(text)));
}

/** The turns of phrase that begin at `index`. Negations inside them belong to them. */
export function phrasesAt(words: readonly string[], index: number): readonly EmotionCue[] {
  const starting = PHRASES.get(plain(words[index])) ?? [];
  return starting
    .filter((phrase) => phrase.words.every((word, k) => index + k < words.length && plain(words[index + k]) === word))
    .map(({ emotion }) => ({ emotion, weight: PHRASE_WEIGHT }));
}

const plain = (word: string): string => word.toLowerCase().replace(/’/g, "'");

/** Stems of stage directions: "[angry]", "[in tears]", "(terrified, whispering)". The first that fits wins. */
const DIRECTIONS: readonly (readonly [RegExp, ActiveEmotion])[] = [
  [/\b(contempt|scorn|sneer|disdain|derisive|mocking(ly)?|condescend|haughty|smug)/, 'contempt'],
  [/\b(playful|teas|mischie|flirt|wink|cheek(y|ily)|jok(ing|es|ingly)|giggl|coy)/, 'playful'],
  [/\b(disgust|revolt|repuls|gross|nause|sick(ened|ly)?\b)/, 'disgust'],
  [/\b(ang(ry|rily|er)|furious|fury|rag(e|ing)|shout|yell|snarl|irritat|annoyed|livid|seething|hiss)/, 'anger'],
  [/\b(afraid|scared|fear|terrif|fright|panic|trembl|nervous|anxious|worried|horrified|alarmed)/, 'fear'],
  [/\b(surpris|shock|astonish|startled|amaz|stunned|gasp|disbelie|incredul)/, 'surprise'],
  [
    /\b(sad|sadly|tear(s|ful)|cry(ing)?|cries|sob|weep|grie[fv]|mourn|broken|melanchol|depress|dejected|heartbroken|regret)/,
    'sadness',
  ],
  [/\b(happ(y|ily)|joy|delight|cheer|laugh|smil|excited|elated|glad|beaming|warm(ly)?|proud)/, 'joy'],
];

/** The emotion a stage direction asks for; null when it asks for none ("[to Tomas]", "[coughs]"). */
export function emotionOfDirection(direction: string): { readonly emotion: ActiveEmotion; readonly intensity: number } | null {
  const lower = direction.toLowerCase();
  const found = DIRECTIONS.find(([stem]) => stem.test(lower));
  if (!found) return null;
  const isStrong = /\b(very|extremely|furious|terrified|hysterical|screaming|loud|utterly|deeply)/.test(lower);
  const isSoft = /\b(a little|slightly|softly|quietly|mildly|half|somewhat|gently)/.test(lower);
  return { emotion: found[1], intensity: isStrong ? 0.9 : isSoft ? 0.45 : 0.7 };
}

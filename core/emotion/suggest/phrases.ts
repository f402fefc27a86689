import type { WordSegment } from '../../speech/segments';

/** A run of words without a pause, and the stage direction that holds for it. */
export interface DirectedPhrase {
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly words: readonly string[];
  /** Without brackets; null where none was given. */
  readonly direction: string | null;
  /** How the sentence ends that the phrase belongs to. */
  readonly mark: SentenceMark;
}

export type SentenceMark = 'plain' | 'exclaimed' | 'asked' | 'open';

/** Words with a longer gap between them belong to different phrases. */
const PHRASE_GAP_SECONDS = 0.3;
const TOKEN = /\[([^\]]*)\]|\(([^)]*)\)|([\p{L}\p{N}][\p{L}\p{N}'’-]*)|([.!?…]+)/gu;

interface Token {
  readonly kind: 'word' | 'direction' | 'stop';
  readonly text: string;
}

/**
 * Phrases with their directions. A direction in brackets holds from where it stands to the next one; words of the
 * transcript and words with times are matched in order, and a word that was written differently does not throw it off.
 */
export function phrasesOf(transcript: string, words: readonly WordSegment[]): DirectedPhrase[] {
  const tokens = tokensOf(transcript);
  const spoken = tokens.filter(({ kind }) => kind === 'word');
  const marks: { direction: string | null; isStart: boolean; mark: SentenceMark }[] = [];
  let sentence = 0;
  let direction: string | null = null;
  let isStart = true;
  for (const { kind, text } of tokens) {
    if (kind === 'direction') [direction, isStart] = [text, true];
    else if (kind === 'stop') {
      for (const word of marks.slice(sentence)) word.mark = markOf(text);
      sentence = marks.length;
      isStart = true;
    } else {
      marks.push({ direction, isStart, mark: 'plain' });
      isStart = false;
    }
  }
  const phrases: (Omit<DirectedPhrase, 'words' | 'endSeconds'> & { words: string[]; endSeconds: number })[] = [];
  words.forEach((word, index) => {
    // Numbers and the like give several spoken words for one written: the place in the text is taken by proportion.
    const at = words.length === spoken.length ? index : Math.floor((index * spoken.length) / Math.max(1, words.length));
    const mark = marks[at] ?? { direction: null, isStart: false, mark: 'plain' };
    const last = phrases[phrases.length - 1];
    const isNew =
      !last || mark.isStart || word.startSeconds - last.endSeconds > PHRASE_GAP_SECONDS || last.direction !== mark.direction;
    if (isNew)
      phrases.push({
        startSeconds: word.startSeconds,
        endSeconds: word.endSeconds,
        words: [word.text],
        direction: mark.direction,
        mark: mark.mark,
      });
    else {
      last.words.push(word.text);
      last.endSeconds = word.endSeconds;
    }
  });
  return phrases;
}

function markOf(stop: string): SentenceMark {
  if (stop.includes('!')) return 'exclaimed';
  if (stop.includes('?')) return 'asked';
  return /…|\.\./.test(stop) ? 'open' : 'plain';
}

function tokensOf(transcript: string): Token[] {
  return [...transcript.matchAll(TOKEN)].map(([, square, round, word, stop]): Token => {
    const direction = square ?? round;
    if (direction !== undefined) return { kind: 'direction', text: direction.trim() };
    return stop !== undefined ? { kind: 'stop', text: stop } : { kind: 'word', text: word };
  });
}

import { normaliseText } from './normaliseText';

/**
 * A text with its word number `index` (as `normaliseText` counts them) written anew; punctuation, markup and stage directions
 * around it stay. An empty word takes it out.
 * @returns null when the word cannot be found in the text as it is written
 */
export function replaceWord(text: string, index: number, word: string): string | null {
  const { words } = normaliseText(text);
  let from = 0;
  for (let i = 0; i <= index; i++) {
    const written = words[i]?.text;
    if (written === undefined) return null;
    const at = find(text, written, from);
    if (at < 0) return null;
    if (i === index) {
      const after = text.slice(at + written.length);
      const before = text.slice(0, at);
      return word === '' ? `${before.replace(/\s+$/, '')}${after.replace(/^[,;:]?/, '')}`.trim() : `${before}${word}${after}`;
    }
    from = at + written.length;
  }
  return null;
}

/** The place of a word outside brackets; typographic apostrophes count as plain ones. */
function find(text: string, word: string, from: number): number {
  const plain = text.replace(/[\u2018\u2019\u02bc]/g, "'").replace(/[\u2010\u2011]/g, '-');
  const hidden = plain.replace(/\[[^\][]*\]|\((?!\s*\d)[^()]*\)|\{[^{}]*\}|<[^<>]*>/g, (mark) => ' '.repeat(mark.length));
  return hidden.indexOf(word.replace(/\s+/g, ' '), from);
}

import type { WordSegment } from '../../speech/segments';

/** A word of the old recording and the word of the new one that it is. */
export interface WordMatch {
  readonly oldIndex: number;
  readonly newIndex: number;
}

/**
 * Which words are the same in two takes of a line: the longest common run of words in order (edit distance with only
 * insertions and deletions), compared without case and punctuation. Words flagged as missing were not said and match nothing.
 */
export function matchWords(before: readonly WordSegment[], after: readonly WordSegment[]): WordMatch[] {
  const [left, right] = [before.map(plain), after.map(plain)];
  const width = right.length + 1;
  // lengths[i * width + j]: longest common run of the words from i and from j on. 10 minutes of speech: 1500 x 1500.
  const lengths = new Uint16Array((left.length + 1) * width);
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      lengths[i * width + j] =
        left[i] !== '' && left[i] === right[j]
          ? lengths[(i + 1) * width + j + 1] + 1
          : Math.max(lengths[(i + 1) * width + j], lengths[i * width + j + 1]);
    }
  }
  const matches: WordMatch[] = [];
  for (let i = 0, j = 0; i < left.length && j < right.length;) {
    if (left[i] !== '' && left[i] === right[j]) matches.push({ oldIndex: i++, newIndex: j++ });
    else if (lengths[(i + 1) * width + j] >= lengths[i * width + j + 1]) i++;
    else j++;
  }
  return matches;
}

function plain(word: WordSegment): string {
  if (word.flag === 'missing') return '';
  return word.text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

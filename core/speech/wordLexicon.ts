import { PHONEMES } from './phonemes';

/** As stored in models/acoustic.decoder.json; costs are -ln P in units of `step`. Words have numbers and no letters. */
export interface StoredLexicon {
  readonly step: number;
  /** Phones of the words: 254 before another way to say the same word, 255 behind each word. */
  readonly ways: Uint8Array;
  /** Of each word and, last, of the end of a sentence. */
  readonly single: Uint8Array;
  /** What a pair that is not listed costs beside its second word: after each word and, last, at the beginning of a sentence. */
  readonly back: Uint8Array;
  /** How many pairs are listed after each of those. */
  readonly followers: Uint16Array;
  /** Second words of the pairs, rising for each first word. */
  readonly second: Uint16Array;
  readonly pair: Uint8Array;
}

const AGAIN = 254;
const NEXT = 255;

/**
 * The commonest words as a tree of their phones, and how likely each is after the one before (training/word_lexicon.py). Node 0 is the
 * root; the children of node k are `child[k]` to `child[k + 1]`, the words that end there `words[end[k]]` to `words[end[k + 1]]`.
 * What stands before a word (its history) is a word's number, `sentence` for the beginning of one, or `unknown`.
 */
export class WordLexicon {
  readonly nodeCount: number;
  readonly sentence: number;
  readonly unknown: number;
  readonly child: Int32Array;
  readonly end: Int32Array;
  readonly words: Int32Array;
  /** Last phone of each node. */
  readonly phone: Uint8Array;
  /** ln P of the likeliest word that ends at a node or after it; 0 at the root. */
  readonly ahead: Float32Array;
  /** First pair of each history. */
  private readonly row: Int32Array;

  private constructor(private readonly stored: StoredLexicon) {
    this.sentence = stored.single.length - 1;
    this.unknown = this.sentence + 1;
    this.row = new Int32Array(this.unknown + 2);
    stored.followers.forEach((count, history) => (this.row[history + 1] = this.row[history] + count));
    // Nothing is known about what follows an unknown word.
    this.row[this.unknown + 1] = this.row[this.unknown];
    const { phone, firstChild, sibling, ends } = grow(stored.ways);
    this.nodeCount = phone.length;
    this.phone = new Uint8Array(this.nodeCount);
    this.child = new Int32Array(this.nodeCount + 1);
    this.end = new Int32Array(this.nodeCount + 1);
    const words: number[] = [];
    const order = [0];
    for (let i = 0; i < order.length; i++) {
      this.phone[i] = phone[order[i]];
      this.child[i] = order.length;
      for (let to = firstChild[order[i]]; to !== 0; to = sibling[to]) order.push(to);
      words.push(...(ends.get(order[i]) ?? []));
      this.end[i + 1] = words.length;
    }
    this.child[this.nodeCount] = this.nodeCount;
    this.words = Int32Array.from(words);
    this.ahead = this.lookAhead();
  }

  /** null when its parts do not belong together or hold what is no phone. */
  static read(stored: StoredLexicon): WordLexicon | null {
    const { ways, single, back, followers, second, pair } = stored;
    const wordCount = ways.reduce((count, phone) => count + Number(phone === NEXT), 0);
    const listed = followers.reduce((sum, count) => sum + count, 0);
    const fits =
      ways.every((phone) => phone < PHONEMES.length || phone >= AGAIN) &&
      single.length === wordCount + 1 &&
      back.length === wordCount + 1 &&
      followers.length === wordCount + 1 &&
      second.length === listed &&
      pair.length === listed &&
      second.every((word) => word <= wordCount);
    return fits ? new WordLexicon(stored) : null;
  }

  /** ln P(word | history); `sentence` as a word is the end of one. */
  logProb(history: number, word: number): number {
    const { second, pair, back, single, step } = this.stored;
    let low = this.row[history];
    let high = this.row[history + 1];
    const end = high;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (second[middle] < word) low = middle + 1;
      else high = middle;
    }
    if (low < end && second[low] === word) return -step * pair[low];
    return -step * ((history === this.unknown ? 0 : back[history]) + single[word]);
  }

  private lookAhead(): Float32Array {
    const { single, step } = this.stored;
    const ahead = new Float32Array(this.nodeCount).fill(-Infinity);
    for (let node = this.nodeCount - 1; node > 0; node--) {
      for (let i = this.end[node]; i < this.end[node + 1]; i++)
        ahead[node] = Math.max(ahead[node], -step * single[this.words[i]]);
      for (let to = this.child[node]; to < this.child[node + 1]; to++) ahead[node] = Math.max(ahead[node], ahead[to]);
    }
    ahead[0] = 0;
    return ahead;
  }
}

/** Nodes in the order in which they are first met, the children of each as a chain; words by their node. */
function grow(ways: Uint8Array) {
  const phone = [0];
  const firstChild = [0];
  const sibling = [0];
  const ends = new Map<number, number[]>();
  let node = 0;
  let word = 0;
  for (const next of ways) {
    if (next >= AGAIN) {
      const here = ends.get(node);
      if (here === undefined) ends.set(node, [word]);
      else here.push(word);
      node = 0;
      if (next === NEXT) word++;
      continue;
    }
    let before = 0;
    let to = firstChild[node];
    for (; to !== 0 && phone[to] !== next; to = sibling[to]) before = to;
    if (to === 0) {
      to = phone.length;
      if (before === 0) firstChild[node] = to;
      else sibling[before] = to;
      phone.push(next);
      firstChild.push(0);
      sibling.push(0);
    }
    node = to;
  }
  return { phone, firstChild, sibling, ends };
}

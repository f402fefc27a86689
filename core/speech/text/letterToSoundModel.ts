import { unzlibSync } from 'fflate';
import { MienError } from '../../errors';

/** A letter with the phones it stands for, as training/g2p learnt them. */
export interface LetterPair {
  /** Index into the model's list of pairs. */
  readonly pair: number;
  /** ARPAbet with stress; empty for a silent letter. */
  readonly phones: string;
}

export interface LetterToSoundModel {
  readonly pairsOf: ReadonlyMap<string, readonly LetterPair[]>;
  /** History at the start of a word: order - 1 times the start mark. */
  readonly start: readonly number[];
  /** The pair that ends a word. */
  readonly end: number;
  /** After a history (the last pair last): natural logarithm of the probability of each pair that may follow. */
  readonly after: (history: readonly number[]) => (pair: number) => number;
}

/** One context of the n-gram; children lead to contexts one pair further back. */
interface Node {
  readonly backoff: number;
  readonly scores: ReadonlyMap<number, number>;
  readonly children: ReadonlyMap<number, Node>;
}

/** As written by training/g2p/trie.py: a byte stands for exp(-byte / 16); back-off bytes are shifted by 32. */
const STEP = 16;
const BACKOFF_SHIFT = 32;
/** Of a pair that no context knows; cannot happen with a whole model. */
const UNKNOWN = -20;

/** @throws MienError 'model-unavailable' when the data is not what training/g2p writes */
export function loadLetterToSoundModel(data: {
  format: number;
  order: number;
  units: readonly string[];
  trie: string;
}): LetterToSoundModel {
  if (data.format !== 1) throw wrong();
  const reader = { bytes: unzlibSync(fromBase64(data.trie)), at: 0 };
  const root = readNode(reader);
  if (reader.at !== reader.bytes.length) throw wrong();
  const pairsOf = new Map<string, LetterPair[]>();
  data.units.forEach((unit, pair) => {
    const colon = unit.indexOf(':');
    if (colon < 0) return;
    const letter = unit.slice(0, colon);
    const known = pairsOf.get(letter) ?? [];
    known.push({ pair, phones: unit.slice(colon + 1).replaceAll('+', ' ') });
    pairsOf.set(letter, known);
  });
  return {
    pairsOf,
    start: Array.from({ length: data.order - 1 }, () => data.units.indexOf('<s>')),
    end: data.units.indexOf('</s>'),
    after: (history) => scorer(root, history),
  };
}

/** The longest context that is there and knows the pair; every context passed over on the way back adds its back-off weight. */
function scorer(root: Node, history: readonly number[]): (pair: number) => number {
  const path: Node[] = [root];
  for (let i = history.length - 1; i >= 0; i--) {
    const child = path[path.length - 1].children.get(history[i]);
    if (child === undefined) break;
    path.push(child);
  }
  const known = path.filter((node) => node.scores.size > 0).reverse();
  return (pair) => {
    let weight = 0;
    for (const node of known) {
      const score = node.scores.get(pair);
      if (score !== undefined) return weight + score;
      weight += node.backoff;
    }
    return weight + UNKNOWN;
  };
}

interface Reader {
  readonly bytes: Uint8Array;
  at: number;
}

function readNode(reader: Reader): Node {
  const backoff = (BACKOFF_SHIFT - reader.bytes[reader.at++]) / STEP;
  const scores = new Map<number, number>();
  let pair = 0;
  for (let left = varint(reader); left > 0; left--) {
    pair += varint(reader);
    scores.set(pair, -reader.bytes[reader.at++] / STEP);
  }
  const children = new Map<number, Node>();
  pair = 0;
  for (let left = varint(reader); left > 0; left--) {
    pair += varint(reader);
    children.set(pair, readNode(reader));
  }
  return { backoff, scores, children };
}

function varint(reader: Reader): number {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    if (reader.at >= reader.bytes.length) throw wrong();
    const byte = reader.bytes[reader.at++];
    value |= (byte & 127) << shift;
    if (byte < 128) return value;
  }
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Core knows no host: neither atob nor Buffer. */
function fromBase64(text: string): Uint8Array {
  const clean = text.replace(/=+$/, '');
  const bytes = new Uint8Array(Math.floor((clean.length * 3) / 4));
  let buffer = 0;
  let bits = 0;
  let at = 0;
  for (let i = 0; i < clean.length; i++) {
    const value = ALPHABET.indexOf(clean[i]);
    if (value < 0) throw wrong();
    buffer = (buffer << 6) | value;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (buffer >> bits) & 255;
    }
  }
  return bytes;
}

function wrong(): MienError {
  return new MienError(
    'model-unavailable',
    'The letter-to-sound model is damaged.',
    'Install Mien again, or rebuild it with training/g2p/train.py.',
  );
}

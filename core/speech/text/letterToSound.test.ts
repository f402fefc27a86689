import { dictionary } from 'cmu-pronouncing-dictionary';
import { beforeAll, describe, expect, it } from 'vitest';
import data from './data/letterToSound.json';
import { letterToSound, loadLetterToSound, type LetterToSoundModel } from './letterToSound';
import { loadLetterToSoundModel } from './letterToSoundModel';
import { letterToSoundByRules } from './testing/letterToSoundRules';
import { editDistance } from '../editDistance';

let model: LetterToSoundModel;
beforeAll(async () => {
  model = await loadLetterToSound();
});

/** As training/g2p/train.py: FNV-1a, one word in twenty was never seen in training. */
function isHeldOut(word: string): boolean {
  let value = 0x811c9dc5;
  for (const letter of word) value = Math.imul(value ^ letter.charCodeAt(0), 0x01000193) >>> 0;
  return value % 20 === 0;
}

const bare = (phones: string) => phones.replace(/[012]/g, '').split(' ');
const listed = (word: string) => [dictionary[word], ...[2, 3, 4].flatMap((n) => dictionary[`${word}(${n})`] ?? [])].map(bare);

interface Errors {
  readonly phones: number;
  readonly words: number;
}

/** Errors against the nearest listed pronunciation. */
function errorsOf(words: readonly string[], say: (word: string) => string[]): Errors {
  let edits = 0;
  let total = 0;
  let wrong = 0;
  for (const word of words) {
    const said = say(word);
    const [nearest, errors] = listed(word)
      .map((ref) => [ref, editDistance(ref, said)] as const)
      .reduce((best, one) => (one[1] < best[1] ? one : best));
    edits += errors;
    total += nearest.length;
    wrong += errors > 0 ? 1 : 0;
  }
  return { phones: edits / total, words: wrong / words.length };
}

describe('letterToSound', () => {
  const heldOut = Object.keys(dictionary).filter((word) => /^[a-z']*[a-z][a-z']*$/.test(word) && isHeldOut(word));

  it('says words it never saw far better than rules, and as training measured it', () => {
    const words = heldOut.filter((_, i) => i % 6 === 0);
    expect(words.length).toBeGreaterThan(1000);
    const learnt = errorsOf(words, (word) => bare(letterToSound(model, word, 1)[0]));
    const rules = errorsOf(words, letterToSoundByRules);
    const letters = errorsOf(words, nameless);
    console.log('held-out CMUdict words', words.length, { learnt, rules, letters });
    expect(learnt.phones).toBeLessThan(0.08);
    expect(learnt.phones).toBeLessThan(0.5 * rules.phones);
    expect(rules.phones).toBeLessThan(letters.phones);
    expect(Math.abs(learnt.phones - data.figures.phoneErrorRate)).toBeLessThan(0.01);
  });

  it('gives alternatives, each a pronunciation with one main stress', () => {
    const readings = letterToSound(model, 'windarion', 3);
    expect(readings.length).toBeGreaterThan(1);
    expect(new Set(readings).size).toBe(readings.length);
    for (const reading of readings) expect(reading.match(/1/g)).toHaveLength(1);
  });

  it('says something for anything', () => {
    for (const word of ['qzxgh', 'e', "'", '', '123', 'é', 'x'.repeat(60), '__proto__']) {
      const [phones] = letterToSound(model, word, 1);
      expect(phones).toMatch(/^[A-Z]+[012]?( [A-Z]+[012]?)*$/);
    }
  });

  it('refuses a damaged model', () => {
    expect(() => loadLetterToSoundModel({ ...data, format: 2 })).toThrow(/damaged/);
    expect(() => loadLetterToSoundModel({ ...data, trie: `${data.trie.slice(0, 200)}` })).toThrow();
  });
});

/** The most naive baseline: every letter has its commonest sound. */
function nameless(word: string): string[] {
  const sounds: Readonly<Record<string, string>> = {
    a: 'AE',
    b: 'B',
    c: 'K',
    d: 'D',
    e: 'EH',
    f: 'F',
    g: 'G',
    h: 'HH',
    i: 'IH',
    j: 'JH',
    k: 'K',
    l: 'L',
    m: 'M',
    n: 'N',
    o: 'AA',
    p: 'P',
    q: 'K',
    r: 'R',
    s: 'S',
    t: 'T',
    u: 'AH',
    v: 'V',
    w: 'W',
    x: 'K S',
    y: 'IY',
    z: 'Z',
  };
  return [...word].flatMap((letter) => sounds[letter]?.split(' ') ?? []);
}

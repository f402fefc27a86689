"""Letter-to-sound for words no dictionary holds: a joint n-gram of letters and phones, learnt from CMUdict.

Each letter of a word carries no, one or two phones (EM alignment, `align.py`); a word is then a sentence of such pairs, and an
n-gram with interpolated Kneser-Ney smoothing says how likely each pair is after the ones before it (Bisani and Ney 2008,
"Joint-sequence models for grapheme-to-phoneme conversion"). Pairs carry stress. Contexts that change little are pruned (Stolcke
1998); the rest is written as a trie with one byte a probability to core/speech/text/data/letterToSound.json.

    python train.py            all steps; a few minutes, plain Python, no packages
One word in twenty (`is_held_out`, the same rule as in letterToSound.test.ts) is never seen in training, with all its variants.
"""

import argparse
import json
import math
import re
import time
from collections import defaultdict
from pathlib import Path

from align import align_all
from beam import decode
from trie import pack

ROOT = Path(__file__).resolve().parents[2]
DICTIONARY = ROOT / 'node_modules' / 'cmu-pronouncing-dictionary' / 'index.js'
OUT = ROOT / 'core' / 'speech' / 'text' / 'data' / 'letterToSound.json'
START, END = '<s>', '</s>'


def is_held_out(word: str) -> bool:
    """FNV-1a of the word, every twentieth."""
    value = 0x811C9DC5
    for byte in word.encode():
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value % 20 == 0


def read_dictionary() -> dict[str, list[list[str]]]:
    """word -> its pronunciations; only words of letters and apostrophes."""
    found = defaultdict(list)
    entry = re.compile(r'^\s*"?([a-z\'()0-9]+)"?: "([A-Z0-9 ]+)",?$')
    for line in DICTIONARY.read_text().splitlines():
        match = entry.match(line)
        if not match:
            continue
        word = re.sub(r'\(\d+\)$', '', match[1])
        if re.fullmatch(r"[a-z']*[a-z][a-z']*", word):
            found[word].append(match[2].split())
    return found


def count_ngrams(sentences, order):
    """Kneser-Ney counts: plain for the highest order, number of different predecessors below."""
    counts = [None] + [defaultdict(lambda: defaultdict(int)) for _ in range(order)]
    for units in sentences:
        padded = [START] * (order - 1) + units + [END]
        for i in range(order - 1, len(padded)):
            counts[order][tuple(padded[i - order + 1:i])][padded[i]] += 1
    for n in range(order - 1, 0, -1):
        for context, row in counts[n + 1].items():
            for unit in row:
                counts[n][context[1:]][unit] += 1
    return counts


def discounts(table):
    """Three discounts of modified Kneser-Ney (Chen and Goodman 1999)."""
    n = [0] * 5
    for row in table.values():
        for count in row.values():
            if count <= 4:
                n[count] += 1
    y = n[1] / (n[1] + 2 * n[2])
    return [0.0] + [max(0.05, k - (k + 1) * y * n[k + 1] / max(1, n[k])) for k in (1, 2, 3)]


def estimate(counts, order, vocabulary):
    """Interpolated probabilities as back-off form: prob[context][unit], backoff[context]."""
    prob, backoff = {}, {}
    uniform = 1.0 / len(vocabulary)
    for n in range(1, order + 1):
        cut = discounts(counts[n])
        for context, row in counts[n].items():
            total = sum(row.values())
            kept = sum(cut[min(3, c)] for c in row.values()) / total
            shorter = context[1:]
            own = {}
            for unit, count in row.items():
                below = uniform if n == 1 else lookup(prob, backoff, shorter, unit)
                own[unit] = (count - cut[min(3, count)]) / total + kept * below
            if n == 1:
                for unit in vocabulary:
                    own.setdefault(unit, kept * uniform)
            prob[context] = own
            backoff[context] = kept
    return prob, backoff


def lookup(prob, backoff, context, unit):
    factor = 1.0
    while True:
        row = prob.get(context)
        if row is not None and unit in row:
            return factor * row[unit]
        if row is not None:
            factor *= backoff[context]
        if not context:
            return 1e-9
        context = context[1:]


def prune(prob, backoff, counts, order, threshold):
    """Drops what its shorter context says nearly as well, longest contexts first; back-off weights are renewed."""
    total = sum(sum(row.values()) for row in counts[order].values())
    frequency = defaultdict(int)
    for context, row in counts[order].items():
        for n in range(order):
            frequency[context[len(context) - n:]] += sum(row.values())
    children = defaultdict(int)
    for context in prob:
        if context:
            children[context[1:]] += 1
    for n in range(order, 1, -1):
        for context in [c for c in prob if len(c) == n - 1]:
            row = prob[context]
            share = frequency[context] / total
            keep = {}
            for unit, p in row.items():
                below = backoff[context] * lookup(prob, backoff, context[1:], unit)
                if p * share * abs(math.log(p / below)) > threshold:
                    keep[unit] = p
            if keep:
                prob[context] = keep
            else:
                # A context may only go when nothing longer ends in it is looked up through it: back-off skips missing ones.
                del prob[context]
                del backoff[context]
    for n in range(2, order + 1):
        for context in [c for c in prob if len(c) == n - 1]:
            left = 1 - sum(prob[context].values())
            below = 1 - sum(lookup(prob, backoff, context[1:], unit) for unit in prob[context])
            backoff[context] = max(1e-4, left) / max(1e-4, below)


def distance(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a):
        following = [i + 1]
        for j, y in enumerate(b):
            following.append(min(row[j + 1] + 1, following[j] + 1, row[j] + (x != y)))
        row = following
    return row[-1]


def bare(phones):
    return [phone.rstrip('012') for phone in phones]


def evaluate(model, words, dictionary):
    """Phone and word errors without stress, against the nearest of the word's listed pronunciations."""
    edits = total = wrong = stress_right = same = third = 0
    for word in words:
        best = decode(model, word, 3)
        said = best[0] if best else []
        nearest = min(dictionary[word], key=lambda ref: distance(bare(ref), bare(said)))
        errors = distance(bare(nearest), bare(said))
        edits += errors
        total += len(nearest)
        wrong += errors > 0
        if errors == 0:
            same += 1
            stress_right += nearest == said
        third += min(distance(bare(ref), bare(one)) for ref in dictionary[word] for one in best or [[]]) > 0
    return {
        'words': len(words),
        'phoneErrorRate': round(edits / total, 4),
        'wordErrorRate': round(wrong / len(words), 4),
        'wordErrorRateBestOfThree': round(third / len(words), 4),
        'stressRightOfRightWords': round(stress_right / max(1, same), 4),
    }


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--order', type=int, default=7)
    parser.add_argument('--threshold', type=float, default=2e-7)
    parser.add_argument('--test-words', type=int, default=0, help='0: all held-out words')
    parser.add_argument('--dry', action='store_true', help='write nothing')
    args = parser.parse_args()
    began = time.time()
    dictionary = read_dictionary()
    training = [(word, phones) for word, forms in dictionary.items() if not is_held_out(word) for phones in forms]
    held_out = sorted(word for word in dictionary if is_held_out(word))
    print(f'{len(dictionary)} words, {len(training)} pronunciations to learn from, {len(held_out)} words held out', flush=True)
    sentences = align_all(training)
    print(f'aligned {len(sentences)} in {time.time() - began:.0f} s', flush=True)
    vocabulary = sorted({unit for units in sentences for unit in units}) + [END]
    counts = count_ngrams(sentences, args.order)
    prob, backoff = estimate(counts, args.order, vocabulary)
    size = sum(len(row) for row in prob.values())
    prune(prob, backoff, counts, args.order, args.threshold)
    kept = sum(len(row) for row in prob.values())
    print(f'{len(vocabulary)} pairs, {size} n-grams, {kept} kept, {time.time() - began:.0f} s', flush=True)
    model = {'prob': prob, 'backoff': backoff, 'order': args.order, 'units': vocabulary}
    sample = held_out if args.test_words == 0 else held_out[:: max(1, len(held_out) // args.test_words)]
    figures = evaluate(model, sample, dictionary)
    print(json.dumps(figures), f'{time.time() - began:.0f} s', flush=True)
    if not args.dry:
        OUT.parent.mkdir(exist_ok=True)
        OUT.write_text(pack(model, figures))
        print(f'{OUT.relative_to(ROOT)}: {OUT.stat().st_size} bytes')


if __name__ == '__main__':
    main()

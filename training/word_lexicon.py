"""A lexicon of words for the search from sound alone: how the commonest words are said and how likely each is after the one before.

In models/acoustic.decoder.json under `words`, bytes as base64. Words have numbers, not letters: `ways` are their phones, AGAIN before another way to
say the same word, NEXT behind each word; `single` -ln P of each word and, last, of the end of a sentence; `back` the back-off of each word and,
last, of the beginning of a sentence; `followers` (uint16) how many pairs each of those has, `second` (uint16) and `pair` (-ln P) the pairs.
Costs are in steps of STEP. core/speech/wordLexicon.ts reads the same and grows the same tree.
"""
import base64
import collections
import json
import re

import numpy as np

import sphinx_words
from features import held_out
from paths import DATA, ROOT
from texts import bare
from visemes import PHONE_INDEX

WORDS, PAIRS = 40000, 600000
STEP = 0.06
AGAIN, NEXT = 254, 255
READERS = .25           # share of what the training speakers read
ALONE = .1              # share of words whatever stands before them
LINE = re.compile(r"""\s*["']?([a-z'.\-]+)(?:\(\d\))?["']?\s*:\s*["']([A-Z0-9 ]+)["']""")


def ways():
    """{word: its ways to be said in CMUdict, as tuples of phone indices}"""
    out = collections.defaultdict(list)
    for line in open(ROOT / 'node_modules/cmu-pronouncing-dictionary/index.js', encoding='utf-8'):
        if m := LINE.match(line):
            way = tuple(PHONE_INDEX[bare(p)] for p in m[2].split())
            if way not in out[m[1]]:
                out[m[1]].append(way)
    return out


def read_pairs(number, sentence):
    """Pairs of words that training speakers of speechocean762 read: {(first, second): count}; `sentence` stands at both ends."""
    test, validation, _ = held_out()
    pairs = collections.Counter()
    for row in map(json.loads, open(DATA / 'speech/speechocean762/manifest.jsonl')):
        if row['speaker'] not in test | validation:
            said = [sentence] + [number.get(w, -1) for w in row['text'].lower().split()] + [sentence]
            pairs.update((a, b) for a, b in zip(said, said[1:]) if a >= 0 and b >= 0)
    return pairs


def estimate():
    """-> pronunciations of each word, ln P of words, ln back-off, pairs (first, second, ln P); number `WORDS` is a sentence's beginning or end."""
    sphinx, said = np.load(sphinx_words.STORED), ways()
    names = [str(w) for w in sphinx['words']]
    common = [k for k in np.argsort(-sphinx['single'], kind='stable') if names[k] in said][:WORDS]
    place = np.full(len(names), -1)
    place[common] = np.arange(WORDS)
    before, after = place.copy(), place.copy()
    before[names.index('<s>')] = after[names.index('</s>')] = WORDS
    kept = np.r_[common, names.index('</s>')]
    talk = np.exp(sphinx['single'][kept])
    talk /= talk.sum()
    talk_back = np.exp(sphinx['back'][np.r_[common, names.index('<s>')]])
    read = read_pairs({names[k]: i for i, k in enumerate(common)}, WORDS)
    first, second = np.array(list(read)).T
    count = np.array(list(read.values()), float)
    total, kinds = np.bincount(first, count, WORDS + 1), np.bincount(first, minlength=WORDS + 1)
    single = .5 * talk + .5 * np.bincount(second, count, WORDS + 1) / count.sum()
    a, b = before[sphinx['before']], after[sphinx['after']]
    there = (a >= 0) & (b >= 0)
    heard_key, heard = a[there] * (WORDS + 1) + b[there], np.exp(sphinx['pair'][there])
    order = np.argsort(heard_key)
    heard_key, heard = heard_key[order], heard[order]
    read_key = first * (WORDS + 1) + second
    key = np.union1d(heard_key, read_key)
    a, b = key // (WORDS + 1), key % (WORDS + 1)
    look_up = lambda keys, values, other: np.where(keys[at := np.minimum(np.searchsorted(keys, key), len(keys) - 1)] == key, values[at], other)
    in_talk = look_up(heard_key, heard, talk_back[a] * talk[b])
    order = np.argsort(read_key)
    seen = look_up(read_key[order], count[order], 0)
    as_read = np.where(total[a] > 0, (seen + kinds[a] * single[b]) / np.maximum(total[a] + kinds[a], 1), single[b])
    p = (1 - READERS - ALONE) * in_talk + ALONE * single[b] + READERS * as_read
    worth = single[a] * p * np.log(p / (single[b] * np.maximum(talk_back[a], 1e-3)))
    best = np.sort(np.argsort(-worth, kind='stable')[:PAIRS])
    a, b, p = a[best], b[best], p[best]
    rest = lambda x: np.maximum(1 - np.bincount(a, x, WORDS + 1), 1e-4)
    return [said[names[k]] for k in common], np.log(single), np.log(rest(p) / rest(single[b])), (a, b, np.log(p))


def stored():
    said, single, back, (a, b, pair) = estimate()
    text = lambda x, kind: base64.b64encode(np.ascontiguousarray(x, kind).tobytes()).decode()
    cost = lambda logs: text(np.clip(np.round(logs / -STEP), 0, 255), np.uint8)
    phones = [x for ways_ in said for k, way in enumerate(ways_) for x in ([AGAIN] if k else []) + list(way) + ([NEXT] if k == len(ways_) - 1 else [])]
    return dict(step=STEP, ways=text(phones, np.uint8), single=cost(single), back=cost(back),
                followers=text(np.bincount(a, minlength=WORDS + 1), '<u2'), second=text(b, '<u2'), pair=cost(pair))


class Lexicon:
    """The tree of all words' phones, nodes in the order of their distance from the root (0): children of node k are `child[k]`..`child[k + 1]`, words that
    end there `word[end[k]:end[k + 1]]`; `ahead` ln P of the likeliest word still to come. Histories: a word, `sentence` (its beginning) or `unknown`."""

    def __init__(self, table):
        read = lambda name, kind=np.uint8: np.frombuffer(base64.b64decode(table[name]), kind)
        logs = lambda name: (-table['step'] * read(name)).astype(np.float32)
        self.single, self.pair, self.second = logs('single'), logs('pair'), read('second', '<u2').astype(np.int64)
        self.back = np.r_[logs('back'), np.float32(0)]
        self.row = np.r_[0, np.cumsum(read('followers', '<u2').astype(np.int64))]
        self.row = np.r_[self.row, self.row[-1]]                # nothing is known about what follows an unknown word
        self.sentence = len(self.single) - 1
        self.unknown = self.sentence + 1
        self.grow(read('ways').tolist())

    def grow(self, phones):
        kids, ends, name = [{}], [[]], [0]
        node = word = 0
        for p in phones:
            if p >= AGAIN:
                ends[node].append(word)
                node, word = 0, word + (p == NEXT)
                continue
            if p not in kids[node]:
                kids[node][p] = len(kids)
                kids.append({})
                ends.append([])
                name.append(p)
            node = kids[node][p]
        order = [0]
        for k in order:
            order.extend(kids[k].values())
        self.phone = np.array([name[k] for k in order])
        self.child = 1 + np.r_[0, np.cumsum([len(kids[k]) for k in order])]
        self.end = np.r_[0, np.cumsum([len(ends[k]) for k in order])]
        self.word = np.array([w for k in order for w in ends[k]])
        self.ahead = np.full(len(order), -np.inf, np.float32)
        for k in range(len(order) - 1, 0, -1):
            self.ahead[k] = max(self.single[self.word[self.end[k]:self.end[k + 1]]].max(initial=-np.inf), self.ahead[self.child[k]:self.child[k + 1]].max(initial=-np.inf))
        self.ahead[0] = 0

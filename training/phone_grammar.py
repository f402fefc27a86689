"""How likely a phone is after the phones before it: an n-gram of up to ORDER phones, silences counted as phones.

Interpolated after Witten and Bell: P(k | h) = (count(h k) + g kinds(h) P(k | h without its oldest phone)) / (count(h) + g kinds(h)).
A context is kept when it was seen often enough; what is missing falls back to the longest end of it that is there. Stored in
models/acoustic.decoder.json as base64 of bytes: `contexts` [S, ORDER - 1] (phones, oldest first, NONE in front of short ones) and
`costs` [S, 40], -ln P in steps of STEP. core/speech/phoneGrammar.ts reads the same.
"""
import base64

import numpy as np

ORDER = 5
NONE = 255
STEP = 0.04                                     # natural log of one unit of the stored costs
GAMMA = (.06, .06, .06, .15, .25)               # g for n-grams of length 1..ORDER
LEAST_COUNT = (0, 0, .3, 1.0)                   # weighted count a context of length 1..ORDER-1 must have


def counted(sequences, n):
    """[(phone indices, -1 where nothing may be counted across; weight)] -> sorted n-grams as numbers to the base 40, weighted counts."""
    keys, weights = [], []
    for phones, weight in sequences:
        v = np.lib.stride_tricks.sliding_window_view(phones, n)
        v = v[(v >= 0).all(1)].astype(np.int64)
        key = np.zeros(len(v), np.int64)
        for j in range(n):
            key = key * 40 + v[:, j]
        keys.append(key)
        weights.append(np.full(len(key), weight))
    unique, inverse = np.unique(np.concatenate(keys), return_inverse=True)
    return unique, np.bincount(inverse, np.concatenate(weights))


def estimate(sequences):
    """-> contexts [S, ORDER - 1] uint8, log-probabilities [S, 40]."""
    _, single = counted(sequences, 1)
    assert len(single) == 40, 'a phone never occurs'
    shorter, backing = None, single / single.sum()
    all_contexts, all_logs = [], []
    for n in range(2, ORDER + 1):
        grams, counts = counted(sequences, n)
        heads, first = np.unique(grams // 40, return_index=True)
        total = np.add.reduceat(counts, first)
        kinds = np.diff(np.r_[first, len(grams)])
        keep = total >= LEAST_COUNT[n - 2]
        heads, total, pull = heads[keep], total[keep], GAMMA[n - 1] * kinds[keep]
        row = np.minimum(np.searchsorted(heads, grams // 40), len(heads) - 1)
        here = heads[row] == grams // 40
        table = np.zeros((len(heads), 40))
        table[row[here], (grams % 40)[here]] = counts[here]
        if shorter is None:
            fallback = np.broadcast_to(backing, table.shape)
        else:
            tail = heads % 40 ** (n - 2)
            at = np.minimum(np.searchsorted(shorter, tail), len(shorter) - 1)
            assert (shorter[at] == tail).all(), 'the end of a context that is kept must be kept'
            fallback = backing[at]
        backing, shorter = (table + pull[:, None] * fallback) / (total + pull)[:, None], heads
        context = np.full((len(heads), ORDER - 1), NONE, np.uint8)
        for j in range(n - 1):
            context[:, ORDER - 2 - j] = heads // 40 ** j % 40
        all_contexts.append(context)
        all_logs.append(np.log(backing))
    return np.concatenate(all_contexts), np.concatenate(all_logs)


def stored(contexts, logs):
    text = lambda a: base64.b64encode(np.ascontiguousarray(a, np.uint8).tobytes()).decode()
    return dict(order=ORDER, step=STEP, contexts=text(contexts), costs=text(np.clip(np.round(logs / -STEP), 0, 255)))


class Grammar:
    """phone [S]: the last one of each context; logs [S, 40]; after [S, 40]: the context once a phone has followed. Context p is the phone p alone."""

    def __init__(self, stored_grammar):
        g = stored_grammar
        read = lambda name, width: np.frombuffer(base64.b64decode(g[name]), np.uint8).reshape(-1, width)
        contexts = read('contexts', g['order'] - 1).astype(np.int64)
        self.logs = (-g['step'] * read('costs', 40)).astype(np.float32)
        self.phone = contexts[:, -1]
        digits = np.where(contexts == NONE, 0, contexts + 1)
        key = lambda d: sum(d[..., j] * 41 ** (g['order'] - 2 - j) for j in range(g['order'] - 1))
        place = np.full(41 ** (g['order'] - 1), -1, np.int32)
        place[key(digits)] = np.arange(len(contexts))
        self.after = np.full((len(contexts), 40), -1, np.int32)
        for p in range(40):
            longer = np.concatenate([digits[:, 1:], np.full((len(digits), 1), p + 1)], 1)
            for drop in range(g['order'] - 1):
                longer[:, :drop] = 0
                found = place[key(longer)]
                self.after[:, p] = np.where(self.after[:, p] < 0, found, self.after[:, p])
        assert (self.after >= 0).all() and (self.phone[:40] == np.arange(40)).all()

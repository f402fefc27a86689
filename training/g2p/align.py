"""Which phones each letter of a word stands for: EM over all ways to give every letter no, one or two phones."""

import math
from collections import defaultdict

MOST_PHONES = 2
ROUNDS = 6
# First round: one phone a letter is usual, none is common, two are rare.
PRIOR = (0.25, 1.0, 0.03)
# Entries whose best alignment is this unlikely a letter (natural log) are abbreviations and slips ("mrs", "aaa").
WORST_MEAN = -5.5


def align_all(entries):
    """[(word, phones)] -> for each alignable entry the list of pairs "letter:PHONE+PHONE" ("e:" for a silent letter)."""
    scores = None
    for round_ in range(ROUNDS):
        # The first rounds learn the obvious from a part.
        part = entries[:: 8] if round_ < 3 else entries[:: 2] if round_ < ROUNDS - 1 else entries
        counts = defaultdict(float)
        for word, phones in part:
            expect(word, phones, scores, counts)
        by_letter = defaultdict(float)
        for (letter, _), count in counts.items():
            by_letter[letter] += count
        scores = {pair: count / by_letter[pair[0]] for pair, count in counts.items() if count > 0.05}
    aligned = []
    for word, phones in entries:
        path = best(word, phones, scores)
        if path is not None:
            aligned.append(path)
    return aligned


def score_of(scores, letter, phones):
    if scores is None:
        return PRIOR[len(phones)]
    return scores.get((letter, phones), 0.0)


def expect(word, phones, scores, counts):
    """Adds the expected pairs of one entry (forward-backward over letter x phone positions)."""
    letters, sounds = len(word), len(phones)
    forward = [[0.0] * (sounds + 1) for _ in range(letters + 1)]
    forward[0][0] = 1.0
    links = []
    for i in range(letters):
        for j in range(sounds + 1):
            if forward[i][j] == 0.0:
                continue
            for k in range(min(MOST_PHONES, sounds - j) + 1):
                pair = tuple(phones[j:j + k])
                p = score_of(scores, word[i], pair)
                if p == 0.0:
                    continue
                forward[i + 1][j + k] += forward[i][j] * p
                links.append((i, j, j + k, pair, p))
    total = forward[letters][sounds]
    if total == 0.0:
        return
    backward = [[0.0] * (sounds + 1) for _ in range(letters + 1)]
    backward[letters][sounds] = 1.0
    for i, j, to, pair, p in reversed(links):
        after = backward[i + 1][to]
        if after == 0.0:
            continue
        backward[i][j] += p * after
        counts[(word[i], pair)] += forward[i][j] * p * after / total


def best(word, phones, scores):
    letters, sounds = len(word), len(phones)
    at = {0: (0.0, None)}
    rows = []
    for i in range(letters):
        following = {}
        for j, (score, _) in at.items():
            for k in range(min(MOST_PHONES, sounds - j) + 1):
                p = scores.get((word[i], tuple(phones[j:j + k])), 0.0)
                if p == 0.0:
                    continue
                value = score + math.log(p)
                if j + k not in following or value > following[j + k][0]:
                    following[j + k] = (value, j)
        rows.append(following)
        at = following
    if sounds not in at or at[sounds][0] / letters < WORST_MEAN:
        return None
    units = []
    j = sounds
    for i in range(letters - 1, -1, -1):
        before = rows[i][j][1]
        units.append(f'{word[i]}:{"+".join(phones[before:j])}')
        j = before
    return units[::-1]

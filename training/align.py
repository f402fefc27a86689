"""Phone times of a sound whose phones are known: Viterbi on the log-probabilities of an acoustic model, silence allowed between words."""
import numpy as np

from visemes import PHONE_INDEX

LEAST, LEAST_SILENCE = 2, 3          # frames
SILENCE_ENTRY = -2.0


def align(logp, words):
    """logp [T, 40]; words: lists of phone names without stress -> ([(phone index, first, end)], mean log-probability of a speech
    frame), or None when the sound is too short."""
    unit, phone, optional = [], [], []                # per state: its unit; per unit: phone, may be skipped

    def add(p, least, skip):
        phone.append(p)
        optional.append(skip)
        unit.extend([len(phone) - 1] * least)

    add(0, LEAST_SILENCE, True)
    for word in words:
        for p in word:
            add(PHONE_INDEX[p], LEAST, False)
        add(0, LEAST_SILENCE, True)
    unit, phone = np.array(unit), np.array(phone)
    n, t_max = len(unit), len(logp)
    first = np.r_[True, unit[1:] != unit[:-1]]
    last = np.r_[unit[1:] != unit[:-1], True]
    skippable = np.array(optional)[unit]
    # from the last state of the unit before a skippable one into the first state of the unit behind it
    jump = np.full(n, -1)
    for s in np.flatnonzero(first):
        if s > LEAST_SILENCE and skippable[s - 1] and not skippable[s]:
            jump[s] = s - 1 - LEAST_SILENCE
    entry = np.where(first & skippable, SILENCE_ENTRY, 0.0)
    stay_cost = np.where(last, 0.0, -np.inf)
    score = logp[:, phone[unit]]
    at = np.full(n, -np.inf)
    at[0] = score[0, 0]
    at[LEAST_SILENCE] = score[0, LEAST_SILENCE]
    how = np.zeros((t_max, n), np.uint8)
    columns = np.arange(n)
    for t in range(1, t_max):
        options = np.stack([at + stay_cost, np.r_[-np.inf, at[:-1]] + entry, np.where(jump >= 0, at[jump], -np.inf)])
        how[t] = options.argmax(0)
        at = options[how[t], columns] + score[t]
    ends = [n - 1, n - 1 - LEAST_SILENCE]
    s = max(ends, key=lambda k: at[k])
    if not np.isfinite(at[s]):
        return None
    path = np.empty(t_max, int)
    for t in range(t_max - 1, -1, -1):
        path[t] = s
        s = s if how[t, s] == 0 else s - 1 if how[t, s] == 1 else jump[s]
    units = unit[path]
    edges = np.r_[0, np.flatnonzero(np.diff(units)) + 1, t_max]
    segments = [(int(phone[units[a]]), int(a), int(b)) for a, b in zip(edges, edges[1:])]
    speech = phone[units] > 0
    return segments, float(score[np.arange(t_max), path][speech].mean())


def spans(segments, words):
    """(first, end) in frames of each word of an alignment."""
    spoken = iter([s for s in segments if s[0]])
    parts = [[next(spoken) for _ in word] for word in words]
    return [(p[0][1], p[-1][2]) for p in parts]


def total(logp, found):
    return sum(logp[a:b, p].sum() for p, a, b in found[0]) if found else -np.inf


def align_words(logp, words):
    """words: for each, its pronunciations as lists of phone names. The likeliest of each is chosen in the frames that it and its neighbours have when
    every word is said as its first one. -> (segments as of align, mean log-probability of a frame of the line, and of each word's frames) or None."""
    chosen = [w[0] for w in words]
    found = align(logp, chosen)
    if found is None:
        return None
    at = spans(found[0], chosen)
    for k, options in enumerate(words):
        if len(options) > 1:
            i, j = max(0, k - 1), min(len(words), k + 2)
            piece = logp[at[i][0]:at[j - 1][1]]
            chosen[k] = max(options, key=lambda way: total(piece, align(piece, [*chosen[i:k], way, *chosen[k + 1:j]])))
    found = align(logp, chosen)
    if found is None:
        return None
    fits = [float(sum(logp[s:e, p].sum() for p, s, e in found[0] if a <= s < b) / (b - a)) for a, b in spans(found[0], chosen)]
    return found[0], float(total(logp, found)) / len(logp), fits

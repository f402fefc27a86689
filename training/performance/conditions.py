"""What the nets see of a line, at 60 Hz. The same definition as core/performance/neural/conditions.ts; golden.py writes the
file that holds the two together. Arrays are [channels, frames]."""
import json

import numpy as np

from paths import ROOT
from performance.channels import EMOTIONS, PHONES, VOWELS
from performance.store import FPS

MOUTH_CONDITIONS = 3 * len(PHONES) + 9
UPPER_CONDITIONS = 11
CAPTURED = MOUTH_CONDITIONS - 1
VOICE_SCALE = np.array([1, 1, 1 / 6, 1 / 6, 2], np.float32)[:, None]
ACCENT_SIGMA = 0.08
# The rules' mouth as the net sees it: left and right are alike there.
RULES_ROWS = ('jawOpen', 'mouthFunnel', 'mouthPucker', 'mouthSmileLeft', 'mouthStretchLeft', 'mouthLowerDownLeft', 'mouthUpperUpLeft', 'mouthClose')
RULES_SCALE = 2
INDEX = {p: k for k, p in enumerate(PHONES)}


def stress_of(name, stress=None):
    if name not in VOWELS:
        return 0.0
    return {1: 1.0, 0: 0.0}.get(stress, 0.5)


def _holders(phones, t):
    """Index of the phone that holds each time; the last goes on after its end."""
    ends = np.array([p[2] for p in phones])
    return np.minimum(np.searchsorted(ends, t, side='right'), len(phones) - 1)


def mouth_conditions(phones, voice, frames, source='captured', dropped=frozenset(), rules=None):
    """phones: [name, start, end(, stress)]; dropped: indices whose name is hidden (training only); rules: [8, >= frames] the rules'
    idea of the mouth (RULES_ROWS), as further rows."""
    n = len(PHONES)
    out = np.zeros((MOUTH_CONDITIONS + (0 if rules is None else len(rules)), frames), np.float32)
    out[0] = 1
    for k, (name, a, b, *_) in enumerate(phones):
        if name == 'SIL':
            continue
        a, b = a * FPS + 0.5, b * FPS + 0.5
        f = np.arange(max(0, int(np.floor(a))), min(frames, int(np.ceil(b))))
        share = np.minimum(b, f + 1) - np.maximum(a, f)
        if k not in dropped:
            out[INDEX[name], f] += share
        out[0, f] = np.maximum(0, out[0, f] - share)
    t = np.arange(frames) / FPS
    at = _holders(phones, t)
    ids = np.array([INDEX[p[0]] for p in phones])
    known = np.array([0 if k in dropped else 1 for k in range(len(phones))], np.float32)
    before = np.where(at > 0, ids[np.maximum(at - 1, 0)], 0)
    after = np.where(at + 1 < len(phones), ids[np.minimum(at + 1, len(phones) - 1)], 0)
    f = np.arange(frames)
    out[n + before, f] = known[np.maximum(at - 1, 0)]
    out[2 * n + after, f] = known[np.minimum(at + 1, len(phones) - 1)]
    start, end = np.array([p[1] for p in phones])[at], np.array([p[2] for p in phones])[at]
    seconds = np.maximum(1e-3, end - start)
    out[3 * n] = np.clip((t - start) / seconds, 0, 1)
    out[3 * n + 1] = np.clip(np.log(seconds) + 2.5, -1.5, 1.5)
    out[3 * n + 2:3 * n + 7] = voice[:, :frames] * VOICE_SCALE
    out[3 * n + 7] = np.array([stress_of(p[0], *p[3:4]) for p in phones], np.float32)[at]
    out[CAPTURED] = source == 'captured'
    if rules is not None:
        out[MOUTH_CONDITIONS:] = RULES_SCALE * rules[:, :frames]
    return out


def upper_conditions(phones, voice, accents, jaw_open, rounding, frames):
    out = np.zeros((UPPER_CONDITIONS, frames), np.float32)
    at = _holders(phones, np.arange(frames) / FPS)
    out[0] = np.array([p[0] != 'SIL' for p in phones])[at]
    out[1] = np.array([p[0] in VOWELS for p in phones])[at]
    out[2] = np.array([stress_of(p[0], *p[3:4]) for p in phones])[at]
    out[3:8] = voice[:, :frames] * VOICE_SCALE
    for time, strength, *_ in accents:
        reach, middle = int(np.ceil(4 * ACCENT_SIGMA * FPS)), time * FPS
        f = np.arange(max(0, int(np.ceil(middle - reach))), min(frames - 1, int(np.floor(middle + reach))) + 1)
        out[8, f] = np.maximum(out[8, f], strength * np.exp(-0.5 * ((f - middle) / FPS / ACCENT_SIGMA) ** 2))
    out[9], out[10] = jaw_open[:frames], rounding[:frames]
    return out


def swapped(phones, rng, matrix, share=1.0):
    """Names drawn anew from the rows of `matrix` [40, 40] (what a phone may be heard as), in `share` of the phones; silence stays."""
    out = []
    for p in phones:
        name = p[0]
        if name != 'SIL' and rng.random() < share:
            name = PHONES[rng.choice(len(PHONES), p=matrix[INDEX[name]])]
        out.append([name if name != 'SIL' else p[0], *p[1:]])
    return out


# Consonants that lips cannot tell apart: the net should not learn a mouth of its own for one of them from the few words that have it.
MATES = ('P B M', 'F V', 'S Z', 'SH ZH CH JH', 'T D N', 'K G NG', 'TH DH')


def mates_matrix(stay=0.5):
    m = np.eye(len(PHONES))
    for group in MATES:
        at = [INDEX[p] for p in group.split()]
        m[np.ix_(at, at)] = (1 - stay) / (len(at) - 1)
        m[at, at] = stay
    return m


def heard_matrix():
    """[40, 40] what the acoustic net hears for each phone (`python -m performance.heard`, its validation speakers, after the search)."""
    rows = json.loads((ROOT / 'training/figures/heard_phones.json').read_text())['heard']
    m = np.array([[rows[a].get(b, 0.0) for b in PHONES] for a in PHONES])
    return m / m.sum(1, keepdims=True)


def jittered(phones, rng, sigma=0.015):
    """Boundaries moved by Laplace noise, order kept; one phone in ten is hidden."""
    edges = np.array([p[2] for p in phones[:-1]])
    edges = np.maximum.accumulate(edges + rng.laplace(0, sigma / np.sqrt(2), len(edges))) if len(edges) else edges
    ends = list(np.clip(edges, 0.0, phones[-1][2])) + [phones[-1][2]]
    starts = [phones[0][1]] + ends[:-1]
    moved = [[p[0], float(a), float(b), *p[3:]] for p, a, b in zip(phones, starts, ends)]
    hidden = frozenset(int(k) for k in np.flatnonzero(rng.random(len(phones)) < 0.1) if phones[k][0] != 'SIL')
    return moved, hidden


assert len(EMOTIONS) == 8

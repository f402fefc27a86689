"""Texts for the synthetic voices: own sentences as games have them, strings of dictionary words chosen so that every phone pair occurs,
and invented words (their phones are made here, so the answer is known without a dictionary).

A text is a list of words: (spelling, [ARPAbet phones with stress]).
"""
import functools
import json
import re

import numpy as np

from paths import ROOT
from visemes import PHONES, VOWELS

LINES = '''
Hold the bridge until the mages are through!
I told you, the old forge burned down before my father was born.
Move, move, they are coming over the wall!
You choose: the treasure, or your brother's life.
Bring me five feathers of a young phoenix, and we shall talk about your reward.
Who goes there? Show me your face, stranger.
That was no ordinary wolf. It had the eyes of a man.
Please don't leave me here in the dark.
We have about twenty minutes of oxygen left, maybe less.
Captain, both engines are failing and the hull will not hold.
Ha! You call that a sword?
The choir sang through the night, and in the morning the garrison was gone.
Nothing personal, it's just good business.
My name is Ruth, and this is my usual measure of pleasure.
She put sugar in the pudding, pushed the wooden bowl away and shook her foot.
The voyage was joyful, though the noise of the boys annoyed the oyster catchers.
Beige carpets, azure vases, a mirage of treasure: that was his vision of leisure.
Thirty three thieves thought that they thrilled the throne throughout Thursday.
Singing songs and ringing long gongs, the king's young gang hung things along the wing.
Which child chose the cheap cheese from the church kitchen?
Look, could you pull that hook? It should be good for a full book.
Be careful. The ground is soft there, and the fog hides more than frogs.
Fire in the hole!
I never wanted this war, but I will finish it.
Every potion has a price; every promise has two.
We were farmers once, you know, before the valley flooded.
Wake up. We have a job, and it pays very, very well.
Bob, Pam and Mabel pump up a big purple pipe.
Leave the lamp alone, little one, and pull the yellow lever slowly.
What do you mean, the map was upside down?
Jump! I will catch you, I swear it.
A huge black ship hung above the harbour like a thought nobody wanted.
Do you hear that? Nobody breathe.
The judge changed his mind about the bridge and the large orange cage.
Victory is ours! Raise the flag and feed the horses.
I could have been a poet, but they gave me an axe.
Your majesty, the northern villages have stopped paying their taxes.
Quick, hide beneath the floor, they have found us.
It's only a scratch, I have had worse from my mother's cat.
Go west along the river, then ask for Hugh at the mill.
'''.strip().split('\n')


@functools.cache
def dictionary():
    """CMUdict from the npm package the app uses: {word: [phones]} (first pronunciation)."""
    out = {}
    for line in open(ROOT / 'node_modules/cmu-pronouncing-dictionary/index.js', encoding='utf-8'):
        m = re.match(r"""\s*["']?([a-z']+)["']?\s*:\s*["']([A-Z0-9 ]+)["']""", line)
        if m:
            out[m[1]] = m[2].split()
    return out


def bare(phone):
    return phone.rstrip('012')


@functools.cache
def ways():
    """CMUdict with every pronunciation: {word: [[phones without stress], ...]}, the usual one first."""
    out = {}
    for line in open(ROOT / 'node_modules/cmu-pronouncing-dictionary/index.js', encoding='utf-8'):
        m = re.match(r"""\s*["']?([a-z']+)(?:\(\d\))?["']?\s*:\s*["']([A-Z0-9 ]+)["']""", line)
        if m and (phones := [bare(p) for p in m[2].split()]) not in (known := out.setdefault(m[1], [])):
            known.append(phones)
    return out


def invented(rng):
    """A word of one to three syllables nobody has heard."""
    onsets = ('', 'P', 'B', 'T', 'D', 'K', 'G', 'CH', 'JH', 'F', 'V', 'TH', 'DH', 'S', 'Z', 'SH', 'ZH', 'HH', 'M', 'N', 'L', 'R', 'W', 'Y', 'P R',
              'T R', 'K R', 'F L', 'P L', 'S T', 'S K', 'TH R', 'SH R', 'B L', 'G R', 'D R', 'S W', 'K W', 'S P', 'S M', 'F Y', 'M Y')
    codas = ('', '', '', 'P', 'B', 'T', 'D', 'K', 'G', 'CH', 'JH', 'F', 'V', 'TH', 'DH', 'S', 'Z', 'SH', 'ZH', 'M', 'N', 'NG', 'L', 'R', 'M P', 'N D', 'S T', 'L F',
             'R TH', 'N CH')
    vowels = sorted(VOWELS)
    phones, n = [], rng.integers(1, 4)
    stressed = rng.integers(n)
    for k in range(n):
        phones += onsets[rng.integers(len(onsets))].split()
        phones.append(vowels[rng.integers(len(vowels))] + ('1' if k == stressed else '0'))
        if k == n - 1 or rng.random() < .3:
            phones += codas[rng.integers(len(codas))].split()
    return '*', phones


def spoken(line):
    d = dictionary()
    words = re.findall(r"[a-z']+", line.lower())
    return [(w, d[w]) for w in words] if all(w in d for w in words) else None


def coverage_words(rng, count):
    """Dictionary words drawn so that phone pairs seen least come first; pairs across words count too."""
    d = dictionary()
    names = [w for w in d if 2 < len(w) < 12 and "'" not in w]
    seen, before, out = {}, 'SIL', []
    for _ in range(count):
        best, value = None, -1
        for w in (names[k] for k in rng.integers(len(names), size=25)):
            p = [before] + [bare(x) for x in d[w]]
            v = sum(1 / (1 + seen.get(x, 0)) ** 1.5 for x in zip(p, p[1:])) / len(p) ** .5
            if v > value:
                best, value = w, v
        p = [before] + [bare(x) for x in d[best]]
        for x in zip(p, p[1:]):
            seen[x] = seen.get(x, 0) + 1
        before = p[-1]
        out.append(best)
    return out, seen


def texts(seed, count, prompts=(), inventions=True):
    """-> list of texts. prompts: sentences of the training speakers."""
    rng = np.random.default_rng(seed)
    d = dictionary()
    own = [t for t in map(spoken, LINES) if t]
    other = [t for t in map(spoken, prompts) if t]
    words, seen = coverage_words(rng, count * 4)
    at, out = 0, []
    for k in range(count):
        pick = rng.random()
        if pick < .15:
            out.append(own[rng.integers(len(own))])
        elif pick < .35 and other:
            out.append(other[rng.integers(len(other))])
        elif pick < .55 and inventions:
            out.append([invented(rng) for _ in range(rng.integers(3, 7))])
        else:
            n = rng.integers(4, 9)
            out.append([(w, d[w]) for w in words[at:at + n]])
            at = (at + n) % (len(words) - 12)
    return out


def pairs(lines):
    seen = set()
    for words in lines:
        p = ['SIL'] + [bare(x) for _, phones in words for x in phones] + ['SIL']
        seen |= set(zip(p, p[1:]))
    return seen


if __name__ == '__main__':
    lines = texts(1, 1200)
    print(len(LINES), 'own sentences,', sum(spoken(t) is not None for t in LINES), 'fully in the dictionary')
    print(len(pairs(lines)), 'of', (len(PHONES)) ** 2, 'phone pairs in 1200 texts')
    print([x for x in LINES if spoken(x) is None])

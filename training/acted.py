"""A test that nobody trains on: acted English game lines of four actors (Super Dialogue Audio Pack), whose words nobody wrote down.

    acted.py             writes <cache>/audio/sdap.npz and .align.jsonl

The words are those of transcribe.py. The four actors read the same numbered lines, so there are four hearings of each: what most of them say is the line's
text, for all four. All hearings were then read for sense; splits/acted.json lists by id what is left out (laughs and other sounds that are no words, lines
whose hearings differ). Phone times: forced alignment by the present acoustic model, kept where it is trustworthy by the measure of the other corpora
(MIN_SCORE); for figures of a later model the files stay as they are.
"""
import collections
import json

import numpy as np
import scipy.signal
import soundfile

from features import MIN_SCORE
from paths import DATA, SPLITS
from words import best_text, keep, listener, row, transcripts

SOURCE = 'sdap'
MIN_VOTES = 2                 # hearings that agree


def line_of(i):
    return i.rsplit('_', 1)[0]


def script(heard, right):
    """{line: words} of most hearings; of the clip named in `right` where two are tied."""
    votes = collections.defaultdict(collections.Counter)
    for i, words in heard.items():
        votes[line_of(i)][tuple(words)] += 1
    out = {}
    for line, counts in votes.items():
        (words, n), *rest = counts.most_common()
        if line in right:
            out[line] = heard[right[line]]
        elif n >= MIN_VOTES and not (rest and rest[0][1] == n):
            out[line] = list(words)
    return out


def main():
    chosen = json.loads((SPLITS / 'acted.json').read_text())
    said, left_out, listen = script(transcripts(SOURCE)['base'], chosen['right']), chosen['left_out'], listener()
    sounds, rows, dropped = [], [], {}
    for r in map(json.loads, open(DATA / 'speech' / SOURCE / 'manifest.jsonl')):
        i, words = r['id'], said.get(line_of(r['id']))
        if i in left_out or line_of(i) in left_out or not words:
            dropped[i] = left_out.get(i) or left_out.get(line_of(i)) or 'hearings tied'
            continue
        samples, rate = soundfile.read(DATA / 'speech' / SOURCE / r['audio'], always_2d=True)
        sound = (np.clip(scipy.signal.resample_poly(samples[:, 0], 16000, rate), -1, 1) * 32767).astype(np.int16)
        best = best_text(listen(sound), [words])
        if best is None or best[2] < MIN_SCORE:
            dropped[i] = f'fit {best[2]:.2f}' if best else 'unknown word or too short'
            continue
        sounds.append(sound)
        rows.append(row(i, best))
    keep(SOURCE, sounds, rows)
    print(len(dropped), 'left out', dropped)


if __name__ == '__main__':
    main()

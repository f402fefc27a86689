"""Words held out in turn, for choosing: every word of GRID that is not the test's belongs to one of six parts.

A run with `--hold 2/6` never sees lips inside the words of part 2 (their frames weigh nothing); what it makes of them there is
then compared with what they did. The words of the test are in no part. Validation clips are never trained on.
"""
import numpy as np

from performance import split
from performance.measure import MARGIN, captured
from performance.store import FPS, lines

MARGIN_SECONDS = 0.05            # lips on their way to and from a held word are hidden too
assert MARGIN_SECONDS < MARGIN


def words():
    """All words of training and validation clips, sorted by kind of word (GRID's six places) so that each part has some of each."""
    parts, rows, at = split.read(), lines('grid'), {}
    for clip in parts['train'] + parts['validation']:
        for place, (word, *_) in enumerate(rows[clip]['words']):
            at.setdefault(word, place)
    return sorted(at, key=lambda w: (at[w], w))


def held_words(hold):
    """`hold`: 'K/N' -> the words of part K of N, or none for ''."""
    if not hold:
        return frozenset()
    k, n = map(int, hold.split('/'))
    return frozenset(w for i, w in enumerate(words()) if i % n == k)


def kept_frames(row, held, fps=FPS, frames=None):
    """[frames] 1 where a clip may be learned from, 0 in held words."""
    keep = np.ones(row['frames'] if frames is None else frames, np.float32)
    for word, a, b in row['words']:
        if word in held:
            keep[max(0, int((a - MARGIN_SECONDS) * fps)):int(np.ceil((b + MARGIN_SECONDS) * fps))] = 0
    return keep


def measured_rows():
    """Clips on which held words are compared: training and validation clips, of which every third training clip is enough."""
    parts, rows = split.read(), lines('grid')
    return {k: rows[k] for k in sorted(parts['train'][::3] + parts['validation'])}


def share_held(hold):
    held, rows = held_words(hold), measured_rows()
    frames = [1 - kept_frames(r, held, 25, captured(k).shape[1]) for k, r in rows.items()]
    return float(np.concatenate(frames).mean())

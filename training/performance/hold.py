"""Words held out in turn, for choosing: every word of GRID that is not the test's belongs to one of six parts.

A run with `--hold 2/6` never sees lips inside the words of part 2 (their frames weigh nothing); what it makes of them there is
then compared with what they did. The words of the test are in no part. Validation clips are never trained on.

`--hold clips3/6` is stricter: of part 3's prepositions, colours and letters, in this order and by the alphabet within each, every word is
held whose clips can still go without leaving fewer than 60 % of all training and validation clips; and every clip that holds any of them
is left out altogether, from what is trained with it and the rules' twins.
"""
import numpy as np

from performance import split
from performance.measure import MARGIN, captured
from performance.store import FPS, lines

MARGIN_SECONDS = 0.05            # lips on their way to and from a held word are hidden too
assert MARGIN_SECONDS < MARGIN
WHOLE = 'clips'                  # how a hold starts that leaves whole clips out
PLACES = (2, 1, 3)               # preposition, colour, letter among a clip's six words
SHARE_KEPT = 0.6


def words():
    """All words of training and validation clips, sorted by kind of word (GRID's six places) so that each part has some of each."""
    parts, rows, at = split.read(), lines('grid'), {}
    for clip in parts['train'] + parts['validation']:
        for place, (word, *_) in enumerate(rows[clip]['words']):
            at.setdefault(word, place)
    return sorted(at, key=lambda w: (at[w], w))


def held_words(hold):
    """`hold`: 'K/N' -> the words of part K of N, or none for ''; 'clipsK/N' -> those of them whose clips are left out."""
    if not hold:
        return frozenset()
    if hold.startswith(WHOLE):
        return _words_of_clips(held_words(hold.removeprefix(WHOLE)))
    k, n = map(int, hold.split('/'))
    return frozenset(w for i, w in enumerate(words()) if i % n == k)


def _words_of_clips(words):
    """Prepositions, colours and letters of `words`, as many as leave SHARE_KEPT of the clips."""
    parts, rows = split.read(), lines('grid')
    clips = [[w for w, *_ in rows[k]['words']] for k in parts['train'] + parts['validation']]
    held = set()
    for place in PLACES:
        for word in sorted({said[place] for said in clips} & words):
            if sum(held.isdisjoint(said) and word not in said for said in clips) >= SHARE_KEPT * len(clips):
                held.add(word)
    return frozenset(held)


def left_out(hold):
    """Training and validation clips of GRID that hold any word of 'clipsK/N'; none for other holds."""
    parts, rows, held = split.read(), lines('grid'), held_words(hold) if hold.startswith(WHOLE) else frozenset()
    return frozenset(k for k in parts['train'] + parts['validation'] if held & {w for w, *_ in rows[k]['words']})


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

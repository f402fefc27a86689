"""How to stretch the mel axis so that a voice far from the usual sounds like the ones the model knows; the same as core/speech/vocalTract.ts."""
import numpy as np

from batches import warp

EXCERPT = 400                          # frames
FIRST, FURTHER = (.12, -.12), (.08, .16, .2)
LEAST_GAIN = .06                       # mean natural log of the best phone of a frame of speech
LEAST_VOICED = 40                      # frames


def excerpt_of(mel):
    if len(mel) <= EXCERPT:
        return mel
    sums = np.r_[0, np.cumsum(mel.astype(float).sum(1))]
    starts = np.arange(0, len(mel) - EXCERPT + 1, 2)
    best = starts[(sums[starts + EXCERPT] - sums[starts]).argmax()]
    return mel[best:best + EXCERPT]


def sureness(phones, voice):
    speech = voice > .5
    return float(phones[speech].max(1).mean()) if speech.sum() >= LEAST_VOICED else None


def choose(mel, hear):
    """hear: mel -> (phones log-probabilities, voice). -> warp, 0 for most voices."""
    part = excerpt_of(mel)
    usual = sureness(*hear(part))
    if usual is None:
        return 0.0

    def gain(w):
        s = sureness(*hear((part @ warp(w)).astype(np.float32)))
        return -np.inf if s is None else s - usual
    gains = {w: gain(w) for w in FIRST}
    first = max(gains, key=gains.get)
    if gains[first] <= LEAST_GAIN:
        return 0.0
    side = {first: gains[first], **{np.sign(first) * w: gain(np.sign(first) * w) for w in FURTHER}}
    return float(max(side, key=side.get))


def hear(session, mel):
    """(phones [T, 40], voice [T], classes [T, 9]) of a normalised log-mel, warped as `choose` says."""
    run = lambda m: [x[0] for x in session.run(['phones', 'voice', 'classes'], {'mel': m[None].astype(np.float32)})]
    w = choose(mel, lambda m: run(m)[:2])
    return tuple(run(mel if w == 0 else mel @ warp(w)))

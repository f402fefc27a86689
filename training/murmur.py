"""Which frames of a line are the murmur of many voices, where nobody in particular speaks. The same as core/speech/murmur.ts.

The model's voice output doubts a crowd where it is sure of a single voice, also of one in noise. Clearness of a frame: -ln(1 - voice), weighed
by the probability that it is a phone at all; silence weighs nothing. How clear a voice gets depends on the recording, so the limit follows the line's clearest second:
limit = share * that, and at least `least`. Two states, voice and murmur; a frame earns (limit - clearness) x weight as murmur, and the best path
through both pays `change` for each change of state. So a stretch is murmur when it is long and doubtful enough together; a pause neither ends nor
makes one. What is shorter than LEAST_FRAMES is none, so that a short line that is all a grunt or a cry keeps its mouth. Where a murmur meets a
voice, EDGE frames are left to the voice.
"""
import numba
import numpy as np

WINDOW = 100                    # frames: the clearest second
LEAST_SPEECH = 30               # frames of speech in it
LEAST_WEIGHT = .5               # what is less likely a phone than this is silence: a pause
FLOOR = 1e-3                    # the voice output is trusted no further
LEAST_FRAMES = 100              # of a murmur
EDGE = 8                        # frames; the limit is crossed a little behind the voice's end, as the network sees half a second


def clearest(clearness, speech):
    """Mean clearness of the speech in the clearest second; 0 where no second holds enough speech."""
    if not len(speech):
        return 0.0
    w = min(WINDOW, len(speech))
    weighted, total = (np.r_[0, np.cumsum(x, dtype=float)] for x in (clearness * speech, speech))
    spoken = total[w:] - total[:-w]
    mean = (weighted[w:] - weighted[:-w]) / np.maximum(spoken, 1e-9)
    return float(np.where(spoken >= LEAST_SPEECH, mean, 0).max())


@numba.njit(cache=True)
def best_path(gain, change):
    """gain of each frame as murmur (against 0 as voice) -> True where the best path is murmur; either may begin and end a line."""
    n = len(gain)
    from_murmur, from_voice = np.zeros(n, np.bool_), np.zeros(n, np.bool_)      # how voice, and murmur, is reached best
    voice, murmur = 0.0, 0.0
    for t in range(n):
        from_murmur[t], from_voice[t] = murmur - change > voice, voice - change > murmur
        voice, murmur = max(voice, murmur - change), max(murmur, voice - change) + gain[t]
    out = np.zeros(n, np.bool_)
    state = murmur > voice
    for t in range(n - 1, -1, -1):
        out[t] = state
        state = not from_voice[t] if state else from_murmur[t]
    return out


def long_enough(murmur):
    """Without the short ones, and without the edges of the others."""
    out = np.zeros_like(murmur)
    edges = np.flatnonzero(np.diff(np.r_[0, murmur.astype(int), 0]))
    for first, end in zip(edges[::2], edges[1::2]):
        if end - first >= LEAST_FRAMES:
            out[first + (EDGE if first > 0 else 0):end - (EDGE if end < len(murmur) else 0)] = True
    return out


def murmur_frames(logp, voice, weights):
    """logp: phone log-probabilities [T, 40]; weights: dict(share, least, change) or None -> bool [T]"""
    if not weights or not len(logp):
        return np.zeros(len(logp), bool)
    speech = 1 - np.exp(logp[:, 0].astype(float))
    speech[speech < LEAST_WEIGHT] = 0
    clearness = -np.log(np.maximum(1 - voice.astype(float), FLOOR))
    limit = max(weights['least'], weights['share'] * clearest(clearness, speech))
    return long_enough(best_path(speech * (limit - clearness), weights['change']))

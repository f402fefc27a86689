"""From phone log-probabilities [T, 40] to phone segments: Viterbi over a phone trigram with minimal and expected durations.

Every phone is a chain of `minFrames` states; the last one may repeat, with the log-odds of a geometric length whose mean is the
phone's. Score of a path = sum over frames of (logp - priorScale * logPrior + bonus + voiceScale * log(voice, or 1 - voice for silence)
                                        + closedScale * log(P(class A) for P B M, or 1 - that) + teethScale * log(P(class G) for F V, or 1 - that))
                         + sum over segments of trigramScale * (trigram or start) + segmentBonus
                         + durationScale * (log(stay) per repeated frame, log(1 - stay) on leaving).
The trigram of the second segment has silence before the first. All numbers come from models/acoustic.decoder.json; core's TypeScript
decoder (decodePhones.ts) does the same, in windows of 30 s.
"""
import numba
import numpy as np

from visemes import CLASS_INDEX, PHONE_INDEX

FLOOR = 1e-3                     # probabilities of voice and lips are trusted no further


def trigram_of(stats):
    """ln P(next k | previous i, current j) as [i, j, k]; stored as whole numbers of -trigramStep."""
    n = len(stats['phones'])
    return -stats['trigramStep'] * np.array(stats['trigram'], float).reshape(n, n, n)


@numba.njit(cache=True)
def search(score, start, into, stay, m):
    """into[next, current, previous]; -> back-pointers and the best last state."""
    t_max, n = score.shape
    at = np.full((m, n, n), -1e30, np.float32)             # [state, current, previous]
    came = np.zeros((t_max, n, n), np.uint8)               # [t, next, current]: previous
    stayed = np.zeros((t_max, n, n), np.bool_)             # [t, current, previous]
    entered = np.empty((n, n), np.float32)
    spread = np.zeros(n, np.float32)                       # by current: the most that two previous phones can differ in `into`
    for k in range(n):
        for j in range(n):
            spread[j] = max(spread[j], into[k, j].max() - into[k, j].min() + np.float32(1e-3))
    candidates = np.empty(n, np.int64)
    for p in range(n):
        at[0, p, 0] = start[p] + score[0, p]
    for t in range(1, t_max):
        for j in range(n):
            row, count = at[m - 1, j], 0
            top = row.max() - spread[j]
            for i in range(n):
                if row[i] >= top:
                    candidates[count] = i
                    count += 1
            for k in range(n):
                best, who, add = np.float32(-3e30), 0, into[k, j]
                for c in range(count):
                    i = candidates[c]
                    s = row[i] + add[i]
                    if s > best:
                        best, who = s, i
                entered[k, j] = best
                came[t, k, j] = who
        for j in range(n):
            for i in range(n):
                repeat = at[m - 1, j, i] + stay[j]
                for s in range(m - 1, 0, -1):
                    at[s, j, i] = at[s - 1, j, i]
                at[0, j, i] = entered[j, i]
                if repeat >= at[m - 1, j, i]:
                    at[m - 1, j, i] = repeat
                    stayed[t, j, i] = True
                for s in range(m):
                    at[s, j, i] += score[t, j]
    return came, stayed, at[m - 1]


class Decoder:
    def __init__(self, stats):
        s, n = stats['search'], len(stats['phones'])
        self.min_frames, self.voice_scale = s['minFrames'], s['voiceScale']
        self.lips = [(s[name], CLASS_INDEX[letter], np.isin(np.arange(n), [PHONE_INDEX[p] for p in phones]))
                     for name, letter, phones in (('closedScale', 'A', 'PBM'), ('teethScale', 'G', 'FV'))]
        self.start = (s['trigramScale'] * np.array(stats['startLogProb'])).astype(np.float32)
        self.prior = s['priorScale'] * np.array(stats['logPrior'])
        for p, bonus in s.get('bonus', {}).items():
            self.prior[stats['phones'].index(p)] -= bonus
        mean = np.exp(np.array(stats['durationLogMean'])) / stats['frameSeconds']
        leave = 1 / np.maximum(mean - self.min_frames + 1, 1.5)
        self.stay = (s['durationScale'] * np.log(1 - leave)).astype(np.float32)
        into = s['trigramScale'] * trigram_of(stats) + s['segmentBonus'] + s['durationScale'] * np.log(leave)[None, :, None]
        self.into = np.ascontiguousarray(into.transpose(2, 1, 0)).astype(np.float32)

    def __call__(self, logp, voice, classes):
        """classes: log-probabilities of the nine mouth classes -> [(phone index, first frame, end frame)] covering 0..T; shorter inputs than minFrames give one segment."""
        t_max, m = len(logp), self.min_frames
        score = (logp - self.prior).astype(np.float32)
        v = np.clip(voice, FLOOR, 1 - FLOOR)
        score[:, 1:] += (self.voice_scale * np.log(v))[:, None]
        score[:, 0] += self.voice_scale * np.log(1 - v)
        for scale, shape, phones in self.lips:
            seen = np.clip(np.exp(classes[:, shape]), FLOOR, 1 - FLOOR)[:, None]
            score += (scale * np.where(phones, np.log(seen), np.log(1 - seen))).astype(np.float32)
        if t_max < m:
            return [(int(score.sum(0).argmax()), 0, t_max)] if t_max else []
        came, stayed, last = search(score, self.start, self.into, self.stay, m)
        p, before = (int(x) for x in np.unravel_index(last.argmax(), last.shape))
        t, end, out = t_max - 1, t_max, []
        while True:
            while t > 0 and stayed[t, p, before]:
                t -= 1
            t -= m - 1                                     # back through the chain to the frame of entry
            out.append((p, max(t, 0), end))
            if t <= 0:
                return out[::-1]
            end, p, before, t = t, before, int(came[t, p, before]), t - 1

"""From phone log-probabilities [T, 40] to phone segments: Viterbi over a phone bigram with minimal and expected durations.

Every phone is a chain of `minFrames` states; the last one may repeat, with the log-odds of a geometric length whose mean is the
phone's. Score of a path = sum over frames of (logp - priorScale * logPrior)
                         + sum over segments of bigramScale * (bigram or start) + segmentBonus
                         + durationScale * (log(stay) per repeated frame, log(1 - stay) on leaving).
All numbers come from models/acoustic.decoder.json; core's TypeScript decoder does the same.
"""
import numpy as np


class Decoder:
    def __init__(self, stats):
        s, n = stats['search'], len(stats['phones'])
        self.min_frames = s['minFrames']
        self.bigram = s['bigramScale'] * np.array(stats['bigram']) + s['segmentBonus']
        self.start = s['bigramScale'] * np.array(stats['startLogProb'])
        self.prior = s['priorScale'] * np.array(stats['logPrior'])
        mean = np.exp(np.array(stats['durationLogMean'])) / stats['frameSeconds']
        leave = 1 / np.maximum(mean - self.min_frames + 1, 1.5)
        self.stay = s['durationScale'] * np.log(1 - leave)
        self.leave = s['durationScale'] * np.log(leave)
        self.n = n

    def __call__(self, logp):
        """-> [(phone index, first frame, end frame)] covering 0..T; shorter inputs than minFrames give one segment."""
        t_max, n, m = len(logp), self.n, self.min_frames
        score = logp - self.prior
        if t_max < m:
            return [(int(score.sum(0).argmax()), 0, t_max)] if t_max else []
        at = np.full((m, n), -np.inf)                 # at[j]: best path now in state j of each phone
        at[0] = self.start + score[0]
        came = np.zeros((t_max, n), np.int16)         # phone left when this phone was entered at frame t
        stayed = np.zeros((t_max, n), bool)           # in the last state: repeated it (else: arrived from the one before)
        into = self.bigram + self.leave[:, None]
        columns = np.arange(n)
        for t in range(1, t_max):
            enter = at[-1][:, None] + into
            best = enter.argmax(0)
            came[t] = best
            new = np.empty_like(at)
            new[0] = enter[best, columns]
            new[1:] = at[:-1]
            stay = at[-1] + self.stay
            if m == 1:
                stayed[t] = stay >= new[0]
            else:
                stayed[t] = stay >= new[-1]
            new[-1] = np.where(stayed[t], stay, new[-1])
            at = new + score[t]
        p, t, end = int(at[-1].argmax()), t_max - 1, t_max
        out = []
        while True:
            while t > 0 and stayed[t, p]:
                t -= 1
            t -= m - 1                                # back through the chain to the frame of entry
            out.append((p, max(t, 0), end))
            if t <= 0:
                return out[::-1]
            end, p, t = t, int(came[t, p]), t - 1

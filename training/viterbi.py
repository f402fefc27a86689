"""From phone log-probabilities [T, 40] to phone segments: a beam search over a phone grammar with minimal and expected durations.

Every phone is a chain of `minFrames` states; the last one may repeat, with the log-odds of a geometric length whose mean is the
phone's. Where nobody in particular speaks (murmur.py) every phone is far behind silence. Score of a path = sum over frames of (logp - priorScale * logPrior + bonus + voiceScale * log(voice, or 1 - voice for silence)
                                        + closedScale * log(P(class A) for P B M, or 1 - that) + teethScale * log(P(class G) for F V, or 1 - that))
                         + sum over segments of grammarScale * (grammar or start) + segmentBonus
                         + durationScale * (log(stay) per repeated frame, log(1 - stay) on leaving).
The grammar (phone_grammar.py) looks back over up to four phones; before the first phone of a line there is silence. With words (word_search.py)
the grammar scores what is no word. All numbers come from models/acoustic.decoder.json; core's TypeScript searches (phoneSearch.ts, wordSearch.ts)
do the same, in windows of 30 s.
"""
import functools

import numba
import numpy as np

import word_search
from murmur import murmur_frames
from phone_grammar import Grammar
from visemes import CLASS_INDEX, PHONE_INDEX
from word_lexicon import Lexicon
from word_search import BEAM, LEAVING_BEAM, LOOKAHEAD_SLACK

FLOOR = 1e-3                     # probabilities of voice and lips are trusted no further
SILENCED = 20.0                  # how far every phone is behind silence in a murmur


@numba.njit(cache=True)
def search(score, grammar_phone, cost, after, start, stay, m):
    """cost[context, next]; context p < 40 is the phone p alone. -> [(phone, first, end)]"""
    t_max, n = score.shape
    size, nothing = len(grammar_phone), np.float32(-1e30)
    at, record = np.full((m, size), nothing, np.float32), np.zeros((m, size), np.int32)
    active, is_active, count = np.empty(size, np.int64), np.zeros(size, np.bool_), 0
    entered, entered_from, entries = np.full(size, nothing, np.float32), np.zeros(size, np.int32), np.empty(size, np.int64)
    parents, contexts, frames = [-1], [0], [0]                  # how each phone of a path was entered; record 0: nothing before
    for p in range(n):
        s = after[0, p] if p else 0
        at[0, s], record[0, s] = start[p] + score[0, p], len(parents)
        parents.append(0)
        contexts.append(s)
        frames.append(0)
        active[count], is_active[s] = s, True
        count += 1
    look = np.zeros(n, np.float32)
    for t in range(1, t_max):
        best = nothing
        for a in range(count):
            best = max(best, at[m - 1, active[a]])
        look[:] = 0
        for f in range(t, min(t_max, t + m)):
            look += score[f]
        least, entry_count = best + look.max() - LEAVING_BEAM - LOOKAHEAD_SLACK, 0
        for a in range(count):
            s = active[a]
            value = at[m - 1, s]
            if value < best - LEAVING_BEAM or value == nothing:
                continue
            for k in range(n):
                c = value + cost[s, k]
                if c + look[k] < least:
                    continue
                to = after[s, k]
                if c > entered[to]:
                    if entered[to] == nothing:
                        entries[entry_count] = to
                        entry_count += 1
                    entered[to], entered_from[to] = c, record[m - 1, s]
        for a in range(count):
            s = active[a]
            repeat, repeat_record = at[m - 1, s] + stay[grammar_phone[s]], record[m - 1, s]
            for i in range(m - 1, 0, -1):
                at[i, s], record[i, s] = at[i - 1, s], record[i - 1, s]
            at[0, s] = nothing
            if repeat >= at[m - 1, s]:
                at[m - 1, s], record[m - 1, s] = repeat, repeat_record
        for e in range(entry_count):
            s = entries[e]
            if m > 1 or entered[s] > at[0, s]:
                at[0, s], record[0, s] = entered[s], -1 - entered_from[s]       # a record is made when the entry survives
            entered[s] = nothing
            if not is_active[s]:
                active[count], is_active[s] = s, True
                count += 1
        best = nothing
        for a in range(count):
            s = active[a]
            for i in range(m):
                at[i, s] += score[t, grammar_phone[s]]
                best = max(best, at[i, s])
        kept = 0
        for a in range(count):
            s, alive = active[a], False
            for i in range(m):
                if at[i, s] < best - BEAM:
                    at[i, s] = nothing
                    continue
                alive = True
                if record[i, s] < 0:
                    parents.append(-1 - record[i, s])
                    contexts.append(s)
                    frames.append(t)
                    record[i, s] = len(parents) - 1
            is_active[s] = alive
            if alive:
                active[kept] = s
                kept += 1
        count = kept
    # the best path that is through with its last phone; if the beam left none, the best of all
    best, last = nothing, 0
    for i in range(m - 1, -1, -1):
        for a in range(count):
            if at[i, active[a]] > best:
                best, last = at[i, active[a]], record[i, active[a]]
        if last > 0:
            break
    out, end = [(0, 0, 0)], t_max
    while last > 0:
        out.append((grammar_phone[contexts[last]], frames[last], end))
        end, last = frames[last], parents[last]
    return out[:0:-1]


@functools.lru_cache(2)
def lexicon_of(ways, single, back, followers, second, pair, step):
    x = Lexicon(dict(ways=ways, single=single, back=back, followers=followers, second=second, pair=pair, step=step))
    return x.child, x.phone, x.end, x.word, x.ahead, x.single, x.back, x.row, x.second, x.pair


@functools.lru_cache(2)
def grammar_of(**stored):
    return Grammar(stored)


class Decoder:
    """Words where the tables hold a lexicon (word_search.py), phones alone where they do not."""

    def __init__(self, stats):
        s, n = stats['search'], len(stats['phones'])
        self.murmur = stats.get('murmur')
        self.min_frames, self.voice_scale = s['minFrames'], s['voiceScale']
        self.lips = [(s[name], CLASS_INDEX[letter], np.isin(np.arange(n), [PHONE_INDEX[p] for p in phones]))
                     for name, letter, phones in (('closedScale', 'A', 'PBM'), ('teethScale', 'G', 'FV'))]
        self.lexicon = lexicon_of(**stats['words']) if 'words' in stats else None
        self.words = [np.float32(s.get(name, 0)) for name in ('wordScale', 'wordBonus', 'pauseBonus', 'unknownBonus')]
        self.start = (s['grammarScale'] * np.array(stats['startLogProb'])).astype(np.float32)
        self.prior = s['priorScale'] * np.array(stats['logPrior'])
        for p, bonus in s.get('bonus', {}).items():
            self.prior[stats['phones'].index(p)] -= bonus
        mean = np.exp(np.array(stats['durationLogMean'])) / stats['frameSeconds']
        leave = 1 / np.maximum(mean - self.min_frames + 1, 1.5)
        self.stay = (s['durationScale'] * np.log(1 - leave)).astype(np.float32)
        self.grammar = grammar_of(**stats['grammar'])
        self.leave = (s['segmentBonus'] + s['durationScale'] * np.log(leave)).astype(np.float32)
        self.cost = (s['grammarScale'] * self.grammar.logs + self.leave[self.grammar.phone][:, None]).astype(np.float32)

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
        quiet = murmur_frames(logp, voice, self.murmur)
        score[quiet, 1:] = score[quiet, :1] - np.float32(SILENCED)
        if t_max < m:
            return [(int(score.sum(0).argmax()), 0, t_max)] if t_max else []
        if self.lexicon:
            found = word_search.search(score, self.lexicon, self.grammar.phone, self.cost, self.grammar.after, self.cost[0] - self.leave[0], self.stay, self.leave, m, *self.words)
            return [(int(p), int(a), int(b)) for p, a, b in found]
        found = search(score, self.grammar.phone, self.cost, self.grammar.after, self.start, self.stay, m)
        return [(int(p), int(a), int(b)) for p, a, b in found]

"""Figures beside the mouth's: other faces, the animator's line that was held out, two takes of one word, blinks, head and voice."""
import json

import numpy as np

from paths import ROOT
from performance.channels import CHANNELS, MOUTH
from performance.closures import saccade_table, saccades
from performance.character import Character
from performance.fit import VIDEO_FPS
from performance.measure import captured, fitted, seen, speech_frames, spread
from performance.store import FPS, lines, voice_and_rules

MOUTH_AT = [CHANNELS.index(c) for c in MOUTH]
CLOSED = 0.01
ENGINES = ('rules', 'neural')


def shut_shares(curves, phones, body):
    """For each P B M: are the lips shut on this face inside the phone (a frame of slack)?"""
    gaps = body.gaps(curves[MOUTH_AT].T)
    return [gaps[max(0, int((a - 1 / 60) * FPS)):int((b + 1 / 60) * FPS) + 2].min() <= CLOSED for n, a, b, *_ in phones if n in ('P', 'B', 'M')]


def faces_table(job, rows):
    """Closures after constraints on the default face and two others, from the curves `job` already made."""
    out = {}
    for name in ('', 'elder', 'child'):
        body = Character(name)
        out[name or 'default'] = {e: round(float(np.mean([h for k, r in rows.items() for h in shut_shares(job.curves(f'{e}/{k}'), r['phones'], body)])), 4)
                                  for e in ENGINES}
    return out


def takes_of(rows, words):
    """(key, clip, phones, captured [2, frames], their times) of every time one of these words is said; key: word, phones, neighbours."""
    for clip, row in rows.items():
        c = captured(clip)
        for word, a, b in row['words']:
            phones = [p for p in row['phones'] if p[1] >= a - 1e-6 and p[2] <= b + 1e-6 and p[0] != 'SIL'] if word in words else []
            if phones:
                first = row['phones'].index(phones[0])
                around = [row['phones'][k][0] for k in (first - 1, first + len(phones)) if 0 <= k < len(row['phones'])]
                yield (word, ' '.join(p[0] for p in phones), ' '.join(around)), clip, phones, c, np.arange(c.shape[1]) / VIDEO_FPS


def at_moments(phones, t, curves):
    """[2, 8 a phone]: the same moments of the word in every take."""
    at = np.concatenate([np.linspace(p[1], p[2], 8, endpoint=False) for p in phones])
    return np.stack([np.interp(at, t, v) for v in curves])


def ceiling(rows, words, rounds=4000, seed=2):
    """Correlation of aperture and width between two takes of one word between the same neighbours, warped onto each other phone by phone."""
    takes = {}
    for key, _, phones, c, t in takes_of(rows, words):
        takes.setdefault(key, []).append(at_moments(phones, t, c))
    rng = np.random.default_rng(seed)
    keys = [k for k, v in takes.items() if len(v) > 1]
    weight = np.array([len(takes[k]) for k in keys], float)
    one, two = [], []
    for k in rng.choice(len(keys), rounds, p=weight / weight.sum()):
        a, b = rng.choice(len(takes[keys[k]]), 2, replace=False)
        one.append(takes[keys[k]][a]), two.append(takes[keys[k]][b])
    return correlations(np.concatenate(one, 1), np.concatenate(two, 1))


def correlations(one, two):
    return {n: round(float(np.corrcoef(one[i], two[i])[0, 1]), 3) for i, n in enumerate(('aperture', 'width'))}


def beside_other_takes(rows, words, engines, least=3):
    """What the phones alone can tell: correlation of a take with the mean of the man's other takes of that word (same neighbours, at least
    `least` of them, warped phone by phone), and of the engines' curves ({name: {clip: [28, T]}}) with it, on the same frames."""
    takes = {}
    for key, clip, phones, c, t in takes_of(rows, words):
        takes.setdefault(key, []).append((clip, phones, c, t, at_moments(phones, t, c)))
    pool = {n: [] for n in ('captured', 'other takes', *engines)}
    for same in takes.values():
        if len(same) <= least:
            continue
        total = sum(m for *_, m in same)
        for clip, phones, c, t, own in same:
            edges = [p[1] for p in phones] + [phones[-1][2]]
            f = np.flatnonzero((t >= edges[0]) & (t <= edges[-1]))
            place, moments = np.interp(t[f], edges, np.arange(len(edges))), np.arange(own.shape[1]) / 8
            pool['captured'].append(c[:, f])
            pool['other takes'].append(np.stack([np.interp(place, moments, v) for v in (total - own) / (len(same) - 1)]))
            for n, curves in engines.items():
                pool[n].append(seen(curves[clip], c.shape[1])[:, f])
    pool = {n: np.concatenate(v, 1) for n, v in pool.items()}
    truth = pool.pop('captured')
    return dict(frames=truth.shape[1], **{n: correlations(truth, v) for n, v in pool.items()})


def animated_table(job_of, clip='1114_2_05'):
    """The animator's line that was held out (one gain a channel came from the lines that train): lip gap and width of our character."""
    row = lines('facegood')[clip]
    job = job_of('facegood')
    for e in ENGINES:
        job.add(e, 'facegood', row, engine=e)
    job.run()
    body = Character()
    want = np.stack(body.aperture_width(fitted(clip).T))
    n = want.shape[1]
    said = np.zeros(n, bool)
    for name, a, b, *_ in row['phones']:
        said[int(a * FPS):int(b * FPS)] |= name != 'SIL'
    out = dict(seconds=round(n / FPS, 1))
    for e in ENGINES:
        got = np.stack(body.aperture_width(job.curves(e)[MOUTH_AT].T))[:, :n]
        out[e] = {name: round(float(np.corrcoef(want[i][said], got[i][said])[0, 1]), 3) for i, name in enumerate(('aperture', 'width'))}
    return out


def nonverbal_table(job_of):
    """Blinks a minute, their length and height, saccades against the main sequence, and the head against F0, on the animator's lines (natural speech)."""
    job, rows = job_of('nonverbal'), lines('facegood')
    for e in ENGINES:
        for k, row in rows.items():
            job.add(f'{e}/{k}', 'facegood', row, engine=e)
    job.run()
    out = {}
    for e in ENGINES:
        blinks, heights, lengths, minutes, rs, jumps = 0, [], [], 0.0, [], []
        for k, row in rows.items():
            c = job.curves(f'{e}/{k}')
            lid = c[CHANNELS.index('eyeBlinkLeft')]
            up = np.flatnonzero(np.diff((lid > 0.5).astype(int)) == 1)
            minutes += len(lid) / FPS / 60
            jumps += saccades(c)
            blinks += len(up)
            for at in up:
                a = at
                while a > 0 and lid[a - 1] > 0.1:
                    a -= 1
                b = at
                while b + 1 < len(lid) and lid[b + 1] > 0.1:
                    b += 1
                heights.append(float(lid[a:b + 1].max())), lengths.append((b - a + 1) / FPS)
            voice, _ = voice_and_rules('facegood', row)
            n = min(voice.shape[1], c.shape[1])
            voiced = voice[1, :n] > 0.5
            head = np.stack([c[CHANNELS.index(h), :n] for h in ('headPitch', 'headYaw', 'headRoll')])
            x = np.stack([*head, np.ones(n)])[:, voiced]
            y = voice[2, :n][voiced]
            fit = np.linalg.lstsq(x.T, y, rcond=None)[0] @ x
            rs.append(float(np.corrcoef(fit, y)[0, 1]))
        out[e] = dict(blinksPerMinute=round(blinks / minutes, 1), blinkSeconds=round(float(np.median(lengths)), 3), blinkHeight=round(float(np.median(heights)), 3),
                      headAgainstPitch=round(float(np.mean(rs)), 3), minutes=round(minutes, 2),
                      saccades=saccade_table(jumps, 60 * minutes))
    return out


def lead(rows, one, two, words, rounds=1000, seed=4):
    """By how much curves `one` follow the lips better than `two` on these words, drawn anew over clips (95 %): correlations (over all words;
    `insideWords`: with each word's mean taken out of lips and curves, so that it is the movement within words that counts), mean absolute
    errors (`meanError`) and how far the ranges are from the captured ones, as |ln ratio| (`range`). Differences are good where positive."""
    parts, names = [], sorted(words)
    for clip, row in rows.items():
        truth = captured(clip)
        m, said = speech_frames(row, truth.shape[1], words), np.zeros((1, truth.shape[1]))
        for k, word in enumerate(names):
            said[:, speech_frames(row, truth.shape[1], {word})] = k
        if m.any():
            parts.append(np.concatenate([truth, seen(one[clip], truth.shape[1]), seen(two[clip], truth.shape[1]), said])[:, m])

    def inside(x):
        x = x.copy()
        for k in range(len(names)):
            at = x[6] == k
            if at.any():
                x[:6, at] -= x[:6, at].mean(1, keepdims=True)
        return x

    same = lambda x: x
    measures = {
        '': (same, lambda a, b: np.corrcoef(a, b)[0, 1], 1),
        'insideWords': (inside, lambda a, b: np.corrcoef(a, b)[0, 1], 1),
        'meanError': (same, lambda a, b: np.abs(a - b).mean(), -1),
        'range': (same, lambda a, b: abs(np.log(spread(b) / spread(a))), -1),
    }
    rng = np.random.default_rng(seed)
    drawn = [np.concatenate([parts[k] for k in rng.integers(len(parts), size=len(parts))], 1) for _ in range(rounds)]
    whole, out = np.concatenate(parts, 1), {}
    for key, (of, measure, good) in measures.items():
        table = {}
        for i, name in enumerate(('aperture', 'width')):
            both = lambda x: (measure(x[i], x[2 + i]), measure(x[i], x[4 + i]))
            values = [good * (a - b) for a, b in map(both, map(of, drawn))]
            a, b = both(of(whole))
            found = dict(one=a, two=b, difference=good * (a - b), low=np.percentile(values, 2.5), high=np.percentile(values, 97.5))
            table[name] = {k: round(float(v), 4 if key == 'meanError' else 3) for k, v in found.items()}
        out.update({key: table} if key else table)
    out['eachWord'] = {word: word_table(whole[:6, whole[6] == k]) for k, word in enumerate(names)}
    return out


def word_table(x):
    """Rows: aperture and width captured, of curves `one`, of curves `two`."""
    r = lambda a, b: round(float(np.corrcoef(a, b)[0, 1]), 3)
    return {name: dict(frames=x.shape[1], one=r(x[i], x[2 + i]), two=r(x[i], x[4 + i]), means=[round(float(x[k + i].mean()), 3) for k in (0, 2, 4)])
            for i, name in enumerate(('aperture', 'width'))}


def into_manifest(out):
    """The figures an app shows beside the models, of the test only."""
    file = ROOT / 'models/manifest.json'
    manifest = json.loads(file.read_text())
    mouth = out['mouth']['table']
    pick = lambda row: dict(unseenWords={n: row['unseenWords'][n] for n in ('aperture', 'width')}, frechet=row['frechet'], **({'closures': row['closures']} if 'closures' in row else {}))
    of = dict(
        mouth_denoiser=dict(date=out['date'], clips=out['mouth']['clips'], **{n: pick(mouth[k]) for n, k in (
            ('neural', 'neural'), ('neuralBeforeConstraints', 'neural, before constraints'), ('rules', 'rules'), ('constantFace', 'constant face'),
            ('shuffledAudio', 'neural, sound of another clip'), ('regression', 'regression (same body), before constraints'))}),
        upper_denoiser=dict(date=out['date'], emotionMacroF1=out['emotions']['neural']['macroF1'], seedsRatio=out['seeds']['ratio'], browEffortLnRatio=out['browEffort']['neural']['lnRatio']))
    for model in manifest['models']:
        if model['name'] in of:
            model['figures'] = of[model['name']]
    file.write_text(json.dumps(manifest, indent=1) + '\n')

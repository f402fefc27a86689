"""Figures of a mouth against captured lips. Everything is compared at the camera's 25 Hz, in rest mouth widths."""
import numpy as np
import scipy.linalg

from performance.character import Character
from performance.fit import VIDEO_FPS
from performance.store import CACHE, FPS

BODY = Character()
MARGIN = 0.15
SHIFTS = np.arange(-100, 101, 20)


def captured(clip):
    return np.load(CACHE / f'fit/{clip}.npz')['captured']


def fitted(clip):
    """Captured lips as curves of our character [28, frames]."""
    return np.load(CACHE / f'fit/{clip}.npz')['curves']


def mean_face(clips):
    """[28] of captured clips."""
    return np.mean([fitted(k).mean(1) for k in clips], axis=0)


def seen(curves, frames, shift=0.0):
    """Aperture and width [2, frames] of curves [28, T] at video times moved by `shift` seconds."""
    t = np.clip(np.arange(frames) / VIDEO_FPS + shift, 0, (curves.shape[1] - 1) / FPS)
    at = np.arange(curves.shape[1]) / FPS
    return np.stack(BODY.aperture_width(np.stack([np.interp(t, at, c) for c in curves], 1)))


def speech_frames(row, frames, words=None):
    """Frames inside speech (widened by MARGIN), or inside the given words."""
    t = np.arange(frames) / VIDEO_FPS
    if words is None:
        said = [p for p in row['phones'] if p[0] != 'SIL']
        return (t >= said[0][1] - MARGIN) & (t <= said[-1][2] + MARGIN)
    m = np.zeros(frames, bool)
    for word, a, b in row['words']:
        if word in words:
            m |= (t >= a - 0.02) & (t <= b + 0.02)
    return m


def spread(x):
    return np.percentile(x, 95) - np.percentile(x, 5)


def agreement(rows, curves_of, words=None):
    """Correlation, range ratio and best offset of aperture and width over clips. curves_of(clip) -> [28, T]."""
    pool = {s: [[], [], [], []] for s in SHIFTS}
    for clip, row in rows.items():
        truth = captured(clip)
        m = speech_frames(row, truth.shape[1], words)
        if not m.any():
            continue
        curves = curves_of(clip)
        for s in SHIFTS:
            got = seen(curves, truth.shape[1], s / 1000)
            for k, v in enumerate((truth[0][m], got[0][m], truth[1][m], got[1][m])):
                pool[s][k].append(v)
    pool = {s: [np.concatenate(v) for v in p] for s, p in pool.items()}
    r = lambda a, b: float(np.corrcoef(a, b)[0, 1]) if a.std() > 1e-9 and b.std() > 1e-9 else 0.0
    out = dict(frames=len(pool[0][0]))
    for name, k in (('aperture', 0), ('width', 2)):
        a, b = pool[0][k], pool[0][k + 1]
        rs = [r(pool[s][k], pool[s][k + 1]) for s in SHIFTS]
        out[name] = dict(correlation=round(r(a, b), 3), rangeRatio=round(float(spread(b) / spread(a)), 3),
                         offsetMs=int(SHIFTS[int(np.argmax(rs))]), meanError=round(float(np.abs(a - b).mean()), 4))
    return out


def windows(two, mask):
    """Features of 1 s windows (half overlapping): level, speed and acceleration of aperture and width."""
    rows = []
    n = VIDEO_FPS
    for at in range(0, two.shape[1] - n + 1, n // 2):
        if mask[at:at + n].mean() < 0.6:
            continue
        f = []
        for x in two[:, at:at + n]:
            v, a = np.diff(x), np.diff(x, n=2)
            f += [x.mean() * 2, x.std() * 4, np.abs(v).mean() * 10, v.std() * 10, np.abs(v).max() * 4, a.std() * 10]
        f.append(np.cov(two[:, at:at + n])[0, 1] * 50)
        rows.append(f)
    return rows


def features(rows, two_of):
    return np.array([f for clip, row in rows.items() for f in windows(two_of(clip), speech_frames(row, captured(clip).shape[1]))])


def frechet(a, b, ridge=1e-6):
    d = a.mean(0) - b.mean(0)
    ca, cb = np.cov(a.T) + ridge * np.eye(a.shape[1]), np.cov(b.T) + ridge * np.eye(a.shape[1])
    root = scipy.linalg.sqrtm(ca @ cb).real
    return float(d @ d + np.trace(ca + cb - 2 * root))


def frechet_interval(a, b, rounds=100, seed=3):
    """Distance and its bootstrap interval at equal n."""
    rng = np.random.default_rng(seed)
    n = min(len(a), len(b))
    v = [frechet(a[rng.integers(len(a), size=n)], b[rng.integers(len(b), size=n)]) for _ in range(rounds)]
    return dict(distance=round(frechet(a, b), 4), low=round(float(np.percentile(v, 2.5)), 4), high=round(float(np.percentile(v, 97.5)), 4), n=n)

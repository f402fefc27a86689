"""Fit captured faces to curves on OUR character.

    python -m performance.fit grid        landmarks of GRID speaker 1 -> 28 mouth curves at 60 Hz
    python -m performance.fit facegood    curves of another rig, mapped by name, one gain a shape

Grid: minimise |J w - landmarks|^2 + a |second difference of w|^2 + l |w|_1 + p |w - rules|^2, 0 <= w <= 1, over a whole clip at
the camera's 25 Hz by accelerated projected gradient, then a monotone cubic to 60 Hz (never linear across a closure). J is the
change of our character's lip and chin points for each channel. Landmarks are freed of head pose (3D similarity on eye corners
and nose), turned into moves away from the man's closed mouth at rest, and divided by his rest mouth width. p is small where the
camera sees a channel and large where it does not.

A clip's own rest is the median of some twenty silent frames, in which the lips are never quite at rest and the tracker is never quite
still: half of how it differs from the man's usual rest is believed (NEUTRAL_SHARE). With all of it the width of a clip as a whole lay
.0146 (standard deviation) off what nets trained on other clips expect, with half .0103, with none .0120; the chin's height .0152, .0124,
.0150 (training and validation clips).
"""
import json
import sys

import numpy as np
from scipy.interpolate import PchipInterpolator

from paths import DATA
from performance.channels import CHANNELS, MOUTH
from performance.character import Character
from performance.store import CACHE, FPS, lines, voice_and_rules

VIDEO_FPS = 25
REST_WIDTH_IN_EYES = 0.611          # this man's median mouth width after speech, in distances of the outer eye corners
STABLE = [33, 133, 263, 362, 168, 6, 197, 195, 98, 327]
REST_APERTURE = 0.02                # silent frames below this count as a closed mouth
NEUTRAL_SHARE = 0.5

SMOOTH, L1 = 0.004, 0.001
# How strongly a channel is held to the rules engine: by what a frontal 2D camera tells about it.
HELD = {'jawForward': 1.0, 'jawLeft': 1.0, 'jawRight': 1.0, 'cheekPuff': 1.0, 'mouthDimple': 0.05, 'mouthFrown': 0.05, 'mouthPress': 0.05,
        'mouthShrugUpper': 0.05, 'mouthRoll': 0.01, 'mouthShrugLower': 0.02, 'mouthLeft': 0.02, 'mouthRight': 0.02}
SEEN = 0.003


def held(channel):
    return next((v for k, v in HELD.items() if channel.startswith(k)), SEEN)


MASK = np.array([1.0 if held(c) <= 0.02 else 0.3 if held(c) < 1 else 0.0 for c in MOUTH], np.float32)


def procrustes(points, reference, at):
    """Each frame's points moved by the 3D similarity that takes its stable points to the reference's."""
    a = points[:, at]
    ca, cb = a.mean(1, keepdims=True), reference[at].mean(0)
    x, y = a - ca, reference[at] - cb
    u, s, vt = np.linalg.svd(np.einsum('tni,nj->tij', x, y))
    flip = np.ones_like(s)
    flip[:, 2] = np.sign(np.linalg.det(u @ vt))
    r = (u * flip[:, None]) @ vt
    scale = (s * flip).sum(1) / (x ** 2).sum((1, 2))
    return scale[:, None, None] * ((points - ca) @ r) + cb


class Grid:
    def __init__(self):
        form = json.loads((DATA / 'face/grid_s1/format.json').read_text())
        self.order = {p: k for k, p in enumerate(form['landmark_indices'])}
        self.lips = list(range(40))
        self.chin = self.order[152]
        self.stable = [self.order[p] for p in STABLE]
        self.reference = None

    def load(self, clip):
        z = np.load(DATA / f'face/grid_s1/{clip}.npz')
        p = z['landmarks'].astype(float) / 32
        p[..., 1] *= -1
        p[..., 2] *= -1
        return p, z['valid']

    def still(self, clip):
        """Points freed of head pose, in the man's rest mouth widths."""
        p, valid = self.load(clip)
        if self.reference is None:
            self.reference = np.median(p, axis=0)
        p = procrustes(p, self.reference, self.stable)
        # The reference's eyes measure all clips: the similarity has brought each to its size by ten points, where two would waver.
        eyes = np.linalg.norm(self.reference[self.order[33], :2] - self.reference[self.order[263], :2])
        return p / (eyes * REST_WIDTH_IN_EYES), valid


def measured(points, order):
    """Aperture (inner lips 13, 14) and width (61, 291) of points in rest mouth widths."""
    d = lambda a, b: np.linalg.norm(points[:, order[a], :2] - points[:, order[b], :2], axis=1)
    return d(13, 14), d(61, 291)


def phone_mask(row, names, t, inset=0.0):
    m = np.zeros(len(t), bool)
    for name, a, b in row['phones']:
        if name in names:
            m |= (t >= a + inset) & (t < b - inset)
    return m


def solve(J, target, rules, weights, steps=400):
    """Box-constrained fit of [T, K] moves; returns [T, 28] in 0..1. FISTA with restart."""
    t, c = target.shape[0], J.shape[1]
    A = (J * weights[:, None]).T @ J
    b = target @ (J * weights[:, None])
    p = np.array([held(n) for n in MOUTH])
    lip = np.linalg.eigvalsh(A)[-1] + p.max() + 16 * SMOOTH
    w = np.clip(rules.copy(), 0, 1)
    z, k = w.copy(), 1.0

    def second(x):
        d = np.zeros_like(x)
        d[1:-1] = x[:-2] - 2 * x[1:-1] + x[2:]
        g = -2 * d
        g[:-1] += d[1:]
        g[1:] += d[:-1]
        return g

    for _ in range(steps):
        grad = z @ A - b + p * (z - rules) + SMOOTH * second(z) + L1
        new = np.clip(z - grad / lip, 0, 1)
        k2 = (1 + np.sqrt(1 + 4 * k * k)) / 2
        if np.sum((z - new) * (new - w)) > 0:
            k2, z = 1.0, new
        else:
            z = new + (k - 1) / k2 * (new - w)
        w, k = new, k2
    return w


def grid():
    face, body, rows = Grid(), Character(), lines('grid')
    points = {}
    rests = []
    for clip, row in rows.items():
        p, valid = face.still(clip)
        t = np.arange(len(p)) / VIDEO_FPS
        a, _ = measured(p, face.order)
        rest = phone_mask(row, {'SIL'}, t) & (a < REST_APERTURE)
        points[clip] = p, valid, rest
        if rest.sum() >= 5:
            rests.append(np.median(p[rest], axis=0))
    usual = np.median(rests, axis=0)
    neutral = usual[:40, :2]
    right, left = neutral[0, 0], neutral[10, 0]
    shares = (neutral[:, 0] - right) / (left - right)
    shares[20:] = (neutral[20:, 0] - neutral[20, 0]) / (neutral[30, 0] - neutral[20, 0])
    J = body.jacobian(shares)
    # Vertical moves of the inner lips and sideways moves of the corners are what an eye reads; the chin tells the jaw.
    weight = np.ones((41, 2)) * 0.4
    weight[20:40, 1] = 1.2
    weight[[25, 35], 1] = 8.0          # inner lips at the middle, landmarks 14 and 13
    weight[[0, 10, 20, 30], 0] = 2.5
    weight[40] = (0.3, 0.8)
    weight = weight.reshape(-1)
    J = J.reshape(82, 28)
    mouth_index = [CHANNELS.index(c) for c in MOUTH]
    out = CACHE / 'fit'
    out.mkdir(parents=True, exist_ok=True)
    residual, seen = [], []
    closed = []
    for clip, (p, valid, rest) in points.items():
        t = np.arange(len(p)) / VIDEO_FPS
        a, _ = measured(p, face.order)
        m = phone_mask(rows[clip], {'P', 'B', 'M'}, t)
        closed += list(a[m])
    zero = float(np.percentile(closed, 5))          # aperture that counts as shut: the 5th percentile inside P B M
    for clip, (p, valid, rest) in points.items():
        base = usual + NEUTRAL_SHARE * (np.median(p[rest], axis=0) - usual) if rest.sum() >= 5 else usual
        at = face.lips + [face.chin]
        move = (p[:, at, :2] - base[at, :2])
        a0 = np.linalg.norm(base[face.order[13], :2] - base[face.order[14], :2])
        move[:, 20 + 5, 1] -= min(0, (a0 - zero)) / 2
        move[:, 20 + 15, 1] += min(0, (a0 - zero)) / 2
        frames = rows[clip]['frames']
        _, rules = voice_and_rules('grid', rows[clip])
        sixty = np.arange(frames) / FPS
        t = np.arange(len(p)) / VIDEO_FPS
        prior = np.stack([np.interp(t, sixty, rules[k]) for k in mouth_index], 1)
        target = move.reshape(len(p), 82)
        w = solve(J, target, prior, weight)
        residual.append(np.sqrt(np.mean((w @ J.T - target) ** 2)))
        curve = PchipInterpolator(t, w, axis=0)(np.clip(sixty, 0, t[-1])).T.astype(np.float32)
        got, width = measured(p, face.order)
        base_width = measured(base[None], face.order)[1][0]
        captured = np.stack([np.maximum(0, got - max(zero, a0)), width - base_width]).astype(np.float32)
        ours = body.aperture_width(w)
        seen.append(np.stack([captured[0], captured[1], ours[0], ours[1]]))
        np.savez(out / f'{clip}.npz', curves=np.clip(curve, 0, 1), captured=captured, valid=valid)
    s = np.concatenate(seen, 1)
    r = lambda x, y: float(np.corrcoef(x, y)[0, 1])
    print(json.dumps(dict(clips=len(points), zeroAperture=round(zero, 4), rmsResidual=round(float(np.mean(residual)), 4),
                          apertureCorrelation=round(r(s[0], s[2]), 4), widthCorrelation=round(r(s[1], s[3]), 4),
                          apertureSlope=round(float(np.polyfit(s[0], s[2], 1)[0]), 3), widthSlope=round(float(np.polyfit(s[1], s[3], 1)[0]), 3))))


FACEGOOD = {
    'jawOpen': ['mouth_stretch_c'], 'jawForward': ['jaw_thrust_c'], 'jawLeft': ['jaw_sideways_l'], 'jawRight': ['jaw_sideways_r'],
    'mouthClose': ['mouth_chew_c'], 'mouthFunnel': ['mouth_funnel_dl', 'mouth_funnel_dr', 'mouth_funnel_ul', 'mouth_funnel_ur', 'mouth_oh_c'],
    'mouthPucker': ['mouth_pucker_l', 'mouth_pucker_r', 'mouth_oo_c'], 'mouthLeft': ['mouth_sideways_l'], 'mouthRight': ['mouth_sideways_r'],
    'mouthSmile': ['mouth_lipCornerPull_', 'mouth_lipCornerPullOpen_'], 'mouthFrown': ['mouth_lipCornerDepress_'],
    'mouthDimple': ['mouth_dimple_'], 'mouthStretch': ['mouth_lipStretch_', 'mouth_lipStretchOpen_'],
    'mouthRollLower': ['mouth_suck_dl', 'mouth_suck_dr'], 'mouthRollUpper': ['mouth_suck_ul', 'mouth_suck_ur'],
    'mouthShrugLower': ['mouth_chinRaise_d'], 'mouthShrugUpper': ['mouth_chinRaise_u'], 'mouthPress': ['mouth_press_'],
    'mouthLowerDown': ['mouth_lowerLipDepress_'], 'mouthUpperUp': ['mouth_upperLipRaise_'], 'cheekPuff': ['cheek_puff_l', 'cheek_puff_r'],
}


def facegood():
    names = json.loads((DATA / 'face/facegood/shirley_1119_bs_name316.json').read_text())    # the list whose left-right pairs move together
    rows = lines('facegood')
    raw = {i: np.load(DATA / f'face/facegood/{i}.npz')['weights'].astype(float) for i in rows}
    mapped = {i: np.zeros((len(w), 28)) for i, w in raw.items()}
    for k, c in enumerate(MOUTH):
        side = c[-5:] == 'Right' and 'r' or c[-4:] == 'Left' and 'l' or ''
        stem = c[:-5] if side == 'r' else c[:-4] if side == 'l' else c
        own = FACEGOOD.get(c) or [n + side for n in FACEGOOD.get(stem, [])]
        for i, w in raw.items():
            mapped[i][:, k] = np.sum([w[:, names.index(n)] for n in own], axis=0) / (len(own) if len(own) > 2 and c != 'mouthPucker' else 1)
    # One gain a channel: the 95th percentile meets that of the rules engine on the same lines (where both move at all).
    rules = {i: voice_and_rules('facegood', r)[1] for i, r in rows.items()}
    pool = np.concatenate(list(mapped.values()))
    ref = np.concatenate([v[[CHANNELS.index(c) for c in MOUTH]].T for v in rules.values()])
    top, want = np.percentile(pool, 95, axis=0), np.percentile(ref, 95, axis=0)
    gain = np.where((top > 0.02) & (want > 0.02), want / np.maximum(top, 1e-6), 1.0)
    out = CACHE / 'fit'
    out.mkdir(parents=True, exist_ok=True)
    for i, row in rows.items():
        t = np.arange(len(mapped[i])) / 30
        sixty = np.clip(np.arange(row['frames']) / FPS, 0, t[-1])
        curve = PchipInterpolator(t, np.clip(mapped[i] * gain, 0, 1), axis=0)(sixty).T
        np.savez(out / f'{i}.npz', curves=np.clip(curve, 0, 1).astype(np.float32))
    print(json.dumps({c: [round(float(a), 3), round(float(g), 2)] for c, a, g in zip(MOUTH, top, gain)}))


if __name__ == '__main__':
    {'grid': grid, 'facegood': facegood}[sys.argv[1]]()

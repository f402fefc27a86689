"""Topology of the left half of the head: a column/row grid with concentric ring patches, then mirrored and welded.

All indices are at the final density (two steps per cage cell of the recipe): columns 0..36, rows 0..62.
"""
import numpy as np
from scipy import sparse
from scipy.interpolate import PchipInterpolator

import implicit
import rings

COLUMNS, ROWS = 36, 62
EYE_BLOCK = (6, 18, 42, 54)  # columns from..to, rows from..to
MOUTH_BLOCK = (0, 10, 20, 32)
NOSTRIL_BLOCK = (1, 5, 33, 36)
COLUMN_DEGREES = [0, 3, 6, 10, 17, 24, 31, 37, 43, 50, 60, 70, 80, 90, 107, 125, 143, 162, 180]
# row key: front (y, z), side (y, x), back (y, z)
ROW_KEYS = {
    0: (-15.8, 2, -15.8, 4.7, -15.8, -6.5), 1: (-14.5, 2, -14.2, 4.7, -13.9, -6.5), 2: (-13.2, 2.2, -12.5, 4.7, -11.9, -6.6),
    3: (-12, 2.6, -10.8, 4.8, -10, -6.8), 4: (-11, 3.2, -9, 5, -8.2, -7.2), 5: (-10.6, 4.3, -7.8, 5.3, -6.8, -7.8),
    6: (-10.6, 5.4, -6.9, 5.6, -5.7, -8.2), 7: (-10.5, 6.4, -6.1, 5.8, -4.8, -8.6), 8: (-10, 7.3, -5.4, 6, -4, -8.9),
    9: (-9.2, 7.8, -4.8, 6.1, -3.2, -9.1), 10: (-8.3, 7.8, -4.2, 6.2, -2.5, -9.3), 16: (-4.7, 8.6, -1.5, 6.6, 0.5, -9.6),
    21: (-1.6, 8.9, 0.5, 7, 2.5, -9.7), 27: (2.7, 8.6, 3.4, 7.2, 5, -9.4), 31: (8.6, 6.8, 8.6, 5.6, 8.8, -7.5),
}
# nose pins of the recipe: cage row -> points at cage columns 0..3
NOSE_PINS = {
    17: [(0, -4.35, 9.7), (0.35, -4.5, 9.5), (0.95, -4.5, 9.1), (1.75, -4.5, 8.3)],
    18: [(0, -4.1, 10.45), (0.55, -4.05, 10.3), (1.3, -4.15, 9.4), (1.85, -3.9, 8.2)],
    19: [(0, -3.6, 10.75), (0.6, -3.55, 10.4), (1.35, -3.65, 9.3), (1.75, -3.3, 8.3)],
    20: [(0, -2.9, 10.4), (0.5, -2.9, 10.1), (1.1, -3, 9.1), (1.6, -2.75, 8.4)],
    21: [(0, -2.2, 10), (0.42, -2.2, 9.7), (0.8, -2.2, 9)],
    22: [(0, -1.4, 9.5), (0.36, -1.4, 9.2), (0.68, -1.4, 8.7)],
    23: [(0, -0.6, 9.1), (0.32, -0.6, 8.8), (0.6, -0.6, 8.4)],
    24: [(0, 0.2, 8.75), (0.3, 0.2, 8.5), (0.58, 0.2, 8.1)],
}
# the nose's underside at final density: row -> points at columns 0..6 (the nostril block takes the inner ones)
NOSE_BASE = {
    33: [(0, -4.44, 8.60), (0.25, -4.43, 8.58), (0.5, -4.33, 8.54), (0.75, -4.27, 8.50), (1.0, -4.25, 8.44), (1.3, -4.17, 8.34), (1.62, -4.05, 8.16)],
    34: [(0, -4.30, 9.02), (0.25, -4.25, 9.02), None, None, None, (1.47, -4.00, 8.62), (1.70, -3.86, 8.26)],
    35: [(0, -4.06, 9.58), (0.25, -4.02, 9.56), None, None, None, (1.49, -3.86, 8.90), (1.74, -3.66, 8.32)],
    36: [(0, -3.84, 10.02), (0.24, -3.79, 9.99), (0.48, -3.70, 9.84), (0.76, -3.70, 9.62), (1.06, -3.78, 9.44), (1.36, -3.74, 9.18), (1.75, -3.44, 8.36)],
    37: [(0, -3.62, 10.28), (0.28, -3.57, 10.24), (0.54, -3.49, 10.06), (0.84, -3.46, 9.72), (1.16, -3.48, 9.44), (1.45, -3.42, 9.04), (1.74, -3.22, 8.40)],
}


class Half:
    """Left half: positions, quads, and tags per vertex (ring index and parameter of eye or mouth)."""

    def __init__(self):
        self.points, self.quads, self.pinned = [], [], []
        self.eye_ring, self.eye_t, self.mouth_ring, self.mouth_k = [], [], [], []
        self.centre, self.nostril = [], []
        self.bust = []
        self.grid = -np.ones((COLUMNS + 1, ROWS + 1), int)

    def add(self, p, pinned=False, eye=(-1, -1), mouth=(-1, -1), centre=False, nostril=0):
        self.points.append(np.asarray(p, float))
        self.pinned.append(pinned)
        self.eye_ring.append(eye[0]); self.eye_t.append(eye[1])
        self.mouth_ring.append(mouth[0]); self.mouth_k.append(mouth[1])
        self.centre.append(centre)
        self.nostril.append(nostril)
        return len(self.points) - 1


def _rows():
    keys = sorted(ROW_KEYS)
    table = np.array([ROW_KEYS[k] for k in keys], float)
    j = np.arange(ROWS + 1) / 2
    return np.stack([np.interp(j, keys, table[:, c]) for c in range(6)], 1)


def _grid_start():
    """First guess of all grid points, (COLUMNS+1, ROWS+1, 3)."""
    degrees = PchipInterpolator(np.arange(19), COLUMN_DEGREES)(np.arange(COLUMNS + 1) / 2)
    theta = np.radians(degrees)[:, None]
    yf, zf, ys, xs, yb, zb = _rows().T[:, None, :]
    c, s = (1 + np.cos(theta)) / 2, np.sin(theta)
    y = yf * c + yb * (1 - c) + (ys - (yf + yb) / 2) * s**2
    return np.stack([xs * s, y, zb + (zf - zb) * c], 2)


def _inside(block, i, j):
    c0, c1, r0, r1 = block
    low = (i > c0) if c0 > 0 else True
    return low and i < c1 and r0 < j < r1


def eye_perimeter():
    c0, c1, r0, r1 = EYE_BLOCK
    mid = (r0 + r1) // 2
    path = [(c1, j) for j in range(mid, r1 + 1)] + [(i, r1) for i in range(c1 - 1, c0 - 1, -1)]
    path += [(c0, j) for j in range(r1 - 1, r0 - 1, -1)] + [(i, r0) for i in range(c0 + 1, c1 + 1)]
    return path + [(c1, j) for j in range(r0 + 1, mid)]


def mouth_perimeter():
    c0, c1, r0, r1 = MOUTH_BLOCK
    path = [(i, r1) for i in range(0, c1 + 1)] + [(c1, j) for j in range(r1 - 1, r0 - 1, -1)]
    return path + [(i, r0) for i in range(c1 - 1, -1, -1)]


def nostril_perimeter():
    c0, c1, r0, r1 = NOSTRIL_BLOCK
    path = [(c1, j) for j in range(r0 + 1, r1 + 1)] + [(i, r1) for i in range(c1 - 1, c0 - 1, -1)]
    return path + [(c0, j) for j in range(r1 - 1, r0 - 1, -1)] + [(i, r0) for i in range(c0 + 1, c1 + 1)]


def _nose_pins():
    """Pins at final density by interpolation of the recipe's cage pins: {(i, j): point}."""
    pins = {}
    rows = sorted(NOSE_PINS)
    for j2 in range(2 * rows[0], 2 * rows[-1] + 1):
        j = j2 / 2
        limit = 3 if j <= 20 else 2
        columns = []
        for i in range(limit + 1):
            ok = [r for r in rows if len(NOSE_PINS[r]) > i]
            column = np.array([NOSE_PINS[r][i] for r in ok], float)
            columns.append(PchipInterpolator(ok, column, axis=0)(j))
        for i2 in range(2 * limit + 1):
            p = PchipInterpolator(np.arange(limit + 1), np.array(columns), axis=0)(i2 / 2)
            p = p * [0.97, 1, 1] + [0, 0.33 if j < 21 else 0.15, -0.2]
            pins[(i2, j2)] = implicit.project(p[None])[0]
    for j in (34, 35, 36, 37):
        for i in range(7):
            pins.pop((i, j), None)
    for j, row in NOSE_BASE.items():
        for i, p in enumerate(row):
            if p is not None:
                pins[(i, j)] = np.array(p, float)
    return pins


def build_half():
    half = Half()
    start = _grid_start()
    eye, (mouth, _) = rings.eye_points(), rings.mouth_points()
    eye_at = {ij: t for t, ij in enumerate(eye_perimeter())}
    mouth_at = {ij: k for k, ij in enumerate(mouth_perimeter())}
    nose = _nose_pins()
    for i in range(COLUMNS + 1):
        for j in range(ROWS + 1):
            if any(_inside(block, i, j) for block in (EYE_BLOCK, MOUTH_BLOCK, NOSTRIL_BLOCK)):
                continue
            centre = i in (0, COLUMNS)
            if (i, j) in eye_at:
                t = eye_at[i, j]
                half.grid[i, j] = half.add(eye[0, t], True, eye=(0, t))
            elif (i, j) in mouth_at:
                k = mouth_at[i, j]
                half.grid[i, j] = half.add(mouth[0, k], True, mouth=(0, k), centre=centre)
            elif (i, j) in nose:
                half.grid[i, j] = half.add(nose[i, j], True, centre=centre)
            else:
                half.grid[i, j] = half.add(start[i, j], j == 0, centre=centre)
    _grid_quads(half)
    _ring_quads(half, eye, mouth)
    _nostril(half)
    _cap(half, start)
    _bust_edge(half)
    half.points = np.array(half.points)
    for name in ('quads', 'pinned', 'centre', 'eye_ring', 'eye_t', 'mouth_ring', 'mouth_k', 'nostril'):
        setattr(half, name, np.array(getattr(half, name)))
    half.points[half.centre, 0] = 0
    relax(half)
    return half


def _grid_quads(half):
    def in_block(block, i, j):
        return block[0] <= i < block[1] and block[2] <= j < block[3]
    g = half.grid
    for i in range(COLUMNS):
        for j in range(ROWS):
            if not any(in_block(block, i, j) for block in (EYE_BLOCK, MOUTH_BLOCK, NOSTRIL_BLOCK)):
                half.quads.append((g[i, j], g[i + 1, j], g[i + 1, j + 1], g[i, j + 1]))


def _ring_quads(half, eye, mouth):
    previous = [half.grid[ij] for ij in eye_perimeter()]
    n = rings.EYE_POINTS
    for r in range(1, rings.EYE_RINGS):
        current = [half.add(eye[r, t], True, eye=(r, t)) for t in range(n)]
        for t in range(n):
            a, b = t, (t + 1) % n
            half.quads.append((previous[a], previous[b], current[b], current[a]))
        previous = current
    previous = [half.grid[ij] for ij in mouth_perimeter()]
    for r in range(1, rings.MOUTH_RINGS):
        current = [half.add(mouth[r, k], True, mouth=(r, k), centre=k in (0, 32)) for k in range(33)]
        for k in range(32):
            half.quads.append((previous[k], current[k], current[k + 1], previous[k + 1]))
        previous = current
    for k in range(15):  # close the mouth bag
        half.quads.append((previous[k], previous[32 - k], previous[31 - k], previous[k + 1]))
    half.quads.append((previous[15], previous[17], previous[16], previous[16]))


def _nostril(half):
    """Rings from the nose's underside over a rounded rim up into the nostril."""
    previous = [half.grid[ij] for ij in nostril_perimeter()]
    n = len(previous)
    angle = np.radians(-14 + np.arange(n) * 360 / n)
    cos, sin = np.cos(angle)[:, None], np.sin(angle)[:, None]
    centre = np.array([0.74, -4.02, 9.10])
    out, along = np.array([0.32, 0.04, 0.02]), np.array([-0.16, 0.13, 0.44])
    outer = np.array([half.points[v] for v in previous])
    rim = centre + cos * out + sin * along
    sink = np.array([-0.05, 1.0, -0.12])
    rows = [(outer + rim) / 2 + [0, -0.05, 0.01], rim + [0, -0.01, 0], centre + 0.86 * (rim - centre) + 0.14 * sink,
            centre + 0.80 * (rim - centre) + 0.42 * sink, centre + 0.5 * (rim - centre) + 0.7 * sink]
    for depth, row in enumerate(rows):
        current = [half.add(p, True, nostril=depth + 1) for p in row]
        for a in range(n):
            b = (a + 1) % n
            half.quads.append((previous[a], previous[b], current[b], current[a]))
        previous = current
    for a in range(n // 2 - 1):
        half.quads.append((previous[a], previous[a + 1], previous[n - 2 - a], previous[n - 1 - a]))


def _bust_edge(half):
    """A small rounded step under the cut of the neck, so that the bust ends cleanly and nobody looks inside."""
    previous = [half.grid[i, 0] for i in range(COLUMNS + 1)]
    for shrink, drop in ((0.985, 0.16), (0.93, 0.22), (0.80, 0.22)):
        current = []
        for i in range(COLUMNS + 1):
            current.append(half.add((0, 0, 0), True, centre=i in (0, COLUMNS)))
        for i in range(COLUMNS):
            half.quads.append((previous[i], current[i], current[i + 1], previous[i + 1]))
        half.bust.append((current, shrink, drop))
        previous = current
    half.bust_inner = previous


def _place_bust_edge(half):
    rim = half.points[half.grid[:, 0]]
    middle = np.array([0, rim[0, 1], rim[:, 2].mean()])
    for row, shrink, drop in half.bust:
        half.points[row] = middle + (rim - middle) * shrink - [0, drop, 0]


def _cap(half, start):
    na, nb, top = 10, 16, ROWS
    cell = -np.ones((na + 1, nb + 1), int)
    for a in range(na + 1):
        cell[a, 0], cell[a, nb] = half.grid[a, top], half.grid[COLUMNS - a, top]
    for b in range(nb + 1):
        cell[na, b] = half.grid[na + b, top]
    front, back = start[0, top], start[COLUMNS, top]
    for a in range(na):
        for b in range(1, nb):
            w = b / nb
            z = front[2] + (back[2] - front[2]) * w
            x = half.points[cell[na, b]][0] * a / na
            cell[a, b] = half.add((x, 12.0, z), False, centre=a == 0)
    for a in range(na):
        for b in range(nb):
            half.quads.append((cell[a, b], cell[a + 1, b], cell[a + 1, b + 1], cell[a, b + 1]))


def edges_of(quads):
    e = np.concatenate([quads[:, [0, 1]], quads[:, [1, 2]], quads[:, [2, 3]], quads[:, [3, 0]]])
    e = np.unique(np.sort(e, axis=1), axis=0)
    return e[e[:, 0] != e[:, 1]]


def relax(half, iterations=90):
    """Laplacian fill of the free points, projected to the implicit head every third step."""
    e = edges_of(half.quads)
    n = len(half.points)
    i, j = np.concatenate([e[:, 0], e[:, 1]]), np.concatenate([e[:, 1], e[:, 0]])
    w = np.where(half.centre[j], 1.0, np.where(half.centre[i], 2.0, 1.0))
    W = sparse.csr_matrix((w, (i, j)), (n, n))
    W = sparse.diags(1 / np.asarray(W.sum(1)).ravel()) @ W
    free = ~half.pinned
    p = half.points
    p[free] = implicit.project(p[free])
    for step in range(iterations):
        p[free] += 0.5 * ((W @ p) - p)[free]
        p[half.centre, 0] = 0
        if step % 3 == 2 or step == iterations - 1:
            p[free] = implicit.project(p[free], iterations=2)
            p[half.centre, 0] = 0
    _soften_wings(half, W)
    edge = half.grid[:, 0]
    start = p[edge]
    p[edge] = implicit.project(start)
    p[edge, 1] = start[:, 1]
    p[half.centre, 0] = 0
    _place_bust_edge(half)
    p[half.centre, 0] = 0


def _soften_wings(half, W):
    """Evens out the hand-placed points: nose wings towards cheek and lip, outermost rings of eye and mouth."""
    soft = np.zeros(len(half.points))
    for i in range(3, 11):
        for j in range(32, 43):
            v = half.grid[i, j]
            if v >= 0 and half.eye_ring[v] < 0 and half.mouth_ring[v] < 0:
                soft[v] = 0.5 if i >= 6 else 0.2
    soft[(half.eye_ring >= 0) & (half.eye_ring <= 2)] = 0.4
    soft[(half.mouth_ring >= 0) & (half.mouth_ring <= 2)] = 0.3
    for i in range(11, 24):  # outside of the eye and mouth patches
        for j in range(18, 58):
            v = half.grid[i, j]
            if v >= 0 and not half.pinned[v]:
                soft[v] = 0.4
    soft[[half.grid[ij] for ij in nostril_perimeter()]] = 0.12
    for j in range(33, 47):
        for i in range(0, 3):
            if half.grid[i, j] >= 0 and j > 36:
                soft[half.grid[i, j]] = 0.08
    for _ in range(4):
        half.points += soft[:, None] * ((W @ half.points) - half.points)
        half.points[half.centre, 0] = 0


def mirror(half):
    """Full mesh: (points, quads, mirror index, tags). Right copies of centre vertices are welded."""
    n = len(half.points)
    twin = np.arange(n)
    others = np.flatnonzero(~half.centre)
    twin[others] = n + np.arange(len(others))
    points = np.concatenate([half.points, half.points[others] * [-1, 1, 1]])
    inner = np.array(half.bust_inner)
    floor = np.stack([inner[1:-2], twin[inner[1:-2]], twin[inner[2:-1]], inner[2:-1]], 1)
    ends = [(inner[0], twin[inner[1]], inner[1], inner[1]), (inner[-2], twin[inner[-2]], inner[-1], inner[-1])]
    quads = np.concatenate([half.quads, twin[half.quads][:, [0, 3, 2, 1]], floor, ends])
    mirror_of = np.concatenate([twin, others])
    tags = {name: np.concatenate([getattr(half, name), getattr(half, name)[others]])
            for name in ('eye_ring', 'eye_t', 'mouth_ring', 'mouth_k', 'centre', 'nostril')}
    tags['left'] = np.concatenate([np.ones(n, bool), np.zeros(len(others), bool)])
    return points, quads, mirror_of, tags

"""Hair shell, brows and lashes. Brows follow the skin by nearest points, lashes follow the lid margin."""
import numpy as np
from scipy.interpolate import PchipInterpolator
from scipy.spatial import cKDTree

import implicit
import locks
import rings
from face import smoothstep
from parts import orient, srgb

HAIR_CENTRE = np.array([0, 3.0, -0.8])
BROW_COLOR, LASH_COLOR = '#3c281f', '#2b1d17'


def _ray(directions, start=1.0, end=20.0):
    """Distance from HAIR_CENTRE to the head surface along unit directions, by bisection."""
    low, high = np.full(len(directions), start), np.full(len(directions), end)
    for _ in range(40):
        mid = (low + high) / 2
        inside = implicit.head(HAIR_CENTRE + mid[:, None] * directions) < 0
        low, high = np.where(inside, mid, low), np.where(inside, high, mid)
    return low


# azimuth (0 front, 90 ear, 180 back) -> elevation in degrees of the hairline seen from HAIR_CENTRE
HAIRLINE = [(0, 40), (16, 41), (30, 38), (43, 30), (53, 17), (60, 3), (66, -12), (71, -22), (77, -24), (82, -16), (90, -3), (101, -10),
            (118, -32), (145, -45), (180, -48)]


def _swept():
    """A short, full cut parted on the character's left: the fringe falls to the right, the sides cover the tops of the ears."""
    g = locks.group
    return [
        # nape and back, lowest layer first
        g([(100, 40, 0.5), (104, 10, 0.9), (107, -12, 0.9), (106, -34, 0.35)], [(260, 40, 0.5), (256, 10, 0.9), (253, -12, 0.9), (254, -34, 0.35)], 7, 1.75, 1, 1),
        g([(95, 78, 0.7), (98, 50, 1.5), (102, 18, 1.5), (104, -10, 0.75)], [(265, 78, 0.7), (262, 50, 1.5), (258, 18, 1.5), (256, -10, 0.75)], 6, 2.05, 1, 2),
        # sides, in front of and over the ears
        g([(40, 62, 0.8), (62, 46, 1.2), (76, 22, 1.2), (74, -18, 0.45)], [(75, 68, 0.8), (92, 44, 1.3), (96, 18, 1.2), (92, -12, 0.8)], 3, (1.15, 1.5), 1, 3),
        g([(-20, 84, 0.8), (-60, 58, 1.3), (-74, 26, 1.2), (-72, -18, 0.45)], [(-85, 78, 0.8), (-95, 46, 1.3), (-97, 18, 1.2), (-92, -12, 0.8)], 3, (1.3, 1.5), 1, 4),
        # left of the parting: short locks down to the temple
        g([(22, 48, 0.35), (35, 45, 0.85), (47, 33, 0.9), (54, 8, 0.4)], [(30, 76, 0.8), (58, 62, 1.7), (69, 36, 1.5), (66, 4, 0.55)], 4, (0.95, 1.25), 1, 5),
        # the fringe
        g([(27, 52, 0.5), (20, 52, 1.5), (4, 40, 1.6), (-8, 20, 0.85)], [(20, 82, 0.8), (-36, 74, 2.3), (-60, 46, 1.9), (-64, 4, 0.55)], 7, (1.25, 1.5), 1, 6),
    ]


def _mirrored(specs):
    return specs + [(controls * [-1, 1, 1], width) for controls, width in specs]


def _receding():
    """Short hair combed back from a high forehead, fuller over the ears."""
    g = locks.group
    top = g([(5, 42, 0.05), (8, 60, 0.75), (40, 82, 0.85), (165, 70, 0.5)], [(52, 33, 0.05), (62, 52, 0.8), (96, 62, 1.0), (132, 36, 0.55)], 5, 1.7, 0.6, 5)
    side = g([(57, 34, 0.05), (67, 22, 0.5), (74, 6, 0.6), (75, -15, 0.25)], [(84, 52, 0.3), (94, 32, 0.7), (99, 10, 0.8), (98, -9, 0.5)], 4, (1.2, 1.6), 0.8, 3)
    return [
        g([(100, 40, 0.3), (104, 10, 0.6), (107, -12, 0.6), (106, -30, 0.2)], [(260, 40, 0.3), (256, 10, 0.6), (253, -12, 0.6), (254, -30, 0.2)], 8, 1.8, 1, 1),
        _mirrored(side), _mirrored(top),
    ]


def _tufts():
    """A mop: locks fall all round from the crown, some stand up."""
    g = locks.group
    return [
        g([(100, 40, 0.5), (104, 10, 0.9), (107, -12, 0.9), (106, -30, 0.6)], [(260, 40, 0.5), (256, 10, 0.9), (253, -12, 0.9), (254, -30, 0.6)], 6, 2.0, 2, 1),
        g([(95, 78, 0.7), (98, 50, 1.4), (102, 18, 1.4), (104, -6, 1.1)], [(265, 78, 0.7), (262, 50, 1.4), (258, 18, 1.4), (256, -6, 1.1)], 5, 2.3, 2, 2),
        g([(50, 70, 0.7), (64, 48, 1.3), (72, 22, 1.2), (70, -8, 0.7)], [(85, 74, 0.7), (92, 46, 1.3), (96, 18, 1.2), (94, -6, 1.0)], 3, 1.5, 2, 3),
        g([(-50, 70, 0.7), (-64, 48, 1.3), (-72, 22, 1.2), (-70, -8, 0.7)], [(-85, 74, 0.7), (-92, 46, 1.3), (-96, 18, 1.2), (-94, -6, 1.0)], 3, 1.5, 2, 4),
        g([(60, 78, 0.8), (50, 62, 1.6), (48, 40, 1.6), (44, 17, 0.8)], [(-60, 78, 0.8), (-50, 62, 1.6), (-48, 40, 1.6), (-44, 17, 0.8)], 7, 1.35, 2.5, 6),
        g([(150, 80, 0.8), (120, 82, 2.6), (60, 84, 3.6), (20, 78, 4.2)], [(200, 78, 0.8), (230, 80, 2.4), (280, 82, 3.2), (320, 74, 3.6)], 3, 0.8, 2, 7),
    ]


STYLES = {'swept': _swept, 'receding': _receding, 'tufts': _tufts}


def _cap(lift):
    """A smooth shell under the locks, so that no scalp shows between them."""
    columns, rows = 48, 10
    phi = np.arange(columns) * 2 * np.pi / columns
    folded = np.degrees(np.minimum(phi, 2 * np.pi - phi))
    line = np.radians(PchipInterpolator(*np.array(HAIRLINE, float).T)(folded))
    points, shade, uv = [], [], []
    for v in range(rows):
        w = v / (rows - 1)
        el = line + (np.radians(88.5) - line) * w**1.2
        d = np.stack([np.sin(phi) * np.cos(el), np.sin(el), np.cos(phi) * np.cos(el)], 1)
        grow = np.interp(w, [0, 0.03, 0.12, 0.3, 1], [-0.25, 0.16, 0.5, 0.85, 1]) * lift
        points.append(HAIR_CENTRE + (_ray(d) + grow)[:, None] * d)
        shade.append(np.full(columns, 0.66 + 0.1 * w))
        uv.append(np.stack([np.minimum(phi, 2 * np.pi - phi) * 2.4, np.full(columns, w)], 1))
    quads = [(v * columns + a, v * columns + (a + 1) % columns, (v + 1) * columns + (a + 1) % columns, (v + 1) * columns + a)
             for v in range(rows - 1) for a in range(columns)]
    top = (rows - 1) * columns
    crown = [(top + a, top + a + 1, top + columns - 2 - a, top + columns - 1 - a) for a in range(columns // 2 - 1)]
    points = np.concatenate(points)
    quads = np.concatenate([orient(points, np.array(q), HAIR_CENTRE) for q in (quads, crown)])
    return points, quads, np.concatenate(shade), np.concatenate(uv)


def hair(style, color, thickness=0.42):
    cap = _cap(0.62)
    tufts = locks.build(STYLES[style](), _ray, HAIR_CENTRE, thickness)
    quads = np.concatenate([cap[1], tufts[1] + len(cap[0])])
    points, shade, uv = (np.concatenate([cap[i], tufts[i]]) for i in (0, 2, 3))
    return {'name': 'Hair', 'points': points, 'quads': quads, 'colors': srgb(color) * shade[:, None], 'roughness': 0.5, 'deltas': {},
            'joint': 'head', 'uv': uv}


def _bind(points, face, shapes, neighbours=6):
    """Deltas of nearby skin, weighted by inverse square distance, for every shape."""
    distance, index = cKDTree(face.points).query(points, k=neighbours)
    w = 1 / np.maximum(distance, 0.05) ** 2
    w /= w.sum(1, keepdims=True)
    return {name: (delta[index] * w[:, :, None]).sum(1) for name, delta in shapes.items()}


def brows(face, shapes, color=BROW_COLOR, width=1.0, skin=None):
    """skin: the colour that hairs thin out to at the edges."""
    nu, nv = 26, 6
    u, v = np.meshgrid(np.linspace(0, 1, nu), np.linspace(-1, 1, nv), indexing='ij')
    x = 1.25 + 3.85 * u
    mid = 2.30 + 0.72 * np.sin(2.6 * u) - 0.52 * u
    half = width * (0.03 + 0.31 * (1 - 0.82 * u**2.0) * np.sqrt(np.minimum(1, (u + 0.03) / 0.24)))
    # hairs end unevenly: a fine saw on the upper edge, finer below
    edge = 1 + (0.26 * (np.arange(nu) % 2)[:, None] * np.clip(v, 0, 1) ** 3 + 0.16 * ((np.arange(nu) + 1) % 2)[:, None] * np.clip(-v, 0, 1) ** 3)
    y = mid + half * v * edge
    x, y, v, u = x.ravel(), y.ravel(), v.ravel(), u.ravel()
    z = implicit.cast_z(x, y)
    base = np.stack([x, y, z], 1)
    g = implicit.gradient(base)
    g /= np.linalg.norm(g, axis=1, keepdims=True)
    lift = 0.025 + 0.08 * (1 - 1.35 * v**2) * half.ravel() / 0.3 - 0.02 * v**2
    left = base + g * lift[:, None]
    quads = [(a * nv + b, (a + 1) * nv + b, (a + 1) * nv + b + 1, a * nv + b + 1) for a in range(nu - 1) for b in range(nv - 1)]
    quads = np.array(quads)
    quads = orient(left, quads, left.mean(0) - [0, 0, 2])
    n = len(left)
    points = np.concatenate([left, left * [-1, 1, 1]])
    quads = np.concatenate([quads, quads[:, [0, 3, 2, 1]] + n])
    shade = (1.0 + 0.18 * np.sin(61 * u + 5 * v) + 0.12 * v)[:, None]
    uv = np.tile(np.stack([0.30 * v - 0.25 * u, 0.5 * u], 1), (2, 1))  # strands run along the brow and fan out upwards
    thin = np.clip(0.42 * np.abs(v) ** 4 + 0.45 * smoothstep(0.16, 0.0, u) + 0.3 * smoothstep(0.75, 1.0, u), 0, 0.7)[:, None]
    colors = srgb(color) * shade
    if skin is not None:
        colors += (srgb(skin) * 0.8 - colors) * thin
    colors = np.tile(colors, (2, 1))
    carry = np.concatenate([base, base * [-1, 1, 1]])
    moving = {k: d for k, d in shapes.items() if not k.startswith(('mouth', 'jaw', 'tongue', 'eyeLook'))}
    return {'name': 'Brows', 'points': points, 'quads': quads, 'colors': colors, 'roughness': 0.7,
            'deltas': _bind(carry, face, moving), 'joint': 'head', 'uv': uv}


def lashes(face, shapes, amount=1.0):
    """Upper lashes: a curved fringe from the lid margin, a lash between every two points of it; its tips turn with the lid."""
    ts = np.arange(0, 22.1, 0.5)  # t index: outer corner .. shortly before the inner corner, over the top
    root, under, above = (np.array([[face.eye_index(1, ring, int(np.floor(t))), face.eye_index(1, ring, int(np.ceil(t)))] for t in ts])
                          for ring in (5.0, 5.5, 4.5))
    on = lambda field, index: field[index].mean(1)
    s = np.sin(ts * 2 * np.pi / rings.EYE_POINTS)
    c = np.cos(ts * 2 * np.pi / rings.EYE_POINTS)
    length = amount * (0.30 * np.sin(np.pi * np.clip(ts / 22, 0, 1)) ** 0.5 * (0.75 + 0.35 * c) + 0.15 * np.exp(-(((ts - 2.5) / 2.5) ** 2)))
    length *= np.where(np.arange(len(ts)) % 2 == 1, 1.1, 0.62)
    radial = on(face.points, root) - implicit.EYE
    radial /= np.linalg.norm(radial, axis=1, keepdims=True)
    lift = np.stack([0.45 * np.clip(c, -0.3, 1), 0.35 + 0.35 * s, np.zeros(len(ts))], 1)
    direction = radial + lift
    direction /= np.linalg.norm(direction, axis=1, keepdims=True)
    curl = np.array([0, 0.22, 0.0])


    def build(face_points, turn):
        """Positions for moved skin; turn is the change of lid elevation in radians per t."""
        ct, st = np.cos(turn), np.sin(turn)
        d = np.stack([direction[:, 0], direction[:, 1] * ct + direction[:, 2] * st, direction[:, 2] * ct - direction[:, 1] * st], 1)
        up = np.stack([curl[0] + 0 * ct, curl[1] * ct, -curl[1] * st], 1)
        a, r, b = on(face_points, above), on(face_points, root), on(face_points, under)
        mid = r + d * (0.55 * length)[:, None]
        tip = r + (d + up) * length[:, None]
        return np.concatenate([a * 0.35 + r * 0.65 + d * 0.02, mid + [0, 0.012, 0.012], tip, mid - [0, 0.012, 0.012], b * 0.5 + r * 0.5 + d * 0.01])

    rest = build(face.points, np.zeros(len(ts)))
    m = len(ts)
    quads = np.array([(a * m + i, a * m + i + 1, (a + 1) * m + i + 1, (a + 1) * m + i) for a in range(4) for i in range(m - 1)])
    p = rest[quads[:m - 1]]
    if (np.cross(p[:, 2] - p[:, 0], p[:, 3] - p[:, 1]) @ np.array([0, 1.0, 0.6])).sum() < 0:
        quads = quads[:, ::-1]
    n = len(rest)
    points = np.concatenate([rest, rest * [-1, 1, 1]])
    deltas = {}
    for name, delta in shapes.items():
        if np.abs(delta[root]).max() < 0.01 and np.abs(face.flip(delta)[root]).max() < 0.01:
            continue
        both = []
        for d in (delta, face.flip(delta)):
            q0, q1 = on(face.points, root) - implicit.EYE, on(face.points + d, root) - implicit.EYE
            turn = np.arctan2(q1[:, 1], q1[:, 2]) - np.arctan2(q0[:, 1], q0[:, 2])
            both.append(build(face.points + d, turn) - rest)
        deltas[name] = np.concatenate([both[0], both[1] * [-1, 1, 1]])
    return {'name': 'Lashes', 'points': points, 'quads': np.concatenate([quads, quads[:, [0, 3, 2, 1]] + n]),
            'colors': np.tile(srgb(LASH_COLOR), (2 * n, 1)), 'roughness': 0.8, 'deltas': deltas, 'joint': 'head'}

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
HAIR_COLOR, BROW_COLOR, LASH_COLOR = '#4a3226', '#3c281f', '#1c1412'


def _ray(directions, start=1.0, end=20.0):
    """Distance from HAIR_CENTRE to the head surface along unit directions, by bisection."""
    low, high = np.full(len(directions), start), np.full(len(directions), end)
    for _ in range(40):
        mid = (low + high) / 2
        inside = implicit.head(HAIR_CENTRE + mid[:, None] * directions) < 0
        low, high = np.where(inside, mid, low), np.where(inside, high, mid)
    return low


# azimuth (0 front, 90 ear, 180 back) -> elevation in degrees of the hairline seen from HAIR_CENTRE
HAIRLINE = [(0, 29), (16, 30), (30, 29), (43, 25), (53, 16), (60, 3), (66, -12), (71, -25), (77, -27), (82, -20), (90, -5), (101, -10),
            (118, -30), (145, -43), (180, -46)]
LOCKS = 15  # locks round the head
SWEEP = 0.95  # radians by which a lock turns from crown to hairline


def _locks(angle):
    """Rounded ridges with narrow valleys, 0..1; two incommensurate sizes keep it from looking machined."""
    wide = np.abs(np.cos(LOCKS / 2 * angle + 0.7 * np.sin(3 * angle)))
    fine = np.abs(np.cos(LOCKS * 1.0 * angle + 1.1 + 0.9 * np.sin(2 * angle)))
    return 0.7 * wide**0.8 + 0.3 * fine**0.8


def hair():
    columns, rows = 84, 16
    phi = np.arange(columns) * 2 * np.pi / columns
    folded = np.degrees(np.minimum(phi, 2 * np.pi - phi))
    line = PchipInterpolator(*np.array(HAIRLINE, float).T)(folded)
    front = np.clip(np.cos(phi), 0, 1) ** 1.5
    line = np.radians(line - 2.6 * (_locks(phi + SWEEP) - 0.5) * (0.6 + 0.4 * front))
    points, shade = [], []
    for v in range(rows):
        w = v / (rows - 1)
        el = line + (np.radians(88.5) - line) * w**1.2
        d = np.stack([np.sin(phi) * np.cos(el), np.sin(el), np.cos(phi) * np.cos(el)], 1)
        side = np.sin(phi + 0.5)  # the parting is on one side: fuller on the other
        full = 0.55 + 0.75 * np.clip(np.sin(el), 0, 1) + front * (0.35 + 0.20 * side) * np.exp(-(((w - 0.25) / 0.24) ** 2))
        grow = np.interp(w, [0, 0.03, 0.10, 0.25, 1], [-0.25, 0.30, 0.72, 1, 1])
        ridges = _locks(phi + SWEEP * (1 - w) ** 0.8)
        lift = grow * full + 0.36 * (ridges - 0.62) * np.interp(w, [0, 0.06, 0.75, 1], [0.2, 1, 0.8, 0])
        points.append(HAIR_CENTRE + (_ray(d) + lift)[:, None] * d)
        shade.append((0.62 + 0.5 * ridges) * (0.85 + 0.2 * w))
    points = np.concatenate(points)
    quads = []
    for v in range(rows - 1):
        for a in range(columns):
            b = (a + 1) % columns
            quads.append((v * columns + a, v * columns + b, (v + 1) * columns + b, (v + 1) * columns + a))
    top = (rows - 1) * columns
    for a in range(columns // 2 - 1):
        quads.append((top + a, top + a + 1, top + columns - 2 - a, top + columns - 1 - a))
    quads = orient(points, np.array(quads), HAIR_CENTRE)
    lock_points, lock_quads, lock_shade = locks.fringe(_ray, HAIR_CENTRE)
    quads = np.concatenate([quads, lock_quads + len(points)])
    points, shade = np.concatenate([points, lock_points]), np.concatenate([*shade, lock_shade])
    return {'name': 'Hair', 'points': points, 'quads': quads, 'colors': srgb(HAIR_COLOR) * shade[:, None], 'roughness': 0.6, 'deltas': {}, 'joint': 'head'}


def _bind(points, face, shapes, neighbours=6):
    """Deltas of nearby skin, weighted by inverse square distance, for every shape."""
    distance, index = cKDTree(face.points).query(points, k=neighbours)
    w = 1 / np.maximum(distance, 0.05) ** 2
    w /= w.sum(1, keepdims=True)
    return {name: (delta[index] * w[:, :, None]).sum(1) for name, delta in shapes.items()}


def brows(face, shapes):
    nu, nv = 20, 6
    u, v = np.meshgrid(np.linspace(0, 1, nu), np.linspace(-1, 1, nv), indexing='ij')
    x = 1.25 + 3.85 * u
    mid = 2.36 + 0.55 * np.sin(2.5 * u) - 0.44 * u
    half = 0.02 + 0.29 * (1 - 0.86 * u**2.2) * np.sqrt(np.minimum(1, (u + 0.02) / 0.14))
    y = mid + half * v
    x, y, v, u = x.ravel(), y.ravel(), v.ravel(), u.ravel()
    z = implicit.cast_z(x, y)
    base = np.stack([x, y, z], 1)
    g = implicit.gradient(base)
    g /= np.linalg.norm(g, axis=1, keepdims=True)
    lift = 0.03 + 0.14 * (1 - 1.35 * v**2) * half.ravel() / 0.3 - 0.02 * v**2
    left = base + g * lift[:, None]
    quads = [(a * nv + b, (a + 1) * nv + b, (a + 1) * nv + b + 1, a * nv + b + 1) for a in range(nu - 1) for b in range(nv - 1)]
    quads = np.array(quads)
    quads = orient(left, quads, left.mean(0) - [0, 0, 2])
    n = len(left)
    points = np.concatenate([left, left * [-1, 1, 1]])
    quads = np.concatenate([quads, quads[:, [0, 3, 2, 1]] + n])
    shade = (0.9 + 0.25 * np.sin(55 * u + 4 * v))[:, None]
    colors = np.tile(srgb(BROW_COLOR) * shade, (2, 1))
    carry = np.concatenate([base, base * [-1, 1, 1]])
    moving = {k: d for k, d in shapes.items() if not k.startswith(('mouth', 'jaw', 'tongue', 'eyeLook'))}
    return {'name': 'Brows', 'points': points, 'quads': quads, 'colors': colors, 'roughness': 0.7,
            'deltas': _bind(carry, face, moving), 'joint': 'head'}


def lashes(face, shapes):
    """Upper lashes: a curved strip from the lid margin; its tips turn with the lid."""
    ts = np.arange(0, 25)  # t index: outer corner .. inner corner over the top
    root = np.array([face.eye_index(1, 5.0, t) for t in ts])
    under = np.array([face.eye_index(1, 5.5, t) for t in ts])
    above = np.array([face.eye_index(1, 4.5, t) for t in ts])
    s = np.sin(ts * 2 * np.pi / rings.EYE_POINTS)
    c = np.cos(ts * 2 * np.pi / rings.EYE_POINTS)
    length = (0.30 * np.clip(s, 0, 1) ** 0.5 * (0.75 + 0.35 * c) + 0.22 * np.exp(-(((ts - 2.5) / 2.5) ** 2)))
    radial = face.points[root] - implicit.EYE
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
        a, r, b = face_points[above], face_points[root], face_points[under]
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
        move_left = delta[root]
        if np.abs(delta[root]).max() < 0.01 and np.abs(face.flip(delta)[root]).max() < 0.01:
            continue
        both = []
        for d in (delta, face.flip(delta)):
            q0, q1 = face.points[root] - implicit.EYE, face.points[root] + d[root] - implicit.EYE
            turn = np.arctan2(q1[:, 1], q1[:, 2]) - np.arctan2(q0[:, 1], q0[:, 2])
            both.append(build(face.points + d, turn) - rest)
        deltas[name] = np.concatenate([both[0], both[1] * [-1, 1, 1]])
    return {'name': 'Lashes', 'points': points, 'quads': np.concatenate([quads, quads[:, [0, 3, 2, 1]] + n]),
            'colors': np.tile(srgb(LASH_COLOR), (2 * n, 1)), 'roughness': 0.8, 'deltas': deltas, 'joint': 'head'}

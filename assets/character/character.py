"""Puts the character together: rest face, shapes, parts, colours, skin weights. Centimetres throughout."""
import numpy as np

import body
import ear
import hair
import implicit
import parts
import shapes_eyes
import shapes_mouth
from cage import edges_of
from face import Face, smoothstep
from names import ARKIT
from parts import srgb
from raster import vertex_normals

MOUTH_DEPTH_CM = {7.5: 0.7, 8.0: 2.4}
CAVITY, WATERLINE = '#8a3a3a', '#dba195'


def head_shapes(face):
    shapes = {}
    for group in (shapes_eyes.eye_shapes, shapes_eyes.brow_shapes, shapes_eyes.cheek_nose_shapes, shapes_mouth.mouth_shapes):
        shapes.update(group(face))
    missing = set(ARKIT) - set(shapes)
    if missing or len(shapes) != 52:
        raise ValueError(f'shapes missing or extra: {missing or set(shapes) - set(ARKIT)}')
    return {name: shapes[name] for name in ARKIT}


def skin_colors(face, look):
    p, ax = face.points, face.ax
    y, z = p[:, 1], p[:, 2]

    def mix(color, target, amount):
        return color + (srgb(target) - color) * np.clip(amount, 0, 1)[:, None]

    def blob(cx, cy, rx, ry):
        return np.exp(-((ax - cx) / rx) ** 2 - ((y - cy) / ry) ** 2) * (z > 0)

    c = np.tile(srgb(look.skin), (face.count, 1))
    c = mix(c, look.blush, 0.42 * blob(4.3, -3.0, 1.9, 1.4))
    c = mix(c, look.blush, 0.38 * blob(0, -3.4, 1.1, 0.8) * (z > 8.6))
    c = mix(c, look.blush, 0.18 * blob(0, -8.6, 1.6, 0.9))
    c = mix(c, '#cf8f7a', 0.25 * smoothstep(2.0, 4.2, face.er) * (face.er >= 0))
    c = mix(c, '#c9886f', 0.12 * smoothstep(-10, -13, y) * (z > 0))
    lips = smoothstep(2.6, 3.4, face.r) * (1 - 0.25 * (face.u > 0.97))
    c = mix(c, look.lip, lips)
    c = mix(c, '#96444a', smoothstep(4.4, 5.2, face.r) * 0.75)
    c = mix(c, CAVITY, smoothstep(5.6, 7.2, face.r))
    c = mix(c, '#c07a66', 0.6 * (face.nostril == 2))
    c = mix(c, '#4a211c', 0.95 * (face.nostril >= 3))
    upper_lid = (face.er >= 0) & (face.et >= 0) & (face.et <= 24)
    c = mix(c, '#3a231b', upper_lid * smoothstep(4.5, 5.2, face.er) * 0.75)
    lower_lid = (face.er >= 0) & ~upper_lid
    c = mix(c, WATERLINE, lower_lid * smoothstep(4.6, 5.4, face.er))
    c = mix(c, '#7a4a3c', lower_lid * np.exp(-((face.er - 4.75) / 0.3) ** 2) * 0.28)
    inner_corner = np.exp(-(((face.et - 24) / 1.6) ** 2)) * smoothstep(4.2, 4.9, face.er) * (face.er >= 0)  # the pink of the tear duct
    c = mix(c, '#d98c80', 0.9 * inner_corner)
    shade = np.array([0.55, 0.85, 0.95]) * 0.36 * occlusion(face)[:, None]  # shadows in skin stay warm
    return np.clip(c * (1 - shade), 0, 1)


def occlusion(face, reach=((0.25, 1.0), (0.5, 0.8), (1.0, 0.7), (2.0, 0.5), (3.5, 0.35))):
    """Baked ambient shade 0..1 from the implicit head: how much surface stands near each point along its normal."""
    normals = vertex_normals(face.points, triangles(face.quads))
    total, weight = np.zeros(face.count), 0.0
    for h, w in reach:
        f = implicit.head(face.points + normals * h)
        total += w * np.clip((h - f) / h, 0, 1)
        weight += w
    ao = total / weight
    ao[(face.r > 5) | (face.er > 5.5) | (face.nostril > 1)] = 0
    ao *= 1 - smoothstep(0.8, 2.2, face.r) * smoothstep(0.5, 0.9, face.u)  # the corner's dent opens in most shapes
    e = edges_of(face.quads)
    for _ in range(2):  # evens out the sampling noise
        s, n = np.zeros(face.count), np.zeros(face.count)
        for a, b in ((e[:, 0], e[:, 1]), (e[:, 1], e[:, 0])):
            s += np.bincount(a, ao[b], face.count); n += np.bincount(a, minlength=face.count)
        ao = 0.5 * ao + 0.5 * s / np.maximum(n, 1)
    return ao


def head_roughness(face):
    return 0.55 - 0.24 * smoothstep(2.9, 3.6, face.r) + 0.6 * smoothstep(5.2, 6.2, face.r)


def skin_weights(points):
    """(N, 3) weights for root, neck, head."""
    s = points[:, 1] + 0.35 * points[:, 2]
    head = smoothstep(-13.0, -8.2, s)
    root = 1 - smoothstep(-15.6, -12.0, points[:, 1])
    root = root * (1 - head)
    return np.stack([root, 1 - head - root, head], 1)


def base():
    """The head that all persons share, before any identity: (Face, its 52 shapes)."""
    face = Face()
    shapes = head_shapes(face)
    deepen_mouth(face)
    return face, shapes


def deepen_mouth(face):
    """Moves the back of the mouth away from the tongue, which it would hide; after the shapes are solved, so that no lip moves for it."""
    for ring, back_cm in MOUTH_DEPTH_CM.items():
        face.points[np.abs(face.r - ring) < 0.01, 2] -= back_cm


def head(face, shapes, look):
    ear_points, ear_quads, ear_shade = ear.ear(**look.ear)
    n, k = face.count, len(ear_points)
    points = np.concatenate([face.points, ear_points, ear_points * [-1, 1, 1]])
    quads = np.concatenate([face.quads, ear_quads + n, ear_quads[:, [0, 3, 2, 1]] + n + k])
    ear_color = srgb(look.skin) + (srgb(look.blush) - srgb(look.skin)) * 0.4
    ear_color = np.tile(ear_color, (2 * k, 1)) * (1 - (1 - np.tile(ear_shade, 2)[:, None]) * [0.6, 0.95, 1.0])
    return {'name': 'Head', 'points': points, 'quads': quads, 'joint': None,
            'colors': np.concatenate([skin_colors(face, look), ear_color]),
            'roughness': np.concatenate([head_roughness(face), np.full(2 * k, 0.55)]),
            'deltas': {s: np.concatenate([d, np.zeros((2 * k, 3))]) for s, d in shapes.items()}}


def person(face, shapes, look):
    """All parts of one person in drawing order, the head first; 'base' keeps the points before the identity."""
    result = [head(face, shapes, look), parts.teeth(look.teeth), parts.tongue(), parts.eyes(look.iris),
              hair.brows(face, shapes, look.brow, look.brow_width, look.skin), hair.lashes(face, shapes, look.lash), hair.hair(look.hair_style, look.hair, look.hair_thickness),
              body.body(look.cloth, look.collar)]
    return [{**look.identity.apply(part), 'base': part['points']} for part in result]


def triangles(quads):
    """Triangles 2i and 2i+1 are quad i; what has a repeated corner (a triangle) comes last. See quad_count."""
    whole = _whole(quads)
    pairs = np.stack([quads[whole][:, [0, 1, 2]], quads[whole][:, [0, 2, 3]]], 1).reshape(-1, 3)
    rest = np.concatenate([quads[~whole][:, [0, 1, 2]], quads[~whole][:, [0, 2, 3]]])
    rest = rest[(rest[:, 0] != rest[:, 1]) & (rest[:, 1] != rest[:, 2]) & (rest[:, 0] != rest[:, 2])]
    return np.concatenate([pairs, rest])


def _whole(quads):
    return np.array([len(set(q)) == 4 for q in quads.tolist()])


def quad_count(quads):
    return int(_whole(quads).sum())


def pose(part, weights, eye_turn=None):
    """Points of a part for {shape: weight}."""
    p = part['points'].copy()
    for name, w in weights.items():
        if name in part['deltas']:
            p += w * part['deltas'][name]
    return p

"""Eyeballs, teeth with gums, and tongue. A part is a dict: points, quads, colors (linear), deltas {shape: (N, 3)}, joint."""
import numpy as np
from scipy.interpolate import CubicSpline, PchipInterpolator

from face import smoothstep
from implicit import EYE, EYE_RADIUS
from shapes_mouth import JAW_FORWARD_CM, JAW_SIDE_CM, hinge_motion

EYE_TURN_IN_DEGREES = 3.0  # parallel gaze looks wall-eyed on a near portrait
IRIS_HALF_ANGLE = 35.5
PUPIL_HALF_ANGLE = 14.5
CORNEA_HALF_ANGLE = 35.5  # where the cornea meets the ball
CORNEA_CM = 0.035  # how far the cornea stands out before the ball; more would meet the lids
CORNEA_TURN = 0.36  # its normals lean out this much more than the ball's, as those of a smaller sphere do: catchlights sit inside the iris


def srgb(hex_color):
    """#rrggbb -> linear RGB."""
    v = np.array([int(hex_color[i:i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(v <= 0.04045, v / 12.92, ((v + 0.055) / 1.055) ** 2.4)


def tube(sections, closed_ends=(False, False)):
    """Quads joining closed sections of equal size: (S, K, 3) -> points, quads. Ends close with quads across the section."""
    s, k, _ = sections.shape
    quads = []
    for a in range(s - 1):
        for b in range(k):
            c = (b + 1) % k
            quads.append((a * k + b, a * k + c, (a + 1) * k + c, (a + 1) * k + b))
    for end, row in zip(closed_ends, (0, s - 1)):
        if end:
            for b in range(k // 2 - 1):
                q = [row * k + b, row * k + b + 1, row * k + k - 2 - b, row * k + k - 1 - b]
                quads.append(tuple(q[::-1] if row == 0 else q))
    return sections.reshape(-1, 3), np.array(quads)


def orient(points, quads, centre):
    """Flips all quads when the surface faces its own centre."""
    p = points[quads]
    normal = np.cross(p[:, 2] - p[:, 0], p[:, 3] - p[:, 1])
    if (normal * (p.mean(1) - centre)).sum() < 0:
        return quads[:, ::-1]
    return quads


def merge(parts):
    points, quads, colors, base = [], [], [], 0
    for p, q, c in parts:
        points.append(p); quads.append(q + base); colors.append(np.broadcast_to(c, p.shape))
        base += len(p)
    return np.concatenate(points), np.concatenate(quads), np.concatenate(colors)


def cornea_height(degrees):
    """cm of the cornea over the eyeball's sphere at an angle from the axis of sight."""
    return CORNEA_CM * np.clip(1 - (np.asarray(degrees) / CORNEA_HALF_ANGLE) ** 2, 0, 1) ** 2


def _toward(degrees, k):
    """(len(degrees), k, 3) unit vectors on cones about +z."""
    phi = np.arange(k) * 2 * np.pi / k
    a = np.radians(degrees)[:, None]
    return np.stack([np.sin(a) * np.cos(phi), np.sin(a) * np.sin(phi), np.cos(a) * np.ones(k)], 2)


def eyes(iris):
    """iris: six colours from the pupil outwards, the last one the ring round it."""
    angles = [0.01, 6, PUPIL_HALF_ANGLE - 0.7, PUPIL_HALF_ANGLE + 0.7, 19, 24, 29, 32, IRIS_HALF_ANGLE - 0.9,
              IRIS_HALF_ANGLE + 1.1, 39, 46, 54, 66, 80, 95, 115]
    tones = [(0, '#0a080b'), (PUPIL_HALF_ANGLE - 0.7, '#0a080b'), (PUPIL_HALF_ANGLE + 0.7, iris[0]), (19, iris[1]),
             (24, iris[2]), (29, iris[3]), (32, iris[4]), (IRIS_HALF_ANGLE - 0.9, iris[5]),
             (IRIS_HALF_ANGLE + 1.1, '#c4bcb4'), (39, '#e8e0d6'), (46, '#eae2d9'), (58, '#e4d6cb'), (80, '#d9bcb0'), (115, '#c99f92')]
    table = np.array([srgb(c) for _, c in tones])
    k = 32
    phi = np.arange(k) * 2 * np.pi / k
    angles = np.array(angles)
    points, quads = tube(_toward(angles, k) * (EYE_RADIUS + cornea_height(angles))[:, None, None])
    normals = _toward(angles * (1 + CORNEA_TURN * (1 - smoothstep(IRIS_HALF_ANGLE - 6, IRIS_HALF_ANGLE + 4, angles))), k).reshape(-1, 3)
    straight = points.copy()  # before the turn: for the polar texture map
    color = np.stack([np.interp(np.repeat(angles, k), [t for t, _ in tones], table[:, c]) for c in range(3)], 1)
    ang = np.repeat(angles, k)
    in_iris = (ang > PUPIL_HALF_ANGLE) & (ang < IRIS_HALF_ANGLE - 1)
    color[in_iris] *= (1.12 - 0.50 * np.tile(np.sin(phi), len(angles)))[in_iris, None]  # lit from above: glows below
    local, normals = _turned_in(points), _turned_in(normals)
    quads = orient(local, quads, np.zeros(3))
    left = local + EYE
    right = left * [-1, 1, 1]
    points, quads, color = merge([(left, quads, color), (right, quads[:, [0, 3, 2, 1]], color)])
    n = len(left)
    return {'name': 'Eyes', 'points': points, 'quads': quads, 'colors': color, 'roughness': 0.08, 'deltas': {},
            'axis': np.concatenate([straight, straight * [-1, 1, 1]]), 'normals': np.concatenate([normals, normals * [-1, 1, 1]]), 'joint': np.array(['eyeLeft'] * n + ['eyeRight'] * n)}


def _turned_in(vectors):
    turn = np.radians(EYE_TURN_IN_DEGREES)
    x = vectors[:, 0] * np.cos(turn) - vectors[:, 2] * np.sin(turn)
    return np.stack([x, vectors[:, 1], vectors[:, 0] * np.sin(turn) + vectors[:, 2] * np.cos(turn)], 1)


ARCH_CURVE = 0.36
TONGUE_TEETH_SHARE = 0.45  # tongueOut sinks the lower teeth further than the lip, so that the tongue passes over them


def _arch(front_z, s):
    """Point and tangent angle of the dental arch at arc length s from the midline."""
    x = np.linspace(0, 3.2, 400)
    z = front_z - ARCH_CURVE * np.abs(x) ** 2
    length = np.concatenate([[0], np.cumsum(np.hypot(np.diff(x), np.diff(z)))])
    xs = np.interp(s, length, x)
    return xs, front_z - ARCH_CURVE * xs**2, np.arctan2(2 * ARCH_CURVE * xs, 1.0)


def _tooth(width, height, depth, up):
    """A rounded block with its cutting edge at y=0 and its root at +height (up=1) or -height (up=-1)."""
    k = 8
    phi = (np.arange(k) + 0.5) * 2 * np.pi / k
    def rounded(v, e):
        return np.sign(v) * np.abs(v) ** e
    rows = []
    for h, w, d in [(0.0, 0.72, 0.34), (0.05, 0.93, 0.52), (0.35, 1.06, 0.84), (0.75, 0.98, 1.05), (1.15, 0.82, 1.0)]:
        x = rounded(np.cos(phi), 0.6) * width / 2 * w
        z = rounded(np.sin(phi), 0.7) * depth / 2 * d
        rows.append(np.stack([x, np.full(k, h * height * up), z], 1))
    points, quads = tube(np.array(rows), (True, False))
    return points, orient(points, quads, points.mean(0))


def _row(front_z, edge_y, up, widths, heights, tone):
    pieces = []
    s = 0.0
    for width, height in zip(widths, heights):
        x, z, angle = _arch(front_z, s + width / 2)
        s += width
        points, quads = _tooth(width * 0.97, height, 0.42, up)
        c, n = np.cos(angle), np.sin(angle)
        q = np.stack([points[:, 0] * c + points[:, 2] * n, points[:, 1], -points[:, 0] * n + points[:, 2] * c], 1)
        q += [x, edge_y + (0.03 if width < 0.6 else 0) * up, z - 0.2]
        shade = np.interp(points[:, 1] * up, [0, height * 0.35, height], [1.0, 0.98, 0.8])[:, None]
        color = srgb(tone) * shade * (1 - 0.13 * max(0, s - 1.2))  # the arch darkens toward the back of the mouth
        pieces += [(q, quads, color), (q * [-1, 1, 1], quads[:, [0, 3, 2, 1]], color)]
    return pieces


def _gum(front_z, root_y, up, tall, widths):
    """A tube along the arch whose edge scallops between the teeth."""
    total = sum(widths)
    bounds = np.concatenate([[0], np.cumsum(widths)])
    s_all = np.linspace(-total * 1.02, total * 1.02, 37)
    sections = []
    for s in s_all:
        x, z, angle = _arch(front_z, abs(s))
        x, angle = np.sign(s) * x, np.sign(s) * angle
        nearest = np.min(np.abs(bounds - abs(s)))
        dip = 0.16 * np.exp(-((nearest / 0.12) ** 2))
        phi = np.arange(6) * 2 * np.pi / 6
        dy = np.where(np.sin(phi) * up < 0, -(0.10 + dip) * up, tall * up) * np.abs(np.sin(phi)) ** 0.6
        dz = np.cos(phi) * 0.30
        sections.append(np.stack([x + dz * np.sin(angle), root_y + dy, z - 0.22 + dz * np.cos(angle)], 1))
    points, quads = tube(np.array(sections), (True, True))
    return points, orient(points, quads, np.array([0, root_y, front_z - 1.6])), np.broadcast_to(srgb('#cf7f78'), points.shape)


def teeth(color='#ece3d2'):
    up_w, up_h = [0.74, 0.58, 0.62, 0.58, 0.56, 0.74], [0.92, 0.82, 0.88, 0.74, 0.68, 0.62]
    lo_w, lo_h = [0.48, 0.52, 0.58, 0.58, 0.58, 0.78], [0.74, 0.74, 0.78, 0.7, 0.62, 0.58]
    upper = _row(7.98, -6.54, 1, up_w, up_h, color) + [_gum(7.94, -5.62, 1, 0.75, up_w)]
    lower = _row(7.68, -6.50, -1, lo_w, lo_h, color) + [_gum(7.64, -7.28, -1, 0.65, lo_w)]
    n_upper = sum(len(p[0]) for p in upper)
    points, quads, colors = merge(upper + lower)
    low = (np.arange(len(points)) >= n_upper)[:, None].astype(float)
    hinge = hinge_motion(points) * low
    deltas = {'jawOpen': hinge, 'jawForward': low * [0, -0.05, JAW_FORWARD_CM], 'jawLeft': low * [JAW_SIDE_CM, -0.05, 0],
              'jawRight': low * [-JAW_SIDE_CM, -0.05, 0], 'tongueOut': hinge * TONGUE_TEETH_SHARE}
    return {'name': 'Teeth', 'points': points, 'quads': quads, 'colors': colors, 'roughness': 0.22, 'deltas': deltas,
            'joint': 'head'}


def _tongue_sections(spine, half_width, half_height):
    """Sections along the spine curve; flat oval with a middle groove."""
    n, k = len(half_width), 14
    t = np.linspace(0, 1, n)
    curve = CubicSpline(np.linspace(0, 1, len(spine)), np.array(spine, float))
    c, tangent = curve(t), curve(t, 1)
    phi = np.arange(k) * 2 * np.pi / k
    rows = []
    for i in range(n):
        f = tangent[i] / np.linalg.norm(tangent[i])
        up = np.array([0, f[2], -f[1]])
        across = np.cos(phi)
        groove = -0.22 * np.exp(-((across / 0.25) ** 2)) * (np.sin(phi) > 0)
        v = np.sin(phi) + groove
        rows.append(c[i] + half_width[i] * across[:, None] * [1, 0, 0] + half_height[i] * v[:, None] * up)
    return np.array(rows)


def tongue():
    """Thin in front and a little back from the teeth at rest: it has to come out between their edges while these part. Put out, its tip is round and full.

    The numbers of spine and thickness were searched for, so that on the straight path of tongueOut no edge of it cuts teeth or lips.
    """
    n = 12
    t = 1 - (1 - np.linspace(0, 1, n)) ** 1.8  # sections stand closer toward the tip, which is round
    r, o = TONGUE_REST, TONGUE_OUT
    taper = np.sqrt(np.clip(1 - t**9, 0, 1))
    taper[-1] = 0.15
    width = (1.35 - r['narrower'] * t) * taper
    height = np.interp(t, [0, 0.35, 0.7, 1], [0.85, 0.62, 0.36, r['tip_height']]) * np.maximum(taper, 0.5)
    rest = _tongue_sections(r['spine'], width, height)
    blunt = np.sqrt(np.clip(1 - t**o['blunt'], 0, 1))
    blunt[-1] = 0.12
    out_w = (1.30 - o['narrower'] * t) * blunt
    out_h = np.interp(t, [0, 0.3, 0.6, 0.8, 0.92, 1], [0.66, 0.5, *o['heights']]) * np.maximum(np.sqrt(np.clip(1 - t**14, 0, 1)), 0.2)
    out = _tongue_sections(o['spine'], out_w, out_h)
    points, quads = tube(rest, (False, True))
    quads = orient(points, quads, points.mean(0))
    weight = np.repeat(PchipInterpolator([0, 0.3, 1], [0.45, 0.85, 1.0])(t), 14)[:, None]
    deltas = {'jawOpen': hinge_motion(points) * weight, 'jawForward': weight * [0, -0.05, JAW_FORWARD_CM],
              'jawLeft': weight * [JAW_SIDE_CM, 0, 0], 'jawRight': weight * [-JAW_SIDE_CM, 0, 0],
              'tongueOut': out.reshape(-1, 3) - points}
    color = srgb('#d97c7c') * np.repeat(np.interp(t, [0, 0.4, 1], [0.55, 0.9, 1.0]), 14)[:, None]
    groove = np.exp(-((points[:, 0] / 0.16) ** 2)) * np.tile(np.sin(np.arange(14) * 2 * np.pi / 14) > 0.5, n)
    color *= (1 - np.array([0.14, 0.22, 0.2]) * groove[:, None])
    return {'name': 'Tongue', 'points': points, 'quads': quads, 'colors': color, 'roughness': 0.35, 'deltas': deltas,
            'joint': 'head'}


TONGUE_REST = {'spine': [(0, -7.9, 2.6), (0, -7.07, 4.0), (0, -6.77, 5.14), (0, -6.415, 6.275)], 'tip_height': 0.132, 'narrower': 0.23}
TONGUE_OUT = {'spine': [(0, -8.0, 3.0), (0, -6.912, 6.605), (0, -6.71, 7.804), (0, -6.78, 9.462)], 'narrower': 0.23, 'blunt': 7,
              'heights': (0.26, 0.136, 0.165, 0.15)}

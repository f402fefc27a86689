"""Separate locks over the hair shell: a side-swept fringe and a few strands at the parting, tapered tubes along the scalp."""
import numpy as np

from parts import orient, tube

# (start azimuth, start elevation, bend azimuth, bend elevation, tip azimuth, tip elevation, half width cm, lift cm)
# azimuth + is the character's left; the parting runs at about +26 degrees, the fringe falls to the right
LOCKS = [
    (26, 47, 18, 44, 10, 27, 0.80, 1.15), (26, 53, 10, 51, -5, 25, 0.95, 1.45), (25, 59, 3, 57, -19, 24, 1.05, 1.70),
    (25, 65, -6, 62, -32, 21, 1.10, 1.75), (24, 70, -16, 65, -43, 17, 1.10, 1.70), (22, 75, -30, 67, -52, 12, 1.05, 1.55),
    (16, 80, -48, 68, -60, 4, 1.00, 1.40), (0, 85, -72, 64, -69, -8, 0.95, 1.20),
    (31, 48, 38, 44, 44, 23, 0.80, 1.05), (32, 57, 48, 50, 54, 13, 0.95, 1.25), (33, 66, 60, 54, 63, 0, 1.00, 1.25),
    (36, 75, 78, 58, 72, -12, 0.95, 1.10),
]
SEGMENTS, SIDES = 9, 6


def lock(spec, surface, centre):
    """surface(directions) -> distance of the scalp; returns points, quads, shade per point."""
    a0, e0, a1, e1, a2, e2, width, lift = spec
    t = np.linspace(0, 1, SEGMENTS)
    az = np.radians((1 - t) ** 2 * a0 + 2 * t * (1 - t) * a1 + t**2 * a2)
    el = np.radians((1 - t) ** 2 * e0 + 2 * t * (1 - t) * e1 + t**2 * e2)
    d = np.stack([np.sin(az) * np.cos(el), np.sin(el), np.cos(az) * np.cos(el)], 1)
    height = lift * np.interp(t, [0, 0.3, 0.65, 1], [0.70, 1.0, 0.86, 0.34])
    line = centre + (surface(d) + height)[:, None] * d
    tangent = np.gradient(line, axis=0)
    tangent /= np.linalg.norm(tangent, axis=1, keepdims=True)
    side = np.cross(tangent, d)
    side /= np.linalg.norm(side, axis=1, keepdims=True)
    out = np.cross(side, tangent)
    w = width * np.interp(t, [0, 0.2, 0.5, 0.8, 1], [0.50, 0.95, 1.0, 0.70, 0.14])
    phi = np.arange(SIDES) * 2 * np.pi / SIDES
    sections = line[:, None] + w[:, None, None] * (np.cos(phi)[None, :, None] * side[:, None] +
                                                   0.42 * np.sin(phi)[None, :, None] * out[:, None])
    points, quads = tube(sections, (False, True))
    quads = orient(points, quads, line.mean(0) - 0.2 * d[4])
    shade = 0.80 + 0.30 * np.clip(np.tile(np.sin(phi), SEGMENTS), -1, 1) + 0.10 * np.repeat(t, SIDES)
    return points, quads, shade


def fringe(surface, centre):
    parts = [lock(spec, surface, centre) for spec in LOCKS]
    points, quads, shades, base = [], [], [], 0
    for i, (p, q, s) in enumerate(parts):
        points.append(p); quads.append(q + base); shades.append(s * (1 + 0.06 * (-1) ** i))
        base += len(p)
    return np.concatenate(points), np.concatenate(quads), np.concatenate(shades)

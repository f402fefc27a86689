"""Locks: tapered, slightly creased tubes that lie over the scalp, described group by group and interpolated in between."""
import numpy as np

from parts import orient, tube

SEGMENTS, SIDES = 10, 8


def curve(controls, n=SEGMENTS):
    """Cubic Bezier through azimuth, elevation (degrees) and lift (cm); four control rows."""
    t = np.linspace(0, 1, n)[:, None]
    a, b, c, d = np.asarray(controls, float)
    return (1 - t) ** 3 * a + 3 * t * (1 - t) ** 2 * b + 3 * t**2 * (1 - t) * c + t**3 * d


def lock(controls, width, surface, centre, thickness=0.42, tip=0.10):
    """surface(directions) -> distance of the scalp; returns points, quads, shade and uv per point."""
    az, el, lift = curve(controls).T
    az, el = np.radians(az), np.radians(el)
    d = np.stack([np.sin(az) * np.cos(el), np.sin(el), np.cos(az) * np.cos(el)], 1)
    t = np.linspace(0, 1, SEGMENTS)
    line = centre + (surface(d) + lift)[:, None] * d
    tangent = np.gradient(line, axis=0)
    tangent /= np.linalg.norm(tangent, axis=1, keepdims=True)
    side = np.cross(tangent, d)
    side /= np.linalg.norm(side, axis=1, keepdims=True)
    out = np.cross(side, tangent)
    w = width * np.interp(t, [0, 0.12, 0.35, 0.6, 0.82, 1], [0.45, 0.80, 1.0, 0.94, 0.60, tip])
    phi = np.arange(SIDES) * 2 * np.pi / SIDES + np.pi / 2
    across, above = np.cos(phi), np.sin(phi)
    profile = np.where(above > 0, above, 0.55 * above)
    sections = line[:, None] + w[:, None, None] * (across[None, :, None] * side[:, None] +
                                                   thickness * profile[None, :, None] * out[:, None])
    points, quads = tube(sections, (True, True))
    quads = orient(points, quads, line.mean(0) - 0.2 * d[SEGMENTS // 2])
    shade = 0.74 + 0.30 * np.clip(np.tile(profile, SEGMENTS), -0.6, 1) + 0.14 * np.repeat(t, SIDES)
    uv = np.stack([np.tile(0.5 + 0.46 * across, SEGMENTS), np.repeat(t, SIDES)], 1)
    return points, quads, shade, uv


def group(first, last, count, width, jitter=0.0, seed=0):
    """count locks whose controls go evenly from first to last; width may be a pair."""
    rng = np.random.default_rng(seed)
    first, last = np.asarray(first, float), np.asarray(last, float)
    w0, w1 = width if isinstance(width, tuple) else (width, width)
    out = []
    for i in range(count):
        t = i / max(1, count - 1)
        controls = first * (1 - t) + last * t
        controls = controls + jitter * rng.uniform(-1, 1, (4, 3)) * [[0, 0, 0.02], [1, 1, 0.06], [2, 2, 0.08], [3.5, 4, 0.10]]
        out.append((controls, w0 * (1 - t) + w1 * t))
    return out


def build(groups, surface, centre, thickness=0.42):
    specs = [s for g in groups for s in g]
    points, quads, shades, uvs, base = [], [], [], [], 0
    for i, (controls, width) in enumerate(specs):
        p, q, s, uv = lock(controls, width, surface, centre, thickness)
        points.append(p); quads.append(q + base); shades.append(s * (1 + 0.07 * (-1) ** i))
        uvs.append((uv + [i * 0.37, 0.0]) * [0.8, 0.9])
        base += len(p)
    return tuple(map(np.concatenate, (points, quads, shades, uvs)))
